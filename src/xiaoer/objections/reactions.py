"""What objections do when their clock rings."""

from datetime import datetime
from typing import Final

from xiaoer.clocks.ring import Ring
from xiaoer.objections import actions
from xiaoer.objections.machine import OBJECTION
from xiaoer.plumbing.db import Tx

CLOCKS: Final = OBJECTION.clocks


async def on_objection_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """Nobody decided in time: it is shown as overdue, and passes to those above."""
    if ring.kind == "due":
        await actions.fell_due(tx, ring.owner, ring.name, now)
