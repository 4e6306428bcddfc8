"""What the buyer does: take an offer, ask differently, withdraw, send back, receive, call people."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.actions import difference, order_side
from xiaoer.after_sale.actions.files import checked
from xiaoer.after_sale.actions.known import held, known
from xiaoer.after_sale.actions.move import Ground, Said, move
from xiaoer.after_sale.actions.open import recorded
from xiaoer.after_sale.actions.shop import agreed_sum, most_minor, standing, with_way_back
from xiaoer.after_sale.machine import Event
from xiaoer.after_sale.model import (
    AskWish,
    Case,
    CaseWish,
    CaseWordsWish,
    Doer,
    Kind,
    LineWish,
    Offer,
    PayWish,
    SettledWish,
    Tracking,
    TrackingWish,
    extra_minor,
)
from xiaoer.after_sale.rules.assess import FREE, WHOLE, assess
from xiaoer.after_sale.rules.deeds import SETTLEMENTS, goods_event
from xiaoer.after_sale.rules.difference import given_back_minor, waits_or_aside
from xiaoer.after_sale.rules.money import more_than_paid
from xiaoer.after_sale.store import cases as store
from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.orders import queries as orders
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook

_PAID: Final = frozenset({"refund", "return_refund"})


async def accept(tx: Tx, doer: Doer, case: UUID, wish: CaseWordsWish, now: datetime) -> Case:
    """The buyer takes the open offer."""
    was, under = await standing(tx, doer, case, "accept", now)
    found = await _open_offer(tx, was, now)
    path, event = SETTLEMENTS[found.settlement]
    changed = agreed_sum(was, found.amount_minor) if found.settlement in _PAID else was
    freight = structs.replace(was.freight, back=found.back_payer, row="S-047")
    changed = structs.replace(
        changed, path=path, kind=_kind(was, found), freight=freight if path == "ask_return" else was.freight
    )
    await store.end_offer(tx, was, "accepted")
    said = Said(wish.text, found.amount_minor or None, wish.files, {"offer": found.number})
    after = await move(tx, was, event, doer, under, now=now, changed=changed, said=said)
    await order_side.agreed(tx, after, now)
    return after


async def _open_offer(tx: Tx, case: Case, now: datetime) -> Offer:
    found = next((one for one in await store.offers(tx, case.shop, case.id) if one.state == "open"), None)
    if found is None or found.expires_at <= now:
        raise Refusal(Refused("not_now", "after_sale.offer_over"))
    return found


def _kind(case: Case, offer: Offer) -> Kind:
    """What the case is called once the offer is taken."""
    if offer.settlement == "refund":
        return case.kind if case.path in {"ask_money", "ask_refund"} else "refund_only"
    return offer.settlement


async def ask(tx: Tx, doer: Doer, case: UUID, wish: AskWish, now: datetime) -> Case:
    """The buyer asks again or differently: another kind, another sum; this is his counter-offer too.

    Decided like a new case, by the rules the case was opened under.
    """
    was, under = await standing(tx, doer, case, "ask", now)
    await checked(tx, was.shop, doer.person, wish.files)
    kind, reason = wish.kind or was.kind, wish.reason or was.reason
    asked = wish.asked_minor if wish.asked_minor is not None else (was.asked_minor if kind in FREE else None)
    if kind == was.kind and reason == was.reason and kind in WHOLE | FREE:
        found = await _same_again(tx, was, asked)
    else:
        again = CaseWish(
            kind=kind,
            lines=[LineWish(line.item, line.quantity, line.new_variant) for line in was.lines],
            reason=reason,
            condition=was.condition,
            asked_minor=asked,
        )
        found = await _assessed(tx, was, again, under=under, doer=doer, now=now)
    await store.end_offer(tx, was, "declined")
    said = Said(wish.text, found.asked_minor or None, wish.files, {"kind": kind, "reason": reason})
    return await move(tx, was, Event(found.path), doer, under, now=now, changed=found, said=said)


async def _same_again(tx: Tx, was: Case, asked: int | None) -> Case:
    most = await most_minor(tx, was)
    wanted = was.asked_minor if asked is None else asked
    if not 0 < wanted <= most:
        raise Refusal(more_than_paid(most, was.currency))
    return agreed_sum(was, wanted)


async def _assessed(tx: Tx, was: Case, wish: CaseWish, *, under: Ground, doer: Doer, now: datetime) -> Case:
    order = await orders.purchase(tx, was.shop, was.purchase)
    free = await held(tx, order)
    facts = await known(tx, order, wish, now, free_minor=free, at=was.rules_at)
    mine = {line.item: line.quantity for line in was.lines}
    history = structs.replace(
        facts.history,
        taken={item: max(count - mine.get(item, 0), 0) for item, count in facts.history.taken.items()},
        free_minor=facts.history.free_minor + was.held_minor,
        asked_before=False,
    )
    found = granted(assess(structs.replace(facts, history=history), wish))
    if found.event == "ask_people" and was.state != "contested":
        raise Refusal(Refused("not_now", "after_sale.not_now", facts={"state": was.state}))
    await rulebook.record(tx, recorded(was.shop, was.id, found.decisions, doer.person, under=under, now=now))
    changed = structs.replace(
        was,
        kind=found.kind,
        path=found.path if found.path != "ask_people" else was.path,
        reason=found.reason,
        asked_minor=found.asked_minor,
        refund_minor=found.refund_minor,
        held_minor=found.held_minor,
        money=found.money,
        freight=found.freight,
        ahead=found.ahead,
        difference=was.difference if waits_or_aside(was) else found.difference,
    )
    whole = sum(line.amount_minor for line in found.money if line.kind != "agreed")
    most = max(whole - given_back_minor(was), 0)
    return agreed_sum(changed, most) if found.kind in WHOLE and most < changed.asked_minor else changed


async def withdraw(tx: Tx, doer: Doer, case: UUID, wish: CaseWordsWish, now: datetime) -> Case:
    """The buyer takes it back; he may ask again while the time for it runs."""
    was, under = await standing(tx, doer, case, "withdraw", now)
    await store.end_offer(tx, was, "declined")
    return await move(tx, was, Event.WITHDRAW, doer, under, now=now, said=Said(wish.text, None, wish.files))


async def call_people(tx: Tx, doer: Doer, case: UUID, wish: CaseWordsWish, now: datetime) -> Case:
    """The buyer asks people of the marketplace to look at it."""
    was, under = await standing(tx, doer, case, "call_people", now)
    await checked(tx, was.shop, doer.person, wish.files)
    await store.end_offer(tx, was, "declined")
    said = Said(wish.text, None, wish.files)
    return await move(tx, was, Event.CALL_PEOPLE, doer, under, now=now, said=said)


async def send_back(tx: Tx, doer: Doer, case: UUID, wish: TrackingWish, now: datetime) -> Case:
    """The buyer has sent the goods and says the parcel's number; a trusted one is paid now (O-011)."""
    was, under = await standing(tx, doer, case, "send_back", now)
    await checked(tx, was.shop, doer.person, wish.files)
    back = Tracking(wish.carrier, wish.number, wish.way, wish.freight_minor, now)
    said = Said(wish.text, None, wish.files, {"carrier": back.carrier, "number": back.number})
    changed = with_way_back(
        structs.replace(was, back=back), under.book.minor("after_sale.return_freight_max")
    )
    return await move(tx, was, goods_event(was), doer, under, now=now, changed=changed, said=said)


