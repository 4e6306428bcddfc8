"""Conversations on the socket: sending, typing, reading, looking; and which topics one may listen to."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec

from xiaoer.conversations.actions.committer import UNAVAILABLE, Answer, Committer
from xiaoer.conversations.actions.held_back import HeldBack
from xiaoer.conversations.actions.schedule import hold, is_kept_back
from xiaoer.conversations.actions.seen import Marker
from xiaoer.conversations.actions.send import plain, prepared
from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.conversations.events import ConversationChanged, Typing, Viewing
from xiaoer.conversations.model.entry import Entry, Side, Version, Wish
from xiaoer.conversations.model.scheduled import Scheduled
from xiaoer.conversations.model.thread import Asked, Speaker
from xiaoer.conversations.queries import threads
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.identity.rules import reach
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.connection import Connection
from xiaoer.plumbing.events import Envelope, Event, envelope
from xiaoer.plumbing.http import Services
from xiaoer.plumbing.hub import Hub
from xiaoer.plumbing.limits import too_many
from xiaoer.plumbing.relay import Relay
from xiaoer.plumbing.socket_rules import MayListen, OnFrame, Topic

IN_FLIGHT_MAX: Final = 64
TYPING_SECONDS: Final = 1.0
GOT_MAX: Final = 200
_SEND: Final = "conversations.send"
_READ: Final = "conversations.read"
_WAITING: Final = Refused("too_many", "conversations.too_many_waiting", facts={"retry_after_seconds": 1})

Ref = Annotated[str, msgspec.Meta(max_length=100)]


# ── frames ───────────────────────────────────────────────────────────────


class SendFrame(msgspec.Struct, frozen=True, tag_field="t", tag="send"):
    """A wish to send; the answer comes as `ok` or `refused` with the same `ref`."""

    ref: Ref
    wish: Wish


class TypingFrame(msgspec.Struct, frozen=True, tag_field="t", tag="typing"):
    """The client types, or has stopped."""

    conversation_id: UUID
    on: bool


class SeenFrame(msgspec.Struct, frozen=True, tag_field="t", tag="seen"):
    """The client has read up to a version."""

    conversation_id: UUID
    version: Version


class GotFrame(msgspec.Struct, frozen=True, tag_field="t", tag="got"):
    """The client's screen has received entries: conversation → version, many at once."""

    at: Annotated[dict[UUID, Version], msgspec.Meta(max_length=GOT_MAX)]


class ViewingFrame(msgspec.Struct, frozen=True, tag_field="t", tag="viewing"):
    """Somebody of the desk looks at a conversation; repeated every 20 s while he does."""

    conversation_id: UUID
    on: bool


class Ok(msgspec.Struct, frozen=True, tag_field="t", tag="ok"):
    """The wish is an entry now."""

    ref: str
    entry: Entry


class Kept(msgspec.Struct, frozen=True, tag_field="t", tag="ok"):
    """The wish is kept until its time."""

    ref: str
    scheduled: Scheduled


def on_send(connection: Connection, frame: SendFrame) -> None:
    """Hand a wish to the committer; the answer finds its way back."""
    services = connection.services
    now = services.clock()
    if connection.in_flight >= IN_FLIGHT_MAX:
        connection.refuse(frame.ref, _WAITING)
        return
    if wait := services.limits.spend(f"person:{connection.who.person}", services.budgets.person, now):
        connection.refuse(frame.ref, too_many(wait))
        return
    connection.in_flight += 1
    speaker = _speaker(connection, _SEND)
    if is_kept_back(frame.wish):
        connection.spawn(_hold(connection, frame, speaker))
        return
    asked = plain(speaker, frame.wish, now)
    if asked is None:
        connection.spawn(_prepare(connection, frame, speaker))
    else:
        _submit(connection, frame.ref, asked)


async def _prepare(connection: Connection, frame: SendFrame, speaker: Speaker) -> None:
    now = connection.services.clock()
    _submit(connection, frame.ref, await prepared(connection.services.database, speaker, frame.wish, now))


async def _hold(connection: Connection, frame: SendFrame, speaker: Speaker) -> None:
    services = connection.services
    answer: Entry | Scheduled | Refused = UNAVAILABLE
    try:
        answer = await hold(
            services.database,
            services.service(KeptShops),
            services.service(HeldBack),
            speaker,
            frame.wish,
            now=services.clock(),
        )
    except Refusal as refusal:
        answer = refusal.refused
    finally:
        connection.in_flight -= 1
        if isinstance(answer, Refused):
            connection.refuse(frame.ref, answer)
        elif isinstance(answer, Entry):
            connection.push(Ok(frame.ref, answer))
        else:
            connection.push(Kept(frame.ref, answer))


def _submit(connection: Connection, ref: str, asked: Asked | Refused) -> None:
    if isinstance(asked, Refused):
        connection.in_flight -= 1
        connection.refuse(ref, asked)
    else:
        connection.services.service(Committer).hand_in(asked, partial(_answered, connection, ref))


def _answered(connection: Connection, ref: str, answer: Answer) -> None:
    connection.in_flight -= 1
    if isinstance(answer, Refused):
        connection.refuse(ref, answer)
    else:
        connection.push(Ok(ref, answer))


