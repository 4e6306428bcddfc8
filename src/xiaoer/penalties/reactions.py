"""What penalties do when their clocks ring."""

from datetime import datetime

from xiaoer.clocks.ring import Ring
from xiaoer.penalties.actions import reverse
from xiaoer.plumbing.db import Tx


async def on_window_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The appeal window of a penalty has closed."""
    await reverse.window_over(tx, ring.owner, now)
