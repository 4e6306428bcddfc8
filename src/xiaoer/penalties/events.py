"""What penalties tell others."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from xiaoer.measures.model import SubjectKind
from xiaoer.penalties.model import Penalty
from xiaoer.plumbing.events import Event


class _OfPenalty(Event, frozen=True):
    """What is said of a penalty."""

    topic: ClassVar[str] = "{subject_kind}:{subject}"
    penalty: UUID
    subject_kind: SubjectKind
    subject: UUID
    offence: str
    grade: str
    track: str | None
    points: int
    source_kind: str
    source: UUID

    @classmethod
    def of(cls, one: Penalty, tenant: UUID, at: datetime) -> Self:
        """The event about this penalty."""
        return cls(
            tenant=tenant,
            at=at,
            penalty=one.id,
            subject_kind=one.subject_kind,
            subject=one.subject,
            offence=one.offence,
            grade=one.grade,
            track=one.track,
            points=one.points,
            source_kind=one.source_kind,
            source=one.source,
        )


class PenaltyImposed(_OfPenalty, frozen=True):
    """A penalty was imposed: points, measures, or a word of advice."""

    name: ClassVar[str] = "penalties.penalty_imposed"


class PenaltyReversed(_OfPenalty, frozen=True):
    """A penalty was taken back: points and measures are as if it had never been."""

    name: ClassVar[str] = "penalties.penalty_reversed"


class PointsCleared(Event, frozen=True):
    """The year ended: what is left of a subject's points."""

    name: ClassVar[str] = "penalties.points_cleared"
    topic: ClassVar[str] = "{subject_kind}:{subject}"
    subject_kind: SubjectKind
    subject: UUID


class ExamPassed(Event, frozen=True):
    """Somebody of a shop has passed the rule exam."""

    name: ClassVar[str] = "penalties.exam_passed"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    person: UUID
