"""What silence does, and what a warning means before."""

from datetime import datetime
from uuid import UUID

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
from xiaoer.plumbing.db import Tx


async def fell_due(tx: Tx, case: UUID, clock: str, now: datetime) -> Case | None:
    """Nobody spoke: the case goes where its state says. None when it stands elsewhere meanwhile."""
    was = await store.lock_case(tx, case)
    if was is None or was.clock != clock:
        return None
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
    return after


async def warned(tx: Tx, case: UUID, clock: str, stage: int, now: datetime) -> Case | None:
    """The time is running out; first everybody concerned is told, then the supervisor (S-042)."""
    was = await store.lock_case(tx, case)
    if was is None or was.clock != clock:
        return None
    under = await ground(tx, was)
    changed = structs.replace(was, stage=stage)
    after = await note(
        tx, was, "warned" if stage == 1 else "escalated", PROGRAM, under, now=now, changed=changed
    )
    if stage == 1 and was.state in SELLER_WAITS:
        await start_clock(tx, after, under, now, since=was.moved_at, stage=2)
    return after
