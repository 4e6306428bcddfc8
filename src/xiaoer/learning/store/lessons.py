"""How lessons, exams and training plans are kept: one function per statement of `lessons.sql`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.learning.model import Exam, ExamLine, Lesson, LessonKind, LessonState, Sitting, Task, TrainingTask
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__, "lessons.sql")
_add_lesson = _statements.command("add_lesson")
_lock_lesson = _statements.value("lock_lesson", str)
_save_lesson = _statements.command("save_lesson")
_lessons = _statements.rows("lessons", Lesson)
_add_read = _statements.command("add_read")
_add_exam = _statements.command("add_exam")
_retire_exam = _statements.command("retire_exam")
_find_exam = _statements.rows("find_exam", Exam)
_exams = _statements.rows("exams", ExamLine)
_add_sitting = _statements.command("add_sitting")
_add_task = _statements.command("add_task")
_finish_tasks = _statements.command("finish_tasks")
_tasks = _statements.rows("tasks", TrainingTask)


async def add_lesson(tx: Tx, lesson: Lesson) -> None:
    """Keep a lesson."""
    await _add_lesson.run(
        tx,
        shop=lesson.shop,
        id=lesson.id,
        kind=lesson.kind,
        state=lesson.state,
        title=lesson.title,
        talk=msgspec.to_builtins(lesson.talk),
        good_answer=lesson.good_answer,
        cause=lesson.cause,
        author=lesson.author,
        at=lesson.at,
        decided_by=lesson.decided_by,
        decided_at=lesson.decided_at,
    )


async def lock_lesson(tx: Tx, shop: UUID, id: UUID) -> str | None:
    """The state of a lesson, which nobody else may decide meanwhile."""
    return await _lock_lesson.first(tx, shop=shop, id=id)


async def save_lesson(tx: Tx, shop: UUID, id: UUID, *, state: LessonState, by: UUID, at: datetime) -> None:
    """Write how a locked lesson stands."""
    await _save_lesson.run(tx, shop=shop, id=id, state=state, decided_by=by, at=at)


async def lessons(
    tx: Tx,
    shop: UUID,
    *,
    person: UUID,
    leads: bool,
    states: Sequence[LessonState],
    kind: LessonKind | None = None,
    id: UUID | None = None,
    before: UUID | None = None,
    limit: int = 1,
) -> list[Lesson]:
    """Lessons somebody may see; a proposed one is seen by its author and whoever leads."""
    return await _lessons.all(
        tx,
        shop=shop,
        person=person,
        leads=leads,
        states=list(states),
        kind=kind,
        id=id,
        before=before,
        limit=limit,
    )


async def add_read(tx: Tx, lesson: UUID, person: UUID, at: datetime) -> None:
    """Somebody has read a lesson."""
    await _add_read.run(tx, lesson=lesson, person=person, at=at)


async def add_exam(tx: Tx, exam: Exam) -> None:
    """Keep an exam."""
    await _add_exam.run(
        tx,
        shop=exam.shop,
        id=exam.id,
        title=exam.title,
        pass_percent=exam.pass_percent,
        questions=msgspec.to_builtins(exam.questions),
        author=exam.author,
        at=exam.at,
    )


async def retire_exam(tx: Tx, shop: UUID, id: UUID, at: datetime) -> bool:
    """Nobody sits this exam any more; False when it was retired or unknown."""
    return bool(await _retire_exam.run(tx, shop=shop, id=id, at=at))


async def find_exam(tx: Tx, shop: UUID, id: UUID) -> Exam | None:
    """An exam of a shop."""
    return await _find_exam.first(tx, shop=shop, id=id)


async def exams(tx: Tx, shop: UUID, person: UUID, *, before: UUID | None, limit: int) -> list[ExamLine]:
    """The exams of a shop, the newest first."""
    return await _exams.all(tx, shop=shop, person=person, before=before, limit=limit)


async def add_sitting(tx: Tx, shop: UUID, sitting: Sitting) -> None:
    """Keep a marked sheet."""
    await _add_sitting.run(
        tx,
        shop=shop,
        id=sitting.id,
        exam=sitting.exam,
        person=sitting.person,
        right=sitting.right,
        total=sitting.total,
        percent=sitting.percent,
        passed=sitting.passed,
        answers=dict(sitting.answers),
        wrong=list(sitting.wrong),
        at=sitting.at,
    )


async def add_task(tx: Tx, task: TrainingTask) -> None:
    """Put a line into somebody's training plan."""
    await _add_task.run(
        tx,
        shop=task.shop,
        id=task.id,
        person=task.person,
        kind=task.kind,
        item=task.item,
        title=task.title,
        set_by=task.set_by,
        set_at=task.set_at,
        due_at=task.due_at,
    )


async def finish_tasks(tx: Tx, person: UUID, kind: Task, item: UUID, at: datetime) -> int:
    """Close what somebody was to do with this lesson or exam."""
    return await _finish_tasks.run(tx, person=person, kind=kind, item=item, at=at)


async def tasks(
    tx: Tx, shop: UUID, *, person: UUID | None, before: UUID | None, limit: int
) -> list[TrainingTask]:
    """Training plans of a shop's people, or of one, the newest first."""
    return await _tasks.all(tx, shop=shop, person=person, before=before, limit=limit)
