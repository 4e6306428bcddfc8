"""People have judged: another score stands from now on; and scores are hidden while they judge blind."""

from datetime import datetime
from uuid import UUID

from xiaoer.inspection.model import Settlement
from xiaoer.inspection.store import scores as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx


async def settle(tx: Tx, shop: UUID, score: UUID, settled: Settlement) -> None:
    """Add the score that stands from now on; the inspection itself stays as it was."""
    await store.add_settlement(tx, shop, score, new_id(), settled)


async def veil(tx: Tx, shop: UUID, score: UUID, now: datetime) -> None:
    """Hide a score from all but its agent while people grade the talk blind."""
    await store.add_veil(tx, shop, score, now)


async def unveil(tx: Tx, shop: UUID, score: UUID, now: datetime) -> None:
    """Show a score again."""
    await store.lift_veil(tx, shop, score, now)
