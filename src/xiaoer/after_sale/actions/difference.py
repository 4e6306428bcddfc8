"""The price difference of an exchange: asked for before goods go back, put aside, given to whom it is due."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.model import BEYOND, ENDED, Case, PriceDifference
from xiaoer.after_sale.rules.assess import FREE
from xiaoer.after_sale.rules.difference import owed, put_aside
from xiaoer.after_sale.store import cases as store
from xiaoer.ledger.actions import collections, payouts
from xiaoer.ledger.model import CollectionWish, PayoutWish, Source
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

SUBJECT: Final = "case"
BACK: Final = "case_difference"
"""What a payout of the difference is about: the case does not wait for it."""


async def ask_buyer(tx: Tx, case: Case, payment_method: str, now: datetime) -> Case:
    """Order the collection of what the buyer owes; nothing is asked here."""
    difference = owed(case)
    assert difference is not None
    assert difference.by is not None
    made = await collections.order_collection(
        tx,
        CollectionWish(
            id=new_id(),
            key=f"case:{case.id}:difference:{case.version}",
            shop=case.shop,
            buyer=case.buyer,
            purchase=case.purchase,
            payment_ref=payment_method or case.payment_method or None,
            amount_minor=difference.amount_minor,
            currency=case.currency,
            subject_kind=SUBJECT,
            subject=case.id,
            until=difference.by,
        ),
        now,
    )
    return _with(case, structs.replace(difference, state="asked", collection=made.id))


async def settle(tx: Tx, after: Case, now: datetime) -> Case:
    """What a move means for the difference: given back with the cheaper goods, or the money put aside goes
    to the shop when the buyer keeps the dearer ones, and back to him when he does not get them.
    """
    difference = after.difference
    if difference is None:
        return after
    if difference.amount_minor < 0 and difference.state == "due" and after.state == "on_way":
        return await _refund(tx, after, difference, now)
    if not put_aside(after) or not (after.state == "paying" or after.state in ENDED):
        return after
    if _keeps_the_goods(after):
        assert difference.collection is not None
        await collections.give_to_shop(tx, difference.collection, reason="exchange_difference", now=now)
        return _with(after, structs.replace(difference, state="given"))
    await _pay(tx, after, difference.amount_minor, "held", now)
    return _with(after, structs.replace(difference, state="back"))


def _keeps_the_goods(after: Case) -> bool:
    """Whether the buyer has the new goods and keeps them."""
    if after.state == "paying":
        return after.kind in FREE | BEYOND
    return after.out is not None


async def _refund(tx: Tx, case: Case, difference: PriceDifference, now: datetime) -> Case:
    amount = min(-difference.amount_minor, case.refund_minor, case.held_minor)
    if amount <= 0:
        return _with(case, None)
    await _pay(tx, case, amount, "shop", now)
    return structs.replace(
        case,
        difference=structs.replace(difference, amount_minor=-amount, state="back"),
        asked_minor=case.asked_minor - amount,
        refund_minor=case.refund_minor - amount,
        refunded_minor=case.refunded_minor + amount,
        held_minor=case.held_minor - amount,
    )


async def _pay(tx: Tx, case: Case, amount_minor: int, source: Source, now: datetime) -> None:
    """What the shop gives back is bounded by what was paid for the order, what was put aside is not."""
    most = await store.paid_minor(tx, case.shop, case.purchase) if source == "shop" else None
    await payouts.order_payout(
        tx,
        PayoutWish(
            id=new_id(),
            key=f"case:{case.id}:difference:{case.version}",
            shop=case.shop,
            buyer=case.buyer,
            purchase=case.purchase,
            payment_ref=case.payment_method or None,
            amount_minor=amount_minor,
            currency=case.currency,
            subject_kind=BACK,
            subject=case.id,
            source=source,
            limit_minor=most,
        ),
        now,
    )


def _with(case: Case, difference: PriceDifference | None) -> Case:
    return structs.replace(case, difference=difference)


def is_of(case: Case, collection: UUID) -> bool:
    """Whether a case waits for this collection."""
    return (
        case.state == "charging" and case.difference is not None and case.difference.collection == collection
    )
