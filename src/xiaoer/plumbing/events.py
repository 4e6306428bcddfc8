"""What is told to others: events, their way over the wire, and `publish`, a row in the same transaction."""

import string
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import ClassVar, Final, Protocol
from uuid import UUID

import msgspec

from xiaoer.plumbing.program import Slice

CHANNEL: Final = "xiaoer"
"""The channel of LISTEN and NOTIFY."""

PAYLOAD_BYTES: Final = 7_900
"""PostgreSQL refuses payloads of 8,000 bytes; what does not fit becomes a poke."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, in the past tense, with ids and not objects.

    `topic` is a template over the event's own fields ("conversation:{conversation}"): the audience belongs to
    the class and is not chosen where the event is published. An empty topic reaches reactions only.
    """

    name: ClassVar[str]
    topic: ClassVar[str] = ""
    kept: ClassVar[bool] = True
    """False: told and forgotten, without a row in the outbox and without reactions (seen, typing)."""

    tenant: UUID
    at: datetime
    version: int | None = None
    """The place on its topic when the topic counts, else None."""


class Envelope:
    """One event on its way to an audience; without a body it is a poke: "fetch what you are missing"."""

    __slots__ = ("_frame", "body", "name", "tenant", "topic", "version")

    def __init__(self, tenant: UUID, name: str, topic: str, version: int | None, body: str | None) -> None:
        self.tenant = tenant
        self.name = name
        self.topic = topic
        self.version = version
        self.body = body
        self._frame: str | None = None

    @property
    def frame(self) -> str:
        """The text frame for sockets, made once for all who get it."""
        if self._frame is None:
            topic, version = _json(self.topic), "null" if self.version is None else str(self.version)
            self._frame = (
                f'{{"t":"poke","topic":{topic},"version":{version}}}'
                if self.body is None
                else f'{{"t":"event","topic":{topic},"version":{version},'
                f'"name":{_name_json(self.name)},"body":{self.body}}}'
            )
        return self._frame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Envelope) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Envelope({self.name!r}, topic={self.topic!r}, version={self.version})"

    def _key(self) -> tuple[UUID, str, str, int | None, str | None]:
        return self.tenant, self.name, self.topic, self.version, self.body


class Told(Protocol):
    """A transaction that remembers what is to be told once it is committed."""

    published: list[Event]


async def publish(tx: Told, *events: Event) -> None:
    """Tells others when, and only when, this transaction commits.

    The rows are written just before the commit, in one statement for all events of the transaction.
    """
    tx.published.extend(events)


def topic_of(event: Event) -> str:
    """The event's topic with its fields filled in. Raises AttributeError for a field it does not have."""
    parts = _topic_parts(type(event).topic)
    if len(parts) == 1:
        before, field = parts[0]
        return f"{before}{getattr(event, field)}" if field else before
    return "".join([f"{before}{getattr(event, field)}" if field else before for before, field in parts])


@cache
def _topic_parts(template: str) -> tuple[tuple[str, str], ...]:
    """What a topic is made of: words, and the field that follows them, if one does."""
    parts = string.Formatter().parse(template)
    return tuple((before, field or "") for before, field, _, _ in parts)


def envelope(event: Event) -> Envelope:
    """The event, ready to be told."""
    body = msgspec.json.encode(event).decode()
    return Envelope(event.tenant, type(event).name, topic_of(event), event.version, body)


def poke(one: Envelope) -> Envelope:
    """The envelope without its body: "fetch what you are missing"."""
    return Envelope(one.tenant, one.name, one.topic, one.version, None)


async def envelopes(events: Sequence[Event]) -> AsyncIterator[tuple[Event, Envelope]]:
    """Each event, and it ready to be told; many of them let others come in between."""
    mine = Slice()
    for event in events:
        yield event, envelope(event)
        await mine.pause()


def line(one: Envelope) -> str:
    """The envelope as one line of a notification: a JSON array [tenant, name, topic, version, body]."""
    version = "null" if one.version is None else str(one.version)
    body = one.body if one.body is not None else "null"
    return f'["{one.tenant}",{_name_json(one.name)},{_json(one.topic)},{version},{body}]'


def payloads(origin: str, envelopes: Iterable[Envelope]) -> list[str]:
    """Notifications that hold these envelopes: the origin, then a line for each; long ones become pokes."""
    packed: list[str] = []
    lines: list[str] = []
    size = room = len(origin.encode())
    for one in envelopes:
        text = line(one)
        length = len(text.encode()) + 1
        if room + length > PAYLOAD_BYTES:
            text = line(poke(one))
            length = len(text.encode()) + 1
        if size + length > PAYLOAD_BYTES:
            packed.append("\n".join((origin, *lines)))
            lines, size = [], room
        lines.append(text)
        size += length
    if lines:
        packed.append("\n".join((origin, *lines)))
    return packed


class _Line(msgspec.Struct, array_like=True):
    tenant: UUID
    name: str
    topic: str
    version: int | None
    body: msgspec.Raw


_decoder: Final = msgspec.json.Decoder(_Line)


def read_payload(payload: str) -> tuple[str, list[Envelope]]:
    """The origin and the envelopes of a notification. Raises msgspec.DecodeError for a foreign one."""
    origin, _, rest = payload.partition("\n")
    found: list[Envelope] = []
    for text in rest.split("\n") if rest else ():
        one = _decoder.decode(text)
        body = bytes(one.body).decode()
        found.append(Envelope(one.tenant, one.name, one.topic, one.version, None if body == "null" else body))
    return origin, found


def event_names(classes: Sequence[type[Event]]) -> dict[str, type[Event]]:
    """Every class by its name. Raises ValueError when two share one or a topic names a field it has not."""
    found: dict[str, type[Event]] = {}
    for one in classes:
        if found.setdefault(one.name, one) is not one:
            raise ValueError(f"{one.__name__} and {found[one.name].__name__} are both called {one.name}")
        fields = {field for _, field, _, _ in string.Formatter().parse(one.topic) if field}
        if unknown := fields - set(one.__struct_fields__):
            raise ValueError(f"the topic of {one.name} needs {', '.join(sorted(unknown))}")
    return found


@lru_cache(maxsize=1024)
def _name_json(name: str) -> str:
    return _json(name)


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode()
