"""What disputes do when they hear news of cases and money, and when a clock rings."""

from datetime import datetime

from xiaoer.after_sale.events import CaseMoved
from xiaoer.clocks.ring import Ring
from xiaoer.disputes.actions import clock, close, effects
from xiaoer.disputes.machine import DISPUTE
from xiaoer.disputes.queries import disputes
from xiaoer.ledger.events import PayoutFailed, PayoutPaid
from xiaoer.plumbing.db import Tx

CLOCKS = DISPUTE.clocks
"""Every clock of a dispute; all ring the same bell."""

CASE = "case"
_AGREED = frozenset({"agree_pay", "agree_return", "agree_send", "turn_down"})


async def on_dispute_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A clock of a dispute warns or falls due: silence acts."""
    if ring.kind == "warn":
        await clock.warned(tx, ring.owner, ring.name, now)
    else:
        await clock.fell_due(tx, ring.owner, ring.name, now)


async def on_case_moved(tx: Tx, event: CaseMoved, now: datetime) -> None:
    """The case a dispute is about ended elsewhere: taken back, agreed, or decided there."""
    if event.event != "withdraw" and event.event not in _AGREED:
        return
    found = await disputes.of_case(tx, event.case)
    if found is not None and found.closed_at is None:
        why = "withdrawn" if event.event == "withdraw" else "settled"
        await close.close(tx, found.id, why, now)


async def on_payout_paid(tx: Tx, event: PayoutPaid, now: datetime) -> None:
    """Money of a ruling that was taken back while it was on its way has arrived after all."""
    if event.subject_kind == CASE:
        await effects.late(tx, "case", event.subject, now)


async def on_payout_failed(tx: Tx, event: PayoutFailed, now: datetime) -> None:
    """It did not arrive: it is called off."""
    if event.subject_kind == CASE:
        await effects.late(tx, "case", event.subject, now)
