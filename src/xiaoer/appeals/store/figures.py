"""Who is reversed how often, and who was named for it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.appeals.model import TargetKind
from xiaoer.appeals.rules.figures import LookedAt, Standing, Tally
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class KindCount(Struct, frozen=True):
    """What became of the appeals against one kind of decisions lodged in a time."""

    target_kind: TargetKind
    appeals: int
    upheld: int
    dismissed: int
    refused: int
    withdrawn: int
    open: int


class Alert(Struct, frozen=True):
    """Somebody who stood out at a moment, with the numbers of that moment."""

    id: UUID
    looked_at: LookedAt
    subject: UUID
    since: datetime
    appeals: int
    upheld: int
    others_appeals: int
    others_upheld: int
    at: datetime
    seen_by: UUID | None
    seen_at: datetime | None


statements: Final = Statements(__file__, "figures.sql")
_by: Final = {
    "officer": statements.rows("by_officer", Tally),
    "agent": statements.rows("by_agent", Tally),
    "shop": statements.rows("by_shop", Tally),
}
_by_kind: Final = statements.rows("by_kind", KindCount)
_insert_alert: Final = statements.command("insert_alert")
_alerted_since: Final = statements.value("alerted_since", UUID)
_alerts: Final = statements.rows("alerts", Alert)
_see_alert: Final = statements.command("see_alert")


async def tallies(tx: Tx, by: LookedAt, since: datetime, until: datetime) -> list[Tally]:
    """Decided appeals by who had decided what was appealed, whose agent it was, or which shop."""
    return await _by[by].all(tx, since=since, until=until)


async def kinds(tx: Tx, since: datetime, until: datetime) -> list[KindCount]:
    """What became of the appeals lodged in a time."""
    return await _by_kind.all(tx, since=since, until=until)


async def insert_alert(
    tx: Tx, id: UUID, by: LookedAt, standing: Standing, *, since: datetime, now: datetime
) -> None:
    """Write down that somebody stands out."""
    await _insert_alert.run(
        tx,
        id=id,
        looked_at=by,
        subject=standing.subject,
        since=since,
        appeals=standing.appeals,
        upheld=standing.upheld,
        others_appeals=standing.others_appeals,
        others_upheld=standing.others_upheld,
        at=now,
    )


async def alerted_since(tx: Tx, by: LookedAt, since: datetime) -> set[UUID]:
    """Who has been named since a moment."""
    return set(await _alerted_since.all(tx, looked_at=by, since=since))


async def alerts(tx: Tx, *, before: UUID | None, limit: int) -> list[Alert]:
    """The latest alerts."""
    return await _alerts.all(tx, before=before, limit=limit)


async def see_alert(tx: Tx, id: UUID, person: UUID, now: datetime) -> bool:
    """Somebody has looked at an alert; False when it had been seen or does not exist."""
    return bool(await _see_alert.run(tx, id=id, person=person, now=now))
