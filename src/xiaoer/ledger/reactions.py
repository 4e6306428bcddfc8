"""What the ledger does when its clocks ring."""

from datetime import datetime

from xiaoer.clocks.ring import Ring
from xiaoer.ledger.actions import collections, payouts
from xiaoer.plumbing.db import Tx


async def on_retry_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The provider is to be asked, or asked again."""
    await payouts.clock_rang(tx, ring.owner, now)


async def on_reminder_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """Nobody has decided about a refused payout yet."""
    await payouts.reminder_rang(tx, ring.owner, now)


async def on_collection_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The provider is to be asked for a buyer's money, or asked again."""
    await collections.clock_rang(tx, ring.owner, now)
