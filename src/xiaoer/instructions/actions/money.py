"""The difference of changed items in the ledger: put aside, given to whom it is due, each by one key."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from xiaoer.instructions.model import SUBJECT, Instructed, ItemsDifference
from xiaoer.ledger.actions import collections, payouts
from xiaoer.ledger.model import Collection, CollectionWish, PayoutWish, Source
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

REASON: Final = "items_difference"


async def ask_buyer(tx: Tx, made: Instructed, attempt: UUID, now: datetime) -> Collection:
    """Order the collection of what the buyer is to pay; nobody is asked here."""
    difference = made.difference
    assert made.shop is not None
    assert difference is not None
    assert difference.by is not None
    return await collections.order_collection(
        tx,
        CollectionWish(
            id=attempt,
            key=f"instruction:{made.id}:{attempt}",
            shop=made.shop,
            buyer=made.buyer,
            purchase=made.purchase,
            payment_ref=difference.method,
            amount_minor=difference.amount_minor,
            currency=difference.currency,
            subject_kind=SUBJECT,
            subject=made.id,
            until=difference.by,
        ),
        now,
    )


async def settled(tx: Tx, made: Instructed, now: datetime, *, confirmed: bool) -> Instructed:
    """What an answer means for the difference: what was put aside is the shop's once the order has been
    changed and goes back where it has not; what cheaper items leave over goes back with the change.
    """
    difference = made.difference
    if difference is None:
        return made
    if difference.state == "taken":
        assert difference.collection is not None
        if confirmed:
            await collections.give_to_shop(tx, difference.collection, reason=REASON, now=now)
            return replace(made, difference=replace(difference, state="given"))
        await _pay(tx, made, difference, "held", now)
        return replace(made, difference=replace(difference, state="back"))
    if confirmed and difference.state == "due" and difference.amount_minor < 0:
        await _pay(tx, made, difference, "shop", now)
        return replace(made, difference=replace(difference, state="back"))
    return made


async def _pay(tx: Tx, made: Instructed, difference: ItemsDifference, source: Source, now: datetime) -> None:
    assert made.shop is not None
    await payouts.order_payout(
        tx,
        PayoutWish(
            id=new_id(),
            key=f"instruction:{made.id}:difference",
            shop=made.shop,
            buyer=made.buyer,
            purchase=made.purchase,
            payment_ref=difference.method,
            amount_minor=abs(difference.amount_minor),
            currency=difference.currency,
            subject_kind=SUBJECT,
            subject=made.id,
            source=source,
        ),
        now,
    )
