"""What a decision is made from, read in one place: the order, its history, the rules, the days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.after_sale.actions.move import UNKNOWN, Ground
from xiaoer.after_sale.model import Case, CaseWish, Doer
from xiaoer.after_sale.rules.deadlines import days_of
from xiaoer.after_sale.rules.facts import History, Known, harm_of
from xiaoer.after_sale.rules.money import NOTHING, Promotions
from xiaoer.after_sale.store import cases as store
from xiaoer.after_sale.store import parcels
from xiaoer.conversations.actions import cards
from xiaoer.conversations.actions import open as opening
from xiaoer.conversations.model.thread import Thread
from xiaoer.kernel.refusal import Refusal
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import both
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

YEAR: Final = timedelta(days=365)
NONE: Final[frozenset[str]] = frozenset()


async def ground(tx: Tx, case: Case) -> Ground:
    """The rules a case is decided by, and how its days are counted."""
    return _ground(await rulebook.book(tx, case.shop, case.rules_at), case.zone)


def _ground(book: Book, zone: str) -> Ground:
    return Ground(book, days_of(book, zone))


async def held(tx: Tx, purchase: Purchase) -> int:
    """Lock the sums of an order, so that nobody else changes them, and what could still go back of it."""
    return await store.open_sum(tx, purchase.shop_id, purchase.id, _paid_minor(purchase))


async def held_for_new(
    tx: Tx, purchase: Purchase, conversation: UUID | None, now: datetime
) -> tuple[int, Thread | None]:
    """The same with the conversation that will hear of a new case, locked or made; none in a closed shop."""
    shop, paid = purchase.shop_id, _paid_minor(purchase)
    if conversation is not None:
        return await sum_and_place(tx, shop, purchase.id, paid, conversation)
    fresh = opening.after_buying(tx, shop, new_id(), buyer=purchase.buyer_id, now=now)
    return _both_held(await both(tx, store.sum_asked(tx, shop, purchase.id, paid), fresh))


async def sum_and_place(
    tx: Tx, shop: UUID, purchase: UUID, paid_minor: int, conversation: UUID
) -> tuple[int, Thread | None]:
    """The sum of an order and then the conversation a card will stand in, both locked, in one trip."""
    asked = store.sum_asked(tx, shop, purchase, paid_minor)
    return _both_held(await both(tx, asked, cards.place(tx, conversation)))


def _both_held(found: tuple[int | None, Thread | None]) -> tuple[int, Thread | None]:
    free, thread = found
    assert free is not None
    return free, thread


def _paid_minor(purchase: Purchase) -> int:
    return max(purchase.paid_minor - purchase.refunded_minor, 0)


async def known(
    tx: Tx,
    purchase: Purchase,
    wish: CaseWish,
    now: datetime,
    *,
    free_minor: int | None,
    person: UUID | None = None,
    at: datetime | None = None,
) -> Known:
    """Everything a case of this order is decided by.

    `free_minor` is what `held` said under the order's lock, None without it. `at` is the moment whose rules
    count, that of a running case; now for a new one. `person` asks.
    """
    trust = await store.trust(
        tx,
        purchase.shop_id,
        purchase.buyer_id,
        purchase.id,
        now - YEAR,
        person=person,
        client_id=wish.client_id,
    )
    free = free_minor
    if free is None:
        free = _paid_minor(purchase) if trust.free_minor is None else trust.free_minor
    under = _ground(await rulebook.book(tx, purchase.shop_id, at or now), trust.zone)
    variants = [line.new_variant for line in wish.lines if line.new_variant is not None]
    history = History(
        taken={one.item: one.quantity for one in trust.taken},
        free_minor=free,
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
        buyer_name=trust.buyer_name,
        conversation=trust.conversation,
        person_name=trust.person_name,
        twin=trust.twin,
        harms=await parcels.harms(tx, purchase.shop_id, purchase.id) if harm_of(wish.reason) else NONE,
        offers=await orders.offers(tx, purchase.shop_id, variants),
    )


def ground_of(facts: Known) -> Ground:
    """The rules that facts were gathered under."""
    return Ground(facts.book, facts.days)


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


async def locked_whole(tx: Tx, case: UUID, doer: Doer) -> store.HeldCase:
    """The same for one of its sides, with everything that is known of it. Raises Refusal."""
    found = await store.lock_whole(tx, case, person=doer.person, shop=doer.shop, buyer=doer.buyer)
    if found is None:
        raise Refusal(UNKNOWN)
    return found
