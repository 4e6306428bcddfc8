"""Measures of one subject, of one penalty, and those published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures import store
from xiaoer.measures.model import Happening, Measure, MeasureState, NoticeLine
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook.model import Book

CORRECTIONS: Final = "measures.correction_days"
OPEN_MOST: Final = 1_000


async def measure(tx: Tx, measure_id: UUID, subject: UUID | None = None) -> Measure:
    """One measure, of a subject when one is given. Raises Refusal."""
    found = await store.find_measures(tx, [measure_id])
    if not found or (subject is not None and found[0].subject != subject):
        raise Refusal(Refused("not_found", "measures.unknown"))
    return found[0]


async def in_force(tx: Tx, subject: UUID, now: datetime) -> Sequence[Measure]:
    """What binds a shop or a person at this moment, the newest first."""
    found = await store.of_subject(tx, subject, is_open=True, before=None, limit=OPEN_MOST)
    return [one for one in found if one.binds(now)]


async def of_subject(
    tx: Tx, subject: UUID, *, is_open: bool = False, before: UUID | None = None, limit: int = 50
) -> Sequence[Measure]:
    """The measures of a shop or a person, the newest first; `is_open`: only those that have not ended."""
    return await store.of_subject(tx, subject, is_open=is_open, before=before, limit=limit)


async def of_sources(tx: Tx, sources: Sequence[UUID]) -> Sequence[Measure]:
    """Every measure, ended ones too, that stands on these penalties or blocks."""
    return await store.of_sources(tx, sources) if sources else []


async def page(
    tx: Tx,
    state: MeasureState | None = None,
    *,
    late: bool = False,
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[Measure]:
    """Measures of everybody, the newest first; `late`: only those not published, or not in time."""
    return await store.page(tx, state, late=late, before=before, limit=limit)


async def history(tx: Tx, measure_id: UUID) -> Sequence[Happening]:
    """What happened to a measure."""
    return await store.happenings(tx, measure_id)


async def notices(
    tx: Tx, book: Book, now: datetime, *, before: UUID | None = None, limit: int = 50
) -> Sequence[NoticeLine]:
    """The measures against shops as everybody may read them, with corrections for a while (L-076)."""
    since = now - book.duration(CORRECTIONS)
    return await store.notices(tx, since=since, before=before, limit=limit)
