"""What the ledger says about the money of a case."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.actions import order_side
from xiaoer.after_sale.actions.known import ground
from xiaoer.after_sale.actions.move import Said, move, paid_event
from xiaoer.after_sale.actions.payment import insurance
from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import PROGRAM, Case, extra_minor
from xiaoer.after_sale.store import cases as store
from xiaoer.plumbing.db import Tx


async def settle(tx: Tx, case: UUID, payout: UUID, amount_minor: int, now: datetime) -> Case | None:
    """The buyer has his money. None for a payout the case does not wait for."""
    was = await _waiting(tx, case, payout)
    if was is None:
        return None
    changed = structs.replace(was, refunded_minor=was.refunded_minor + amount_minor)
    under = await ground(tx, was)
    after = await move(
        tx, was, paid_event(was), PROGRAM, under, now=now, changed=changed, said=Said("", amount_minor)
    )
    await order_side.paid(tx, after, amount_minor - extra_minor(after), now)
    await insurance(tx, after, under.book.minor("after_sale.freight_insurance_max"), now)
    return after


async def trouble(
    tx: Tx, case: UUID, payout: UUID, event: Event, *, words: str, now: datetime
) -> Case | None:
    """The provider refuses, or a person has it tried again or calls it off."""
    was = await _waiting(tx, case, payout)
    if was is None or not CASE.takes(State(was.state), event):
        return None
    under = await ground(tx, was)
    return await move(
        tx, was, event, PROGRAM, under, now=now, said=Said(body={"trouble": words} if words else {})
    )


async def _waiting(tx: Tx, case: UUID, payout: UUID) -> Case | None:
    """The case, if it waits for this payout."""
    was = await store.lock_case(tx, case)
    if was is None or was.payout != payout or was.state not in {"paying", "payment_failed"}:
        return None
    return was
