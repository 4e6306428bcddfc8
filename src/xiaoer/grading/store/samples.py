"""How draws, samples and grades are kept: one function per statement of `samples.sql`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.grading.model import Candidate, Draw, Graded, GradeGiven, HistoryStep, Sample, Seat, Sheet
from xiaoer.inspection.model import Grade, Part, StepScore
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Grader(Struct, frozen=True):
    """Somebody who has filled in a sheet about something, or spoke in it."""

    subject: UUID
    person: UUID


class PairRow(Struct, frozen=True):
    """A settled sample with its blind sheets and the machine's steps and parts."""

    id: UUID
    first: Sheet
    second: Sheet | None
    machine: tuple[StepScore, ...]
    machine_parts: tuple[Part, ...]
    first_grade: Grade | None
    second_grade: Grade | None
    machine_grade: Grade | None


class CountRow(Struct, frozen=True):
    """How many samples a time saw."""

    samples: int
    settled: int
    twice: int
    third: int


class AlertedRow(Struct, frozen=True):
    """Talks somebody was alerted to that were laid before graders."""

    lately: int
    this_one: bool


_statements: Final = Statements(__file__, "samples.sql")
_candidates = _statements.rows("candidates", Candidate)
_count_alerted = _statements.rows("count_alerted", AlertedRow)
_add_draw = _statements.command("add_draw")
_draws = _statements.rows("draws", Draw)
_drawn = _statements.value("drawn", UUID)
_add_sample = _statements.command("add_sample")
_lock_sample = _statements.rows("lock_sample", Sample)
_find_sample = _statements.rows("find_sample", Sample)
_sample_of_score = _statements.rows("sample_of_score", Sample)
_samples_page = _statements.rows("samples_page", Sample)
_save_sample = _statements.command("save_sample")
_hold_sample = _statements.command("hold_sample")
_add_grade = _statements.command("add_grade")
_grades = _statements.rows("grades", GradeGiven)
_graders = _statements.rows("graders", Grader)
_spoke = _statements.value("spoke", UUID)
_spoke_of_samples = _statements.rows("spoke_of_samples", Grader)
_add_step = _statements.command("add_step")
_steps = _statements.rows("steps", HistoryStep)
_settled_pairs = _statements.rows("settled_pairs", PairRow)
_counts = _statements.rows("counts", CountRow)


async def candidates(
    tx: Tx,
    shop: UUID,
    *,
    since: datetime,
    until: datetime,
    draw: UUID,
    now: datetime,
    limit: int,
    score: UUID | None = None,
) -> Sequence[Candidate]:
    """What may be drawn from a time, as it was known at a moment; what `draw` itself took still counts.

    `score` asks for that one alone.
    """
    return await _candidates.all(
        tx, shop=shop, since=since, until=until, draw=draw, now=now, limit=limit, score=score
    )


async def count_alerted(
    tx: Tx, shop: UUID, conversation: UUID, consultation: int, since: datetime
) -> AlertedRow:
    """How many talks with an alert were laid before graders since a moment, and whether this one was."""
    return await _count_alerted.one(
        tx, shop=shop, conversation=conversation, consultation=consultation, since=since
    )


async def add_draw(tx: Tx, draw: Draw) -> None:
    """Keep a draw."""
    await _add_draw.run(
        tx,
        shop=draw.shop,
        id=draw.id,
        since=draw.since,
        until=draw.until,
        seed=draw.seed,
        candidates=draw.candidates,
        random=draw.random,
        risk=draw.risk,
        drawn_by=draw.drawn_by,
        rules_version=draw.rules_version,
        at=draw.at,
    )


async def draws(
    tx: Tx, shop: UUID, *, id: UUID | None = None, before: UUID | None = None, limit: int = 1
) -> Sequence[Draw]:
    """The draws of a shop, the newest first; or one of them."""
    return await _draws.all(tx, shop=shop, id=id, before=before, limit=limit)


async def drawn(tx: Tx, shop: UUID, draw: UUID) -> Sequence[UUID]:
    """The scores a draw took."""
    return await _drawn.all(tx, shop=shop, draw=draw)


async def add_sample(tx: Tx, sample: Sample) -> None:
    """Keep a drawn sample."""
    await _add_sample.run(
        tx,
        shop=sample.shop,
        id=sample.id,
        draw=sample.draw,
        score=sample.score,
        conversation=sample.conversation,
        consultation=sample.consultation,
        agent=sample.agent,
        drawn_for=sample.drawn_for,
        weight=sample.weight,
        rows=list(sample.rows),
        twice=sample.twice,
        state=sample.state,
        drawn_at=sample.drawn_at,
        clock=sample.clock,
        due_at=sample.due_at,
        rules_at=sample.rules_at,
        rules_version=sample.rules_version,
    )


