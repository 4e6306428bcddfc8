"""What the shop does: agree, offer, refuse with its reasons, name an address, inspect, send."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.actions import order_side
from xiaoer.after_sale.actions.files import checked
from xiaoer.after_sale.actions.known import ground, locked, locked_whole, sum_and_place
from xiaoer.after_sale.actions.move import Ground, Said, line_of, move
from xiaoer.after_sale.actions.note import note
from xiaoer.after_sale.actions.payment import given_back
from xiaoer.after_sale.machine import Event
from xiaoer.after_sale.model import (
    BEYOND,
    Address,
    AgreeWish,
    Case,
    CaseWordsWish,
    Doer,
    InspectWish,
    Kind,
    MoneyLine,
    Offer,
    OfferWish,
    RefuseWish,
    Tracking,
    TrackingWish,
    extra_minor,
)
from xiaoer.after_sale.rules.deadlines import term
from xiaoer.after_sale.rules.deeds import agreed_event, may, terms_of
from xiaoer.after_sale.rules.money import more_than_paid
from xiaoer.after_sale.store import cases as store
from xiaoer.conversations.model.thread import Thread
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

REFUSALS: Final = frozenset(
    {
        "not_our_fault",
        "used",
        "not_ours",
        "late",
        "already_settled",
        "evidence_missing",
        "parcel_on_way",
        "other",
    }
)
_INSPECTED: Final = {"fine": Event.ACCEPT_GOODS, "deduct": Event.DEDUCT, "object": Event.OBJECT_GOODS}


async def standing(tx: Tx, doer: Doer, case: UUID, deed: str, now: datetime) -> tuple[Case, Ground]:
    """A case somebody may do something with now, locked, and what it is decided by. Raises Refusal."""
    found = await locked(tx, case, shop=doer.shop, buyer=doer.buyer)
    return found, await _allowed(tx, doer, found, deed, now)


async def _allowed(tx: Tx, doer: Doer, case: Case, deed: str, now: datetime) -> Ground:
    under = await ground(tx, case)
    refused = may(case, doer.side, deed, terms_of(under.book, case.opened_at), now)
    if refused is not None:
        raise Refusal(refused)
    return under


async def agree(tx: Tx, doer: Doer, case: UUID, wish: AgreeWish, now: datetime) -> Case:
    """The shop agrees to what is asked; goods come back to the address it names, else to its standing one."""
    was, under = await standing(tx, doer, case, "agree", now)
    changed = structs.replace(
        was, return_address=wish.return_address or was.return_address, answered_at=was.answered_at or now
    )
    await store.end_offer(tx, was, "replaced")
    after = await move(
        tx, was, agreed_event(was), doer, under, now=now, changed=changed,
        said=Said(wish.text, was.refund_minor or None, body=_address(wish.return_address)),
    )  # fmt: skip
    await order_side.agreed(tx, after, now)
    return after


async def agree_many(
    tx: Tx, doer: Doer, cases: Sequence[UUID], now: datetime
) -> list[tuple[UUID, Case | Refused]]:
    """Agree to many, each by itself: one that cannot be agreed to spoils no other."""
    answers: list[tuple[UUID, Case | Refused]] = []
    for case in sorted({*cases}):
        try:
            async with tx.savepoint():
                after = await agree(tx, doer, case, AgreeWish(), now)
        except Refusal as refusal:
            answers.append((case, refusal.refused))
        else:
            answers.append((case, after))
    return answers


async def offer(tx: Tx, doer: Doer, case: UUID, wish: OfferWish, now: datetime) -> Case:
    """The shop would settle for something else; the buyer has until it expires."""
    was = await locked_whole(tx, case, doer)
    under = await _allowed(tx, doer, was, "offer", now)
    await checked(tx, was.shop, doer.person, wish.files)
    most, thread = await _most_and_place(tx, was)
    if wish.amount_minor > most:
        raise Refusal(more_than_paid(most, was.currency))
    if wish.settlement in {"refund", "return_refund"} and wish.amount_minor == 0:
        raise Refusal(Refused("invalid", "after_sale.amount_needed"))
    made = Offer(
        number=was.rounds + 1,
        side="shop",
        person=doer.person,
        settlement=wish.settlement,
        amount_minor=wish.amount_minor,
        back_payer=wish.back_payer,
        text=wish.text,
        state="open",
        expires_at=term(under.book, "after_sale.offer_expiry", now, under.days),
        at=now,
    )
    await store.end_offer(tx, was, "replaced")
    await store.insert_offer(tx, was, made)
    changed = structs.replace(was, rounds=made.number, answered_at=was.answered_at or now)
    said = Said(
        wish.text,
        wish.amount_minor,
        wish.files,
        {"settlement": wish.settlement, "offer": made.number, "back_payer": wish.back_payer},
    )
    after = await move(tx, was, Event.OFFER, doer, under, now=now, changed=changed, said=said, thread=thread)
    return store.offered(was, after, line_of(was, str(Event.OFFER), doer, said, now), made)


async def _most_and_place(tx: Tx, case: Case) -> tuple[int, Thread | None]:
    """The same as `most_minor`, and the conversation that will hear of it, locked in the same trip."""
    if case.kind in BEYOND or case.conversation is None:
        return await most_minor(tx, case), None
    free, thread = await sum_and_place(tx, case, case.conversation)
    return free + case.held_minor, thread


async def most_minor(tx: Tx, case: Case) -> int:
    """The most a case may come to: what it holds and what is free; compensation is bounded by itself."""
    if case.kind in BEYOND:
        return case.asked_minor
    return await store.lock_sum(tx, case) + case.held_minor


async def refuse(tx: Tx, doer: Doer, case: UUID, wish: RefuseWish, now: datetime) -> Case:
    """The shop refuses, with a reason, its words and pictures; then it is the buyer's turn."""
    was, under = await standing(tx, doer, case, "refuse", now)
    if wish.reason not in REFUSALS:
        raise Refusal(Refused("invalid", "after_sale.unknown_reason", facts={"reason": wish.reason}))
    await checked(tx, was.shop, doer.person, wish.files)
    changed = structs.replace(was, answered_at=was.answered_at or now)
    said = Said(wish.text, None, wish.files, {"reason": wish.reason})
    return await move(tx, was, Event.REFUSE, doer, under, now=now, changed=changed, said=said)


