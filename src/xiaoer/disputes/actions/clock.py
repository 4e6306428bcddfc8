"""What silence does, and what a warning means before."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.disputes.actions import execute, jury, periods, rule
from xiaoer.disputes.actions.known import Ground, Standing, ground
from xiaoer.disputes.actions.move import move, note
from xiaoer.disputes.machine import DISPUTE, SUSPENDED, Event, State
from xiaoer.disputes.model.court import PROGRAM, Dispute
from xiaoer.disputes.store import disputes as store
from xiaoer.plumbing.db import Tx


async def fell_due(tx: Tx, dispute: UUID, clock: str, now: datetime) -> Dispute | None:
    """Nobody spoke: the dispute goes where its state says. None when it stands elsewhere meanwhile."""
    was = await store.lock_dispute(tx, dispute)
    if was is None or was.clock != clock or was.due_at is None or was.due_at > now:
        return None
    under = await ground(tx, was.shop, was.rules_at)
    state, event = State(was.state), DISPUTE.due[State(was.state)][1]
    if state is State.NEGOTIATION or (state in SUSPENDED and event is Event.RESUME):
        return await periods.begin_evidence(tx, was, event, PROGRAM, under, now=now)
    return await _later(tx, was, state, event, under, now=now)


async def _later(
    tx: Tx, was: Dispute, state: State, event: Event, under: Ground, *, now: datetime
) -> Dispute:
    match state:
        case State.EVIDENCE:
            return await periods.end_evidence(tx, was, event, PROGRAM, under, now=now)
        case State.SECOND_READING:
            return await rule.out_of_reading(tx, Standing(was, under), event, PROGRAM, now)
        case State.EXECUTION:
            return await execute.carry_out(tx, was, PROGRAM, under, now)
        case State.JURY:
            return await jury.over(tx, was, under, now)
        case _:
            return await move(tx, was, event, PROGRAM, under, now=now)


async def warned(tx: Tx, dispute: UUID, clock: str, now: datetime) -> Dispute | None:
    """The time is running out; everybody concerned is told."""
    was = await store.lock_dispute(tx, dispute)
    if was is None or was.clock != clock:
        return None
    under = await ground(tx, was.shop, was.rules_at)
    return await note(tx, was, "warned", PROGRAM, under, now=now, changed=structs.replace(was, stage=1))
