"""Opening a dispute: from a case of after-sale, or for a complaint that was accepted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from xiaoer.after_sale.actions.people import hand_over
from xiaoer.after_sale.model import Case
from xiaoer.after_sale.model import Doer as CaseDoer
from xiaoer.after_sale.queries import cases
from xiaoer.disputes.actions import burden, tell
from xiaoer.disputes.actions.issues import issues_of
from xiaoer.disputes.actions.known import Ground, ground
from xiaoer.disputes.actions.move import Said, record, start_clock
from xiaoer.disputes.actions.seats import seated
from xiaoer.disputes.actions.show import exhibit, own_files
from xiaoer.disputes.machine import DISPUTE, Event
from xiaoer.disputes.model.court import Dispute, Doer, Exhibit, Party
from xiaoer.disputes.model.wishes import DisputeOpenWish, DisputeWish, ExhibitWish
from xiaoer.disputes.rules.deadlines import due, longest
from xiaoer.disputes.store import disputes as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

_OVER: Final = frozenset({"done", "withdrawn", "owing", "settled", "turned_down"})


class _About(Struct, frozen=True):
    """What a dispute is about, as it stands elsewhere."""

    purchase: Purchase | None
    case: Case | None


async def open(tx: Tx, wish: DisputeWish, now: datetime) -> Dispute:  # noqa: A001  the trade's own word
    """Open a dispute; the same wish a second time answers as the first. Raises Refusal."""
    if found := await store.find_disputes(tx, [wish.id]):
        return found[0]
    if wish.claimant == wish.respondent or not wish.issues:
        raise Refusal(Refused("invalid", "disputes.two_sides_needed"))
    under = await ground(tx, wish.shop, now)
    about = await _about(tx, wish)
    made = _made(wish, about, under, await _currency(tx, about), now)
    if not await store.insert_dispute(tx, made, [one.issue for one in wish.issues]):
        raise Refusal(Refused("not_now", "disputes.already_open"))
    issues = await issues_of(tx, made, wish.issues, about.purchase, about.case, ground=under, now=now)
    await store.insert_issues(tx, made.id, issues)
    doer = Doer("claimant", wish.opened_by, wish.claimant)
    await record(tx, made, made, "opened", doer=doer, said=_said(wish), now=now)
    shown = await _exhibits(tx, made, doer, wish, ground=under, now=now)
    await burden.shown(tx, made, shown, under, now)
    await start_clock(tx, made, under, now)
    await tell.opened(tx, made, now)
    return await _first_officer(tx, made, now)


async def open_from_case(
    tx: Tx, party: Party, person: UUID, case_id: UUID, wish: DisputeOpenWish, *, now: datetime
) -> Dispute:
    """A party of a case takes it to the marketplace. Raises Refusal.

    Codes: disputes.case_over for a case that came to an end both took, decided_already, already_open,
    not_with_people for a shop; after_sale.shop_may_still_answer while it is the shop's turn.
    """
    if wish.client_id and (before := await store.find_of_client(tx, person, wish.client_id)):
        return (await store.find_disputes(tx, [before]))[0]
    buyer = party.kind == "person"
    case = await cases.case(tx, case_id, shop=None if buyer else party.id, buyer=party.id if buyer else None)
    await _may_open(tx, case, now)
    if case.state != "with_people" and case.closed_at is None:
        if not buyer:
            raise Refusal(Refused("not_now", "disputes.not_with_people"))
        await hand_over(tx, CaseDoer("buyer", person), case_id, wish.text, now)
    shop, them = Party("shop", case.shop), Party("person", case.buyer)
    return await open(
        tx,
        DisputeWish(
            id=new_id(),
            kind="after_sale",
            claimant=them if buyer else shop,
            respondent=shop if buyer else them,
            shop=case.shop,
            issues=tuple(wish.issues),
            buyer=case.buyer,
            purchase=case.purchase,
            case=case.id,
            conversation=case.conversation,
            evidence=tuple(wish.numbers),
            files=tuple(wish.files),
            text=wish.text,
            opened_by=person,
            client_id=wish.client_id,
            at=now,
        ),
        now,
    )


async def _may_open(tx: Tx, case: Case, now: datetime) -> None:
    if case.state in _OVER:
        raise Refusal(Refused("not_now", "disputes.case_over"))
    before = await store.find_of_case(tx, case.id)
    if before is not None:
        found = (await store.find_disputes(tx, [before]))[0]
        if found.closed_at is None:
            raise Refusal(Refused("not_now", "disputes.already_open", facts={"dispute": str(found.id)}))
        if found.state == "closed":
            raise Refusal(Refused("not_now", "disputes.decided_already"))
    if case.closed_at is not None:
        under = await ground(tx, case.shop, case.rules_at)
        last = under.days.end(case.closed_at, under.book.integer("disputes.claim"))
        if now > last:
            until = last.astimezone(ZoneInfo(under.days.zone))
            raise Refusal(Refused("not_now", "disputes.too_late", row="T-003", facts={"until": until}))


async def _about(tx: Tx, wish: DisputeWish) -> _About:
    purchase = None
    if wish.purchase is not None:
        purchase = await orders.purchase(tx, wish.shop, wish.purchase)
    case = await cases.case(tx, wish.case, shop=wish.shop) if wish.case is not None else None
    return _About(purchase, case)


async def _currency(tx: Tx, about: _About) -> str:
    return about.purchase.currency if about.purchase else (await identity.marketplace(tx)).currency


def _made(wish: DisputeWish, about: _About, under: Ground, currency: str, now: datetime) -> Dispute:
    order, case = about.purchase, about.case
    asked = [one.amount_minor for one in wish.issues if one.amount_minor is not None]
    first = Dispute(
        id=wish.id,
        number=f"D{under.days.day(now):%y%m%d}-{wish.id.hex[-8:].upper()}",
        kind=wish.kind,
        shop=wish.shop,
        claimant=wish.claimant,
        respondent=wish.respondent,
        buyer=wish.buyer,
        purchase=wish.purchase,
        order_number=order.external_id if order else "",
        case=wish.case,
        complaint=wish.complaint,
        conversation=wish.conversation,
        state="new",
        version=0,
        round=1,
        opened_by=wish.opened_by,
        client_id=wish.client_id,
        currency=currency,
        asked_minor=sum(asked) if asked else (case.asked_minor if case else 0),
        paid_minor=order.paid_minor if order else 0,
        officer=None,
        second_reader=None,
        ruling=None,
        outcome=None,
        favour=None,
        ready_claimant=False,
        ready_respondent=False,
        evidence_until=None,
        evidence_ended_at=None,
        rest_seconds=0,
        suspended_ground=None,
        clock=None,
        due_at=None,
        stage=0,
        rules_at=now,
        rules_version=under.book.version,
        opened_at=now,
        moved_at=now,
        closed_at=None,
    )
    return _first_period(first, case, under, now)


def _first_period(dispute: Dispute, case: Case | None, under: Ground, now: datetime) -> Dispute:
    """Both talk as long as the profile says since the case was opened; then, or for a complaint, evidence."""
    talk_until = due(under.book, dispute, "disputes.negotiation", case.opened_at, under.days) if case else now
    event = Event.OPEN_NEGOTIATION if talk_until > now else Event.OPEN_EVIDENCE
    state = DISPUTE.step(DISPUTE.start, event)
    clock = DISPUTE.due[state][0]
    until = talk_until if talk_until > now else due(under.book, dispute, clock, now, under.days)
    return structs.replace(
        dispute,
        state=state.value,
        version=1,
        clock=clock,
        due_at=until,
        evidence_until=None if talk_until > now else longest(under.book, now, under.days),
    )


async def _first_officer(tx: Tx, dispute: Dispute, now: datetime) -> Dispute:
    """A dispute that begins with evidence has its officer at once, if there is one."""
    if dispute.state != "evidence":
        return dispute
    with_officer = await seated(tx, dispute, now)
    if with_officer.officer is not None:
        await store.save_dispute(tx, with_officer, dispute.version)
    return (await store.find_disputes(tx, [dispute.id]))[0]


async def _exhibits(
    tx: Tx, dispute: Dispute, doer: Doer, wish: DisputeWish, *, ground: Ground, now: datetime
) -> Sequence[Exhibit]:
    """What comes with the opening: evidence numbers, pictures."""
    shown = [
        await exhibit(tx, dispute, doer, ExhibitWish("chat_range", number=number), ground, now=now)
        for number in dict.fromkeys(wish.evidence)
    ]
    if wish.files:
        if wish.complaint is None:  # a complaint has seen to its files itself
            await own_files(tx, dispute, doer, list(wish.files))
        picture = ExhibitWish("photo_video", wish.text, list(wish.files), ["item"])
        shown.append(await exhibit(tx, dispute, doer, picture, ground, now=now))
    return shown


def _said(wish: DisputeWish) -> Said:
    return Said(wish.text, wish.files, {"issues": [one.issue for one in wish.issues]})
