"""What grants do when they hear of their money, and when a clock rings."""

from datetime import datetime
from typing import Final

from xiaoer.clocks.ring import Ring
from xiaoer.compensation.actions import clock
from xiaoer.compensation.actions.money import SUBJECT
from xiaoer.compensation.machine import GRANT
from xiaoer.ledger.events import PayoutCancelled, PayoutPaid
from xiaoer.plumbing.db import Tx

CLOCKS: Final = GRANT.clocks
"""Every clock of a grant; all ring the same bell."""


async def on_grant_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A clock of a grant falls due: silence acts."""
    if ring.kind == "due":
        await clock.fell_due(tx, ring.owner, ring.name, now)


async def on_payout_paid(tx: Tx, event: PayoutPaid, now: datetime) -> None:
    """Only now the receiver has it."""
    if event.subject_kind == SUBJECT:
        await clock.paid(tx, event.subject, event.payout, now)


async def on_payout_cancelled(tx: Tx, event: PayoutCancelled, now: datetime) -> None:
    """A person called it off."""
    if event.subject_kind == SUBJECT:
        await clock.called_off(tx, event.subject, event.payout, now)
