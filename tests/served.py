"""The product on a port of this machine, in a thread of its own: for tests that need real HTTP."""

import asyncio
import random
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from tests import make
from xiaoer import main
from xiaoer.cli import server
from xiaoer.plumbing.db import Database, Sizes
from xiaoer.plumbing.http import Services
from xiaoer.plumbing.program import running


@dataclass
class Served:
    """Where it answers, and with what."""

    url: str
    services: Services


Running = tuple[asyncio.AbstractEventLoop, asyncio.Event, Services]


@contextmanager
def served(database_url: str, home: Path, *, jobs: bool = True) -> Generator[Served]:
    """Serve until the block ends."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", free_port()))
    listening.listen(64)
    listening.setblocking(False)
    ready = threading.Event()
    loops: list[Running] = []
    thread = threading.Thread(
        target=_serve, args=(database_url, home, listening, ready, loops, jobs), daemon=True
    )
    thread.start()
    assert ready.wait(30), "the server did not start"
    try:
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", loops[0][2])
    finally:
        for loop, end, _ in loops:
            loop.call_soon_threadsafe(end.set)
        thread.join(30)
        listening.close()


def free_port() -> int:
    """A port below those that clients are given, picked blindly: somebody else may look for one too."""
    while True:
        with socket.socket() as one:
            number = random.randrange(20_000, 32_000)
            try:
                one.bind(("127.0.0.1", number))
            except OSError:
                continue
            return number


def _serve(  # noqa: PLR0917 - a thread hands them over by place
    url: str,
    home: Path,
    listening: socket.socket,
    ready: threading.Event,
    loops: list[Running],
    jobs: bool,
) -> None:
    async def work() -> None:
        end = asyncio.Event()
        database = await Database.open(url, sizes=Sizes(writers=4, readers=4, system=2))
        try:
            settings = make.settings(home)
            program = main.build(settings, database, jobs=jobs, passwords=make.fresh_passwords())
            loops.append((asyncio.get_running_loop(), end, program.services))
            async with running(program.loops):
                ready.set()
                await server.answer(settings, program, listening, end)
        finally:
            await database.close()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work())
