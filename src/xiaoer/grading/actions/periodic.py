"""Talks are drawn for graders by a clock: period after period, and after a silence those that were missed."""

from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaoer.clocks import actions as clocks
from xiaoer.clocks import queries as known_clocks
from xiaoer.grading.actions.draw import draw_samples
from xiaoer.grading.model import Draw, DrawWish
from xiaoer.grading.rules.draw import period
from xiaoer.inspection.queries import scores
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

CLOCK: Final = "grading.draw"


async def ensure(tx: Tx, shop: UUID, now: datetime) -> None:
    """Something was inspected: the shop's next draw is set, if none is. Its period begins with today."""
    if any(one.name == CLOCK for one in await known_clocks.running(tx, [shop])):
        return
    zone = ZoneInfo((await known_clocks.calendar(tx, shop)).calendar().zone)
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    await _set(tx, shop, today.astimezone(now.tzinfo), now)


async def fell_due(tx: Tx, shop: UUID, due_at: datetime, since: datetime, now: datetime) -> Draw | None:
    """Draw from the period that is over, and set the next; None when there was nothing to draw.

    As long as periods lie behind, one follows the other at once; a shop in which nothing was inspected since
    has no clock until something is.
    """
    try:
        made = await draw_samples(tx, shop, DrawWish(since, due_at), person=None, now=now)
    except Refusal:
        made = None
    behind = due_at + period(await rulebook.book(tx, shop, now)) <= now
    if behind or await scores.scores(tx, shop, since=since, limit=1):
        await _set(tx, shop, due_at, now)
    return made


async def _set(tx: Tx, shop: UUID, since: datetime, now: datetime) -> None:
    """Start the clock of the period that begins then; no clock where only people draw (0 days)."""
    length = period(await rulebook.book(tx, shop, now))
    if length:
        body = {"since": since.isoformat()}
        await clocks.start(tx, owner=shop, name=CLOCK, shop=shop, due_at=since + length, now=now, body=body)
