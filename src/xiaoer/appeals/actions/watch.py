"""Watch over the watchers: whoever is reversed clearly more often than the others is named (F7)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.appeals.events import StoodOut
from xiaoer.appeals.rules.figures import LookedAt, standings
from xiaoer.appeals.store import figures as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook.model import Book

LOOKED_AT: Final[tuple[LookedAt, ...]] = ("officer", "agent", "shop")


async def look(tx: Tx, book: Book, now: datetime) -> list[UUID]:
    """Name whoever stands out now and was not named in the time looked at; the alerts made."""
    since, minimum = now - book.duration("appeals.figures_days"), book.integer("appeals.figures_minimum")
    made: list[UUID] = []
    for by in LOOKED_AT:
        known = await store.alerted_since(tx, by, since)
        for one in standings(await store.tallies(tx, by, since, now), minimum=minimum):
            if one.stands_out and one.subject not in known:
                fresh = new_id()
                await store.insert_alert(tx, fresh, by, one, since=since, now=now)
                await _tell(tx, fresh, by, one.subject, now)
                made.append(fresh)
    return made


async def see(tx: Tx, alert: UUID, person: UUID, now: datetime) -> None:
    """Somebody has looked at an alert. Raises Refusal(unknown_alert)."""
    if not await store.see_alert(tx, alert, person, now):
        raise Refusal(Refused("not_found", "appeals.unknown_alert"))


async def _tell(tx: Tx, alert: UUID, by: LookedAt, subject: UUID, now: datetime) -> None:
    for one in await identity.people_page(tx, kind="staff", role="administrator", limit=100):
        await publish(
            tx,
            StoodOut(tenant=tx.tenant, at=now, person=one.id, alert=alert, looked_at=by, subject=subject),
        )
