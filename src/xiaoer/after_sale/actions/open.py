"""Where a case begins: somebody asks, tables decide whether and how it goes on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.actions import order_side, tell
from xiaoer.after_sale.actions.files import checked
from xiaoer.after_sale.actions.known import ground_of, held, known, start
from xiaoer.after_sale.actions.move import UNKNOWN, Ground, Said, line_of, start_clock, stepped
from xiaoer.after_sale.actions.move import move as moved
from xiaoer.after_sale.machine import Event
from xiaoer.after_sale.model import PROGRAM, Address, Case, CaseWish, Doer
from xiaoer.after_sale.rules.assess import Assessment, assess
from xiaoer.after_sale.rules.deeds import AGREED
from xiaoer.after_sale.rules.facts import Known
from xiaoer.after_sale.rules.money import more_than_paid
from xiaoer.after_sale.store import cases as store
from xiaoer.conversations.model.thread import Thread
from xiaoer.kernel.refusal import Refusal, granted
from xiaoer.kernel.table import Decision
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook
from xiaoer.rulebook.model import Recorded

SUBJECT = "case"


async def open_case(
    tx: Tx,
    doer: Doer,
    wish: CaseWish,
    *,
    id: UUID,
    shop: UUID | None,
    purchase: UUID,
    buyer: UUID | None,
    now: datetime,
) -> Case:
    """Open a case of an order; the same client id gets what it got the first time. Raises Refusal."""
    assert doer.person is not None
    found = await start(
        tx, purchase, shop=shop, buyer=buyer, person=doer.person, client_id=wish.client_id, now=now
    )
    if found.twin is not None:
        return await _again(tx, found.twin)
    order, free, thread = orders.known_purchase(found.order), found.free_minor, found.thread
    if free is None:
        free = await held(tx, order)
    facts = await known(tx, order, wish, now, free_minor=free, person=doer.person, trust=found.trust)
    under = ground_of(facts)
    if facts.twin is not None:  # a twin may have opened it while we waited for the order
        return await _again(tx, facts.twin)
    await checked(tx, order.shop_id, doer.person, wish.files)
    assessed = granted(assess(facts, wish))
    case = _new(id, order, wish, assessed, doer=doer, under=under, now=now)
    case = structs.replace(case, conversation=facts.conversation, buyer_name=facts.buyer_name)
    return await _begun(tx, case, assessed, doer=doer, wish=wish, facts=facts, thread=thread)


async def _again(tx: Tx, case: UUID) -> Case:
    """The case somebody has opened before under a key of his own. Raises Refusal."""
    found = await store.find_whole(tx, case)
    if found is None:
        raise Refusal(UNKNOWN)
    return found


async def quote(
    tx: Tx, wish: CaseWish, *, shop: UUID | None, purchase: UUID, buyer: UUID | None, now: datetime
) -> tuple[Assessment, Purchase, Ground]:
    """What would be decided, without writing anything. Raises Refusal as opening would."""
    order = await orders.purchase(tx, shop, purchase, buyer=buyer)
    facts = await known(tx, order, wish, now, free_minor=None)
    return granted(assess(facts, wish)), order, ground_of(facts)


async def _begun(
    tx: Tx,
    case: Case,
    found: Assessment,
    *,
    doer: Doer,
    wish: CaseWish,
    facts: Known,
    thread: Thread | None,
) -> Case:
    """Keep the case as it is asked, and go on at once where a rule lets it through."""
    under, now = ground_of(facts), facts.now
    event = Event(found.event)
    asks = event if event.value.startswith("ask_") else Event(case.path)
    case = stepped(case, case, asks, under, now)
    was = structs.replace(case, state="new")
    about = {"kind": case.kind, "reason": case.reason}
    said = Said(wish.text, case.asked_minor or None, wish.files, about)
    missed = Refusal(more_than_paid(0, case.currency))
    line = line_of(was, str(asks), doer, said, now)
    await store.insert_case(tx, case, line, missed)
    await start_clock(tx, case, under, now, since=now, stage=1)
    await rulebook.record(
        tx, recorded(case.shop, case.id, found.decisions, doer.person, under=under, now=now)
    )
    await tell.opened(tx, case, now)
    await tell.moved(tx, was, case, str(asks), side=doer.side, now=now, thread=thread)
    if event is asks:
        return store.begun(case, line, facts.person_name)
    case = await moved(tx, case, AGREED[case.path], PROGRAM, under, now=now)
    await order_side.agreed(tx, case, now, strict=found.event == "agree_return")
    return case


def recorded(
    shop: UUID,
    case: UUID,
    decisions: Sequence[Decision],
    actor: UUID | None,
    *,
    under: Ground,
    now: datetime,
) -> list[Recorded]:
    """Decisions about a case as they are kept."""
    return [
        Recorded(
            id=new_id(),
            shop=shop,
            table=one.table,
            version=under.book.version,
            wording=one.version,
            row=one.row,
            inputs=one.inputs,
            outcome=one.outcome,
            basis=one.basis,
            authority=one.authority,
            subject_kind=SUBJECT,
            subject=case,
            actor=actor,
            at=now,
        )
        for one in decisions
    ]


def _new(
    id: UUID,
    order: Purchase,
    wish: CaseWish,
    found: Assessment,
    *,
    doer: Doer,
    under: Ground,
    now: datetime,
) -> Case:
    assert doer.person is not None
    return Case(
        id=id,
        shop=order.shop_id,
        purchase=order.id,
        order_number=order.external_id,
        buyer=order.buyer_id,
        kind=found.kind,
        path=found.path,
        reason=found.reason,
        condition=found.condition,
        text=wish.text,
        state="new",
        version=0,
        opened_by=doer.person,
        opened_side=doer.side,
        client_id=wish.client_id,
        currency=order.currency,
        lines=found.lines,
        asked_minor=found.asked_minor,
        refund_minor=found.refund_minor,
        refunded_minor=0,
        money=found.money,
        freight=found.freight,
        payment_method=wish.payment_method,
        ahead=found.ahead,
        held_minor=found.held_minor,
        rounds=0,
        repairs=0,
        return_address=standing_address(under),
        back=None,
        out=None,
        payout=None,
        attempt=0,
        conversation=None,
        clock=None,
        due_at=None,
        stage=0,
        rules_at=now,
        rules_version=under.book.version,
        opened_at=now,
        moved_at=now,
        answered_at=None,
        closed_at=None,
        difference=found.difference,
        zone=under.days.zone,
        buyer_name="",
    )


def standing_address(under: Ground) -> Address | None:
    """Where goods go back to when the shop names no other place (D4 return_address_given)."""
    book = under.book
    text = book.word("after_sale.return_text")
    if not text:
        return None
    return Address(book.word("after_sale.return_name"), book.word("after_sale.return_phone"), text)
