"""Reversal rates: of officers, agents and shops, each beside all the others, and who was named."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from xiaoer.appeals.rules.figures import LookedAt, standings
from xiaoer.appeals.store import figures as store
from xiaoer.appeals.store.figures import Alert, KindCount
from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

__all__ = ["Alert", "AlertShown", "KindCount", "ReversalRow", "Reversals", "alerts", "reversals"]


class ReversalRow(Struct, frozen=True, kw_only=True):
    """Somebody's reversal rate; `at_least_percent` is the lower bound of what it may truly be (95 %)."""

    subject: UUID
    name: str
    appeals: int
    upheld: int
    share_percent: float | None
    at_least_percent: float | None
    others_appeals: int
    others_upheld: int
    others_percent: float | None
    small: bool
    stands_out: bool


class Reversals(Struct, frozen=True, kw_only=True):
    """Reversal rates in a time; below `minimum` appeals, his own or the others', nobody stands out."""

    by: LookedAt
    since: datetime
    until: datetime
    minimum: int
    kinds: list[KindCount]
    rows: list[ReversalRow]


class AlertShown(Struct, frozen=True, kw_only=True):
    """Somebody who stood out, with the numbers of that moment."""

    id: UUID
    looked_at: LookedAt
    subject: UUID
    name: str
    since: datetime
    appeals: int
    upheld: int
    others_appeals: int
    others_upheld: int
    at: datetime
    seen_by_name: str
    seen_at: datetime | None


async def reversals(tx: Tx, by: LookedAt, days: int, now: datetime) -> Reversals:
    """The reversal rates of the last days, who stands out first."""
    since = now - timedelta(days=days)
    minimum = (await rulebook.book(tx, None, now)).integer("appeals.figures_minimum")
    found = standings(await store.tallies(tx, by, since, now), minimum=minimum)
    names = await _names(tx, by, [one.subject for one in found])
    return Reversals(
        by=by,
        since=since,
        until=now,
        minimum=minimum,
        kinds=await store.kinds(tx, since, now),
        rows=[
            ReversalRow(
                subject=one.subject,
                name=names.get(one.subject, ""),
                appeals=one.appeals,
                upheld=one.upheld,
                share_percent=one.share_percent,
                at_least_percent=one.at_least_percent,
                others_appeals=one.others_appeals,
                others_upheld=one.others_upheld,
                others_percent=one.others_percent,
                small=one.small,
                stands_out=one.stands_out,
            )
            for one in found
        ],
    )


async def alerts(tx: Tx, *, before: UUID | None, limit: int) -> list[AlertShown]:
    """Who stood out, the latest first."""
    found = await store.alerts(tx, before=before, limit=limit)
    people = {one.subject for one in found if one.looked_at != "shop"}
    people |= {one.seen_by for one in found if one.seen_by is not None}
    names = await _names(tx, "officer", sorted(people))
    names |= await _names(tx, "shop", sorted({one.subject for one in found if one.looked_at == "shop"}))
    return [
        AlertShown(
            id=one.id,
            looked_at=one.looked_at,
            subject=one.subject,
            name=names.get(one.subject, ""),
            since=one.since,
            appeals=one.appeals,
            upheld=one.upheld,
            others_appeals=one.others_appeals,
            others_upheld=one.others_upheld,
            at=one.at,
            seen_by_name=names.get(one.seen_by, "") if one.seen_by else "",
            seen_at=one.seen_at,
        )
        for one in found
    ]


async def _names(tx: Tx, by: LookedAt, ids: Sequence[UUID]) -> dict[UUID, str]:
    return await (identity.names(tx, shops=ids) if by == "shop" else identity.names(tx, ids))
