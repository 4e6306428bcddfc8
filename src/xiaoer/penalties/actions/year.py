"""The end of a year: points are cleared, carried over or kept, subject by subject (P-011 to P-013)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaoer.identity import queries as identity
from xiaoer.penalties import store
from xiaoer.penalties.actions.settle import settle
from xiaoer.penalties.events import PointsCleared
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish

AT_ONCE: Final = 100


async def years_to_close(tx: Tx, now: datetime) -> Sequence[int]:
    """The years of the marketplace that are over and not closed, the oldest first.

    More than one when nothing ran at the end of an earlier year; before the first penalty only the last.
    """
    zone = ZoneInfo((await identity.marketplace(tx)).time_zone)
    last = now.astimezone(zone).year - 1
    closed = await store.last_closed_year(tx)
    if closed is not None:
        return range(closed + 1, last + 1)
    first = await store.first_penalty_at(tx)
    return range(last if first is None else min(first.astimezone(zone).year, last), last + 1)


async def close_some(tx: Tx, after: UUID | None, now: datetime) -> UUID | None:
    """Close what is over for the next subjects after one; the last one done, or None when nobody is left.

    A settlement walks through every year end since the first penalty, so years missed are closed in order.
    """
    found = await store.pointed(tx, after, AT_ONCE)
    for one in found:
        await store.lock_subject(tx, one.subject)
        await settle(tx, one.subject_kind, one.subject, now, why="replaced", reason="year_end")
        await publish(
            tx,
            PointsCleared(tenant=tx.tenant, at=now, subject_kind=one.subject_kind, subject=one.subject),
        )
    return found[-1].subject if len(found) == AT_ONCE else None


async def close_years(tx: Tx, years: Sequence[int], now: datetime) -> int:
    """Note that years are closed; how many were not yet: another process may have been faster."""
    return sum([await store.close_year(tx, year, now) for year in years])
