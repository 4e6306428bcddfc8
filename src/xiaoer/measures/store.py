"""How measures are kept: one function per statement of `store.sql`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import to_builtins

from xiaoer.measures.model import Happening, Held, Measure, MeasureState, MeasureWish, NoticeLine
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__)
_insert_measure = _statements.command("insert_measure")
_insert_happening = _statements.command("insert_happening")
_lock_measure = _statements.rows("lock_measure", Measure)
_find_measures = _statements.rows("find_measures", Measure)
_of_sources = _statements.rows("of_sources", Measure)
_of_subject = _statements.rows("of_subject", Measure)
_page = _statements.rows("page", Measure)
_happenings = _statements.rows("happenings", Happening)
_move = _statements.command("move")
_publish = _statements.value("publish", bool)
_mark_late = _statements.value("mark_late", bool)
_biting = _statements.rows("biting", Held)
_notices = _statements.rows("notices", NoticeLine)


async def insert_measure(
    tx: Tx, wish: MeasureWish, *, publish_by: datetime | None, published_at: datetime | None, at: datetime
) -> None:
    """Keep a new measure."""
    await _insert_measure.run(
        tx,
        id=wish.id,
        subject_kind=wish.subject_kind,
        subject=wish.subject,
        kind=wish.kind,
        shop=wish.scope,
        source_kind=wish.source_kind,
        source=wish.source,
        reason=wish.reason,
        statement=to_builtins(wish.statement),
        begins_at=wish.begins_at,
        ends_at=wish.ends_at,
        review_at=wish.review_at,
        exam=wish.exam,
        publish_by=publish_by,
        published_at=published_at,
        at=at,
    )


async def insert_happening(
    tx: Tx,
    measure: UUID,
    version: int,
    event: str,
    *,
    from_state: MeasureState,
    state: MeasureState,
    person: UUID | None,
    text: str,
    at: datetime,
) -> None:
    """Add a line to the history of a measure."""
    await _insert_happening.run(
        tx,
        measure=measure,
        version=version,
        event=event,
        from_state=from_state,
        state=state,
        person=person,
        text=text,
        at=at,
    )


async def lock_measure(tx: Tx, measure: UUID) -> Measure | None:
    """A measure, unchanged until the commit."""
    return await _lock_measure.first(tx, id=measure)


async def find_measures(tx: Tx, ids: Sequence[UUID]) -> Sequence[Measure]:
    """The measures among these ids."""
    return await _find_measures.all(tx, ids=list(ids))


async def of_sources(tx: Tx, sources: Sequence[UUID]) -> Sequence[Measure]:
    """Every measure, ended ones too, that stands on one of these penalties or blocks."""
    return await _of_sources.all(tx, sources=list(sources))


async def of_subject(
    tx: Tx, subject: UUID, *, is_open: bool, before: UUID | None, limit: int
) -> Sequence[Measure]:
    """The measures of a subject, the newest first."""
    return await _of_subject.all(tx, subject=subject, open=is_open, before=before, limit=limit)


async def page(
    tx: Tx, state: MeasureState | None, *, late: bool, before: UUID | None, limit: int
) -> Sequence[Measure]:
    """Measures of everybody, the newest first; `late`: only those not published, or not in time."""
    return await _page.all(tx, state=state, late=late, before=before, limit=limit)


async def happenings(tx: Tx, measure: UUID) -> Sequence[Happening]:
    """The history of a measure."""
    return await _happenings.all(tx, measure=measure)


async def move(tx: Tx, measure: Measure, at: datetime) -> None:
    """Keep a measure as it stands now."""
    await _move.run(
        tx,
        id=measure.id,
        state=measure.state,
        version=measure.version,
        ends_at=measure.ends_at,
        passed_at=measure.passed_at,
        suspended_at=measure.suspended_at,
        ended_at=measure.ended_at,
        ended_why=measure.ended_why,
        at=at,
    )


async def publish(tx: Tx, measure: UUID, at: datetime) -> bool:
    """Publish a measure; False when there is nothing to publish."""
    return await _publish.one(tx, id=measure, at=at)


async def mark_late(tx: Tx, measure: UUID) -> bool:
    """Note that a measure was not published in time; False when it need not be any more."""
    return await _mark_late.one(tx, id=measure)


async def biting(tx: Tx, subjects: Sequence[UUID] | None = None) -> Sequence[Held]:
    """What may bind some subjects, or anybody."""
    return await _biting.all(tx, subjects=None if subjects is None else list(subjects))


async def notices(tx: Tx, *, since: datetime, before: UUID | None, limit: int) -> Sequence[NoticeLine]:
    """What is published, the newest first; corrections from `since` on."""
    return await _notices.all(tx, since=since, before=before, limit=limit)
