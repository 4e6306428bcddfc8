"""What grading does when a clock rings."""

from datetime import datetime
from typing import Final

from xiaoer.clocks.ring import Ring
from xiaoer.grading.actions import appeals, grade
from xiaoer.grading.machine import APPEAL, SAMPLE
from xiaoer.plumbing.db import Tx

SAMPLE_CLOCKS: Final = SAMPLE.clocks
APPEAL_CLOCKS: Final = APPEAL.clocks


async def on_sample_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """No grade came in time: what is in decides."""
    if ring.kind == "due":
        await grade.fell_due(tx, ring.owner, ring.name, now)


async def on_appeal_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """Nobody decided an appeal in time."""
    if ring.kind == "due":
        await appeals.fell_due(tx, ring.owner, ring.name, now)
