"""Conversations as they travel: for the desk and for the buyer."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Kind, Role
from xiaoer.conversations.model.thread import State


class Named(Struct, frozen=True):
    """Something with an id and a name."""

    id: UUID
    name: str


class BuyerNamed(Struct, frozen=True):
    """The buyer as the desk sees him."""

    id: UUID
    name: str
    visitor: bool
    language: str


class Deed(Struct, frozen=True):
    """Something the viewer may do now, or the code and row that say why not."""

    deed: str
    allowed: bool
    code: str | None = None
    row: str | None = None


class Summary(Struct, frozen=True):
    """One conversation in the lists of the desk."""

    id: UUID
    shop_id: UUID
    buyer: BuyerNamed
    language: str
    state: State
    consultation: int
    queue_id: UUID | None
    queue_name: str | None
    assignee: Named | None
    version: int
    desk_version: int
    opened_at: datetime | None
    queued_at: datetime | None
    waiting_since: datetime | None
    reply_due_at: datetime | None
    reply_warn_at: datetime | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    last_at: datetime | None
    last_text: str
    last_kind: Kind | None
    last_role: Role | None
    unread: int
    read: int
    buyer_read: int
    buyer_delivered: int
    merged_into: UUID | None
    tags: tuple[str, ...]
    deeds: list[Deed]


class AgentNamed(Struct, frozen=True):
    """Whoever serves, as the buyer sees him."""

    name: str


class PlaceInLine(Struct, frozen=True):
    """Where the buyer stands and how long it may take; no numbers rather than invented ones."""

    position: int
    estimate_low_seconds: int | None
    estimate_high_seconds: int | None
    off_hours: bool
    opens_at: datetime | None


class Conversation(Struct, frozen=True):
    """One conversation as its buyer sees it; `read` and `delivered` are how far the shop is."""

    id: UUID
    shop: Named
    state: State
    version: int
    unread: int
    last_at: datetime | None
    last_text: str
    last_kind: Kind | None
    last_role: Role | None
    agent: AgentNamed | None
    place: PlaceInLine | None
    read: int
    delivered: int
    my_read: int
    reply_due_at: datetime | None