async def lock_sample(tx: Tx, id: UUID) -> Sample | None:
    """A sample, locked."""
    return await _lock_sample.first(tx, id=id)


async def find_sample(tx: Tx, shop: UUID, id: UUID) -> Sample | None:
    """A sample of a shop."""
    return await _find_sample.first(tx, shop=shop, id=id)


async def sample_of_score(tx: Tx, score: UUID) -> Sample | None:
    """The sample a score was drawn as."""
    return await _sample_of_score.first(tx, score=score)


async def samples_page(
    tx: Tx, shop: UUID | None, *, open: bool, before: UUID | None, limit: int
) -> Sequence[Sample]:
    """A page of samples, the newest first: those that wait for a grade, or those that are over."""
    return await _samples_page.all(tx, shop=shop, open=open, before=before, limit=limit)


async def save_sample(tx: Tx, sample: Sample) -> bool:
    """Write a locked sample with its new version; False when somebody else was faster."""
    return bool(
        await _save_sample.run(
            tx,
            shop=sample.shop,
            id=sample.id,
            state=sample.state,
            version=sample.version,
            holder=sample.holder,
            held_until=sample.held_until,
            moved_at=sample.moved_at,
            clock=sample.clock,
            due_at=sample.due_at,
        )
    )


async def hold_sample(tx: Tx, shop: UUID, id: UUID, *, holder: UUID, held_until: datetime) -> None:
    """Put a locked sample into somebody's hand for a while."""
    await _hold_sample.run(tx, shop=shop, id=id, holder=holder, held_until=held_until)


async def add_grade(
    tx: Tx,
    *,
    id: UUID,
    subject: UUID,
    seat: Seat,
    shop: UUID,
    score: UUID,
    person: UUID,
    sheet: Sheet,
    graded: Graded,
    at: datetime,
) -> None:
    """Keep a sheet and what it comes to."""
    await _add_grade.run(
        tx,
        id=id,
        subject=subject,
        seat=seat,
        shop=shop,
        score=score,
        person=person,
        sheet=msgspec.to_builtins(sheet),
        score_tenths=None if graded.score is None else round(graded.score * 10),
        grade=graded.grade,
        parts=msgspec.to_builtins(graded.parts),
        card=graded.card,
        at=at,
    )


async def grades(tx: Tx, subjects: Sequence[UUID]) -> Sequence[GradeGiven]:
    """The sheets about some things, in the order they came."""
    return await _grades.all(tx, subjects=list(subjects))


async def graders(tx: Tx, subjects: Sequence[UUID]) -> Sequence[Grader]:
    """Who has filled in sheets about some things."""
    return await _graders.all(tx, subjects=list(subjects)) if subjects else ()


async def spoke(tx: Tx, shop: UUID, conversation: UUID, consultation: int) -> Sequence[UUID]:
    """Who of the staff spoke in a consultation."""
    return await _spoke.all(tx, shop=shop, conversation=conversation, consultation=consultation)


async def spoke_of_samples(tx: Tx, subjects: Sequence[UUID]) -> Sequence[Grader]:
    """Who of the staff spoke in the talks of some samples."""
    return await _spoke_of_samples.all(tx, subjects=list(subjects)) if subjects else ()


async def add_step(
    tx: Tx,
    subject: UUID,
    *,
    version: int,
    event: str,
    from_state: str,
    state: str,
    person: UUID | None,
    text: str,
    at: datetime,
) -> None:
    """Add what happened to the history of a sample or an appeal."""
    await _add_step.run(
        tx,
        subject=subject,
        version=version,
        event=event,
        from_state=from_state,
        state=state,
        person=person,
        text=text,
        at=at,
    )


async def steps(tx: Tx, subject: UUID) -> Sequence[HistoryStep]:
    """What has happened to a sample or an appeal, in order."""
    return await _steps.all(tx, subject=subject)


async def settled_pairs(
    tx: Tx, shop: UUID, since: datetime, until: datetime, limit: int
) -> Sequence[PairRow]:
    """Settled samples of a time with their blind sheets and the machine's marks."""
    return await _settled_pairs.all(tx, shop=shop, since=since, until=until, limit=limit)


async def counts(tx: Tx, shop: UUID, since: datetime, until: datetime) -> CountRow:
    """How many samples a time saw."""
    return await _counts.one(tx, shop=shop, since=since, until=until)
