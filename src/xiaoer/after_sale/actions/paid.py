"""What the ledger says about the money of a case: what was paid to the buyer, and what he paid."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.actions import order_side
from xiaoer.after_sale.actions.difference import is_of
from xiaoer.after_sale.actions.known import ground
from xiaoer.after_sale.actions.move import Said, move, paid_event
from xiaoer.after_sale.actions.note import give_up, note
from xiaoer.after_sale.actions.payment import insurance
from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import PROGRAM, Case, extra_minor
from xiaoer.after_sale.rules.difference import given_back_minor
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


async def topped_up(tx: Tx, case: UUID, collection: UUID, now: datetime) -> Case | None:
    """The buyer has paid what the other goods cost more: the exchange goes on."""
    was = await store.lock_case(tx, case)
    if was is None or was.difference is None or not is_of(was, collection):
        return None
    taken = structs.replace(was, difference=structs.replace(was.difference, state="taken"))
    said = Said("", was.difference.amount_minor)
    under = await ground(tx, was)
    after = await move(tx, was, Event.DIFFERENCE_TAKEN, PROGRAM, under, now=now, changed=taken, said=said)
    await order_side.agreed(tx, after, now)
    return after


async def not_topped_up(tx: Tx, case: UUID, collection: UUID, *, words: str, now: datetime) -> Case | None:
    """The buyer's money was not taken: he may try again while his time runs."""
    was = await store.lock_case(tx, case)
    if was is None or was.difference is None or not is_of(was, collection):
        return None
    due = structs.replace(was, difference=structs.replace(was.difference, state="due"))
    said = Said(body={"trouble": words})
    return await move(
        tx, was, Event.DIFFERENCE_DECLINED, PROGRAM, await ground(tx, was), now=now, changed=due, said=said
    )


async def to_confirm(tx: Tx, case: UUID, collection: UUID, now: datetime) -> Case | None:
    """The provider wants the buyer to confirm the payment himself: he is told where."""
    was = await store.lock_case(tx, case)
    if was is None or not is_of(was, collection):
        return None
    return await note(tx, was, "difference_waits", PROGRAM, await ground(tx, was), now=now)


async def difference_paid(tx: Tx, case: UUID, amount_minor: int, now: datetime) -> None:
    """The buyer has the difference of cheaper goods: the order's own books say so."""
    was = await store.lock_case(tx, case)
    if was is not None and given_back_minor(was):
        await order_side.paid(tx, was, amount_minor, now, about=":difference")


async def difference_cancelled(tx: Tx, case: UUID, amount_minor: int, now: datetime) -> None:
    """People called the payout of a difference off: it does not count as refunded."""
    was = await store.lock_case(tx, case)
    if was is None or was.difference is None:
        return
    back = amount_minor if given_back_minor(was) else 0
    changed = structs.replace(
        was,
        difference=structs.replace(was.difference, state="cancelled"),
        refunded_minor=max(was.refunded_minor - back, 0),
    )
    await give_up(tx, was, changed, now)


async def _waiting(tx: Tx, case: UUID, payout: UUID) -> Case | None:
    """The case, if it waits for this payout."""
    was = await store.lock_case(tx, case)
    if was is None or was.payout != payout or was.state not in {"paying", "payment_failed"}:
        return None
    return was
