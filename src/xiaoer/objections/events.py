"""What objections tell others."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from xiaoer.objections.model import Level, ObjectionState, ProposalState
from xiaoer.plumbing.events import Event


class ObjectionMoved(Event, frozen=True):
    """An objection to words held back was lodged or stands differently."""

    name: ClassVar[str] = "objections.moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    person: UUID
    objection: UUID
    level: Level
    state: ObjectionState
    due_at: datetime | None


class ObjectionOverdue(Event, frozen=True):
    """Nobody decided an objection in time; everybody who may decide it now hears it."""

    name: ClassVar[str] = "objections.overdue"
    topic: ClassVar[str] = "person:{person}"
    kept: ClassVar[bool] = False
    person: UUID
    shop: UUID
    objection: UUID
    level: Level


class ProposalMoved(Event, frozen=True):
    """A phrase was proposed to pass, tried, accepted or declined."""

    name: ClassVar[str] = "objections.proposal_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    proposal: UUID
    level: Level
    state: ProposalState
