"""Who may grade a sample, appeal a score and decide an appeal now, and why not where he may not."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.grading.machine import APPEAL, SAMPLE, AppealEvent, AppealState, State
from xiaoer.grading.model import Sample, ScoreAppeal, Seat
from xiaoer.kernel.refusal import Refused
from xiaoer.rulebook.model import Book

OWN: Final = Refused("not_allowed", "grading.own_conversation")
BEFORE: Final = Refused("not_allowed", "grading.graded_before")
_SEATS: Final[dict[State, Seat]] = {State.DRAWN: "first", State.SECOND: "second", State.APART: "third"}
Deed = Literal["appeal", "withdraw", "decide"]


class ScoreDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: Deed
    allowed: bool
    code: str | None = None


def seat_of(sample: Sample) -> Seat | None:
    """Whose grade is wanted next; None when none is."""
    return _SEATS.get(State(sample.state))


def may_grade(
    sample: Sample, person: UUID, *, graded: Collection[UUID], spoke: Collection[UUID], now: datetime
) -> Refused | None:
    """Why somebody may not grade a sample now: it is his own talk, he has graded it, another has it in hand.

    Codes: grading.own_conversation, graded_before, settled, in_hand.
    """
    if person == sample.agent or person in spoke:
        return OWN
    if person in graded:
        return BEFORE
    if not SAMPLE.accepts(State(sample.state)):
        return Refused("not_now", "grading.settled")
    held = sample.held_until is not None and sample.held_until > now
    if held and sample.holder != person:
        return Refused("not_now", "grading.in_hand")
    return None


def may_appeal(
    agent: UUID | None, person: UUID, *, score: float | None, appealed: bool, until: datetime, now: datetime
) -> Refused | None:
    """Why somebody may not appeal a score now. Codes: grading.not_yours, no_score, appealed, too_late."""
    if agent != person:
        return Refused("not_allowed", "grading.not_yours")
    if appealed:
        return Refused("not_now", "grading.appealed")
    if score is None:
        return Refused("not_now", "grading.no_score")
    return Refused("not_now", "grading.too_late") if now >= until else None


def may_withdraw(appeal: ScoreAppeal, person: UUID) -> Refused | None:
    """Why somebody may not take an appeal back."""
    if appeal.agent != person:
        return Refused("not_allowed", "grading.not_yours")
    return _open(appeal, AppealEvent.WITHDRAW)


def may_decide(
    appeal: ScoreAppeal, person: UUID, *, graded: Collection[UUID], spoke: Collection[UUID]
) -> Refused | None:
    """Why somebody may not decide an appeal: it is his own, he graded it, he spoke in it, it is decided."""
    if person == appeal.agent or person in spoke:
        return OWN
    if person in graded:
        return BEFORE
    return _open(appeal, AppealEvent.KEEP)


def _open(appeal: ScoreAppeal, event: AppealEvent) -> Refused | None:
    if APPEAL.takes(AppealState(appeal.state), event):
        return None
    return Refused("not_now", "grading.appeal_decided")


def work_due(now: datetime, book: Book) -> datetime:
    """Until when the next grade of a sample is wanted."""
    return now + timedelta(days=book.integer("grading.work_days"))


def held_until(now: datetime, book: Book) -> datetime:
    """Until when a sample that was opened stays in its grader's hand."""
    return now + timedelta(minutes=book.integer("grading.hold_minutes"))


def appeal_until(since: datetime, book: Book) -> datetime:
    """Until when a score that stands since a moment may be appealed."""
    return since + timedelta(days=book.integer("grading.appeal_days"))


def decision_due(now: datetime, book: Book) -> datetime:
    """Until when an appeal is to be decided."""
    return now + timedelta(days=book.integer("grading.decide_days"))
