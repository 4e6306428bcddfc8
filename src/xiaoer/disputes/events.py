"""What disputes tell others: once for the shop's people, once for each person who is a party."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from xiaoer.disputes.model.court import DisputeKind, Favour, Outcome, State
from xiaoer.plumbing.events import Event


class DisputeOpened(Event, frozen=True):
    """Somebody wants the marketplace to judge."""

    name: ClassVar[str] = "disputes.opened"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    dispute: UUID
    kind: DisputeKind
    case: UUID | None
    complaint: UUID | None
    purchase: UUID | None
    state: State
    due_at: datetime | None


class _Move(Event, frozen=True):
    """What is told of a move, without words."""

    shop: UUID
    dispute: UUID
    event: str
    was: State
    state: State
    dispute_version: int
    due_at: datetime | None


class DisputeMoved(_Move, frozen=True):
    """A dispute stands differently, or something happened in it."""

    name: ClassVar[str] = "disputes.moved"
    topic: ClassVar[str] = "shop:{shop}"
    case: UUID | None
    complaint: UUID | None


class MyDisputeMoved(_Move, frozen=True):
    """The same for a person who is a party of it."""

    name: ClassVar[str] = "disputes.my_moved"
    topic: ClassVar[str] = "person:{person}"
    kept: ClassVar[bool] = False
    person: UUID


class _Ruled(Event, frozen=True):
    """What is told of a ruling."""

    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    dispute: UUID
    ruling: UUID
    kind: DisputeKind
    case: UUID | None
    complaint: UUID | None
    round: int
    outcome: Outcome
    favour: Favour


class RulingMade(_Ruled, frozen=True):
    """A ruling has gone out to both sides."""

    name: ClassVar[str] = "disputes.ruling_made"
    by: str


class RulingExecuted(_Ruled, frozen=True):
    """Everything a ruling orders has been done."""

    name: ClassVar[str] = "disputes.ruling_executed"


class RulingReversed(_Ruled, frozen=True):
    """Everything a ruling did has been undone; `next_ruling` stands in its place, if there is one."""

    name: ClassVar[str] = "disputes.ruling_reversed"
    next_ruling: UUID | None
