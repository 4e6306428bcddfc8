"""How penalties, points and exams are kept: one function per statement of `store.sql`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.measures.model import SubjectKind
from xiaoer.penalties.model import Effect, EntryReason, ExamTry, Penalty, PenaltyState, PointsEntry, Track
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Subject(Struct, frozen=True):
    """Somebody who has points."""

    subject_kind: SubjectKind
    subject: UUID


class Sum(Struct, frozen=True):
    """What the entries of a track come to."""

    track: Track
    points: int


_statements: Final = Statements(__file__)
_lock_subject = _statements.value("lock_subject", str)
_insert_penalty = _statements.command("insert_penalty")
_find_penalties = _statements.rows("find_penalties", Penalty)
_all_of_subject = _statements.rows("all_of_subject", Penalty)
_page = _statements.rows("page", Penalty)
_move = _statements.command("move")
_insert_entry = _statements.command("insert_entry")
_entry_of_penalty = _statements.rows("entry_of_penalty", PointsEntry)
_entries = _statements.rows("entries", PointsEntry)
_sums = _statements.rows("sums", Sum)
_pointed = _statements.rows("pointed", Subject)
_insert_effect = _statements.command("insert_effect")
_effects = _statements.rows("effects", Effect)
_insert_try = _statements.command("insert_try")
_tries = _statements.rows("tries", ExamTry)
_passes = _statements.value("passes", datetime)
_close_year = _statements.value("close_year", bool)
_last_closed_year = _statements.value("last_closed_year", int)
_first_penalty_at = _statements.value("first_penalty_at", datetime)

_COLUMNS: Final = frozenset({"reversed_at", "reversed_by", "reversed_why"})


# ── penalties ────────────────────────────────────────────────────────────


async def lock_subject(tx: Tx, subject: UUID) -> None:
    """Let nobody else touch this subject's penalties until the commit."""
    await _lock_subject.all(tx, subject=subject)


async def insert_penalty(tx: Tx, one: Penalty) -> None:
    """Keep a new penalty."""
    given = {name: value for name, value in structs.asdict(one).items() if name not in _COLUMNS}
    lists = {name: list(given[name]) for name in ("circumstances", "evidence", "measures")}
    await _insert_penalty.run(tx, **(given | lists))


async def find_penalties(tx: Tx, ids: Sequence[UUID]) -> Sequence[Penalty]:
    """The penalties among these ids."""
    return await _find_penalties.all(tx, ids=list(ids))


async def all_of_subject(tx: Tx, subject: UUID) -> Sequence[Penalty]:
    """Every penalty of a subject, the oldest first."""
    return await _all_of_subject.all(tx, subject=subject)


async def page(
    tx: Tx,
    *,
    subject: UUID | None,
    offence: str | None,
    state: PenaltyState | None,
    before: UUID | None,
    limit: int,
) -> Sequence[Penalty]:
    """Penalties, the newest first."""
    return await _page.all(tx, subject=subject, offence=offence, state=state, before=before, limit=limit)


async def move(tx: Tx, one: Penalty) -> None:
    """Keep how a penalty stands now."""
    await _move.run(
        tx,
        id=one.id,
        state=one.state,
        reversed_at=one.reversed_at,
        reversed_by=one.reversed_by,
        reversed_why=one.reversed_why,
    )


# ── points ───────────────────────────────────────────────────────────────


async def insert_entry(
    tx: Tx,
    id: UUID,
    *,
    subject_kind: SubjectKind,
    subject: UUID,
    track: Track,
    points: int,
    reason: EntryReason,
    at: datetime,
    penalty: UUID | None = None,
    reverses: UUID | None = None,
) -> None:
    """Add a line to the points ledger."""
    await _insert_entry.run(
        tx,
        id=id,
        subject_kind=subject_kind,
        subject=subject,
        track=track,
        points=points,
        reason=reason,
        penalty=penalty,
        reverses=reverses,
        at=at,
    )


async def entry_of_penalty(tx: Tx, penalty: UUID) -> PointsEntry | None:
    """The entry a penalty made."""
    return await _entry_of_penalty.first(tx, penalty=penalty)


async def entries(tx: Tx, subject: UUID, before: UUID | None, limit: int) -> Sequence[PointsEntry]:
    """The points ledger of a subject, the newest first."""
    return await _entries.all(tx, subject=subject, before=before, limit=limit)


async def sums(tx: Tx, subject: UUID) -> Mapping[Track, int]:
    """What the entries of each track come to; a track without entries is absent."""
    return {one.track: one.points for one in await _sums.all(tx, subject=subject)}


async def pointed(tx: Tx, after: UUID | None, limit: int) -> Sequence[Subject]:
    """Those who have had points, in the order of their ids."""
    return await _pointed.all(tx, after=after, limit=limit)


# ── measures it asked for ────────────────────────────────────────────────


async def insert_effect(tx: Tx, one: Effect) -> None:
    """Note which measure a penalty asked for, from when until when."""
    await _insert_effect.run(tx, **structs.asdict(one))


async def effects(tx: Tx, penalties: Sequence[UUID]) -> Sequence[Effect]:
    """The measures some penalties ever asked for."""
    return await _effects.all(tx, penalties=list(penalties))


# ── exams and years ──────────────────────────────────────────────────────


async def insert_try(tx: Tx, subject: UUID, one: ExamTry, answers: Mapping[str, int]) -> None:
    """Keep an attempt at the exam."""
    await _insert_try.run(tx, subject=subject, answers=dict(answers), **structs.asdict(one))


async def tries(tx: Tx, subject: UUID, limit: int) -> Sequence[ExamTry]:
    """The attempts of a subject, the newest first."""
    return await _tries.all(tx, subject=subject, limit=limit)


async def passes(tx: Tx, subject: UUID) -> Sequence[datetime]:
    """When a subject passed the exam."""
    return await _passes.all(tx, subject=subject)


async def close_year(tx: Tx, year: int, at: datetime) -> bool:
    """Note that a year is closed; False when it is already."""
    return await _close_year.one(tx, year=year, at=at)


async def last_closed_year(tx: Tx) -> int | None:
    """The last year that is closed; None before the first."""
    return await _last_closed_year.first(tx)


async def first_penalty_at(tx: Tx) -> datetime | None:
    """When the first penalty was imposed, if there is one."""
    return await _first_penalty_at.first(tx)
