"""Blocks as others may ask for them; a foreign one looks like one that does not exist."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.blocks import store
from xiaoer.blocks.model import (
    Block,
    BlockAlert,
    BlockHappening,
    BlockReceipt,
    BlockState,
    LookedAt,
    Side,
    SubjectKind,
    WatchLine,
)
from xiaoer.blocks.rules.watch import watched
from xiaoer.blocks.store import Corrected
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

__all__ = ["Corrected"]
UNKNOWN = Refused("not_found", "blocks.unknown_block")


async def block(tx: Tx, block_id: UUID) -> Block:
    """One block. Raises Refusal."""
    found = await store.find_blocks(tx, [block_id])
    if not found:
        raise Refusal(UNKNOWN)
    return found[0]


async def block_of_subject(tx: Tx, block_id: UUID, kind: SubjectKind, subject: UUID) -> Block:
    """One block of this person or shop. Raises Refusal."""
    found = await block(tx, block_id)
    if (found.subject_kind, found.subject) != (kind, subject):
        raise Refusal(UNKNOWN)
    return found


async def block_of_shop(tx: Tx, block_id: UUID, shop: UUID) -> Block:
    """One block by this shop, or against it. Raises Refusal."""
    found = await block(tx, block_id)
    if found.shop != shop and (found.subject_kind, found.subject) != ("shop", shop):
        raise Refusal(UNKNOWN)
    return found


async def of_subject(
    tx: Tx, kind: SubjectKind, subject: UUID, *, before: UUID | None = None, limit: int = 50
) -> Sequence[Block]:
    """The blocks of a person or against a shop, the newest first."""
    ids = await store.ids_of_subject(tx, kind, subject, before=before, limit=limit)
    return await store.find_blocks(tx, ids)


async def of_shop(
    tx: Tx,
    shop: UUID,
    states: Sequence[BlockState] | None = None,
    *,
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[Block]:
    """What a shop blocks, the newest first."""
    return await store.find_blocks(tx, await store.ids_of_shop(tx, shop, states, before=before, limit=limit))


async def in_states(
    tx: Tx,
    states: Sequence[BlockState],
    *,
    approval: Side | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Block]:
    """The blocks of everybody in some states, the oldest first."""
    ids = await store.ids_in_states(tx, states, approval=approval, after=after, limit=limit)
    return await store.find_blocks(tx, ids)


async def newest(tx: Tx, *, before: UUID | None = None, limit: int = 50) -> Sequence[Block]:
    """The blocks of everybody, the newest first."""
    return await store.find_blocks(tx, await store.ids_newest(tx, before=before, limit=limit))


async def happenings(tx: Tx, block_id: UUID) -> Sequence[BlockHappening]:
    """What happened to a block, in order."""
    return await store.happenings(tx, block_id)


async def receipts(tx: Tx, block_id: UUID) -> Sequence[BlockReceipt]:
    """What the blocked handed in, the oldest first."""
    return await store.receipts(tx, block_id)


async def figures(tx: Tx, by: LookedAt, *, since: datetime, until: datetime, minimum: int) -> list[WatchLine]:
    """Wrong blocks by proposer, approver or shop, each beside all the others (F7)."""
    return watched(await store.watch_counts(tx, by, since, until), minimum=minimum)


async def alerts(tx: Tx, *, before: UUID | None = None, limit: int = 50) -> Sequence[BlockAlert]:
    """Who stood out, the newest first."""
    return await store.alerts(tx, before=before, limit=limit)


async def corrections(
    tx: Tx, since: datetime, *, before: UUID | None = None, limit: int = 50
) -> Sequence[Corrected]:
    """Public blocks against shops that were wrong: what the public apology says, the newest first."""
    return await store.corrections(tx, since, before=before, limit=limit)
