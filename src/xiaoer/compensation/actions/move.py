"""The only writer of a grant's state: step, money, save, clock, line, news; for silence as for speech."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.compensation import store
from xiaoer.compensation.actions import money
from xiaoer.compensation.events import GrantMoved, MyGrantMoved
from xiaoer.compensation.machine import GRANT, Event, State
from xiaoer.compensation.model import PROGRAM, By, Grant, GrantSide
from xiaoer.compensation.rules.carrying import carry, clock_of
from xiaoer.compensation.rules.deeds import may
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook

UNKNOWN: Final = Refused("not_found", "compensation.unknown_grant")


async def move(
    tx: Tx, was: Grant, event: Event, by: By, *, now: datetime, changed: Grant | None = None
) -> Grant:
    """Bring a locked grant one step on; one that was taken is carried out in the same breath."""
    state = GRANT.step(State(was.state), event)
    book = await rulebook.book(tx, was.shop, was.rules_at)
    clock = clock_of(state, book, now)
    after = structs.replace(
        changed or was,
        state=state.value,
        version=was.version + 1,
        clock=clock[0] if clock else None,
        due_at=clock[1] if clock else None,
        moved_at=now,
    )
    after = await money.enter(tx, was, after, now)
    if not await store.save_grant(tx, after, was.version):
        raise RuntimeError(f"grant {was.id} was moved without its lock")
    await _clock(tx, was, after, now)
    await write_down(tx, was, after, event, by, now=now)
    if state is State.MADE:
        return await move(tx, after, carry(after, taken=True), PROGRAM, now=now)
    return after


async def write_down(tx: Tx, was: Grant, after: Grant, event: str, by: By, *, now: datetime) -> None:
    """Keep what happened, and tell the receiver and the shops it concerns."""
    await store.insert_happening(tx, after, event=str(event), by=by, from_state=was.state, now=now)
    for shop in _shops(after):
        await publish(tx, GrantMoved.of(after, str(event), tx.tenant, now, shop=shop))
    if after.to_kind == "person":
        await publish(tx, MyGrantMoved.of(after, str(event), tx.tenant, now, person=after.receiver))


async def standing(tx: Tx, grant: UUID, side: GrantSide, deed: str) -> Grant:
    """A locked grant with which this side may do that. Raises Refusal."""
    found = await locked(tx, grant)
    if refused := may(found, side, deed):
        raise Refusal(refused)
    return found


async def locked(tx: Tx, grant: UUID) -> Grant:
    """A grant that nobody else moves until the commit. Raises Refusal."""
    found = await store.lock_grant(tx, grant)
    if found is None:
        raise Refusal(UNKNOWN)
    return found


def _shops(grant: Grant) -> set[UUID]:
    own = {grant.receiver} if grant.to_kind == "shop" else set[UUID]()
    return own | ({grant.shop} if grant.shop else set[UUID]())


async def _clock(tx: Tx, was: Grant, after: Grant, now: datetime) -> None:
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    if after.clock is not None and after.due_at is not None:
        await clocks.start(
            tx, owner=after.id, name=after.clock, due_at=after.due_at, now=now, shop=after.shop
        )
