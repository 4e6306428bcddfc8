"""What cases tell others; once for the shop's people and once for the buyer."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from xiaoer.after_sale.model import Kind, State
from xiaoer.plumbing.events import Event


class CaseOpened(Event, frozen=True):
    """A buyer asks for something, or the shop asks for him."""

    name: ClassVar[str] = "after_sale.case_opened"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    case: UUID
    purchase: UUID
    buyer: UUID
    kind: Kind
    state: State
    due_at: datetime | None


class CaseMoved(Event, frozen=True):
    """A case stands differently now, or its clock has warned; without words."""

    name: ClassVar[str] = "after_sale.case_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    case: UUID
    purchase: UUID
    buyer: UUID
    kind: Kind
    event: str
    was: State
    state: State
    case_version: int
    due_at: datetime | None
    stage: int


class MyCaseMoved(Event, frozen=True):
    """The same for its buyer, wherever he looks."""

    name: ClassVar[str] = "after_sale.my_case_moved"
    topic: ClassVar[str] = "person:{buyer}"
    kept: ClassVar[bool] = False
    shop: UUID
    case: UUID
    purchase: UUID
    buyer: UUID
    kind: Kind
    event: str
    was: State
    state: State
    case_version: int
    due_at: datetime | None
