"""An installation of its own: the real command in a home of its own, with its own PostgreSQL, fsync on."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.served import free_port
from xiaoer.plumbing.postgres import read_status

WITHIN_SECONDS = 60.0
PAUSE_SECONDS = 0.01


async def until(
    true: Callable[[], object] | Callable[[], Awaitable[object]],
    what: str,
    *,
    within_seconds: float = WITHIN_SECONDS,
) -> None:
    """Look again and again until it is so; an assertion with `what` when it takes too long."""
    try:
        async with asyncio.timeout(within_seconds):
            while True:
                found: Any = true()
                if asyncio.iscoroutine(found):
                    found = await found
                if found:
                    return
                await asyncio.sleep(PAUSE_SECONDS)
    except TimeoutError:
        raise AssertionError(f"not within {within_seconds:.0f} s: {what}") from None


class Process:
    """One command of the installation, as somebody started it."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        self.port = int(environment["PORT"])
        with log.open("ab") as out:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "xiaoer.cli.main", *arguments],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    async def ready(self) -> None:
        """Wait until it answers and has everything it needs."""
        async with httpx.AsyncClient() as client:

            async def is_ready() -> bool:
                assert self._child.poll() is None, self.said
                try:
                    return (await client.get(f"{self.url}/health/ready")).status_code == 200
                except httpx.HTTPError:
                    return False

            await until(is_ready, "the server is ready")

    async def metric(self, name: str) -> float:
        """A figure of its metrics, its labels written as they appear; 0 when it has not been counted."""
        async with httpx.AsyncClient() as client:
            text = (await client.get(f"{self.url}/metrics")).text
        found = [line.rsplit(" ", 1)[1] for line in text.splitlines() if line.startswith(f"{name} ")]
        return float(found[0]) if found else 0.0

    @property
    def memory_bytes(self) -> int:
        """What it holds of the machine's memory."""
        words = Path(f"/proc/{self.pid}/statm").read_text().split()
        return int(words[1]) * os.sysconf("SC_PAGE_SIZE")

    def holds(self, port: int) -> bool:
        """Whether it still holds the line to a client at this port of the machine."""
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        ends = [
            (local.split(":")[1], remote.split(":")[1])
            for _, local, remote, state, *_ in lines
            if state == "01"
        ]
        return (f"{self.port:04X}", f"{port:04X}") in ends

    def kill(self) -> None:
        """As the kernel does when memory runs out: no last word."""
        self._child.send_signal(signal.SIGKILL)
        self._child.wait(20)

    def ask_to_end(self) -> None:
        """As a service manager does; it may still finish what it has in hand."""
        self._child.send_signal(signal.SIGTERM)

    async def ended(self) -> int:
        """Its exit code, once it is gone."""
        await until(lambda: self._child.poll() is not None, "the process has ended", within_seconds=30)
        return self._child.wait()

    @property
    def alive(self) -> bool:
        return self._child.poll() is None


class Installation:
    """A home, a port, and the processes that were started in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.processes: list[Process] = []

    async def start(self, *arguments: str, port: int | None = None) -> Process:
        """Start a command that answers, and wait until it does."""
        process = self.begin(*arguments, port=port)
        await process.ready()
        return process

    def begin(self, *arguments: str, port: int | None = None) -> Process:
        """Start a command."""
        environment = {
            "XIAOER_HOME": str(self.home / "h"),
            "XIAOER_DATABASE_URL": "",
            "XIAOER_LIMIT_FACTOR": "1000",
            "XIAOER_STATEMENT_SECONDS": "6",
            "PORT": str(port or self.port),
        }
        process = Process(arguments, environment, self.home / f"log.{len(self.processes)}")
        self.processes.append(process)
        return process

    @property
    def database_url(self) -> str:
        """Its database, for arranging and for looking."""
        sockets = self.home / "h" / "postgres" / "sockets"
        assert sockets.is_dir()
        return f"postgresql://postgres@/xiaoer?host={sockets}"

    @property
    def postmaster(self) -> int:
        """The number of PostgreSQL's first process."""
        return read_status(self.home / "h" / "postgres").postgres

    @property
    def keeper(self) -> int:
        """The number of the process that keeps PostgreSQL running."""
        return read_status(self.home / "h" / "postgres").keeper

    @property
    def said(self) -> str:
        """Everything its processes have written."""
        return "".join(process.said for process in self.processes)

    async def end(self) -> None:
        """Everything is gone afterwards, the database too."""
        for process in self.processes:
            if process.alive:
                process.ask_to_end()
        for process in self.processes:
            try:
                await process.ended()
            except AssertionError:
                process.kill()
