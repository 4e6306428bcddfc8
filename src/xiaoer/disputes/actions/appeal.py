"""What an appeal does to a dispute: it waits for somebody else's look, and then it is over."""

from datetime import datetime
from uuid import UUID

from xiaoer.disputes.actions.execute import carry_out
from xiaoer.disputes.actions.known import ground
from xiaoer.disputes.actions.move import Said, move
from xiaoer.disputes.actions.reverse import UNKNOWN
from xiaoer.disputes.machine import DISPUTE, Event, State
from xiaoer.disputes.model.court import PROGRAM, Dispute
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import rulings
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def lodged(tx: Tx, ruling: UUID, appeal: UUID, now: datetime) -> Dispute:
    """Somebody appeals: what was ruled is carried out and stays, the dispute is not over. Raises Refusal."""
    was = await _of(tx, ruling)
    if was.state == "execution":
        was = await carry_out(tx, was, PROGRAM, await ground(tx, was.shop, was.rules_at), now)
    if not DISPUTE.takes(State(was.state), Event.APPEAL):
        raise Refusal(Refused("not_now", "disputes.no_appeal_now", facts={"state": was.state}))
    return await _step(tx, was, Event.APPEAL, appeal, now)


async def dismissed(tx: Tx, ruling: UUID, appeal: UUID, now: datetime) -> Dispute:
    """The ruling stands; the dispute is over. One that is over already stays as it is."""
    was = await _of(tx, ruling)
    if not DISPUTE.takes(State(was.state), Event.APPEAL_OVER):
        return was
    return await _step(tx, was, Event.APPEAL_OVER, appeal, now)


async def _of(tx: Tx, ruling: UUID) -> Dispute:
    found = await rulings.ruling(tx, ruling)
    was = await store.lock_dispute(tx, found.dispute) if found is not None else None
    if was is None or was.ruling != ruling:
        raise Refusal(UNKNOWN)
    return was


async def _step(tx: Tx, was: Dispute, event: Event, appeal: UUID, now: datetime) -> Dispute:
    under = await ground(tx, was.shop, was.rules_at)
    said = Said(body={"appeal": str(appeal)})
    return await move(tx, was, event, PROGRAM, under, now=now, said=said)
