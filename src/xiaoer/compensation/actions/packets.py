"""A shop's red packet for an order: bound to it and to a purpose, within the limits of agent and day."""

from datetime import datetime, time
from typing import Final
from uuid import UUID

from xiaoer.compensation import store
from xiaoer.compensation.actions.grants import grant
from xiaoer.compensation.model import Grant, GrantWish, PacketWish
from xiaoer.compensation.rules.carrying import limit_passed
from xiaoer.guard.model import Context, Review
from xiaoer.guard.queries import guard_book
from xiaoer.guard.rules import own_data, review
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import queries as ledger
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import decide
from xiaoer.rulebook.model import Book

TABLE: Final = "compensation.red_packet"
PAID: Final = frozenset({"paid", "dispatched", "delivered", "completed"})


async def send_packet(
    tx: Tx, shop: UUID, purchase: UUID, wish: PacketWish, *, agent: UUID, now: datetime
) -> Grant:
    """Send a buyer a red packet for one of his orders (R-001…R-003). Raises Refusal.

    Codes: those of the table, compensation.words_not_sendable for a note that may not be sent.
    """
    order = await orders.purchase(tx, shop, purchase)
    if (before := await store.find_by_key(tx, _key(wish))) is not None and before.made_by == agent:
        return before
    await store.lock_shop(tx, shop)
    book = await rulebook.book(tx, shop, now)
    own = own_data(order.address.values())
    judged = review(wish.note, Context(role="agent", own_data=own, now=now), guard_book(book))
    if not judged.sendable and not _solicits(judged):
        raise Refusal(Refused("refused", "compensation.words_not_sendable"))
    decision = await decide(
        tx,
        book,
        TABLE,
        await _facts(tx, book, order, wish, judged, agent=agent, now=now),
        id=new_id(),
        shop=shop,
        subject_kind="grant",
        subject=wish.id,
        actor=agent,
        now=now,
    )
    answer = str(decision.outcome["answer"])
    if answer != "send":
        raise Refusal(Refused("refused", f"compensation.{answer}", row=decision.row))
    return await grant(
        tx,
        GrantWish(
            id=wish.id,
            key=_key(wish),
            kind="red_packet",
            bearer="shop",
            shop=shop,
            to_kind="person",
            receiver=order.buyer_id,
            amount_minor=wish.amount_minor,
            currency=order.currency,
            purpose=wish.purpose,
            purchase=purchase,
            subject_kind="order",
            subject=purchase,
            note=wish.note,
            made_by=agent,
        ),
        now,
    )


def _key(wish: PacketWish) -> str:
    return f"packet:{wish.id}"


def _solicits(judged: Review) -> bool:
    return any(one.kind == "review_solicitation" for one in judged.findings)


async def _facts(
    tx: Tx, book: Book, order: Purchase, wish: PacketWish, judged: Review, *, agent: UUID, now: datetime
) -> dict[str, object]:
    home = await identity.home_zone(tx)
    since = datetime.combine(now.astimezone(home).date(), time(), home)
    sent = await store.sent_since(tx, order.shop_id, agent, since)
    funds = {one.currency: one.balance_minor for one in await ledger.shop_funds(tx, order.shop_id)}
    return {
        "order": "paid" if order.state in PAID else "unpaid",
        "words": "review" if _solicits(judged) else "clean",
        "limit": limit_passed(book, wish.amount_minor, sent),
        "funds": "enough" if funds.get(order.currency, 0) >= wish.amount_minor else "short",
    }
