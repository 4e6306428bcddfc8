"""Carrying a ruling out: everything it orders in one transaction, once, whoever asks and however often."""

from datetime import datetime
from uuid import UUID

from xiaoer.disputes.actions import effects, tell
from xiaoer.disputes.actions.known import Ground, standing
from xiaoer.disputes.actions.move import Said, move
from xiaoer.disputes.machine import Event
from xiaoer.disputes.model.court import Dispute, Doer, Ruling
from xiaoer.disputes.store import rulings
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def execute(tx: Tx, doer: Doer, dispute_id: UUID, now: datetime) -> Dispute:
    """Who lost does it himself, or an officer has it done at once. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "execute", now)
    return await carry_out(tx, at.dispute, doer, at.ground, now)


async def carry_out(tx: Tx, was: Dispute, doer: Doer, under: Ground, now: datetime) -> Dispute:
    """A locked dispute in execution: its ruling does what it orders, and may be appealed from then on."""
    ruling = await ruling_of(tx, was)
    await effects.perform(tx, was, ruling, under, now=now)
    after = await move(tx, was, Event.EXECUTE, doer, under, now=now, said=_said(ruling))
    await rulings.mark_executed(tx, ruling.id, now, after.due_at)
    await tell.executed(tx, after, ruling, now)
    return after


async def settle(
    tx: Tx, was: Dispute, changed: Dispute, doer: Doer, *, under: Ground, ruling: Ruling, now: datetime
) -> Dispute:
    """What both have agreed to is done at once; there is nothing to appeal."""
    await effects.perform(tx, changed, ruling, under, now=now)
    after = await move(tx, was, Event.SETTLE, doer, under, now=now, changed=changed, said=_said(ruling))
    await rulings.mark_executed(tx, ruling.id, now, None)
    await rulings.insert_precedents(tx, ruling, was)
    await tell.made(tx, after, ruling, now)
    await tell.executed(tx, after, ruling, now)
    return after


async def ruling_of(tx: Tx, dispute: Dispute) -> Ruling:
    """The ruling that stands for a dispute. Raises Refusal."""
    found = await rulings.ruling(tx, dispute.ruling) if dispute.ruling is not None else None
    if found is None:
        raise Refusal(Refused("not_found", "disputes.unknown_ruling"))
    return found


def _said(ruling: Ruling) -> Said:
    return Said(body={"ruling": str(ruling.id), "outcome": ruling.outcome})
