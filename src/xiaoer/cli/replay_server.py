"""A server for one replay: its own database, its own marketplace, both gone afterwards."""

import asyncio
import secrets
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import msgspec
import uvloop

from xiaoer import main
from xiaoer.cli import server
from xiaoer.cli.database import database
from xiaoer.cli.replay_retail import Administrator
from xiaoer.identity import rules
from xiaoer.identity.actions import people, shops
from xiaoer.identity.model import MembershipWish
from xiaoer.plumbing import clock, migrate, postgres
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.passwords import Passwords
from xiaoer.plumbing.program import running
from xiaoer.plumbing.settings import Settings

UNLIMITED = 1_000_000.0
"""One agent asks faster than any person: the budgets of requests are not what is played here."""


@contextmanager
def own_server(boss: Administrator) -> Generator[str]:
    """Serve from a database of its own until the block ends; answers where."""
    settings = msgspec.structs.replace(
        Settings.load(), limit_factor=UNLIMITED, payments="memory", log_level="warning"
    )
    with database(settings) as address:
        url = urlunsplit(urlsplit(address)._replace(path=f"/xiaoer_replay_{secrets.token_hex(4)}"))
        asyncio.run(_prepare(url, boss))
        try:
            with _serving(settings, url) as answering:
                yield answering
        finally:
            asyncio.run(postgres.drop_database(url))


async def _prepare(url: str, boss: Administrator) -> None:
    await postgres.make_database(url)
    await migrate.migrate(url)
    opened = await Database.open(url)
    try:
        wish = people.wish_of(boss.login, "Administrator", boss.password)
        wish.memberships = [MembershipWish("administrator")]
        kept = await _passwords().hash(people.password_of(wish) or "")
        async with opened.transaction(new_id()) as tx:
            now = clock.now()
            await shops.create_marketplace(
                tx,
                slug=boss.marketplace,
                name=boss.marketplace,
                time_zone="America/New_York",
                currency="USD",
                language="en",
                now=now,
            )
            await people.create_person(tx, new_id(), wish, password_hash=kept, now=now)
    finally:
        await opened.close()


def _passwords() -> Passwords:
    cost = rules.access().hash_cost
    return Passwords(
        time_cost=cost.time_cost, memory_kib=cost.memory_kib, parallelism=cost.parallelism, at_once=1
    )


@contextmanager
def _serving(settings: Settings, url: str) -> Generator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setblocking(False)
    ready = threading.Event()
    stop: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    failures: list[BaseException] = []

    async def work() -> None:
        end = asyncio.Event()
        stop.append((asyncio.get_running_loop(), end))
        opened = await Database.open(url)
        try:
            program = main.build(settings, opened, jobs=True)
            async with running(program.loops):
                ready.set()
                await server.answer(settings, program, listening, end)
        finally:
            await opened.close()

    def run() -> None:
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(work())
        except BaseException as failure:  # noqa: BLE001 - told to the thread that waits
            failures.append(failure)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="replay server", daemon=True)
    thread.start()
    ready.wait()
    try:
        if failures:
            raise failures[0]
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        for loop, end in stop:
            if thread.is_alive():
                loop.call_soon_threadsafe(end.set)
        thread.join()
        listening.close()
