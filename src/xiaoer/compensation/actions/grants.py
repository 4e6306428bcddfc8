"""Giving, taking, contesting, answering: what people and other domains do with grants."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.compensation import store
from xiaoer.compensation.actions import money
from xiaoer.compensation.actions.move import UNKNOWN, locked, move, standing, write_down
from xiaoer.compensation.machine import GRANT, Event, State
from xiaoer.compensation.model import PROGRAM, By, Grant, GrantSide, GrantWish, Receiver
from xiaoer.compensation.rules.carrying import carry, same_wish, wrong_wish
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


async def grant(tx: Tx, wish: GrantWish, now: datetime) -> Grant:
    """Give something: its money is put aside at once, an offer then waits for an answer.

    The same key again answers with the first grant. Raises Refusal: compensation.key_taken when the key
    stands for another wish, shops_take_money, points_are_the_marketplaces, bearer_missing, to_oneself.
    """
    if refused := wrong_wish(wish):
        raise Refusal(refused)
    await store.lock_key(tx, wish.key)
    if (before := await store.find_by_key(tx, wish.key)) is not None:
        if not same_wish(before, wish):
            raise Refusal(Refused("not_now", "compensation.key_taken"))
        return before
    book = await rulebook.book(tx, wish.shop, wish.rules_at or now)
    made = _made(wish, book.version, now)
    await store.insert_grant(tx, made)
    await write_down(tx, made, made, "made", By(_side(wish), wish.made_by, wish.note), now=now)
    ready = await money.put_aside(tx, made, made.amount_minor, "aside", now)
    return await move(tx, made, carry(made, taken=False), PROGRAM, now=now, changed=ready)


def _side(wish: GrantWish) -> GrantSide:
    if wish.made_by is None:
        return "program"
    return "shop" if wish.bearer == "shop" else "officer"


def _made(wish: GrantWish, version: str, now: datetime) -> Grant:
    return Grant(
        id=wish.id,
        key=wish.key,
        kind=wish.kind,
        bearer=wish.bearer,
        shop=wish.shop,
        to_kind=wish.to_kind,
        receiver=wish.receiver,
        amount_minor=wish.amount_minor,
        currency=wish.currency,
        purpose=wish.purpose,
        purchase=wish.purchase,
        subject_kind=wish.subject_kind,
        subject=wish.subject,
        is_offer=wish.is_offer and wish.kind != "red_packet",
        note=wish.note,
        state="made",
        version=1,
        contests=0,
        attempt=0,
        payout=None,
        postings=(),
        used_shop=None,
        used_purchase=None,
        made_by=wish.made_by,
        clock=None,
        due_at=None,
        rules_at=wish.rules_at or now,
        rules_version=version,
        made_at=now,
        moved_at=now,
    )


async def own(tx: Tx, grant: UUID, to_kind: Receiver, receiver: UUID, deed: str) -> Grant:
    """A locked grant of this receiver with which he may do that; a foreign one looks unknown."""
    if not await _is_his(tx, grant, to_kind, receiver):
        raise Refusal(UNKNOWN)
    return await standing(tx, grant, "receiver", deed)


async def _is_his(tx: Tx, grant: UUID, to_kind: Receiver, receiver: UUID) -> bool:
    found = await store.find_grant(tx, grant)
    return found is not None and (found.to_kind, found.receiver) == (to_kind, receiver)


async def accept(
    tx: Tx, grant: UUID, *, to_kind: Receiver, receiver: UUID, person: UUID, now: datetime
) -> Grant:
    """Take an offer as it stands."""
    was = await own(tx, grant, to_kind, receiver, "accept")
    return await move(tx, was, Event.ACCEPT, By("receiver", person), now=now)


async def contest(
    tx: Tx, grant: UUID, *, to_kind: Receiver, receiver: UUID, person: UUID, text: str, now: datetime
) -> Grant:
    """Say why an offer is not enough; people answer."""
    was = await own(tx, grant, to_kind, receiver, "contest")
    changed = structs.replace(was, contests=was.contests + 1)
    return await move(tx, was, Event.CONTEST, By("receiver", person, text), now=now, changed=changed)


async def claim(tx: Tx, grant: UUID, *, person: UUID, now: datetime) -> Grant:
    """Open a red packet: its money is on its way."""
    was = await own(tx, grant, "person", person, "claim")
    return await move(tx, was, Event.CLAIM, By("receiver", person), now=now)


async def answer(
    tx: Tx, grant: UUID, *, amount_minor: int | None, text: str, person: UUID, now: datetime
) -> Grant:
    """Answer a contested offer: it stands, or is more; never less. Raises Refusal.

    Codes besides those of the state: compensation.own_grant, not_less.
    """
    was = await standing(tx, grant, "officer", "answer")
    if person in {was.made_by, was.receiver}:
        raise Refusal(Refused("not_allowed", "compensation.own_grant"))
    changed = was
    if amount_minor is not None and amount_minor != was.amount_minor:
        more = amount_minor - was.amount_minor
        if more < 0:
            raise Refusal(
                Refused("refused", "compensation.not_less", facts={"least_minor": was.amount_minor})
            )
        changed = await money.put_aside(tx, was, more, f"raised:{was.version}", now)
        changed = structs.replace(changed, amount_minor=amount_minor)
    return await move(tx, was, Event.OFFER, By("officer", person, text), now=now, changed=changed)


async def use(tx: Tx, grant: UUID, *, shop: UUID, purchase: UUID, person: UUID, now: datetime) -> Grant:
    """Spend a coupon on an order of its receiver in this shop, which gets its worth. Raises Refusal."""
    found = await store.find_grant(tx, grant)
    if found is None or (found.bearer == "shop" and found.shop != shop):
        raise Refusal(UNKNOWN)
    order = await orders.purchase(tx, shop, purchase, buyer=found.receiver)
    was = await standing(tx, grant, "shop", "use")
    if order.currency != was.currency or order.total_minor < was.amount_minor:
        raise Refusal(
            Refused("refused", "compensation.beyond_order", facts={"most_minor": order.total_minor})
        )
    changed = structs.replace(was, used_shop=shop, used_purchase=purchase)
    return await move(tx, was, Event.USE, By("shop", person), now=now, changed=changed)


async def undo(tx: Tx, grant: UUID, *, by: UUID | None, why: str, now: datetime) -> Grant:
    """Take a grant back by counter-entries; one that went back already stays as it is. Raises Refusal.

    What a person has in hand he keeps: its bearer gets it back from the marketplace. Points are taken back.
    """
    was = await locked(tx, grant)
    if not GRANT.takes(State(was.state), Event.UNDO):
        return was
    return await move(tx, was, Event.UNDO, By("officer" if by else "program", by, why), now=now)
