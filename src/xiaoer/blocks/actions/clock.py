"""What silence does to a block: nobody is blocked by it, and none lasts longer than was said."""

from datetime import datetime
from uuid import UUID

from xiaoer.blocks import store
from xiaoer.blocks.actions.move import move
from xiaoer.blocks.machine import BLOCK, State
from xiaoer.blocks.model import PROGRAM, Block
from xiaoer.plumbing.db import Tx


async def fell_due(tx: Tx, block: UUID, clock: str, now: datetime) -> Block | None:
    """Nobody spoke, or its time is over. None when it stands elsewhere meanwhile."""
    was = await store.lock_block(tx, block)
    if was is None or was.clock != clock:
        return None
    return await move(tx, was, BLOCK.due[State(was.state)][1], PROGRAM, now=now)
