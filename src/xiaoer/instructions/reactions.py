"""What instructions do when a clock rings."""

from datetime import datetime

from xiaoer.clocks.ring import Ring
from xiaoer.instructions.actions import settle
from xiaoer.plumbing.db import Tx


async def on_answer_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The order side has been silent for too long."""
    if ring.kind == "due":
        await settle.silent(tx, ring.owner, now)
