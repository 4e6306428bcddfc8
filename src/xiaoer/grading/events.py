"""What grading tells others."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from xiaoer.grading.model import AppealStateName, SampleState
from xiaoer.inspection.model import Grade
from xiaoer.plumbing.events import Event


class SampleMoved(Event, frozen=True):
    """A sample was drawn or stands differently; without its points, for others still grade blind."""

    name: ClassVar[str] = "grading.sample_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    sample: UUID
    state: SampleState
    due_at: datetime | None


class ScoreAppealMoved(Event, frozen=True):
    """An appeal against a score was lodged or stands differently."""

    name: ClassVar[str] = "grading.appeal_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    agent: UUID
    appeal: UUID
    score: UUID
    state: AppealStateName
    due_at: datetime | None


class ScoreSettled(Event, frozen=True):
    """People have given a score that stands instead of the machine's; None: it does not count."""

    name: ClassVar[str] = "grading.score_settled"
    topic: ClassVar[str] = "person:{agent}"
    agent: UUID
    shop: UUID
    score: UUID
    points: float | None
    grade: Grade | None
