"""How far graders agree with one another and with the machine over some days."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.grading.model import Agreement, Doubled
from xiaoer.grading.rules.agreement import agreement, agreement_of_parts, bands, place, scale_of
from xiaoer.grading.rules.sheet import marks
from xiaoer.grading.store import samples as store
from xiaoer.grading.store.samples import PairRow
from xiaoer.inspection.model import Grade
from xiaoer.inspection.rules.card import card_of
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

DAYS: Final = 90
DAYS_MAX: Final = 366
PAIRS_MAX: Final = 20_000


async def agreement_of(
    tx: Tx, shop: UUID, *, since: datetime | None, until: datetime | None, now: datetime
) -> Agreement:
    """Agreement over samples that were settled in a time, by default the last 90 days. Raises Refusal."""
    until = until or now
    since = since or until - timedelta(days=DAYS)
    if not since < until <= since + timedelta(days=DAYS_MAX):
        raise Refusal(Refused("invalid", "grading.agreement_when", facts={"days": DAYS_MAX}))
    book = await rulebook.book(tx, shop, now)
    least, scale = book.integer("grading.least_pairs"), scale_of(card_of(book).grades)
    rows = await store.settled_pairs(tx, shop, since, until, PAIRS_MAX)
    pairs = [_doubled(row, scale) for row in rows]
    counts = await store.counts(tx, shop, since, until)
    return Agreement(
        since=since,
        until=until,
        least_pairs=least,
        samples=counts.samples,
        settled=counts.settled,
        twice=counts.twice,
        third=counts.third,
        lines=agreement(pairs, least),
        parts=agreement_of_parts(pairs, least),
        bands=bands(scale),
        facts={"least": least},
    )


def _doubled(row: PairRow, scale: Sequence[Grade]) -> Doubled:
    return Doubled(
        first=marks(row.first),
        second=None if row.second is None else marks(row.second),
        machine={one.step: one.points for one in row.machine},
        first_grade=row.first_grade,
        second_grade=row.second_grade,
        machine_grade=row.machine_grade,
        first_parts={one.part: place(one.points, scale) for one in row.first.parts},
        second_parts=None
        if row.second is None
        else {m.part: place(m.points, scale) for m in row.second.parts},
        machine_parts={one.name: place(one.points, scale) for one in row.machine_parts},
    )
