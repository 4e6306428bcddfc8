"""What is read and kept when a conversation is handed to somebody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.thread import Thread
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class StoredNeed(Struct, frozen=True):
    """What decides who gets a conversation."""

    language: str
    last_agent: UUID | None
    let_wait: list[UUID]


statements: Final = Statements(__file__, "assign.sql")
_need: Final = statements.rows("need", StoredNeed)
_oldest_queued: Final = statements.value("oldest_queued", UUID)
_left_behind: Final = statements.value("left_behind", UUID)
_served_by_absent: Final = statements.value("served_by_absent", UUID)
_count_breaches: Final = statements.command("count_breaches")
_insert_share: Final = statements.command("insert_share")


async def need(tx: Tx, conversation: UUID, *, since: datetime, asked_after: datetime) -> StoredNeed:
    """What a conversation asks of its agent.

    Who served it before `since` is forgotten; who let it wait or gave it back after `asked_after` counts.
    """
    return await _need.one(tx, conversation=conversation, since=since, asked_after=asked_after)


async def oldest_queued(tx: Tx, shop: UUID, queues: Sequence[UUID], limit: int) -> Sequence[UUID]:
    """The head of the line in some queues, locked."""
    return await _oldest_queued.all(tx, shop=shop, queues=list(queues), limit=limit)


async def left_behind(tx: Tx, shop: UUID, person: UUID) -> Sequence[UUID]:
    """What waits for an agent who is gone, the longest waiting first; all he serves when he left the shop."""
    return await _left_behind.all(tx, shop=shop, person=person)


async def served_by_absent(tx: Tx, conversations: Sequence[UUID]) -> Sequence[UUID]:
    """Of some conversations, those whose buyer waits for an agent who is offline."""
    return await _served_by_absent.all(tx, conversations=list(conversations))


async def count_breaches(tx: Tx, threads: Sequence[Thread]) -> None:
    """One breach more in the current consultation of each, together with other writes."""
    await _count_breaches.later(
        tx,
        "conversations.consultation",
        None,
        shops=[thread.shop for thread in threads],
        conversations=[thread.id for thread in threads],
        numbers=[thread.consultation for thread in threads],
    )


async def insert_share(tx: Tx, thread: Thread, person: UUID, shared_by: UUID, at: datetime) -> bool:
    """Share a conversation with somebody; False when it was shared with him before."""
    return bool(
        await _insert_share.run(
            tx, shop=thread.shop, conversation=thread.id, person=person, shared_by=shared_by, at=at
        )
    )
