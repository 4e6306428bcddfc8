"""What silence does to a grant, and what becomes of its money."""

from datetime import datetime
from uuid import UUID

from xiaoer.compensation import store
from xiaoer.compensation.actions import money
from xiaoer.compensation.actions.move import move
from xiaoer.compensation.machine import GRANT, Event, State
from xiaoer.compensation.model import PROGRAM, Grant
from xiaoer.plumbing.db import Tx


async def fell_due(tx: Tx, grant: UUID, clock: str, now: datetime) -> Grant | None:
    """Nobody spoke: the grant goes where its state says. None when it stands elsewhere meanwhile."""
    was = await store.lock_grant(tx, grant)
    if was is None or was.clock != clock:
        return None
    return await move(tx, was, GRANT.due[State(was.state)][1], PROGRAM, now=now)


async def paid(tx: Tx, grant: UUID, payout: UUID, now: datetime) -> None:
    """Its receiver has the money."""
    was = await store.lock_grant(tx, grant)
    if was is not None and was.payout == payout and was.state == "paying":
        await move(tx, was, Event.PAID, PROGRAM, now=now)


async def called_off(tx: Tx, grant: UUID, payout: UUID, now: datetime) -> None:
    """A person called the payout off: people answer; what was undone meanwhile leaves nothing aside."""
    was = await store.lock_grant(tx, grant)
    if was is None or was.payout != payout:
        return
    if was.state == "paying":
        await move(tx, was, Event.CALLED_OFF, PROGRAM, now=now)
    elif was.state == "undone":
        await money.sweep(tx, was, now)
