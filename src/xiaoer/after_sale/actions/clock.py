"""What silence does, and what a warning means before."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from xiaoer.after_sale.actions import order_side
from xiaoer.after_sale.actions.known import ground
from xiaoer.after_sale.actions.move import move, start_clock
from xiaoer.after_sale.actions.note import note
from xiaoer.after_sale.actions.shop import turned
from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import PROGRAM, Case
from xiaoer.after_sale.rules.deadlines import SELLER_WAITS
from xiaoer.after_sale.store import cases as store
from xiaoer.clocks.ring import Ring
from xiaoer.plumbing.db import Tx


async def rang(tx: Tx, rings: Sequence[Ring], now: datetime) -> None:
    """Clocks of different cases warn or fall due; a case that stands elsewhere meanwhile is left alone.

    The cases are locked together and dealt with one after the other. None of them changes another one; one
    that did would fail here, and these clocks would ring again alone.
    """
    held = await store.lock_cases(tx, [ring.owner for ring in rings])
    for ring in rings:
        was = held.get(ring.owner)
        if was is None or was.clock != ring.name:
            continue
        if ring.kind == "warn":
            await _warned(tx, was, int(ring.body.get("stage", 1)), now)
        else:
            await _fell_due(tx, was, now)


async def _fell_due(tx: Tx, was: Case, now: datetime) -> None:
    """Nobody spoke: the case goes where its state says."""
    under = await ground(tx, was)
    if was.state == "offered":
        await store.end_offer(tx, was, "lapsed")
    event, changed = CASE.due[State(was.state)][1], was
    if was.state == "to_pay" and was.difference is not None:
        changed = structs.replace(was, difference=None)
        if was.difference.unpaid == "return":
            event, changed = Event.DIFFERENCE_UNPAID, turned(changed, "return_refund", "ask_return")
    after = await move(tx, was, event, PROGRAM, under, now=now, changed=changed)
    await order_side.agreed(tx, after, now)


async def _warned(tx: Tx, was: Case, stage: int, now: datetime) -> None:
    """The time is running out; first everybody concerned is told, then the supervisor (S-042)."""
    under = await ground(tx, was)
    changed = structs.replace(was, stage=stage)
    after = await note(
        tx, was, "warned" if stage == 1 else "escalated", PROGRAM, under, now=now, changed=changed
    )
    if stage == 1 and was.state in SELLER_WAITS:
        await start_clock(tx, after, under, now, since=was.moved_at, stage=2)
