"""The only writer of an appeal's state: step, save, set the clock the state names, write it down, tell it."""

from datetime import datetime

from msgspec import structs

from xiaoer.after_sale.rules.deadlines import term
from xiaoer.appeals.actions import tell
from xiaoer.appeals.actions.known import Ground
from xiaoer.appeals.machine import APPEAL, Event, State
from xiaoer.appeals.model import ENDED, Appeal, Doer
from xiaoer.appeals.rules.windows import supplement_until, used_up
from xiaoer.appeals.store import appeals as store
from xiaoer.clocks import actions as clocks
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

_WAITS = frozenset({"incomplete", "supplement"})


async def move(
    tx: Tx,
    was: Appeal,
    event: Event,
    doer: Doer,
    under: Ground,
    *,
    now: datetime,
    changed: Appeal | None = None,
    text: str = "",
) -> Appeal:
    """Bring a locked appeal one step on; `changed` is the appeal with everything else that is new about it.

    Raises IllegalStep where the rules let through what the machine does not take.
    """
    after = stepped(was, changed or was, event, under, now)
    if not await store.save_appeal(tx, after, was.version):
        raise RuntimeError(f"appeal {was.id} was moved without its lock")
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    await start_clock(tx, after, under, now)
    await write_down(tx, was, after, str(event), doer, text=text, now=now)
    return after


def stepped(was: Appeal, changed: Appeal, event: Event, under: Ground, now: datetime) -> Appeal:
    """The appeal one step on, with the clock its new state names; nothing is kept yet."""
    state = APPEAL.step(State(was.state), event)
    left = used_up(was, was.moved_at, now) if was.state in _WAITS else was.left_seconds
    moved = structs.replace(
        changed,
        state=state.value,
        version=was.version + 1,
        left_seconds=left,
        stage=was.stage + 1 if event is Event.REMIND else 0,
        moved_at=now,
        closed_at=now if state.value in ENDED else None,
    )
    named = APPEAL.due.get(state)
    clock = named[0] if named else None
    due_at = None if clock is None else _due(moved, clock, event, under, now)
    return structs.replace(moved, clock=clock, due_at=due_at)


def _due(appeal: Appeal, clock: str, event: Event, under: Ground, now: datetime) -> datetime:
    if appeal.state in _WAITS:
        return supplement_until(appeal, under.book, now)
    return term(under.book, "appeals.reminder" if event is Event.REMIND else clock, now, under.days)


async def start_clock(tx: Tx, appeal: Appeal, under: Ground, now: datetime) -> None:
    """Start the clock an appeal names, if it names one."""
    if appeal.clock is None or appeal.due_at is None:
        return
    warn_at = now + (appeal.due_at - now) * under.book.integer("appeals.warn_percent") / 100
    await clocks.start(
        tx,
        owner=appeal.id,
        name=appeal.clock,
        shop=appeal.shop,
        due_at=appeal.due_at,
        warn_at=warn_at if appeal.stage == 0 else None,
        now=now,
    )


async def note(
    tx: Tx, was: Appeal, event: str, doer: Doer, *, now: datetime, changed: Appeal | None = None, text: str
) -> Appeal:
    """Write something down in a locked appeal; its state and its clock stay."""
    after = structs.replace(
        changed or was, state=was.state, clock=was.clock, due_at=was.due_at, version=was.version + 1
    )
    if not await store.save_appeal(tx, after, was.version):
        raise RuntimeError(f"appeal {was.id} was written without its lock")
    await write_down(tx, was, after, event, doer, text=text, now=now)
    return after


async def write_down(
    tx: Tx, was: Appeal, after: Appeal, event: str, doer: Doer, *, text: str, now: datetime
) -> None:
    """Add the line to the timeline, and tell everybody concerned."""
    await store.insert_happening(
        tx, after, id=new_id(), event=event, doer=doer, from_state=was.state, text=text, at=now
    )
    await tell.moved(tx, was, after, event, now)
