"""Watch over the watchers: whoever's blocks turn out wrong clearly more often is named to administrators."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.blocks import store
from xiaoer.blocks.events import BlockerStoodOut
from xiaoer.blocks.model import LookedAt
from xiaoer.blocks.rules.watch import watched
from xiaoer.identity import queries as identity
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook.model import Book

LOOKED_AT: Final[tuple[LookedAt, ...]] = ("proposer", "approver", "shop")


async def look(tx: Tx, book: Book, now: datetime) -> None:
    """Name whoever stands out now and was not named in the time looked at."""
    since, minimum = now - book.duration("blocks.figures_days"), book.integer("blocks.figures_minimum")
    for by in LOOKED_AT:
        known = await store.alerted_since(tx, by, since)
        for line in watched(await store.watch_counts(tx, by, since, now), minimum=minimum):
            if line.stands_out and line.subject not in known:
                fresh = new_id()
                await store.insert_alert(tx, fresh, by, line, since=since, now=now)
                await _tell(tx, fresh, by, line.subject, now)


async def _tell(tx: Tx, alert: UUID, by: LookedAt, subject: UUID, now: datetime) -> None:
    for one in await identity.people_page(tx, kind="staff", role="administrator", limit=100):
        await publish(
            tx,
            BlockerStoodOut(
                tenant=tx.tenant, at=now, person=one.id, alert=alert, looked_at=by, subject=subject
            ),
        )
