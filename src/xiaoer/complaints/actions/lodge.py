"""Where a complaint begins: it is written down, and D15 says at once whether it is taken on."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from xiaoer.complaints.actions.move import NOTHING, Said, climb, clock, decided, move, note, write_down
from xiaoer.complaints.actions.parties import Between, between
from xiaoer.complaints.actions.shown import bring, joined
from xiaoer.complaints.machine import COMPLAINT, Event, State
from xiaoer.complaints.model import PROGRAM, Complaint, ComplaintType, ComplaintWish, Doer
from xiaoer.complaints.queries.ground import ground
from xiaoer.complaints.queries.signals import signals_of
from xiaoer.complaints.rules import acceptance
from xiaoer.complaints.rules.acceptance import Before, Known
from xiaoer.complaints.rules.deadlines import Ground, due, mass_since, window_end
from xiaoer.complaints.rules.ladder import cause_of
from xiaoer.complaints.rules.signals import strong
from xiaoer.complaints.rules.types import number_of, type_for
from xiaoer.complaints.store import complaints as store
from xiaoer.complaints.store.complaints import Twin
from xiaoer.kernel.refusal import granted
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.db import Tx

COUNTER_DAYS: Final = timedelta(days=90)


class Case(Struct, frozen=True):
    """A complaint before it is kept, and everything that decides about it."""

    complaint: Complaint
    kind: ComplaintType
    known: Known
    before: Sequence[Twin]
    under: Ground


async def lodge(
    tx: Tx, doer: Doer, wish: ComplaintWish, *, id: UUID, intake: UUID | None = None, now: datetime
) -> Complaint:
    """Lodge a complaint; the same client id gets what it got the first time. Raises Refusal."""
    if doer.person is None:
        raise TypeError("somebody complains")
    if wish.client_id is not None:
        first = await store.find_of_client(tx, doer.person, wish.client_id)
        if first is not None:
            return (await store.find_complaints(tx, [first]))[0]
    case = await prepared(tx, doer, wish, id=id, intake=intake, lock=True, now=now)
    if wish.client_id is not None:  # a twin may have lodged it while we waited
        first = await store.find_of_client(tx, doer.person, wish.client_id)
        if first is not None:
            return (await store.find_complaints(tx, [first]))[0]
    kept = await _kept(tx, doer, wish, case, now)
    decision = await decided(
        tx, kept, acceptance.TABLE, acceptance.facts_of(case.known), None, under=case.under, now=now
    )
    answered = await _answered(tx, doer, wish, kept, case, decision=decision, now=now)
    target = answered.merged_into or answered.id
    await bring(tx, doer, target, evidence=wish.evidence, files=wish.files)
    return answered


async def prepared(
    tx: Tx,
    doer: Doer,
    wish: ComplaintWish,
    *,
    id: UUID,
    intake: UUID | None,
    lock: bool,
    now: datetime,
) -> Case:
    """What would be lodged and what is known about it; nothing is written. Raises Refusal."""
    kind = granted(type_for(wish, "buyer" if doer.by == "buyer" else "shop"))
    ends = await between(tx, doer, kind, wish)
    if lock:
        await store.lock_matter(tx, ends.complainant.id or doer.who, ends.accused.id)
    under = await ground(tx, ends.shop, now)
    complaint = _new(id, doer, wish, ends, intake=intake, under=under, now=now)
    before = await store.same_matter(tx, complaint)
    since = ends.purchase.signed_at if ends.purchase else None
    signs = await signals_of(tx, complaint, "complainant", under.book, now)
    known = acceptance.known(
        complaint,
        kind,
        [Before(one.state, one.evidence) for one in before],
        files=len(wish.files),
        until=window_end(under.book, kind.window, since, under.days),
        strong=strong(signs),
        danger=wish.danger != "none",
    )
    return Case(complaint, kind, known, before, under)


async def _kept(tx: Tx, doer: Doer, wish: ComplaintWish, case: Case, now: datetime) -> Complaint:
    """Written down, on its rung, with its clock and its links."""
    was = case.complaint
    many = 0
    if was.accused_kind == "shop" and was.accused is not None:
        many = 1 + await store.count_against(tx, was.accused, mass_since(case.under.book, now))
    cause = cause_of(
        case.kind,
        wish.danger,
        mass=many >= case.under.book.integer("complaints.mass_claims"),
        again=bool(case.before),
    )
    risen = await climb(tx, was, cause, doer.person, case.under, now=now)
    state = COMPLAINT.step(State.NEW, Event.LODGE)
    named = COMPLAINT.due[state][0]
    after = structs.replace(
        risen,
        state=state.value,
        version=1,
        clock=named,
        due_at=due(case.under.book, named, now, case.under.days, urgent=risen.urgent),
    )
    await store.insert_complaint(tx, after)
    await clock(tx, was, after, now)
    said = Said(wish.text, wish.evidence, wish.files, {"type": was.type, "cause": cause})
    await write_down(tx, was, after, Event.LODGE, doer=doer, side="complainant", said=said, now=now)
    for other in await store.counters(tx, after, now - COUNTER_DAYS):
        await store.insert_link(tx, after.id, other, "counter", now)
    return after


async def _answered(
    tx: Tx,
    doer: Doer,
    wish: ComplaintWish,
    kept: Complaint,
    case: Case,
    *,
    decision: Decision,
    now: datetime,
) -> Complaint:
    """What D15 says at once; what it leaves to people waits for them."""
    answer, said = decision.word("answer"), Said(body={"row": decision.row})
    if answer == "merge":
        into = next(one.id for one in case.before if one.state not in {*_CLOSED})
        return await merged(tx, PROGRAM, kept, into, under=case.under, wish=wish, by=doer, now=now)
    if answer == "refuse":
        changed = structs.replace(kept, refusal=acceptance.not_taken(decision, "", automated=True))
        return await move(
            tx, kept, Event.REFUSE, PROGRAM, "program", under=case.under, now=now, changed=changed, said=said
        )
    if answer == "accept":
        return await move(tx, kept, Event.ACCEPT, PROGRAM, "program", under=case.under, now=now, said=said)
    return kept


_CLOSED: Final = COMPLAINT.final | {State.REFUSED, State.UPHELD, State.REJECTED, State.NOT_PROVED}


async def merged(
    tx: Tx,
    doer: Doer,
    was: Complaint,
    into: UUID,
    *,
    under: Ground,
    now: datetime,
    wish: ComplaintWish | None = None,
    by: Doer | None = None,
    text: str = "",
) -> Complaint:
    """It belongs to another one: its words and its evidence go there, and nothing is lost."""
    other = cast("Complaint", await store.lock_complaint(tx, into))
    brought = Said(
        was.text, was.evidence, wish.files if wish else (), {"from": was.number, "merged": str(was.id)}
    )
    joint = structs.replace(other, evidence=joined(other, was.evidence))
    await note(tx, other, "add", by or doer, "complainant", now=now, changed=joint, said=brought)
    await store.insert_link(tx, was.id, into, "merged", now)
    side = "program" if doer is PROGRAM else "people"
    said = Said(text, body={"into": other.number}) if text or doer is not PROGRAM else NOTHING
    return await move(
        tx, was, Event.MERGE, doer, side, under=under, now=now,
        changed=structs.replace(was, merged_into=into), said=said,
    )  # fmt: skip


def _new(
    id: UUID,
    doer: Doer,
    wish: ComplaintWish,
    ends: Between,
    *,
    intake: UUID | None,
    under: Ground,
    now: datetime,
) -> Complaint:
    day = now.astimezone(ZoneInfo(under.days.zone)).strftime("%Y%m%d")
    return Complaint(
        id=id,
        number=number_of(day, secrets.token_bytes(8)),
        type=wish.type,
        complainant_kind="person" if doer.by == "buyer" else "shop",
        complainant=doer.who,
        accused_kind=ends.accused.kind,
        accused=ends.accused.id,
        shop=ends.shop,
        buyer=ends.buyer,
        purchase=ends.purchase.id if ends.purchase else None,
        order_number=ends.purchase.external_id if ends.purchase else "",
        conversation=ends.conversation,
        items=tuple(wish.items),
        about=wish.about,
        text=wish.text,
        asks=tuple(dict.fromkeys(wish.asks)),
        asked_minor=wish.asked_minor,
        currency=ends.purchase.currency if ends.purchase else "",
        danger=wish.danger,
        evidence=tuple(dict.fromkeys(wish.evidence)),
        state="new",
        version=0,
        rung="agent",
        urgent=False,
        lodged_by=cast("UUID", doer.person),
        intake=intake,
        client_id=wish.client_id,
        apology=None,
        refusal=None,
        dispute=None,
        merged_into=None,
        coaching="none",
        pressed=False,
        clock=None,
        due_at=None,
        rules_at=now,
        rules_version=under.book.version,
        lodged_at=now,
        moved_at=now,
        closed_at=None,
    )
