"""A database that takes everything and says nothing: whoever waits for it is told within a bounded time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest

from tests.between import Between
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.db import Database, Sizes, Tx
from xiaoer.plumbing.events import Envelope, Event, publish
from xiaoer.plumbing.postgres import Server

PATIENCE_SECONDS = 60.0
"""Only so that a test that hangs ends."""


class Rang(Event, frozen=True):
    """Somebody is at the door."""

    name: ClassVar[str] = "tests.rang"
    topic: ClassVar[str] = "bell:{bell}"
    bell: str


@pytest.fixture
async def patient(
    between: Between, postgres_server: Server, database_url: str, tmp_path: Path
) -> AsyncIterator[Database]:
    url = database_url.replace(str(postgres_server.place.sockets), str(tmp_path))
    assert url != database_url
    opened = await Database.open(url, sizes=Sizes(seconds=3.0))
    yield opened
    between.flow()
    await opened.close()


async def _read(database: Database, tenant: UUID) -> None:
    async with database.read(tenant) as tx:
        await tx.fetchval("select 1")


async def _snapshot(database: Database, tenant: UUID) -> None:
    async with database.read(tenant, snapshot=True) as tx:
        await tx.fetchval("select 1")


async def _run(database: Database, tenant: UUID) -> None:
    async def work(tx: Tx) -> None:
        await tx.execute("select 1")

    await database.run(tenant, work)


async def _job(database: Database, _tenant: UUID) -> None:
    async with database.system() as tx:
        await tx.fetchval("select 1")


async def _glance(database: Database, _tenant: UUID) -> None:
    async with database.glance() as tx:
        await tx.fetchval("select 1")


async def _refusal(asked: Awaitable[None]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asked
    return caught.value


DOORS: list[Callable[[Database, UUID], Awaitable[None]]] = [_read, _snapshot, _run, _job, _glance]


async def test_every_door_is_refused_while_it_hangs_and_open_again_afterwards(
    between: Between, patient: Database, tenant: UUID
) -> None:
    for door in DOORS:
        await door(patient, tenant)
    between.hang()
    refusals = await asyncio.gather(*(_refusal(door(patient, tenant)) for door in DOORS))
    assert {one.refused.kind for one in refusals} == {"unavailable"}
    assert {one.refused.code for one in refusals} == {"plumbing.database_busy"}
    between.flow()
    for door in DOORS:
        await door(patient, tenant)


async def test_what_hangs_in_the_middle_of_a_transaction_ends_it(
    between: Between, patient: Database, tenant: UUID
) -> None:
    """Neither the savepoint around the statement nor the transaction waits for a word that never comes."""

    async def work() -> None:
        async with patient.transaction(tenant) as tx:
            await tx.fetchval("select 1")
            async with tx.savepoint():
                between.hang()
                await tx.fetchval("select 1")

    assert (await _refusal(work())).refused.kind == "unavailable"
    between.flow()
    await _read(patient, tenant)


async def test_a_cursor_that_hangs_ends_its_transaction(
    between: Between, patient: Database, tenant: UUID
) -> None:
    async def work() -> None:
        async with patient.transaction(tenant) as tx:
            async for row in tx.connection.cursor("select generate_series(1, 200)", prefetch=50):
                if row[0] == 50:
                    between.hang()

    assert (await _refusal(work())).refused.code == "plumbing.database_busy"
    between.flow()
    await _read(patient, tenant)


async def test_what_may_be_committed_is_looked_for(
    between: Between, patient: Database, database: Database, tenant: UUID, now: datetime
) -> None:
    """The commit is done and its answer lost: who listens here is told to fetch, for nobody else says so."""
    heard: list[Envelope] = []

    async def work(*, mute: bool = True) -> None:
        async with patient.transaction(tenant) as tx:
            await publish(tx, Rang(tenant=tenant, at=now, version=3, bell="door"))
            if mute:
                between.mute()

    await work(mute=False)  # the statement is known then, and leaves in one go with the commit
    patient.after_commit(heard.extend)
    assert (await _refusal(work())).refused.kind == "unavailable"
    assert [(one.topic, one.version, one.body) for one in heard] == [("bell:door", 3, None)]
    async with database.system() as tx:
        assert await tx.fetchval("select count(*) from plumbing.outbox where topic = 'bell:door'") == 2
