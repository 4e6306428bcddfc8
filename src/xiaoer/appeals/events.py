"""What appeals tell others; once for the shop's people and once for each person concerned."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from xiaoer.appeals.model import Appeal, State, TargetKind
from xiaoer.plumbing.events import Event


class _Move(Event, frozen=True):
    """What everybody concerned hears of a move; without words."""

    appeal: UUID
    target_kind: TargetKind
    target: UUID
    event: str
    was: State
    state: State
    appeal_version: int
    due_at: datetime | None

    @classmethod
    def of(cls, was: Appeal, appeal: Appeal, event: str, tenant: UUID, now: datetime, **more: Any) -> Self:
        """The event about this move; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            appeal=appeal.id,
            target_kind=appeal.target_kind,
            target=appeal.target,
            event=event,
            was=was.state,
            state=appeal.state,
            appeal_version=appeal.version,
            due_at=appeal.due_at,
            **more,
        )


class AppealMoved(_Move, frozen=True):
    """An appeal a shop takes part in stands differently now."""

    name: ClassVar[str] = "appeals.appeal_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID


class MyAppealMoved(_Move, frozen=True):
    """The same for a person who takes part, or who decides it."""

    name: ClassVar[str] = "appeals.my_appeal_moved"
    topic: ClassVar[str] = "person:{person}"
    kept: ClassVar[bool] = False
    person: UUID


class StoodOut(Event, frozen=True):
    """Somebody's decisions are reversed clearly more often than the others'; every administrator hears it."""

    name: ClassVar[str] = "appeals.stood_out"
    topic: ClassVar[str] = "person:{person}"
    person: UUID
    alert: UUID
    looked_at: str
    subject: UUID
