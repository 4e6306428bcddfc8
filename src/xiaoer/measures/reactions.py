"""What measures do when their clocks ring."""

from datetime import datetime

from xiaoer.clocks.ring import Ring
from xiaoer.measures.actions import clock
from xiaoer.plumbing.db import Tx


async def on_end_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The time of a measure is over."""
    await clock.end_rang(tx, ring.owner, now)


async def on_review_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A measure should be looked at again."""
    await clock.review_rang(tx, ring.owner, now)


async def on_publish_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A measure should have been published by now."""
    await clock.publish_rang(tx, ring.owner, now)
