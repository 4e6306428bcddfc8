"""The only writer of a case's state: step, save, clock, money, timeline, news; for silence as for speech."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.after_sale.actions import difference, payment, tell
from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import ENDED, PROGRAM, Case, Doer
from xiaoer.after_sale.rules.deadlines import Days, Due, due, warning
from xiaoer.after_sale.rules.difference import owed
from xiaoer.after_sale.rules.money import more_than_paid
from xiaoer.after_sale.store import cases as store
from xiaoer.clocks import actions as clocks
from xiaoer.conversations.actions.words import fit
from xiaoer.conversations.model.thread import Thread
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
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
    thread: Thread | None = None,
) -> Case:
    """Bring a locked case one step on; `changed` is the case with everything else that is new about it.

    `thread` is its conversation where that is locked already and nothing has been said in it since.

    Raises IllegalStep where the rules let through what the machine does not take, Refusal where the money
    would be more than was paid or the guard holds back what the shop says.
    """
    await spoken(tx, was, doer, said, now)
    after = stepped(was, changed or was, event, ground, now)
    after = await difference.settle(tx, await payment.enter(tx, was, after, now), now)
    await _save(tx, was, after, line_of(was, str(event), doer, said, now))
    await _clock(tx, was, after, ground, now)
    await tell.moved(tx, was, after, str(event), side=doer.side, now=now, thread=thread)
    if after.state == "owing":
        await store.lose_fast(tx, after.buyer, after.id, now)
    if after.state == "paying" and after.refund_minor == 0:
        return await move(tx, after, paid_event(after), PROGRAM, ground, now=now)
    if after.state == "sending_back" and owed(after) is not None:
        return await move(tx, after, Event.DIFFERENCE_DUE, PROGRAM, ground, now=now)
    return after


async def spoken(tx: Tx, was: Case, doer: Doer, said: Said, now: datetime) -> None:
    """What a shop says with a deed passes the guard as its messages do. Raises Refusal."""
    if doer.side == "shop":
        await fit(tx, was.shop, was.buyer, said.text, now)


def paid_event(case: Case) -> Event:
    """What a payment means: the end, or that the goods are still to come back."""
    return Event.PAID_FIRST if case.ahead and case.back is not None else Event.PAID


def line_of(was: Case, event: str, doer: Doer, said: Said, now: datetime) -> store.Line:
    """The line of the timeline about what happens to a case."""
    return store.Line(
        new_id(), now, event, doer, was.state, said.text, said.amount_minor, said.files, said.body
    )


def stepped(was: Case, changed: Case, event: Event, ground: Ground, now: datetime) -> Case:
    """The case one step on, with the clock its new state names; nothing is kept yet."""
    state = CASE.step(State(was.state), event)
    ends = state.value in ENDED
    named = CASE.due.get(state)
    falls = _due(changed, state, named[0], ground, now) if named else None
    if state is State.TO_PAY and falls is not None and changed.difference is not None:
        changed = structs.replace(changed, difference=structs.replace(changed.difference, by=falls.at))
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
    if state is State.TO_PAY and case.difference is not None and case.difference.by is not None:
        return Due(max(case.difference.by, now), None)  # trying again does not make it longer
    mail = case.back is not None and case.back.way == "mail"
    return due(ground.book, clock, state.value, now, ground.days, mail=mail)


async def _save(tx: Tx, was: Case, after: Case, line: store.Line) -> None:
    """Keep the case and what it holds on its order, all in one; the statement refuses more than was paid."""
    delta = after.refunded_minor - was.refunded_minor
    more_refunded = max(min(delta, was.held_minor), -was.asked_minor)  # the rest is on top of the order
    more_held = after.held_minor - was.held_minor
    missed: Exception = unlocked(was)
    if more_held or more_refunded:
        missed = Refusal(more_than_paid(0, was.currency))
    await store.save_case(
        tx, after, was.version, line, missed, more_held_minor=more_held, more_refunded_minor=more_refunded
    )


def unlocked(case: Case) -> RuntimeError:
    """The fault of writing a case without its lock."""
    return RuntimeError(f"case {case.id} was written without its lock")


async def _clock(tx: Tx, was: Case, after: Case, ground: Ground, now: datetime) -> None:
    other = was.clock if was.clock != after.clock else None
    if after.clock is not None and after.due_at is not None:
        await start_clock(tx, after, ground, now, since=now, stage=1, instead_of=other)
    elif other is not None:
        await clocks.stop(tx, was.id, other)


async def start_clock(
    tx: Tx,
    case: Case,
    ground: Ground,
    now: datetime,
    *,
    since: datetime,
    stage: int,
    instead_of: str | None = None,
) -> None:
    """Start the clock of a case, and stop another; `stage` is what its next warning means."""
    assert case.clock is not None
    assert case.due_at is not None
    await clocks.start(
        tx,
        owner=case.id,
        name=case.clock,
        shop=case.shop,
        due_at=case.due_at,
        warn_at=warning(ground.book, case.state, since, case.due_at, ground.days, stage=stage)
        if case.due_at > since
        else None,
        body={"stage": stage},
        now=now,
        instead_of=instead_of,
    )
