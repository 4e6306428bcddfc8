"""What a decision is made from, read in one place: the order, its history, the rules, the days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.after_sale.actions.move import UNKNOWN, Ground
from xiaoer.after_sale.model import Case, CaseWish, Doer
from xiaoer.after_sale.rules.deadlines import days_of
from xiaoer.after_sale.rules.facts import History, Known, harm_of
from xiaoer.after_sale.rules.money import NOTHING, Promotions
from xiaoer.after_sale.store import cases as store
from xiaoer.after_sale.store import parcels
from xiaoer.after_sale.store import trust as trusting
from xiaoer.conversations.actions import cards
from xiaoer.conversations.actions import open as opening
from xiaoer.conversations.model.thread import Thread
from xiaoer.kernel.refusal import Refusal
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import all_four, both
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


class Start(Struct, frozen=True):
    """What a new case begins with: its order, what could still go back of it, what is known of the buyer.

    Order and conversation are locked. `trust` is None where it must be asked under these locks: another case
    of the order, or the conversation, may have been made while they were waited for. `twin` is what was
    opened before under the same key.
    """

    order: Purchase | None
    free_minor: int | None
    thread: Thread | None
    trust: trusting.Trust | None
    twin: UUID | None


async def start(
    tx: Tx,
    purchase: UUID,
    *,
    shop: UUID | None,
    buyer: UUID | None,
    person: UUID,
    client_id: str | None,
    now: datetime,
) -> Start:
    """The order of a shop or a buyer with everything a new case begins with, in one trip.

    The order is locked, then the conversation that will hear of the case; it is made where there is none and
    the shop is open. What is known is of the moment before: good for an order that never had a case.
    """
    order, hold, thread, known_first = await all_four(
        tx,
        orders.purchase_asked(tx, shop, purchase, buyer=buyer),
        store.hold_asked(tx, purchase),
        opening.after_buying(tx, purchase, new_id(), now),
        trusting.first_trust_asked(tx, purchase, now - YEAR, person=person, client_id=client_id),
    )
    trust, twin = None, None
    if known_first is not None:
        twin = known_first.twin
        if order is not None and hold is not None and hold.first and thread is not None:
            trust = known_first.of(hold.free_minor, order.buyer_name, thread.id)
    return Start(order, hold.free_minor if hold is not None else None, thread, trust, twin)


async def sum_and_place(tx: Tx, case: Case, conversation: UUID) -> tuple[int, Thread | None]:
    """What is free of a case's order and the conversation a card will stand in, both locked, in one trip."""
    free, thread = await both(tx, store.sum_asked(tx, case), cards.place(tx, conversation))
    return free or 0, thread


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
    trust: trusting.Trust | None = None,
) -> Known:
    """Everything a case of this order is decided by.

    `free_minor` is what `held` said under the order's lock, None without it. `at` is the moment whose rules
    count, that of a running case; now for a new one. `person` asks. `trust` is what `start` has found.
    """
    if trust is None:
        trust = await trusting.trust(tx, purchase.id, now - YEAR, person=person, client_id=wish.client_id)
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
