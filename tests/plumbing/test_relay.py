import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec
import pytest

from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Envelope, Event, envelope, line, publish
from xiaoer.plumbing.hub import Hub, Subscriber
from xiaoer.plumbing.relay import Relay


class Said(Event, frozen=True):
    name: ClassVar[str] = "trial.said"
    topic: ClassVar[str] = "trial"
    words: str


class Process:
    """A process of the program, as far as news is concerned."""

    def __init__(self, url: str, origin: str) -> None:
        self.hub = Hub()
        self.listener = Subscriber(origin)
        self.woken = 0
        self.relay = Relay(url, self.hub, origin=origin, wake=self._wake)
        self.task = asyncio.create_task(self.relay.run())

    def _wake(self) -> None:
        self.woken += 1

    async def frames(self) -> list[dict[str, object]]:
        async with asyncio.timeout(10):
            return [msgspec.json.decode(frame) for frame in await self.listener.take()]


Begin = Callable[[str], Awaitable[Process]]


@pytest.fixture
async def begin(database_url: str, tenant: UUID) -> AsyncIterator[Begin]:
    processes: list[Process] = []

    async def begin(origin: str) -> Process:
        process = Process(database_url, origin)
        processes.append(process)
        await asyncio.wait_for(process.relay.connected.wait(), 10)
        process.hub.join(process.listener, tenant, "trial")
        return process

    yield begin
    for process in processes:
        process.task.cancel()
    await asyncio.gather(*(process.task for process in processes), return_exceptions=True)


async def test_what_one_process_commits_the_other_hears(
    database: Database, begin: Begin, tenant: UUID, now: datetime
) -> None:
    here, there = await begin(database.origin), await begin("there")
    database.after_commit(here.hub.publish)
    async with database.transaction(tenant) as tx:
        await publish(tx, Said(tenant=tenant, at=now, version=5, words="你好"))
    [frame] = await there.frames()
    assert (frame["t"], frame["version"]) == ("event", 5)
    assert msgspec.convert(frame["body"], Said).words == "你好"
    assert len(await here.frames()) == 1
    assert there.woken == 2  # when it connected, and now
    assert here.listener.waiting == 0  # its own words came once


async def test_long_news_becomes_a_poke(
    database: Database, begin: Begin, tenant: UUID, now: datetime
) -> None:
    there = await begin("there")
    async with database.transaction(tenant) as tx:
        await publish(tx, Said(tenant=tenant, at=now, version=6, words="长" * 4000))
    assert await there.frames() == [{"t": "poke", "topic": "trial", "version": 6}]


async def test_fleeting_news_reaches_everybody_without_a_row(
    begin: Begin, owner: Connection, tenant: UUID, now: datetime
) -> None:
    here, there = await begin("here"), await begin("there")
    here.relay.tell(envelope(Said(tenant=tenant, at=now, words="typing")))
    assert len(await here.frames()) == 1
    assert len(await there.frames()) == 1
    assert await owner.fetchval("select count(*) from plumbing.outbox") == 0


async def test_after_a_gap_everybody_is_poked_and_hears_again(
    begin: Begin, owner: Connection, tenant: UUID, now: datetime
) -> None:
    there = await begin("there")
    there.relay.connected.clear()
    await owner.fetch(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where application_name = 'xiaoer relay' and datname = current_database()"
    )
    assert await there.frames() == [{"t": "poke", "topic": "trial", "version": None}]
    await asyncio.wait_for(there.relay.connected.wait(), 10)
    await owner.execute("select plumbing.tell('other', $1)", [line(news(tenant, "back"))])
    assert [frame["t"] for frame in await there.frames()] == ["event"]


async def test_foreign_notifications_do_no_harm(begin: Begin, owner: Connection, tenant: UUID) -> None:
    there = await begin("there")
    await owner.execute("select pg_notify('xiaoer', 'x' || chr(10) || 'nonsense')")
    await owner.execute("select plumbing.tell('other', $1)", [line(news(tenant, "after"))])
    assert len(await there.frames()) == 1


async def test_the_database_packs_lines_as_we_do(begin: Begin, owner: Connection, tenant: UUID) -> None:
    there = await begin("there")
    said = [news(tenant, "字" * (n * 37 % 3000)) for n in range(60)]
    await owner.execute("select plumbing.tell('other', $1)", [line(one) for one in said])
    heard: list[dict[str, object]] = []
    while len(heard) < len(said):
        heard += await there.frames()
    for one, frame in zip(said, heard, strict=True):
        fits = len(line(one).encode()) + 1 <= 7900 - len("other")
        assert frame["t"] == ("event" if fits else "poke")


def news(tenant: UUID, words: str) -> Envelope:
    return Envelope(tenant, "trial.said", "trial", None, msgspec.json.encode({"words": words}).decode())
