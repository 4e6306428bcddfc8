"""One line of a timeline: what it is, how it travels, and how it is sealed into the chain of hashes."""

from datetime import datetime
from typing import Annotated, Final, Literal, get_args
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from xiaoer.guard.model import Finding, Overridden, Verdict

Kind = Literal["text", "image", "file", "card", "system", "recall"]
MessageKind = Literal["text", "image", "file", "card"]
"""The kinds somebody writes; `system` and `recall` are written by the program."""

Role = Literal["buyer", "agent", "manager", "officer", "bot", "system", "auto"]
Side = Literal["buyer", "shop"]
"""The two sides of a conversation; a visitor is a buyer, everybody else speaks for the shop."""

MESSAGE_KINDS: Final[frozenset[str]] = frozenset(get_args(MessageKind))
HUMAN_ROLES: Final[frozenset[str]] = frozenset({"agent", "manager", "officer"})
"""Whose words count as an answer (M-003: robots and automatic answers do not)."""

CLIENT_ID_MAX: Final = 64
VERSION_MAX: Final = 2**53 - 1  # what every client can count exactly

ClientId = Annotated[str, Meta(min_length=1, max_length=CLIENT_ID_MAX, pattern=r"^[!-~]+$")]
Version = Annotated[int, Meta(ge=0, le=VERSION_MAX)]
Body = dict[str, object]


class CardWish(Struct, frozen=True, forbid_unknown_fields=True):
    """An order or a product somebody wants to show."""

    kind: Literal["order", "product"]
    id: UUID


class Wish(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody wants to send, as it comes through either door; `client_id` is his own key for it.

    A POST names the conversation in its path, a frame in the wish. `hold_seconds` keeps it back for a moment
    so that it can be undone, `send_at` for later.
    """

    client_id: ClientId
    conversation_id: UUID | None = None
    kind: MessageKind = "text"
    text: str = ""
    file_id: UUID | None = None
    card: CardWish | None = None
    reply_to: Annotated[int, Meta(ge=1, le=VERSION_MAX)] | None = None
    hold_seconds: Annotated[int, Meta(ge=0, le=60)] | None = None
    send_at: datetime | None = None


class Guarded(Struct, frozen=True):
    """What the guard said about an entry that was let through; only staff see it.

    A shop's words carry hints, and the proofs by which they passed; a buyer's words are never held back,
    abuse in them is marked.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    marks: tuple[str, ...] = ()
    overridden: tuple[Overridden, ...] = ()


class Entry(Struct, frozen=True):
    """One line of the timeline as it travels.

    `text` is the evidence, character for character as it was sealed. `shown` is there only when the text
    holds marks that reorder or hide characters: the same words without them, for the eye. A recalled entry
    comes without words for the other party.
    """

    conversation_id: UUID
    version: int
    id: UUID
    client_id: str | None
    role: Role
    person_id: UUID | None
    name: str
    kind: Kind
    text: str
    body: Body
    at: datetime
    consultation: int
    recalled: bool = False
    guard: Guarded | UnsetType = UNSET
    shown: str | UnsetType = UNSET


class Sealed(Struct, frozen=True):
    """An entry with its place in the chain: `inner` closes its words, `hash` joins them to all before."""

    entry: Entry
    salt: bytes
    inner: bytes
    hash: bytes
    guard: Guarded | None = None
    recalls: int | None = None


def side_of(role: str) -> Side:
    """The side a role speaks for."""
    return "buyer" if role == "buyer" else "shop"
