"""The only writer of a case's state: step, save, clock, money, timeline, news; for silence as for speech."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.after_sale.actions import payment, tell
from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import ENDED, PROGRAM, Case, Doer
from xiaoer.after_sale.rules.deadlines import Days, Due, due, warning
from xiaoer.after_sale.store import cases as store
from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.faults import Broken
from xiaoer.rulebook.model import Book

UNKNOWN: Final = Refused("not_found", "after_sale.unknown_case")


class Ground(Struct, frozen=True):
    """What a case is decided by: the rules in force when it was opened, and how days are counted."""

    book: Book
    days: Days


class Said(Struct, frozen=True):
    """What goes into the timeline with a move."""

    text: str = ""
    amount_minor: int | None = None
    files: Sequence[UUID] = ()
    body: Mapping[str, object] = {}


NOTHING: Final = Said()


async def move(
    tx: Tx,
    was: Case,
    event: Event,
    doer: Doer,
    ground: Ground,
    *,
    now: datetime,
    changed: Case | None = None,
    said: Said = NOTHING,
) -> Case:
    """Bring a locked case one step on; `changed` is the case with everything else that is new about it.

    Raises IllegalStep where the rules let through what the machine does not take, Refusal where the money
    would be more than was paid.
    """
    after = stepped(was, changed or was, event, ground, now)
    await _hold(tx, was, after)
    after = await payment.enter(tx, was, after, now)
    if not await store.save_case(tx, after, was.version):
        raise RuntimeError(f"case {was.id} was moved without its lock")
    await _clock(tx, was, after, ground, now)
    await write_down(tx, was, after, event, doer=doer, said=said, now=now)
    if after.state == "owing":
        await store.lose_fast(tx, after.buyer, after.id, now)
    if after.state == "paying" and after.refund_minor == 0:
        return await move(tx, after, paid_event(after), PROGRAM, ground, now=now)
    return after


def paid_event(case: Case) -> Event:
    """What a payment means: the end, or that the goods are still to come back."""
    return Event.PAID_FIRST if case.ahead and case.back is not None else Event.PAID


async def write_down(
    tx: Tx, was: Case, after: Case, event: str, *, doer: Doer, said: Said, now: datetime
) -> None:
    """Add the line to the timeline, tell both sides, show a card in their conversation."""
    await store.insert_happening(
        tx,
        after,
        id=new_id(),
        at=now,
        event=str(event),
        doer=doer,
        from_state=was.state,
        text=said.text,
        amount_minor=said.amount_minor,
        files=said.files,
        body=said.body,
    )
    await tell.moved(tx, was, after, str(event), side=doer.side, now=now)


def stepped(was: Case, changed: Case, event: Event, ground: Ground, now: datetime) -> Case:
    """The case one step on, with the clock its new state names; nothing is kept yet."""
    state = CASE.step(State(was.state), event)
    ends = state.value in ENDED
    named = CASE.due.get(state)
    falls = _due(changed, state, named[0], ground, now) if named else None
    keeps = _keeps(state, ends=ends)
    return structs.replace(
        changed,
        state=state.value,
        version=was.version + 1,
        clock=named[0] if named else None,
        due_at=falls.at if falls else None,
        stage=0,
        moved_at=now,
        held_minor=changed.held_minor if keeps else 0,
        closed_at=now if ends else None,
    )


def _keeps(state: State, *, ends: bool) -> bool:
    """Money is held until it is paid or nothing is asked any more."""
    return not ends and state not in {State.SETTLED, State.PAID_AHEAD, State.REPAYING}


def _due(case: Case, state: State, clock: str, ground: Ground, now: datetime) -> Due:
    mail = case.back is not None and case.back.way == "mail"
    return due(ground.book, clock, state.value, now, ground.days, mail=mail)


async def _hold(tx: Tx, was: Case, after: Case) -> None:
    delta = after.refunded_minor - was.refunded_minor
    more_refunded = max(min(delta, was.held_minor), -was.asked_minor)  # the rest is on top of the order
    if after.held_minor == was.held_minor and not more_refunded:
        return
    await change_sum(tx, after, held_minor=after.held_minor - was.held_minor, refunded_minor=more_refunded)


async def change_sum(tx: Tx, case: Case, *, held_minor: int, refunded_minor: int) -> None:
    """Hold more or less on the order; the table itself refuses more than was paid."""
    try:
        async with tx.savepoint():
            await store.change_sum(
                tx, case.shop, case.purchase, held_minor=held_minor, refunded_minor=refunded_minor
            )
    except Broken:
        raise Refusal(Refused("refused", "after_sale.more_than_paid", facts={"most_minor": 0})) from None


async def _clock(tx: Tx, was: Case, after: Case, ground: Ground, now: datetime) -> None:
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    if after.clock is not None and after.due_at is not None:
        await start_clock(tx, after, ground, now, since=now, stage=1)


async def start_clock(
    tx: Tx, case: Case, ground: Ground, now: datetime, *, since: datetime, stage: int
) -> None:
    """Start the clock of a case; `stage` is what its next warning means."""
    assert case.clock is not None
    assert case.due_at is not None
    await clocks.start(
        tx,
        owner=case.id,
        name=case.clock,
        shop=case.shop,
        due_at=case.due_at,
        warn_at=warning(ground.book, case.state, since, case.due_at, ground.days, stage=stage),
        body={"stage": stage},
        now=now,
    )
