"""The only writer of a block's state: step, save, clock, line, news; for silence as for speech."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.blocks import store
from xiaoer.blocks.events import BlockMoved, MyBlockMoved
from xiaoer.blocks.machine import BLOCK, END, LOOK, Event, State
from xiaoer.blocks.model import Block, By
from xiaoer.blocks.rules.deeds import Viewer, may
from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook

UNKNOWN: Final = Refused("not_found", "blocks.unknown_block")


async def move(
    tx: Tx, was: Block, event: Event, by: By, *, now: datetime, changed: Block | None = None
) -> Block:
    """Bring a locked block one step on; `changed` is the block with everything else that is new about it."""
    state = BLOCK.step(State(was.state), event)
    due = await _due(tx, changed or was, state, now)
    after = structs.replace(
        changed or was,
        state=state.value,
        version=was.version + 1,
        clock=due[0] if due else None,
        due_at=due[1] if due else None,
        moved_at=now,
    )
    if not await store.save_block(tx, after, was.version):
        raise RuntimeError(f"block {was.id} was moved without its lock")
    await set_clock(tx, was, after, now)
    await write_down(tx, was, after, event, by, now=now)
    return after


async def note(tx: Tx, was: Block, changed: Block, event: str, by: By, *, now: datetime) -> Block:
    """Write something down in a locked block; its state and its clock stay."""
    after = structs.replace(changed, version=was.version + 1, moved_at=now)
    if not await store.save_block(tx, after, was.version):
        raise RuntimeError(f"block {was.id} was written without its lock")
    await write_down(tx, was, after, event, by, now=now)
    return after


async def _due(tx: Tx, block: Block, state: State, now: datetime) -> tuple[str, datetime] | None:
    named = BLOCK.due.get(state)
    if named is None:
        return None
    clock = named[0]
    if clock == END and block.ends_at is not None:
        return clock, block.ends_at
    if clock == LOOK and block.review_at is not None:
        return clock, block.review_at
    return clock, now + (await rulebook.book(tx, None, block.rules_at)).duration(clock)


async def set_clock(tx: Tx, was: Block, after: Block, now: datetime) -> None:
    """The clock of the state runs, and no other."""
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    if after.clock is not None and after.due_at is not None:
        await clocks.start(
            tx, owner=after.id, name=after.clock, due_at=after.due_at, now=now, shop=after.shop
        )


async def write_down(tx: Tx, was: Block, after: Block, event: str, by: By, *, now: datetime) -> None:
    """Keep what happened, and tell whom it concerns."""
    await store.insert_happening(tx, after, event=str(event), by=by, from_state=was.state, now=now)
    shops = {after.shop} if after.shop else set[UUID]()
    if after.subject_kind == "shop":
        shops.add(after.subject)
    for shop in shops:
        await publish(tx, BlockMoved.of(after, str(event), tx.tenant, now, shop=shop))
    if after.subject_kind == "person":
        await publish(tx, MyBlockMoved.of(after, str(event), tx.tenant, now))


async def standing(tx: Tx, block: UUID, viewer: Viewer, deed: str, person: UUID | None) -> Block:
    """A locked block with which this person may do that. Raises Refusal."""
    found = await locked(tx, block)
    if refused := may(found, viewer, deed, person):
        raise Refusal(refused)
    return found


async def locked(tx: Tx, block: UUID) -> Block:
    """A block that nobody else moves until the commit. Raises Refusal."""
    found = await store.lock_block(tx, block)
    if found is None:
        raise Refusal(UNKNOWN)
    return found
