"""A penalty is taken back: points, measures and notices are as if it had never been."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.penalties import store
from xiaoer.penalties.actions.settle import settle
from xiaoer.penalties.events import PenaltyReversed
from xiaoer.penalties.machine import APPEAL, PENALTY, Event, State
from xiaoer.penalties.model import Penalty
from xiaoer.penalties.rules import impose as rules
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish


async def reverse(tx: Tx, penalty: UUID, *, id: UUID, why: str, by: UUID | None, now: datetime) -> Penalty:
    """Take a penalty back; `id` is the counter-entry's. One taken back already is answered as it is.

    Its points get a counter-entry, its measures end "reversed" and are corrected where they were published;
    what had been put aside for it comes back for the time that is left. Raises Refusal `penalties.unknown`,
    `penalties.own_decision` when it is taken back by whoever decided it.
    """
    was = await locked(tx, penalty)
    if was.state == "reversed":
        return was
    if by is not None and rules.owns(was, by):
        raise Refusal(Refused("not_allowed", "penalties.own_decision"))
    state = PENALTY.step(State(was.state), Event.REVERSE)
    new = structs.replace(was, state=state.value, reversed_at=now, reversed_by=by, reversed_why=why)
    await store.move(tx, new)
    await clocks.stop(tx, penalty, APPEAL)
    entry = await store.entry_of_penalty(tx, penalty)
    if entry is not None:
        await store.insert_entry(
            tx,
            id,
            subject_kind=was.subject_kind,
            subject=was.subject,
            track=entry.track,
            points=-entry.points,
            reason="reversed",
            penalty=penalty,
            reverses=entry.id,
            at=now,
        )
    await settle(tx, was.subject_kind, was.subject, now, why="reversed", reason="corrected", by=by)
    await publish(tx, PenaltyReversed.of(new, tx.tenant, now))
    return new


async def window_over(tx: Tx, penalty: UUID, now: datetime) -> None:
    """The appeal window has closed."""
    was = await locked(tx, penalty)
    if was.state == "appealable" and was.appeal_until <= now:
        state = PENALTY.step(State(was.state), Event.WINDOW_OVER)
        await store.move(tx, structs.replace(was, state=state.value))


async def locked(tx: Tx, penalty: UUID) -> Penalty:
    """A penalty, with everything of its subject unchanged until the commit. Raises Refusal."""
    found = await store.find_penalties(tx, [penalty])
    if not found:
        raise Refusal(Refused("not_found", "penalties.unknown"))
    await store.lock_subject(tx, found[0].subject)
    return (await store.find_penalties(tx, [penalty]))[0]