async def name_address(tx: Tx, doer: Doer, case: UUID, address: Address, now: datetime) -> Case:
    """Where the goods are to go, while the buyer has not sent them (L-015)."""
    was, under = await standing(tx, doer, case, "return_address", now)
    return await note(
        tx, was, "return_address", doer, under, now=now,
        changed=structs.replace(was, return_address=address), said=Said(body=_address(address)),
    )  # fmt: skip


async def arrived(tx: Tx, doer: Doer, case: UUID, now: datetime) -> Case:
    """The parcel is there: now the time for refunding runs (L-017)."""
    was, under = await standing(tx, doer, case, "arrived", now)
    changed = structs.replace(was, back=structs.replace(was.back, arrived_at=now) if was.back else None)
    return await move(tx, was, Event.ARRIVED, doer, under, now=now, changed=changed)


async def inspect(tx: Tx, doer: Doer, case: UUID, wish: InspectWish, now: datetime) -> Case:
    """What came back is fine, or worth less (then the buyer has to agree), or not what was sent."""
    was, under = await standing(tx, doer, case, "inspect", now)
    await checked(tx, was.shop, doer.person, wish.files)
    event, changed = _INSPECTED[wish.result], was
    if wish.result == "deduct":
        if not 0 < wish.deduct_minor < was.asked_minor:
            facts = {"most_minor": was.asked_minor - 1, "currency": was.currency}
            raise Refusal(Refused("invalid", "after_sale.deduct_within", facts=facts))
        changed = structs.replace(was, refund_minor=was.asked_minor + extra_minor(was) - wish.deduct_minor)
    elif wish.result == "fine":
        changed = structs.replace(was, refund_minor=was.asked_minor + extra_minor(was))
        if was.kind == "repair" and was.state in {"coming_back_goods", "inspecting_goods"}:
            event, changed = Event.ACCEPT_REPAIR, structs.replace(was, repairs=was.repairs + 1)
    if wish.result == "object" and not wish.text:
        raise Refusal(Refused("invalid", "after_sale.words_needed"))
    said = Said(wish.text, wish.deduct_minor or None, wish.files, {"result": wish.result})
    return await move(tx, was, event, doer, under, now=now, changed=changed, said=said)


async def send_out(tx: Tx, doer: Doer, case: UUID, wish: TrackingWish, now: datetime) -> Case:
    """The shop has sent what it owes: another piece, what was missing, or the mended one."""
    was, under = await standing(tx, doer, case, "send_out", now)
    await checked(tx, was.shop, doer.person, wish.files)
    out = Tracking(wish.carrier, wish.number, wish.way, wish.freight_minor, now)
    said = Said(wish.text, None, wish.files, {"carrier": out.carrier, "number": out.number})
    return await move(
        tx, was, Event.SENT_OUT, doer, under, now=now, changed=structs.replace(was, out=out), said=said
    )


async def repaid(tx: Tx, doer: Doer, case: UUID, wish: CaseWordsWish, now: datetime) -> Case:
    """A buyer who was paid ahead has given the money back (O-011)."""
    was, under = await standing(tx, doer, case, "repaid", now)
    await given_back(tx, was, doer, now)
    changed = structs.replace(was, refunded_minor=0)
    return await move(tx, was, Event.REPAID, doer, under, now=now, changed=changed, said=Said(wish.text))


def agreed_sum(case: Case, amount_minor: int) -> Case:
    """A case in which both sides settled on a sum."""
    rest = amount_minor + extra_minor(case) - sum(line.amount_minor for line in case.money)
    money = (*case.money, MoneyLine("agreed", rest, basis="S-047")) if rest else case.money
    held = 0 if case.kind in BEYOND else amount_minor
    return structs.replace(
        case, money=money, asked_minor=amount_minor, refund_minor=amount_minor, held_minor=held
    )


def turned(case: Case, kind: Kind, path: str) -> Case:
    """A case that is about something else now."""
    return structs.replace(case, kind=kind, path=path)


def with_way_back(case: Case, most_minor: int) -> Case:
    """The case with what the parcel cost, where the shop bears the way back of a refund (S-041, L-041)."""
    cost = min(case.back.freight_minor, most_minor) if case.back else 0
    if case.path != "ask_return" or case.freight.back != "seller" or cost <= 0:
        return case
    line = MoneyLine("return_freight", cost, basis=case.freight.row)
    return structs.replace(case, money=(*case.money, line), refund_minor=case.refund_minor + cost)


def _address(address: Address | None) -> dict[str, object]:
    return {} if address is None else {"return_address": address.text}
