"""What complaints tell others; once for each end of it and once for reactions."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from xiaoer.complaints.model import Side, State
from xiaoer.plumbing.events import Event


class ComplaintMoved(Event, frozen=True):
    """A complaint stands differently; told to the shop on either end of it."""

    name: ClassVar[str] = "complaints.moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    complaint: UUID
    type: str
    side: Side
    event: str
    was: State
    state: State
    complaint_version: int
    due_at: datetime | None


class MyComplaintMoved(Event, frozen=True):
    """The same for a person on either end of it, wherever he looks."""

    name: ClassVar[str] = "complaints.my_moved"
    topic: ClassVar[str] = "person:{person}"
    kept: ClassVar[bool] = False
    person: UUID
    complaint: UUID
    type: str
    side: Side
    event: str
    was: State
    state: State
    complaint_version: int
    due_at: datetime | None


class ComplaintAlarm(Event, frozen=True):
    """Safety, food poisoning, a threat to life: the supervisor and the safety team at once (D13)."""

    name: ClassVar[str] = "complaints.alarm"
    complaint: UUID
    shop: UUID | None
    cause: str


class ComplaintClosed(Event, frozen=True):
    """A complaint ended; `coach`: the shop is to talk it over with its agent (D5)."""

    name: ClassVar[str] = "complaints.closed"
    complaint: UUID
    shop: UUID | None
    buyer: UUID | None
    type: str
    state: State
    coach: bool
