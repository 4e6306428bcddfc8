"""What blocks do when a clock rings."""

from datetime import datetime
from typing import Final

from xiaoer.blocks.actions import clock
from xiaoer.blocks.machine import BLOCK
from xiaoer.clocks.ring import Ring
from xiaoer.plumbing.db import Tx

CLOCKS: Final = BLOCK.clocks
"""Every clock of a block; all ring the same bell."""


async def on_block_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A clock of a block falls due: silence acts."""
    if ring.kind == "due":
        await clock.fell_due(tx, ring.owner, ring.name, now)
