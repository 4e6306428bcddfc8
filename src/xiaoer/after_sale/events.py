"""What cases tell others; once for the shop's people and once for the buyer."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from xiaoer.after_sale.model import Bearer, Case, Harm, Kind, State
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


class _Move(Event, frozen=True):
    """What both sides hear of a move."""

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

    @classmethod
    def of(cls, was: Case, case: Case, event: str, tenant: UUID, now: datetime, **more: int) -> Self:
        """The event about this move; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            shop=case.shop,
            case=case.id,
            purchase=case.purchase,
            buyer=case.buyer,
            kind=case.kind,
            event=event,
            was=was.state,
            state=case.state,
            case_version=case.version,
            due_at=case.due_at,
            **more,
        )


class CaseMoved(_Move, frozen=True):
    """A case stands differently now, or its clock has warned; without words."""

    name: ClassVar[str] = "after_sale.case_moved"
    topic: ClassVar[str] = "shop:{shop}"
    stage: int


class MyParcelHarmed(Event, frozen=True):
    """A carrier says that a parcel is lost or broken before its buyer has signed for it."""

    name: ClassVar[str] = "after_sale.my_parcel_harmed"
    topic: ClassVar[str] = "person:{buyer}"
    kept: ClassVar[bool] = False
    shop: UUID
    purchase: UUID
    buyer: UUID
    number: str
    harm: Harm
    bearer: Bearer


class MyCaseMoved(_Move, frozen=True):
    """The same for its buyer, wherever he looks."""

    name: ClassVar[str] = "after_sale.my_case_moved"
    topic: ClassVar[str] = "person:{buyer}"
    kept: ClassVar[bool] = False
