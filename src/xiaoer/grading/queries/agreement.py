"""How far graders agree with one another and with the machine over some days."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.grading.model import Agreement, Doubled
from xiaoer.grading.rules.agreement import agreement
from xiaoer.grading.rules.sheet import marks
from xiaoer.grading.store import samples as store
from xiaoer.grading.store.samples import PairRow
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
    least = (await rulebook.book(tx, shop, now)).integer("grading.least_pairs")
    rows = await store.settled_pairs(tx, shop, since, until, PAIRS_MAX)
    counts = await store.counts(tx, shop, since, until)
    return Agreement(
        since=since,
        until=until,
        least_pairs=least,
        samples=counts.samples,
        settled=counts.settled,
        twice=counts.twice,
        third=counts.third,
        lines=agreement([_doubled(row) for row in rows], least),
        facts={"least": least},
    )


def _doubled(row: PairRow) -> Doubled:
    return Doubled(
        first=marks(row.first),
        second=None if row.second is None else marks(row.second),
        machine={one.step: one.points for one in row.machine},
        first_grade=row.first_grade,
        second_grade=row.second_grade,
        machine_grade=row.machine_grade,
    )
