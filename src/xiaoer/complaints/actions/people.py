"""What people of the marketplace do: take on or not, merge, let it jump, decide where no dispute does."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.complaints.actions.known import standing
from xiaoer.complaints.actions.lodge import merged
from xiaoer.complaints.actions.move import Said, climb, decided, locked, move, note
from xiaoer.complaints.machine import Event
from xiaoer.complaints.model import (
    OVER,
    Complaint,
    ComplaintDecideWish,
    Doer,
    FindingWish,
    JumpWish,
    MergeWish,
)
from xiaoer.complaints.queries.acceptance import known_of
from xiaoer.complaints.rules import acceptance
from xiaoer.complaints.rules.deadlines import Ground
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

_EVENTS: Final = {"upheld": Event.UPHOLD, "rejected": Event.REJECT, "not_proved": Event.NOT_PROVE}


async def find(tx: Tx, doer: Doer, complaint: UUID, wish: FindingWish, now: datetime) -> Complaint:
    """Take it on or not, by D15 with what people found. Raises Refusal: still_unclear, merge_it."""
    was, side, under = await standing(tx, doer, complaint, "acceptance")
    facts = acceptance.found(await known_of(tx, was, under, now), wish)
    decision = await decided(
        tx, was, acceptance.TABLE, acceptance.facts_of(facts), doer.person, under=under, now=now
    )
    answer, said = decision.word("answer"), Said(wish.text, body={"row": decision.row})
    if answer in {"look", "merge"}:
        code = "complaints.still_unclear" if answer == "look" else "complaints.merge_it"
        raise Refusal(Refused("refused", code, row=decision.row))
    if answer == "accept":
        return await move(tx, was, Event.ACCEPT, doer, side, under=under, now=now, said=said)
    changed = structs.replace(was, refusal=acceptance.not_taken(decision, wish.text, automated=False))
    return await move(tx, was, Event.REFUSE, doer, side, under=under, now=now, changed=changed, said=said)


async def merge(tx: Tx, doer: Doer, complaint: UUID, wish: MergeWish, now: datetime) -> Complaint:
    """It is the same matter as another open one, of the same against the same."""
    was, _, under = await standing(tx, doer, complaint, "merge")
    into = await locked(tx, wish.into)
    same = (was.complainant, was.accused) == (into.complainant, into.accused)
    if into.id == was.id or not same or into.state in OVER:
        raise Refusal(Refused("refused", "complaints.not_the_same"))
    return await merged(tx, doer, was, into.id, under=under, text=wish.text, now=now)


async def jump(tx: Tx, doer: Doer, complaint: UUID, wish: JumpWish, now: datetime) -> Complaint:
    """It does not wait its turn (D13); what has been taken on goes straight to the hearing."""
    was, side, under = await standing(tx, doer, complaint, "jump")
    risen = await climb(tx, was, wish.cause, doer.person, under, now=now)
    said = Said(wish.text, body={"cause": wish.cause, "rung": risen.rung})
    if was.state in {"accepted", "apology_offered"} and wish.cause != "authority_document":
        return await _heard(tx, doer, was, risen, under, said=said, now=now)
    return await note(tx, was, "jump", doer, side, now=now, changed=risen, said=said)


async def _heard(
    tx: Tx, doer: Doer, was: Complaint, risen: Complaint, under: Ground, *, said: Said, now: datetime
) -> Complaint:
    return await move(tx, was, Event.HEAR, doer, "people", under=under, now=now, changed=risen, said=said)


async def decide(tx: Tx, doer: Doer, complaint: UUID, wish: ComplaintDecideWish, now: datetime) -> Complaint:
    """Decide a complaint no dispute judges, with reasons in words."""
    was, side, under = await standing(tx, doer, complaint, "decide")
    said = Said(wish.text, body={"outcome": wish.outcome})
    return await move(tx, was, _EVENTS[wish.outcome], doer, side, under=under, now=now, said=said)
