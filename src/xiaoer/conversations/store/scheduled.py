"""How messages that wait for their time are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.conversations.model.scheduled import Failed, Scheduled
from xiaoer.conversations.model.thread import Thread
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "scheduled.sql")
_insert: Final = statements.command("insert")
_of_client: Final = statements.rows("of_client", Scheduled)
_listed: Final = statements.rows("listed", Scheduled)
_lock: Final = statements.rows("lock", Scheduled)
_delete: Final = statements.command("delete")
_fail: Final = statements.command("fail")
_was_sent: Final = statements.value("was_sent", bool)


async def insert(tx: Tx, thread: Thread, kept: Scheduled, role: str, now: datetime) -> bool:
    """Keep a message; False when one is kept under its client id already."""
    return bool(
        await _insert.run(
            tx,
            shop=thread.shop,
            conversation=thread.id,
            id=kept.id,
            person=kept.person_id,
            role=role,
            client_id=kept.client_id,
            held=kept.held,
            wish=msgspec.to_builtins(kept.wish),
            send_at=kept.send_at,
            now=now,
        )
    )


async def of_client(tx: Tx, conversation: UUID, client_id: str) -> Scheduled | None:
    """What is kept under a client id."""
    return await _of_client.first(tx, conversation=conversation, client_id=client_id)


async def listed(tx: Tx, conversation: UUID, person: UUID | None) -> Sequence[Scheduled]:
    """What is kept in a conversation, the next first; of one person or of everybody."""
    return await _listed.all(tx, conversation=conversation, person=person)


async def lock(tx: Tx, scheduled: UUID) -> Scheduled | None:
    """One that is kept; whoever else wants to send it or take it back waits."""
    return await _lock.first(tx, id=scheduled)


async def delete(tx: Tx, scheduled: UUID) -> None:
    """Keep it no longer."""
    await _delete.run(tx, id=scheduled)


async def fail(tx: Tx, scheduled: UUID, failed: Failed) -> None:
    """Keep why it could not be sent."""
    await _fail.run(tx, id=scheduled, failed=msgspec.to_builtins(failed))


async def was_sent(tx: Tx, thread: Thread, scheduled: UUID) -> bool:
    """Whether a message that was kept under this id has become an entry."""
    return await _was_sent.one(tx, shop=thread.shop, conversation=thread.id, id=scheduled)
