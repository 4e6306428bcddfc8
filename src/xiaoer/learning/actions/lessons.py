"""Sharing a lesson, setting and sitting an exam, keeping a training plan."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.learning.model import (
    Exam,
    ExamWish,
    Lesson,
    LessonState,
    LessonWish,
    Said,
    Sitting,
    SittingWish,
    TaskWish,
    TrainingTask,
)
from xiaoer.learning.rules import exam as rules
from xiaoer.learning.rules.exam import Material
from xiaoer.learning.store import lessons as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

UNKNOWN_LESSON = Refused("not_found", "learning.unknown_lesson")
UNKNOWN_EXAM = Refused("not_found", "learning.unknown_exam")


async def propose(
    tx: Tx, shop: UUID, author: UUID, wish: LessonWish, talk: Sequence[Said], *, leads: bool, now: datetime
) -> Lesson:
    """Keep a lesson; of whoever leads it is published at once, of others it is proposed (S-123)."""
    lesson = Lesson(
        id=new_id(),
        shop=shop,
        kind=wish.kind,
        state="published" if leads else "proposed",
        title=wish.title,
        talk=tuple(talk),
        good_answer=wish.good_answer,
        cause=wish.cause,
        author=author,
        author_name="",
        at=now,
        decided_by=author if leads else None,
        decided_at=now if leads else None,
    )
    await store.add_lesson(tx, lesson)
    return lesson


async def settle(tx: Tx, shop: UUID, lesson: UUID, *, state: LessonState, by: UUID, now: datetime) -> None:
    """Publish a proposed lesson, or take one back. Raises Refusal: unknown_lesson, lesson_settled."""
    was = await store.lock_lesson(tx, shop, lesson)
    if was is None:
        raise Refusal(UNKNOWN_LESSON)
    if was in {state, "withdrawn"}:
        raise Refusal(Refused("not_now", "learning.lesson_settled"))
    await store.save_lesson(tx, shop, lesson, state=state, by=by, at=now)


async def read(tx: Tx, shop: UUID, lesson: UUID, person: UUID, now: datetime) -> None:
    """Somebody has read a published lesson; what he was to read is done."""
    found = await store.lessons(
        tx, shop, person=person, leads=False, states=["published"], id=lesson, limit=1
    )
    if not found:
        raise Refusal(UNKNOWN_LESSON)
    await store.add_read(tx, lesson, person, now)
    await store.finish_tasks(tx, person, "lesson", lesson, now)


async def set_exam(
    tx: Tx,
    shop: UUID,
    author: UUID,
    wish: ExamWish,
    material: Sequence[Material],
    *,
    pass_percent: int,
    now: datetime,
) -> Exam:
    """Make an exam of the shop's own masked cases. Raises Refusal(too_few_cases) where there are too few."""
    questions = rules.questions(material, wish.questions)
    if len(questions) < wish.questions:
        facts = {"found": len(questions), "wanted": wish.questions}
        raise Refusal(Refused("refused", "learning.too_few_cases", facts=facts))
    exam = Exam(
        id=new_id(),
        shop=shop,
        title=wish.title,
        pass_percent=wish.pass_percent or pass_percent,
        questions=questions,
        author=author,
        at=now,
        retired_at=None,
    )
    await store.add_exam(tx, exam)
    return exam


async def retire(tx: Tx, shop: UUID, exam: UUID, now: datetime) -> None:
    """Nobody sits this exam any more; what was sat stays."""
    if not await store.retire_exam(tx, shop, exam, now):
        raise Refusal(UNKNOWN_EXAM)


async def sit(tx: Tx, shop: UUID, exam: UUID, *, person: UUID, wish: SittingWish, now: datetime) -> Sitting:
    """Mark somebody's answers and keep them; a passed exam is done in his plan.

    Raises Refusal: unknown_exam, exam_retired.
    """
    found = await store.find_exam(tx, shop, exam)
    if found is None:
        raise Refusal(UNKNOWN_EXAM)
    if found.retired_at is not None:
        raise Refusal(Refused("not_now", "learning.exam_retired"))
    marked = rules.mark(found.questions, wish.answers, found.pass_percent)
    sitting = Sitting(
        id=new_id(),
        exam=exam,
        person=person,
        right=marked.right,
        total=marked.total,
        percent=marked.percent,
        passed=marked.passed,
        answers={str(question): answer for question, answer in wish.answers.items()},
        wrong=marked.wrong,
        at=now,
    )
    await store.add_sitting(tx, shop, sitting)
    if sitting.passed:
        await store.finish_tasks(tx, person, "exam", exam, now)
    return sitting


async def set_task(
    tx: Tx, shop: UUID, wish: TaskWish, *, title: str, name: str, by: UUID, now: datetime
) -> TrainingTask:
    """Put a lesson or an exam into somebody's plan. Raises Refusal(task_in_past)."""
    if wish.due_at <= now:
        raise Refusal(Refused("refused", "learning.task_in_past"))
    task = TrainingTask(
        id=new_id(),
        shop=shop,
        person=wish.person,
        person_name=name,
        kind=wish.kind,
        item=wish.item,
        title=title,
        set_by=by,
        set_at=now,
        due_at=wish.due_at,
        done_at=None,
    )
    await store.add_task(tx, task)
    return task
