"""The only writer of a measure's state: step, save, note, set the clock of the new state, tell."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures import store
from xiaoer.measures.events import MeasureEnded, MeasureMoved, StandingChanged
from xiaoer.measures.machine import END, MEASURE, PUBLISH, REVIEW, Event, State
from xiaoer.measures.model import EndedWhy, Measure
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook

REVIEW_DAYS = "measures.review_days"


async def lock(tx: Tx, measure: UUID) -> Measure:
    """A measure, unchanged until the commit. Raises Refusal."""
    found = await store.lock_measure(tx, measure)
    if found is None:
        raise Refusal(Refused("not_found", "measures.unknown"))
    return found


async def move(
    tx: Tx,
    was: Measure,
    event: Event,
    now: datetime,
    *,
    by: UUID | None = None,
    text: str = "",
    why: EndedWhy = "over",
) -> Measure:
    """Carry out one event. Raises Refusal `measures.not_now` where the state does not take it."""
    state = State(was.state)
    if not MEASURE.takes(state, event):
        raise Refusal(Refused("not_now", "measures.not_now", row=was.state, facts={"state": was.state}))
    after = MEASURE.step(state, event)
    new = structs.replace(was, state=after.value, version=was.version + 1, changed_at=now)
    if event is Event.PASS_EXAM:
        new = structs.replace(new, passed_at=now)
    if after is State.ENDED:
        new = structs.replace(new, ended_at=now, ended_why=why, suspended_at=None)
    elif event is Event.SUSPEND:
        new = structs.replace(new, suspended_at=now)
    elif event is Event.RESUME:
        new = structs.replace(new, ends_at=resumed_end(was, now), suspended_at=None)
    await store.move(tx, new, now)
    await store.insert_happening(
        tx,
        was.id,
        new.version,
        event.value,
        from_state=was.state,
        state=new.state,
        person=by,
        text=text,
        at=now,
    )
    await _set_clocks(tx, was, new, now)
    await publish(tx, StandingChanged(tenant=tx.tenant, at=now, subject=was.subject))
    if after is State.ENDED:
        await publish(tx, MeasureEnded.of(new, tx.tenant, now, why=why))
    elif after is not state:
        await publish(tx, MeasureMoved.of(new, tx.tenant, now, state=new.state))
    return new


def resumed_end(was: Measure, now: datetime) -> datetime | None:
    """While a measure is set aside its time does not run: it ends so much later."""
    if was.ends_at is None or was.suspended_at is None:
        return was.ends_at
    return max(was.ends_at, was.ends_at + (now - max(was.suspended_at, was.begins_at)))


async def _set_clocks(tx: Tx, was: Measure, new: Measure, now: datetime) -> None:
    """Every state has the clocks it waits for, and no other."""
    if new.state == was.state and new.ends_at == was.ends_at:
        if new.state != "in_force":
            await look_again(tx, new, now)
        return
    await clocks.stop(tx, new.id, END)
    await clocks.stop(tx, new.id, REVIEW)
    if new.state == "in_force":
        await start_clocks(tx, new, now)
    elif new.state == "ended":
        await clocks.stop(tx, new.id, PUBLISH)
    else:
        await look_again(tx, new, now)


async def start_clocks(tx: Tx, measure: Measure, now: datetime) -> None:
    """What ends a measure in force, or has somebody look at it again."""
    if measure.ends_at is not None:
        await clocks.start(tx, owner=measure.id, name=END, due_at=measure.ends_at, now=now)
    elif measure.review_at is not None:
        due_at = measure.review_at if measure.review_at > now else now + await _pause(tx, now)
        await clocks.start(tx, owner=measure.id, name=REVIEW, due_at=due_at, now=now)


async def look_again(tx: Tx, measure: Measure, now: datetime) -> None:
    """Remind of a measure once more after a while."""
    await clocks.start(tx, owner=measure.id, name=REVIEW, due_at=now + await _pause(tx, now), now=now)


async def _pause(tx: Tx, now: datetime) -> timedelta:
    return (await rulebook.book(tx, None, now)).duration(REVIEW_DAYS)
