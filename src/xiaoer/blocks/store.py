"""How blocks, what happened to them, receipts and alerts are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.blocks.model import (
    Block,
    BlockAlert,
    BlockHappening,
    BlockReceipt,
    BlockState,
    By,
    LookedAt,
    Side,
    SubjectKind,
    WatchCount,
    WatchLine,
)
from xiaoer.compensation.model import LostOrder
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Corrected(Struct, frozen=True):
    """A block against a shop that had been public and was wrong."""

    id: UUID
    shop: UUID
    begins_at: datetime
    lifted_at: datetime


_statements: Final = Statements(__file__)
_insert_block: Final = _statements.command("insert_block")
_save_block: Final = _statements.command("save_block")
_lock_block: Final = _statements.rows("lock_block", Block)
_find_blocks: Final = _statements.rows("find_blocks", Block)
_find_of_client: Final = _statements.value("find_of_client", UUID)
_ids_of_subject: Final = _statements.value("ids_of_subject", UUID)
_ids_of_shop: Final = _statements.value("ids_of_shop", UUID)
_ids_in_states: Final = _statements.value("ids_in_states", UUID)
_ids_newest: Final = _statements.value("ids_newest", UUID)
_insert_happening: Final = _statements.command("insert_happening")
_happenings: Final = _statements.rows("happenings", BlockHappening)
_insert_receipt: Final = _statements.command("insert_receipt")
_receipts: Final = _statements.rows("receipts", BlockReceipt)
_was_blocked_before: Final = _statements.value("was_blocked_before", bool)
_has_quarrel: Final = _statements.value("has_quarrel", bool)
_spoiled_orders: Final = _statements.rows("spoiled_orders", LostOrder)
_watch_counts: Final = _statements.rows("watch_counts", WatchCount)
_alerted_since: Final = _statements.value("alerted_since", UUID)
_insert_alert: Final = _statements.command("insert_alert")
_alerts: Final = _statements.rows("alerts", BlockAlert)
_corrections: Final = _statements.rows("corrections", Corrected)


async def insert_block(tx: Tx, block: Block) -> None:
    """Keep a block that was proposed."""
    await _insert_block.run(
        tx,
        id=block.id,
        side=block.side,
        shop=block.shop,
        subject_kind=block.subject_kind,
        subject=block.subject,
        ground=block.ground,
        facts=block.facts,
        evidence=list(block.evidence),
        score=msgspec.to_builtins(block.score),
        scope=block.scope,
        stops=block.stops,
        danger=block.danger,
        days=block.days,
        approval=block.approval,
        fit_row=block.fit_row,
        fit_basis=block.fit_basis,
        state=block.state,
        version=block.version,
        proposed_by=block.proposed_by,
        client_id=block.client_id,
        clock=block.clock,
        due_at=block.due_at,
        rules_version=block.rules_version,
        now=block.proposed_at,
    )


async def save_block(tx: Tx, block: Block, version: int) -> bool:
    """Keep how a block stands now; False when somebody else moved it from this version."""
    saved = await _save_block.run(
        tx,
        id=block.id,
        version=version,
        state=block.state,
        days=block.days,
        approved_by=block.approved_by,
        decided_text=block.decided_text,
        statement=block.statement,
        heard_at=block.heard_at,
        asks=block.asks,
        minutes=block.minutes,
        contacts=block.contacts,
        begins_at=block.begins_at,
        ends_at=block.ends_at,
        review_at=block.review_at,
        lifted_at=block.lifted_at,
        lifted_by=block.lifted_by,
        insult=block.insult,
        public=block.public,
        good=msgspec.to_builtins(block.good),
        clock=block.clock,
        due_at=block.due_at,
        moved_at=block.moved_at,
    )
    return saved == 1


async def lock_block(tx: Tx, block: UUID) -> Block | None:
    """A block that nobody else moves until the commit."""
    return await _lock_block.first(tx, id=block)


async def find_blocks(tx: Tx, ids: Sequence[UUID]) -> Sequence[Block]:
    """Some blocks, in the order they were asked for."""
    return await _find_blocks.all(tx, ids=list(ids)) if ids else []


async def find_of_client(tx: Tx, proposed_by: UUID, client_id: str) -> UUID | None:
    """The block somebody proposed under an id of his own."""
    return await _find_of_client.first(tx, proposed_by=proposed_by, client_id=client_id)


async def ids_of_subject(
    tx: Tx, subject_kind: SubjectKind, subject: UUID, *, before: UUID | None, limit: int
) -> Sequence[UUID]:
    """The blocks of a person or against a shop, the newest first."""
    return await _ids_of_subject.all(
        tx, subject_kind=subject_kind, subject=subject, before=before, limit=limit
    )


async def ids_of_shop(
    tx: Tx, shop: UUID, states: Sequence[BlockState] | None, *, before: UUID | None, limit: int
) -> Sequence[UUID]:
    """What a shop blocks, the newest first."""
    listed = list(states) if states is not None else None
    return await _ids_of_shop.all(tx, shop=shop, states=listed, before=before, limit=limit)


async def ids_in_states(
    tx: Tx, states: Sequence[BlockState], *, approval: Side | None, after: UUID | None, limit: int
) -> Sequence[UUID]:
    """The blocks of everybody in some states, the oldest first."""
    return await _ids_in_states.all(tx, states=list(states), approval=approval, after=after, limit=limit)


async def ids_newest(tx: Tx, *, before: UUID | None, limit: int) -> Sequence[UUID]:
    """The blocks of everybody, the newest first."""
    return await _ids_newest.all(tx, before=before, limit=limit)


async def insert_happening(
    tx: Tx, block: Block, *, event: str, by: By, from_state: str, now: datetime
) -> None:
    """Write down what happened to a block."""
    await _insert_happening.run(
        tx,
        block=block.id,
        version=block.version,
        at=now,
        event=event,
        side=by.side,
        person=by.person,
        from_state=from_state,
        state=block.state,
        text=by.text,
    )


async def happenings(tx: Tx, block: UUID) -> Sequence[BlockHappening]:
    """What happened to a block, in order."""
    return await _happenings.all(tx, block=block)


async def insert_receipt(tx: Tx, block: UUID, receipt: BlockReceipt) -> None:
    """Keep a receipt that was handed in."""
    await _insert_receipt.run(
        tx,
        block=block,
        id=receipt.id,
        amount_minor=receipt.amount_minor,
        text=receipt.text,
        files=list(receipt.files),
        at=receipt.at,
    )


async def receipts(tx: Tx, block: UUID) -> Sequence[BlockReceipt]:
    """What was handed in, the oldest first."""
    return await _receipts.all(tx, block=block)


async def was_blocked_before(tx: Tx, subject_kind: SubjectKind, subject: UUID, since: datetime) -> bool:
    """Whether a block that was not wrong lies not long back."""
    return await _was_blocked_before.one(tx, subject_kind=subject_kind, subject=subject, since=since)


async def has_quarrel(tx: Tx, shop: UUID, buyer: UUID, since: datetime) -> bool:
    """Whether a buyer has asked this shop for something, or sealed a complaint about it, lately."""
    return await _has_quarrel.one(tx, shop=shop, buyer=buyer, since=since)


async def spoiled_orders(
    tx: Tx,
    *,
    shop: UUID | None,
    buyer: UUID | None,
    currency: str,
    since: datetime,
    until: datetime,
    dispatch: timedelta,
) -> Sequence[LostOrder]:
    """Orders that were cancelled, or not sent in time, in a span."""
    return await _spoiled_orders.all(
        tx, shop=shop, buyer=buyer, currency=currency, since=since, until=until, dispatch=dispatch
    )


async def watch_counts(tx: Tx, by: LookedAt, since: datetime, until: datetime) -> Sequence[WatchCount]:
    """Who brought how many blocks into force in a span, and how many were wrong."""
    return await _watch_counts.all(tx, by=by, since=since, until=until)


async def alerted_since(tx: Tx, by: LookedAt, since: datetime) -> set[UUID]:
    """Who was named since a moment."""
    return set(await _alerted_since.all(tx, by=by, since=since))


async def insert_alert(
    tx: Tx, alert: UUID, by: LookedAt, line: WatchLine, *, since: datetime, now: datetime
) -> None:
    """Name somebody who stands out."""
    await _insert_alert.run(
        tx,
        id=alert,
        looked_at=by,
        subject=line.subject,
        blocks=line.blocks,
        wrong=line.wrong,
        others=line.others,
        others_wrong=line.others_wrong,
        since=since,
        at=now,
    )


async def alerts(tx: Tx, *, before: UUID | None, limit: int) -> Sequence[BlockAlert]:
    """Who was named, the newest first."""
    return await _alerts.all(tx, before=before, limit=limit)


async def corrections(tx: Tx, since: datetime, *, before: UUID | None, limit: int) -> Sequence[Corrected]:
    """The blocks against shops that had been public and were wrong, the newest first."""
    return await _corrections.all(tx, since=since, before=before, limit=limit)
