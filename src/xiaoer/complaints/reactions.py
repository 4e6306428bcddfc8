"""What complaints do when a clock rings."""

from datetime import datetime

from xiaoer.clocks.ring import Ring
from xiaoer.complaints.actions import clock
from xiaoer.plumbing.db import Tx

CLOCKS = clock.CLOCKS
"""Every clock of a complaint; all ring the same bell."""


async def on_complaint_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A clock of a complaint warns or falls due: silence acts."""
    if ring.kind == "warn":
        await clock.warned(tx, ring.owner, ring.name, now)
    else:
        await clock.fell_due(tx, ring.owner, ring.name, now)
