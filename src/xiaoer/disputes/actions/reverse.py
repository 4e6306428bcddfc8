"""Taking a ruling back: every effect is undone where it was made, what was found is corrected."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from msgspec import Struct, structs

from xiaoer.disputes.actions import effects, rule, tell
from xiaoer.disputes.actions.known import Ground, ground
from xiaoer.disputes.actions.move import Said, move, note
from xiaoer.disputes.machine import DISPUTE, Event, State
from xiaoer.disputes.model.court import Dispute, Doer, Ruling
from xiaoer.disputes.model.wishes import RulingWish
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import rulings
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

UNKNOWN: Final = Refused("not_found", "disputes.unknown_ruling")


class Reversal(Struct, frozen=True):
    """What a reversal came to: what the buyer keeps in hand, and the ruling that stands instead."""

    id: UUID
    ruling: UUID
    dispute: UUID
    effects: int
    in_hand_minor: int
    new_ruling: UUID | None


async def reverse(
    tx: Tx,
    ruling: UUID,
    *,
    id: UUID,
    by: UUID | None,
    why: str,
    new_ruling: RulingWish | None = None,
    now: datetime,
) -> Reversal:
    """Undo everything a ruling did, and rule anew if that is asked. The same `id` again undoes nothing.

    Raises Refusal: unknown_ruling, not_executed for one that has done nothing yet, reversed_already,
    judged_it_before for somebody who sat in it.
    """
    found = await rulings.ruling(tx, ruling)
    was = await store.lock_dispute(tx, found.dispute) if found is not None else None
    found = await rulings.ruling(tx, ruling) if was is not None else None
    if found is None or was is None:
        raise Refusal(UNKNOWN)
    if found.reversal == id:
        return await _before(tx, found, was)
    if found.reversed_at is not None:
        raise Refusal(Refused("not_now", "disputes.reversed_already"))
    if found.executed_at is None:
        raise Refusal(Refused("not_now", "disputes.not_executed"))
    if by is not None and by in {found.officer, found.second_reader}:
        raise Refusal(Refused("not_allowed", "disputes.judged_it_before"))
    await rulings.mark_reversed(tx, found.id, person=by, why=why, reversal=id, now=now)
    found = structs.replace(found, reversed_by=by, reversed_why=why, reversed_at=now, reversal=id)
    in_hand = await effects.undo(tx, found, by=by, why=why, now=now)
    await rulings.reverse_precedents(tx, found.id)
    under = await ground(tx, was.shop, was.rules_at)
    fresh, changed = await _anew(tx, was, new_ruling, id, by=by, ground=under, in_hand=in_hand, now=now)
    doer, said = Doer("officer", by), Said(why, body=_body(found, fresh))
    if DISPUTE.takes(State(was.state), Event.REVERSE):
        after = await move(tx, was, Event.REVERSE, doer, under, now=now, changed=changed, said=said)
    else:
        after = await note(tx, was, "reverse", doer, under, now=now, changed=changed, said=said)
    await tell.undone(tx, after, found, fresh, now)
    if fresh is not None:
        await tell.made(tx, after, fresh, now)
        await tell.executed(tx, after, fresh, now)
    done = len(await rulings.effects(tx, found.id))
    return Reversal(id, found.id, after.id, done, in_hand, fresh.id if fresh else None)


async def _anew(
    tx: Tx,
    was: Dispute,
    wish: RulingWish | None,
    id: UUID,
    *,
    by: UUID | None,
    ground: Ground,
    in_hand: int,
    now: datetime,
) -> tuple[Ruling | None, Dispute]:
    """The ruling that stands instead, carried out at once; nobody appeals a second time (D11)."""
    if wish is None:
        return None, structs.replace(was, ruling=None, outcome=None, favour=None)
    changed = structs.replace(was, round=was.round + 1)
    issues = await store.issues(tx, was.id)
    fresh = await rule.make(
        tx, changed, wish, "officer", issues, ground=ground, officer=by, now=now, id=uuid5(id, "ruling")
    )
    changed = rule.decided(changed, fresh)
    await effects.perform(tx, changed, fresh, ground, now=now, in_hand_minor=in_hand)
    await rulings.mark_executed(tx, fresh.id, now, None)
    await rulings.insert_precedents(tx, fresh, was)
    return fresh, changed


async def _before(tx: Tx, found: Ruling, was: Dispute) -> Reversal:
    done = await rulings.effects(tx, found.id)
    fresh = was.ruling if was.ruling != found.id else None
    return Reversal(found.reversal or found.id, found.id, was.id, len(done), 0, fresh)


def _body(found: Ruling, fresh: Ruling | None) -> dict[str, object]:
    new = {"new_ruling": str(fresh.id)} if fresh else {}
    return {"ruling": str(found.id), **new}
