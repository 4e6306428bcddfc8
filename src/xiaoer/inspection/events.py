"""What inspection tells others."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from xiaoer.inspection.model import Grade, ScoreLine
from xiaoer.plumbing.events import Event


class Inspected(Event, frozen=True):
    """A consultation was inspected; its score stands."""

    name: ClassVar[str] = "inspection.inspected"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    score: UUID
    conversation: UUID
    consultation: int
    agent: UUID | None
    grade: Grade | None
    flags: tuple[str, ...]

    @classmethod
    def of(cls, score: ScoreLine, tenant: UUID, now: datetime) -> Self:
        """The event about this score."""
        return cls(
            tenant=tenant,
            at=now,
            shop=score.shop_id,
            score=score.id,
            conversation=score.conversation_id,
            consultation=score.consultation,
            agent=score.agent_id,
            grade=score.grade,
            flags=score.flags,
        )


class AlertRaised(Event, frozen=True):
    """Whoever leads the shop should look at a running talk. Without the words: all its staff hear it."""

    name: ClassVar[str] = "inspection.alert_raised"
    topic: ClassVar[str] = "shop:{shop}"
    kept: ClassVar[bool] = False
    shop: UUID
    alert: UUID
    conversation: UUID
    consultation: int
    reason: str
    risk: int


class AlertAcknowledged(Event, frozen=True):
    """Somebody who leads has dealt with an alert."""

    name: ClassVar[str] = "inspection.alert_acknowledged"
    topic: ClassVar[str] = "shop:{shop}"
    kept: ClassVar[bool] = False
    shop: UUID
    alert: UUID
    conversation: UUID
    did: str
