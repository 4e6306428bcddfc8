"""What appeals do when a clock rings."""

from datetime import datetime

from xiaoer.appeals.actions import clock
from xiaoer.appeals.actions.registry import TARGETS
from xiaoer.appeals.machine import APPEAL
from xiaoer.clocks.ring import Ring
from xiaoer.plumbing.db import Tx

CLOCKS = APPEAL.clocks
"""Every clock of an appeal; all ring the same bell."""


async def on_appeal_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A clock of an appeal warns or falls due."""
    if ring.kind == "warn":
        await clock.warned(tx, ring.owner, ring.name, now)
    else:
        await clock.fell_due(tx, ring.owner, ring.name, targets=TARGETS, now=now)
