"""What measures tell others."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from xiaoer.measures.model import EndedWhy, Measure, MeasureKind, SourceKind, SubjectKind
from xiaoer.plumbing.events import Event


class _OfMeasure(Event, frozen=True):
    """What is said of a measure whenever it changes."""

    topic: ClassVar[str] = "{subject_kind}:{subject}"
    measure: UUID
    subject_kind: SubjectKind
    subject: UUID
    kind: MeasureKind
    source_kind: SourceKind
    source: UUID

    @classmethod
    def of(cls, measure: Measure, tenant: UUID, now: datetime, **more: Any) -> Self:
        """The event about this measure; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            measure=measure.id,
            subject_kind=measure.subject_kind,
            subject=measure.subject,
            kind=measure.kind,
            source_kind=measure.source_kind,
            source=measure.source,
            **more,
        )


class MeasureBegan(_OfMeasure, frozen=True):
    """A measure has been imposed; it binds from `begins_at`."""

    name: ClassVar[str] = "measures.measure_began"
    begins_at: datetime
    ends_at: datetime | None


class MeasureMoved(_OfMeasure, frozen=True):
    """A measure was suspended or resumed, or waits for the exam now."""

    name: ClassVar[str] = "measures.measure_moved"
    state: str


class MeasureEnded(_OfMeasure, frozen=True):
    """A measure binds nobody any more."""

    name: ClassVar[str] = "measures.measure_ended"
    why: EndedWhy


class MeasureReviewDue(_OfMeasure, frozen=True):
    """Somebody should look at a measure again: its review date has come."""

    name: ClassVar[str] = "measures.measure_review_due"
    state: str


class NoticeLate(_OfMeasure, frozen=True):
    """A measure against a shop was not published within its working day (L-076)."""

    name: ClassVar[str] = "measures.notice_late"
    publish_by: datetime


class StandingChanged(Event, frozen=True):
    """What binds a subject is different now: what processes remember of it is stale."""

    name: ClassVar[str] = "measures.standing_changed"
    kept: ClassVar[bool] = False
    subject: UUID