async def pay(tx: Tx, doer: Doer, case: UUID, wish: PayWish, now: datetime) -> Case:
    """The buyer pays what the other goods cost more; the provider is asked after the commit."""
    was, under = await standing(tx, doer, case, "pay", now)
    changed = await difference.ask_buyer(tx, was, wish.payment_method, now)
    amount = was.difference.amount_minor if was.difference else None
    return await move(
        tx, was, Event.DIFFERENCE_ASKED, doer, under, now=now, changed=changed, said=Said("", amount)
    )


async def accept_deduction(tx: Tx, doer: Doer, case: UUID, wish: CaseWordsWish, now: datetime) -> Case:
    """The buyer agrees that what came back is worth less."""
    was, under = await standing(tx, doer, case, "accept_deduction", now)
    extra = extra_minor(was)
    changed = agreed_sum(was, was.refund_minor - extra)
    changed = structs.replace(changed, refund_minor=changed.refund_minor + extra)
    return await move(tx, was, Event.AGREE_PAY, doer, under, now=now, changed=changed, said=Said(wish.text))


async def receive(tx: Tx, doer: Doer, case: UUID, wish: CaseWordsWish, now: datetime) -> Case:
    """What the shop sent has come and is as it should be."""
    was, under = await standing(tx, doer, case, "receive", now)
    return await move(tx, was, Event.RECEIVED, doer, under, now=now, said=Said(wish.text, None, wish.files))


async def follow_up(tx: Tx, doer: Doer, case: UUID, wish: SettledWish, now: datetime) -> Case:
    """Is it settled? Yes ends it; no makes it the buyer's turn again (S-049)."""
    was, under = await standing(tx, doer, case, "answer_follow_up", now)
    event = Event.CONFIRM if wish.settled else Event.REOPEN
    return await move(tx, was, event, doer, under, now=now, said=Said(wish.text))
