"""What who complains may do: take it back, answer an apology, add, say that he is being pressed."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import structs

from xiaoer.complaints.actions import hearing
from xiaoer.complaints.actions.known import standing
from xiaoer.complaints.actions.lodge import lodge
from xiaoer.complaints.actions.move import Said, locked, move, note
from xiaoer.complaints.actions.shown import bring, joined
from xiaoer.complaints.machine import Event
from xiaoer.complaints.model import (
    Apology,
    Complaint,
    ComplaintWish,
    ComplaintWordsWish,
    Doer,
    ShowWish,
    WithdrawWish,
)
from xiaoer.complaints.store import complaints as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def withdraw(tx: Tx, doer: Doer, complaint: UUID, wish: WithdrawWish, now: datetime) -> Complaint:
    """Take it back, any time before it is upheld; who said he is pressed says that he is free (S-062)."""
    was, side, under = await standing(tx, doer, complaint, "withdraw")
    if was.pressed and not wish.free:
        raise Refusal(Refused("not_now", "complaints.say_it_is_free"))
    said = Said(wish.text, body={"free": wish.free})
    return await move(tx, was, Event.WITHDRAW, doer, side, under=under, now=now, said=said)


async def accept_apology(
    tx: Tx, doer: Doer, complaint: UUID, wish: ComplaintWordsWish, now: datetime
) -> Complaint:
    """The apology is good: it ends there (S-064)."""
    was, side, under = await standing(tx, doer, complaint, "accept_apology")
    changed = structs.replace(was, apology=answered(was, "accepted"))
    return await move(
        tx, was, Event.ACCEPT_APOLOGY, doer, side, under=under, now=now, changed=changed, said=Said(wish.text)
    )


async def decline_apology(
    tx: Tx, doer: Doer, complaint: UUID, wish: ComplaintWordsWish, now: datetime
) -> Complaint:
    """No: it goes on to the hearing, or the hearing goes on. Nobody has to forgive."""
    was, side, under = await standing(tx, doer, complaint, "decline_apology")
    changed, said = structs.replace(was, apology=answered(was, "declined")), Said(wish.text)
    if was.state == "in_hearing":
        return await note(tx, was, "decline_apology", doer, side, now=now, changed=changed, said=said)
    return await move(
        tx, was, Event.DECLINE_APOLOGY, doer, side, under=under, now=now, changed=changed, said=said
    )


async def add(tx: Tx, doer: Doer, complaint: UUID, wish: ShowWish, now: datetime) -> Complaint:
    """More words, more evidence."""
    was, side, _ = await standing(tx, doer, complaint, "add")
    await bring(tx, doer, was.id, evidence=wish.evidence, files=wish.files)
    changed = structs.replace(was, evidence=joined(was, wish.evidence))
    said = Said(wish.text, wish.evidence, wish.files)
    after = await note(tx, was, "add", doer, side, now=now, changed=changed, said=said)
    await hearing.shown(tx, after, side, doer.person, wish=wish, now=now)
    return after


async def pressure(
    tx: Tx, doer: Doer, complaint: UUID, wish: ShowWish, *, id: UUID, now: datetime
) -> Complaint:
    """Somebody presses him to take it back: that is a complaint of its own, with what the guard found."""
    was, side, _ = await standing(tx, doer, complaint, "pressure")
    found: list[dict[str, object]] = []
    if was.shop is not None and was.conversation is not None:
        by_buyer = was.accused_kind == "person"
        seen = await store.pressing(tx, was.shop, was.conversation, was.lodged_at, by_buyer=by_buyer)
        found = [
            {"message": one.version, "at": one.at.isoformat(), "verdict": one.guard.get("verdict")}
            for one in seen
        ]
    new = await lodge(
        tx,
        doer,
        ComplaintWish(
            type="pressure",
            shop=was.shop if doer.by == "buyer" else None,
            buyer=was.buyer if doer.by == "shop" else None,
            purchase=was.purchase,
            conversation=was.conversation,
            about=was.id,
            text=wish.text,
            asks=["stop"],
            evidence=wish.evidence,
            files=wish.files,
        ),
        id=id,
        now=now,
    )
    target = new.merged_into or new.id
    await store.insert_link(tx, target, was.id, "pressure", now)
    if found:
        fresh = await locked(tx, target)
        await note(tx, fresh, "guard_found", doer, side, now=now, said=Said(body={"messages": found}))
    said = Said(wish.text, body={"complaint": new.number, "messages": len(found)})
    await note(
        tx, was, "pressure", doer, side, now=now, changed=structs.replace(was, pressed=True), said=said
    )
    return await locked(tx, new.id)


def answered(complaint: Complaint, state: Literal["accepted", "declined", "lapsed"]) -> Apology | None:
    """The open apology with what became of it; another one stays as it is."""
    apology = complaint.apology
    if apology is None or apology.state != "open":
        return apology
    return structs.replace(apology, state=state)
