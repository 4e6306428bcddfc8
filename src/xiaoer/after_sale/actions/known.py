"""What a decision is made from, read in one place: the order, its history, the rules, the days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.after_sale.actions.move import UNKNOWN, Ground
from xiaoer.after_sale.model import Case
from xiaoer.after_sale.rules.deadlines import days_of
from xiaoer.after_sale.rules.facts import History, Known
from xiaoer.after_sale.rules.money import NOTHING, Promotions
from xiaoer.after_sale.store import cases as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

YEAR: Final = timedelta(days=365)


async def ground(tx: Tx, shop: UUID, at: datetime) -> Ground:
    """The rules of a shop as they were at a moment, and how its days are counted."""
    zone = (await identity.marketplace(tx)).time_zone
    book = await rulebook.book(tx, shop, at)
    return Ground(book, days_of(book, zone))


async def known(tx: Tx, purchase: Purchase, under: Ground, now: datetime, *, lock: bool) -> Known:
    """Everything a case of this order is decided by; with `lock` nobody else changes its sums meanwhile."""
    paid = max(purchase.paid_minor - purchase.refunded_minor, 0)
    if lock:
        sums = await store.open_sum(tx, purchase.shop_id, purchase.id, paid)
    else:
        sums = await store.find_sum(tx, purchase.shop_id, purchase.id)
    taken = await store.taken(tx, purchase.shop_id, purchase.id)
    trust = await store.trust(tx, purchase.buyer_id, purchase.id, now - YEAR)
    history = History(
        taken={item: one.quantity for item, one in taken.items()},
        free_minor=sums.free_minor if sums else paid,
        asked_before=trust.asked > 0,
        failed_repairs=trust.repairs,
        cases=trust.orders,
        returns=trust.returns,
        ahead_minor=trust.ahead_minor,
        lost_fast=trust.lost,
    )
    return Known(
        purchase=purchase,
        history=history,
        book=under.book,
        days=under.days,
        now=now,
        promotions=_promotions(trust.details or {}),
    )


def _promotions(details: Mapping[str, object]) -> Promotions:
    """The promotions an order was placed under, where its sender says them in `details.promotions`."""
    try:
        return msgspec.convert(details.get("promotions", {}), Promotions)
    except msgspec.ValidationError:
        return NOTHING


async def locked(tx: Tx, case: UUID, *, shop: UUID | None = None, buyer: UUID | None = None) -> Case:
    """A case, locked until the end of the transaction. Raises Refusal."""
    found = await store.lock_case(tx, case, shop=shop, buyer=buyer)
    if found is None:
        raise Refusal(UNKNOWN)
    return found
