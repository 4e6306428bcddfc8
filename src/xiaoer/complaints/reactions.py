"""What complaints do when a clock rings, and when they hear news of the dispute that judges them."""

from datetime import datetime

from xiaoer.clocks.ring import Ring
from xiaoer.complaints.actions import clock, ruled
from xiaoer.disputes.events import DisputeMoved, RulingMade, RulingReversed
from xiaoer.plumbing.db import Tx

CLOCKS = clock.CLOCKS
"""Every clock of a complaint; all ring the same bell."""


async def on_complaint_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A clock of a complaint warns or falls due: silence acts."""
    if ring.kind == "warn":
        await clock.warned(tx, ring.owner, ring.name, now)
    else:
        await clock.fell_due(tx, ring.owner, ring.name, now)


async def on_ruling_made(tx: Tx, event: RulingMade, now: datetime) -> None:
    """The dispute has ruled, at first or anew after a reversal; a settlement is both sides' own."""
    if event.complaint is None:
        return
    if event.by == "settlement":
        await ruled.ended(tx, event.complaint, "settled", dispute=event.dispute, now=now)
    else:
        await ruled.ruled(tx, event.complaint, event.favour, dispute=event.dispute, now=now)


async def on_ruling_reversed(tx: Tx, event: RulingReversed, now: datetime) -> None:
    """Nothing stands in place of the ruling: the complaint is as if it had not been proved."""
    if event.complaint is not None and event.next_ruling is None:
        await ruled.ruled(tx, event.complaint, "none", dispute=event.dispute, now=now)


async def on_dispute_moved(tx: Tx, event: DisputeMoved, now: datetime) -> None:
    """The dispute ended without a ruling: its claimant took it back there, or both agreed."""
    if event.complaint is None or event.was == event.state:
        return
    if event.state == "withdrawn":
        await ruled.ended(tx, event.complaint, "withdrawn", dispute=event.dispute, now=now)
    elif event.state == "settled":
        await ruled.ended(tx, event.complaint, "settled", dispute=event.dispute, now=now)
