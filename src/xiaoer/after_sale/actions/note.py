"""What happens in a case without moving it: an address, a carrier's word, a warning; its clock runs on."""

from datetime import datetime

from msgspec import structs

from xiaoer.after_sale.actions import tell
from xiaoer.after_sale.actions.move import NOTHING, Ground, Said, line_of, spoken, unlocked
from xiaoer.after_sale.model import PROGRAM, Case, Doer
from xiaoer.after_sale.store import cases as store
from xiaoer.plumbing.db import Tx


async def note(
    tx: Tx,
    was: Case,
    event: str,
    doer: Doer,
    ground: Ground,  # noqa: ARG001  the same shape as a move
    *,
    now: datetime,
    changed: Case | None = None,
    said: Said = NOTHING,
) -> Case:
    """Write something down in a locked case; its state and its clock stay. Raises Refusal (the guard)."""
    await spoken(tx, was, doer, said, now)
    after = structs.replace(
        changed or was,
        state=was.state,
        clock=was.clock,
        due_at=was.due_at,
        version=was.version + 1,
    )
    await store.save_case(tx, after, was.version, line_of(was, event, doer, said, now), unlocked(was))
    await tell.moved(tx, was, after, event, side=doer.side, now=now)
    return after


async def give_up(tx: Tx, was: Case, changed: Case, now: datetime) -> Case:
    """The payout of a difference was called off: less counts as refunded of the order."""
    after = structs.replace(changed, version=was.version + 1)
    less = after.refunded_minor - was.refunded_minor
    line = line_of(was, "payment_cancelled", PROGRAM, NOTHING, now)
    await store.save_case(tx, after, was.version, line, unlocked(was), more_refunded_minor=less)
    await tell.moved(tx, was, after, "payment_cancelled", side="program", now=now)
    return after
