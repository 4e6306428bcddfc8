"""What may be asked of lessons, exams and training plans."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.learning.model import (
    Exam,
    ExamLine,
    Lesson,
    LessonKind,
    LessonState,
    TalkQuestionShown,
    Task,
    TrainingTask,
)
from xiaoer.learning.store import lessons as store
from xiaoer.plumbing.db import Tx


class ExamShown(Struct, frozen=True, kw_only=True):
    """An exam for whoever sits it: without the right answers."""

    id: UUID
    title: str
    pass_percent: int
    questions: list[TalkQuestionShown]


async def lessons(
    tx: Tx,
    shop: UUID,
    *,
    person: UUID,
    leads: bool,
    kind: LessonKind | None,
    state: LessonState | None,
    before: UUID | None,
    limit: int,
) -> Sequence[Lesson]:
    """Lessons of a shop, the newest first; what is withdrawn is seen only when asked for."""
    states: list[LessonState] = [state] if state else ["published", "proposed"]
    return await store.lessons(
        tx, shop, person=person, leads=leads, states=states, kind=kind, before=before, limit=limit
    )


async def exams(tx: Tx, shop: UUID, person: UUID, *, before: UUID | None, limit: int) -> Sequence[ExamLine]:
    """The exams of a shop, with how one did."""
    return await store.exams(tx, shop, person, before=before, limit=limit)


async def exam(tx: Tx, shop: UUID, id: UUID) -> ExamShown:
    """An exam to sit. Raises Refusal(not_found)."""
    found = await _exam(tx, shop, id)
    return ExamShown(
        id=found.id,
        title=found.title,
        pass_percent=found.pass_percent,
        questions=[TalkQuestionShown(one.id, one.talk, one.ask, one.options) for one in found.questions],
    )


async def title(tx: Tx, shop: UUID, kind: Task, id: UUID, person: UUID) -> str:
    """What a line of a training plan is called. Raises Refusal(not_found)."""
    if kind == "exam":
        return (await _exam(tx, shop, id)).title
    found = await store.lessons(tx, shop, person=person, leads=True, states=["published"], id=id, limit=1)
    if not found:
        raise Refusal(Refused("not_found", "learning.unknown_lesson"))
    return found[0].title


async def tasks(
    tx: Tx, shop: UUID, *, person: UUID | None, before: UUID | None, limit: int
) -> Sequence[TrainingTask]:
    """Training plans of a shop, or of one person."""
    return await store.tasks(tx, shop, person=person, before=before, limit=limit)


async def _exam(tx: Tx, shop: UUID, id: UUID) -> Exam:
    found = await store.find_exam(tx, shop, id)
    if found is None:
        raise Refusal(Refused("not_found", "learning.unknown_exam"))
    return found
