"""What instructions do when a clock rings, and when the ledger has news of a difference."""

from datetime import datetime

from xiaoer.clocks.ring import Ring
from xiaoer.instructions.actions import settle, top_up
from xiaoer.instructions.model import SUBJECT
from xiaoer.ledger.events import (
    CollectionDeclined,
    CollectionTaken,
    CollectionWaits,
    PayoutCancelled,
)
from xiaoer.plumbing.db import Tx


async def on_answer_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The order side has been silent for too long."""
    if ring.kind == "due":
        await settle.silent(tx, ring.owner, now)


async def on_top_up_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The buyer has not paid in time."""
    if ring.kind == "due":
        await top_up.unpaid(tx, ring.owner, now)


async def on_collection_taken(tx: Tx, event: CollectionTaken, now: datetime) -> None:
    """The buyer has paid what other items cost more."""
    if event.subject_kind == SUBJECT:
        await top_up.taken(tx, event.subject, event.collection, now)


async def on_collection_declined(tx: Tx, event: CollectionDeclined, now: datetime) -> None:
    """His money was not taken."""
    if event.subject_kind == SUBJECT:
        await top_up.declined(tx, event.subject, event.collection, now)


async def on_collection_waits(tx: Tx, event: CollectionWaits, now: datetime) -> None:
    """The provider waits for him."""
    if event.subject_kind == SUBJECT:
        await top_up.to_confirm(tx, event.subject, event.collection, now)


async def on_payout_cancelled(tx: Tx, event: PayoutCancelled, now: datetime) -> None:  # noqa: ARG001
    """People called it off."""
    if event.subject_kind == SUBJECT:
        await top_up.cancelled(tx, event.subject)
