"""The end of a year: points are cleared, carried over or kept, subject by subject (P-011 to P-013)."""

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


async def year_to_close(tx: Tx, now: datetime) -> int | None:
    """The last year of the marketplace that is over and not closed, or None."""
    zone = (await identity.marketplace(tx)).time_zone
    year = now.astimezone(ZoneInfo(zone)).year - 1
    return None if await store.year_closed(tx, year) else year


async def close_some(tx: Tx, after: UUID | None, now: datetime) -> UUID | None:
    """Close the year for the next subjects after one; the last one done, or None when nobody is left."""
    found = await store.pointed(tx, after, AT_ONCE)
    for one in found:
        await store.lock_subject(tx, one.subject)
        await settle(tx, one.subject_kind, one.subject, now, why="replaced", reason="year_end")
        await publish(
            tx,
            PointsCleared(tenant=tx.tenant, at=now, subject_kind=one.subject_kind, subject=one.subject),
        )
    return found[-1].subject if len(found) == AT_ONCE else None


async def close_year(tx: Tx, year: int, now: datetime) -> bool:
    """Note that a year is closed; False when another process was faster."""
    return await store.close_year(tx, year, now)