def on_typing(connection: Connection, frame: TypingFrame) -> None:
    """Tell the other party, at most once a second; nothing is kept."""
    topic = f"conversation:{frame.conversation_id}"
    if not connection.hears(topic):
        return
    loop_time = asyncio.get_running_loop().time()
    last: dict[UUID, tuple[float, bool]] = connection.notes.setdefault("typing", {})
    before = last.get(frame.conversation_id)
    if before is not None and before[1] == frame.on and loop_time - before[0] < TYPING_SECONDS:
        return
    last[frame.conversation_id] = (loop_time, frame.on)
    actor = connection.who
    _tell(
        connection,
        Typing(
            tenant=actor.tenant,
            at=connection.services.clock(),
            conversation=frame.conversation_id,
            person=actor.person,
            person_name=actor.name,
            side=_side(actor),
            on=frame.on,
        ),
    )


def on_seen(connection: Connection, frame: SeenFrame) -> None:
    """Note how far somebody has read, for a conversation he listens to."""
    if connection.hears(f"conversation:{frame.conversation_id}"):
        actor = connection.who
        connection.services.service(Marker).note(
            actor.tenant, frame.conversation_id, actor.person, _side(actor), read=frame.version
        )


def on_got(connection: Connection, frame: GotFrame) -> None:
    """Note what a screen has received."""
    actor, marker = connection.who, connection.services.service(Marker)
    for conversation, version in frame.at.items():
        if connection.hears(f"conversation:{conversation}"):
            marker.note(actor.tenant, conversation, actor.person, _side(actor), delivered=version)


def on_viewing(connection: Connection, frame: ViewingFrame) -> None:
    """Tell colleagues who looks at a conversation."""
    if not connection.hears(f"desk:{frame.conversation_id}"):
        return
    viewing: set[UUID] = connection.notes.setdefault("viewing", set())
    (viewing.add if frame.on else viewing.discard)(frame.conversation_id)
    _view(connection, frame.conversation_id, on=frame.on)


def leave(connection: Connection) -> None:
    """The socket is gone: its person looks at nothing any more."""
    if connection.actor is not None:
        for conversation in connection.notes.get("viewing", ()):
            _view(connection, conversation, on=False)


def _view(connection: Connection, conversation: UUID, *, on: bool) -> None:
    actor = connection.who
    _tell(
        connection,
        Viewing(
            tenant=actor.tenant,
            at=connection.services.clock(),
            conversation=conversation,
            person=actor.person,
            person_name=actor.name,
            on=on,
        ),
    )


FRAMES: Final[Mapping[type[Any], OnFrame]] = {
    SendFrame: on_send,
    TypingFrame: on_typing,
    SeenFrame: on_seen,
    GotFrame: on_got,
    ViewingFrame: on_viewing,
}


def _speaker(connection: Connection, deed: str) -> Speaker:
    """The person with his right to a deed, worked out once for a connection."""
    found: Speaker | None = connection.notes.get(deed)
    if found is None:
        found = connection.notes[deed] = speaker_of(connection.who, deed)
    return found


def _side(actor: Actor) -> Side:
    return "buyer" if actor.role == "buyer" else "shop"


def _tell(connection: Connection, event: Event) -> None:
    connection.services.service(Relay).tell(envelope(event))


# ── topics ───────────────────────────────────────────────────────────────


async def may_hear_conversation(services: Services, actor: Actor, rest: str) -> Topic | None:
    """The timeline: for its buyer, and for whoever of the shop may read it."""
    return await _conversation(services, actor, rest, "version")


async def may_hear_desk(services: Services, actor: Actor, rest: str) -> Topic | None:
    """The staff lines of a conversation: for whoever of the shop may read it."""
    return None if actor.role == "buyer" else await _conversation(services, actor, rest, "desk_version")


async def may_hear_shop(_services: Services, actor: Actor, rest: str) -> Topic | None:
    """What every desk of a shop may know: for its staff."""
    shop = _id(rest)
    if shop is None or actor.role not in {"agent", "manager"} or shop not in actor.shops:
        return None
    return Topic() if reach(actor, _READ, shop) != "none" else None


async def may_hear_person(_services: Services, actor: Actor, rest: str) -> Topic | None:
    """One's own news."""
    return Topic() if _id(rest) == actor.person else None


TOPICS: Final[Mapping[str, MayListen]] = {
    "conversation": may_hear_conversation,
    "desk": may_hear_desk,
    "shop": may_hear_shop,
    "person": may_hear_person,
}


async def _conversation(
    services: Services, actor: Actor, rest: str, counts: Literal["version", "desk_version"]
) -> Topic | None:
    conversation = _id(rest)
    if conversation is None:
        return None
    async with services.database.read(actor.tenant) as tx:
        found = await threads.known(tx, speaker_of(actor, _READ), conversation)
    if found is None or not threads.may_read(found[1]):
        return None
    thread = found[0].thread
    return Topic(thread.version if counts == "version" else thread.desk_version)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


class Rechecks:
    """When a conversation changes hands, whoever listens to it is asked for his right again."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._running: set[asyncio.Task[Any]] = set()
        hub.on(ConversationChanged.name, self._changed)

    def _changed(self, told: Envelope | None) -> None:
        if told is None or told.body is None:
            return  # after a gap every listener is poked and fetches through a door that asks
        conversation = msgspec.json.decode(told.body, type=_Which).conversation
        for prefix in ("conversation", "desk"):
            topic = f"{prefix}:{conversation}"
            if self._hub.count(told.tenant, topic):
                self._start(lambda topic=topic: self._hub.recheck(told.tenant, topic=topic))

    def _start(self, work: Callable[[], Any]) -> None:
        task = asyncio.get_running_loop().create_task(work())
        self._running.add(task)
        task.add_done_callback(self._running.discard)


class _Which(msgspec.Struct, frozen=True):
    conversation: UUID
