"""What cases do when they hear news of money and orders, and when a clock rings."""

from collections.abc import Sequence
from datetime import datetime

from xiaoer.after_sale.actions import clock, order_side, paid
from xiaoer.after_sale.actions.difference import BACK
from xiaoer.after_sale.machine import CASE, Event
from xiaoer.clocks.ring import Ring
from xiaoer.instructions.events import InstructionConfirmed
from xiaoer.ledger.events import (
    CollectionDeclined,
    CollectionTaken,
    CollectionWaits,
    PayoutCancelled,
    PayoutFailed,
    PayoutPaid,
    PayoutRetried,
)
from xiaoer.plumbing.db import Tx

SUBJECT = "case"
CLOCKS = CASE.clocks
"""Every clock of a case; all ring the same bell."""


async def on_cases_rang(tx: Tx, rings: Sequence[Ring], now: datetime) -> Sequence[Ring]:
    """Clocks of cases warn or fall due: silence acts. None is left for later."""
    await clock.rang(tx, rings, now)
    return ()


async def on_instruction_confirmed(tx: Tx, event: InstructionConfirmed, now: datetime) -> None:  # noqa: ARG001
    """Other items of an order were granted."""
    if event.kind == "items":
        await order_side.changed(tx, event.instruction)


async def on_payout_paid(tx: Tx, event: PayoutPaid, now: datetime) -> None:
    """Only now the money counts as refunded."""
    if event.subject_kind == BACK:
        await paid.difference_paid(tx, event.subject, event.amount_minor, now)
    if event.subject_kind == SUBJECT:
        await paid.settle(tx, event.subject, event.payout, event.amount_minor, now)


async def on_payout_failed(tx: Tx, event: PayoutFailed, now: datetime) -> None:
    """The provider refuses for good: a person looks at it."""
    if event.subject_kind == SUBJECT:
        await paid.trouble(
            tx, event.subject, event.payout, Event.PAYMENT_REFUSED, words=event.trouble, now=now
        )


async def on_payout_retried(tx: Tx, event: PayoutRetried, now: datetime) -> None:
    """A person has it tried again."""
    if event.subject_kind == SUBJECT:
        await paid.trouble(tx, event.subject, event.payout, Event.PAYMENT_RETRIED, words="", now=now)


async def on_payout_cancelled(tx: Tx, event: PayoutCancelled, now: datetime) -> None:
    """A person called it off: people decide how the case goes on."""
    if event.subject_kind == BACK:
        await paid.difference_cancelled(tx, event.subject, event.amount_minor, now)
    if event.subject_kind == SUBJECT:
        await paid.trouble(tx, event.subject, event.payout, Event.PAYMENT_CANCELLED, words="", now=now)


async def on_collection_taken(tx: Tx, event: CollectionTaken, now: datetime) -> None:
    """The buyer has paid what other goods cost more."""
    if event.subject_kind == SUBJECT:
        await paid.topped_up(tx, event.subject, event.collection, now)


async def on_collection_declined(tx: Tx, event: CollectionDeclined, now: datetime) -> None:
    """His money was not taken."""
    if event.subject_kind == SUBJECT:
        await paid.not_topped_up(tx, event.subject, event.collection, words=event.trouble, now=now)


async def on_collection_waits(tx: Tx, event: CollectionWaits, now: datetime) -> None:
    """The provider waits for him."""
    if event.subject_kind == SUBJECT:
        await paid.to_confirm(tx, event.subject, event.collection, now)
