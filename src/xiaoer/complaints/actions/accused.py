"""What the accused may do: answer, apologise and ask, and talk it over in his own house afterwards."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.complaints.actions import hearing
from xiaoer.complaints.actions.known import standing
from xiaoer.complaints.actions.move import Said, move, note
from xiaoer.complaints.actions.shown import bring, joined
from xiaoer.complaints.machine import Event
from xiaoer.complaints.model import Apology, Complaint, Doer, SaidWish, ShowWish
from xiaoer.conversations.actions.words import fit
from xiaoer.plumbing.db import Tx


async def apologise(tx: Tx, doer: Doer, complaint: UUID, wish: SaidWish, now: datetime) -> Complaint:
    """Say sorry and ask whether it may end there; the complainant is free to say no (S-062).

    A shop's apology to a buyer passes the guard as its messages do. Raises Refusal.
    """
    was, side, under = await standing(tx, doer, complaint, "apologise")
    if was.accused_kind == "shop" and was.accused is not None and was.complainant_kind == "person":
        await fit(tx, was.accused, was.complainant, wish.text, now)
    changed, said = structs.replace(was, apology=Apology(wish.text, now)), Said(wish.text)
    if was.state == "in_hearing":
        return await note(tx, was, "apologise", doer, side, now=now, changed=changed, said=said)
    return await move(tx, was, Event.APOLOGISE, doer, side, under=under, now=now, changed=changed, said=said)


async def answer(tx: Tx, doer: Doer, complaint: UUID, wish: ShowWish, now: datetime) -> Complaint:
    """Say how it was, with evidence; who has answered waits for the hearing (P-019)."""
    was, side, under = await standing(tx, doer, complaint, "answer")
    await bring(tx, doer, was.id, evidence=wish.evidence, files=wish.files)
    numbers = joined(was, wish.evidence)
    changed, said = structs.replace(was, evidence=numbers), Said(wish.text, wish.evidence, wish.files)
    if was.state != "accepted":
        after = await note(tx, was, "answer", doer, side, now=now, changed=changed, said=said)
    else:
        after = await move(
            tx, was, Event.ANSWER, doer, side, under=under, now=now, changed=changed, said=said
        )
    await hearing.shown(tx, after, side, doer.person, wish=wish, now=now)
    return after


async def coached(tx: Tx, doer: Doer, complaint: UUID, wish: SaidWish, now: datetime) -> Complaint:
    """The shop has talked it over with its agent (D5: coaching, and the record stays)."""
    was, side, _ = await standing(tx, doer, complaint, "coached")
    changed = structs.replace(was, coaching="done")
    return await note(tx, was, "coached", doer, side, now=now, changed=changed, said=Said(wish.text))
