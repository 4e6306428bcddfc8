"""How events, failed reactions and dead letters are kept.

Every function needs a system transaction, but those of dead letters, which do with any: `only` is whose.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Taken(msgspec.Struct, frozen=True):
    """An event taken from the outbox."""

    id: int
    tenant: UUID
    name: str
    topic: str
    version: int | None
    body: str
    at: datetime


class Retry(msgspec.Struct, frozen=True):
    """A failed reaction whose time has come again."""

    id: int
    tenant: UUID
    reaction: str
    name: str
    topic: str
    version: int | None
    body: str
    at: datetime
    attempts: int


class DeadLetter(msgspec.Struct, frozen=True):
    """A reaction that was given up."""

    id: int
    tenant: UUID
    reaction: str
    name: str
    topic: str
    version: int | None
    at: datetime
    attempts: int
    died_at: datetime
    fault: str


class Waiting(msgspec.Struct, frozen=True):
    """How much waits."""

    events: int
    retries: int
    dead: int
    oldest_at: datetime | None


statements = Statements(__file__, "outbox.sql")
_take_events = statements.rows("take_events", Taken)
_take_retries = statements.rows("take_retries", Retry)
_next_retry = statements.value("next_retry", datetime)
_add_retry = statements.command("add_retry")
_postpone_retry = statements.command("postpone_retry")
_drop_retry = statements.command("drop_retry")
_bury = statements.command("bury")
_bury_at_once = statements.command("bury_at_once")
_list_dead = statements.rows("list_dead", DeadLetter)
_count_dead = statements.value("count_dead", int)
_drop_dead = statements.command("drop_dead")
_revive = statements.command("revive")
_count_waiting = statements.rows("count_waiting", Waiting)


async def take_events(tx: Tx, limit: int) -> list[Taken]:
    """The oldest events, in order; they are deleted with this transaction."""
    return sorted(await _take_events.all(tx, limit=limit), key=lambda one: one.id)


async def take_retries(tx: Tx, now: datetime, limit: int) -> list[Retry]:
    """Failed reactions that are due, locked."""
    return await _take_retries.all(tx, now=now, limit=limit)


async def next_retry(tx: Tx) -> datetime | None:
    """When the next failed reaction is due."""
    return await _next_retry.first(tx)


async def add_retry(tx: Tx, event: Taken, reaction: str, next_at: datetime, fault: str) -> None:
    """Remembers a first failure."""
    await _add_retry.run(
        tx,
        tenant=event.tenant,
        reaction=reaction,
        name=event.name,
        topic=event.topic,
        version=event.version,
        body=event.body,
        at=event.at,
        next_at=next_at,
        fault=fault,
    )


async def postpone_retry(tx: Tx, id: int, next_at: datetime, fault: str) -> None:
    """Remembers another failure."""
    await _postpone_retry.run(tx, id=id, next_at=next_at, fault=fault)


async def drop_retry(tx: Tx, id: int) -> None:
    """It succeeded at last."""
    await _drop_retry.run(tx, id=id)


async def bury(tx: Tx, id: int, now: datetime, fault: str) -> None:
    """Gives a retry up."""
    await _bury.run(tx, id=id, now=now, fault=fault)


async def bury_at_once(tx: Tx, event: Taken, reaction: str, now: datetime, fault: str) -> None:
    """Gives a reaction up that can never succeed."""
    await _bury_at_once.run(
        tx,
        tenant=event.tenant,
        reaction=reaction,
        name=event.name,
        topic=event.topic,
        version=event.version,
        body=event.body,
        at=event.at,
        now=now,
        fault=fault,
    )


async def list_dead(
    tx: Tx, limit: int = 100, *, only: UUID | None = None, before: int | None = None
) -> list[DeadLetter]:
    """What was given up, newest first; `before` goes on behind a letter."""
    return await _list_dead.all(tx, limit=limit, only=only, before=before)


async def count_dead(tx: Tx) -> int:
    """How many dead letters there are."""
    return await _count_dead.one(tx)


async def revive(tx: Tx, ids: Sequence[int], now: datetime, *, only: UUID | None = None) -> int:
    """Tries dead letters again; how many there were."""
    return await _revive.run(tx, ids=list(ids), now=now, only=only)


async def drop_dead(tx: Tx, ids: Sequence[int], *, only: UUID | None = None) -> int:
    """Throws dead letters away; how many there were."""
    return await _drop_dead.run(tx, ids=list(ids), only=only)


async def count_waiting(tx: Tx) -> Waiting:
    """How much waits."""
    return await _count_waiting.one(tx)
