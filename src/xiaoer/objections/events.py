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


class ProposalMoved(Event, frozen=True):
    """A phrase was proposed to pass, tried, accepted or declined."""

    name: ClassVar[str] = "objections.proposal_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    proposal: UUID
    level: Level
    state: ProposalState
