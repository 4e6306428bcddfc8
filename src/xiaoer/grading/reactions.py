"""What grading does when a talk has been inspected, and when a clock rings."""

from datetime import datetime
from typing import Final

from xiaoer.clocks.ring import Ring
from xiaoer.grading.actions import appeals, grade, periodic
from xiaoer.grading.actions.alerted import lay_alerted
from xiaoer.grading.machine import APPEAL, SAMPLE
from xiaoer.inspection.events import Inspected
from xiaoer.plumbing.db import Tx

SAMPLE_CLOCKS: Final = SAMPLE.clocks
APPEAL_CLOCKS: Final = APPEAL.clocks
DRAW_CLOCK: Final = periodic.CLOCK


async def on_inspected(tx: Tx, event: Inspected, now: datetime) -> None:
    """A consultation somebody was alerted to is over: people read it. Others wait for the next draw."""
    await lay_alerted(tx, event.shop, event.score, now)
    await periodic.ensure(tx, event.shop, now)


async def on_draw_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A period is over: talks are drawn from it."""
    if ring.kind == "due":
        since = datetime.fromisoformat(ring.body["since"])
        await periodic.fell_due(tx, ring.owner, ring.due_at, since, now)


async def on_sample_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """No grade came in time: what is in decides."""
    if ring.kind == "due":
        await grade.fell_due(tx, ring.owner, ring.name, now)


async def on_appeal_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """Nobody decided an appeal in time."""
    if ring.kind == "due":
        await appeals.fell_due(tx, ring.owner, ring.name, now)
