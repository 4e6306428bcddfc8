"""Where it is measured: a temporary home with an embedded PostgreSQL, and the server as its own process."""

import asyncio
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.passing import passing_home
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.postgres_config import Options

READY_SECONDS: Final = 60.0
END_SECONDS: Final = 20.0
HOST: Final = "127.0.0.1"
ROOT: Final = Path(__file__).parents[1]


@dataclass(frozen=True)
class Place:
    """The home and the database of this run."""

    home: Path
    url: str
    postgres: int
    """The process id of the database server."""
    say: Callable[[str], None]


@dataclass(frozen=True)
class Served:
    """A server that listens."""

    port: int
    process: int


@contextlib.contextmanager
def prepared(say: Callable[[str], None]) -> Generator[Place]:
    """A database with all migrations, durable; everything is gone afterwards."""
    with passing_home() as home:
        server = postgres.start(home, options=Options(durable=True), say=say)
        try:
            url = server.url("bench")
            asyncio.run(_migrated(url))
            yield Place(home, url, server.status().postgres, say)
        finally:
            server.close()


async def _migrated(url: str) -> None:
    await postgres.make_database(url)
    await migrate.migrate(url)


@contextlib.contextmanager
def product(place: Place) -> Generator[Served]:
    """The product, in one process, as `xiaoer serve` runs it; only its limits are out of the way."""
    environment = {
        "XIAOER_HOME": str(place.home / "server"),
        "XIAOER_DATABASE_URL": place.url,
        "XIAOER_LIMIT_FACTOR": "1000000",
        "XIAOER_LOG_LEVEL": "warning",
    }
    command = [sys.executable, "-c", "from xiaoer.cli.main import main; main()", "serve", "--port"]
    with _listening(command, (), environment, place.home / "server.log") as served:
        yield served


@contextlib.contextmanager
def floor(place: Place, name: str = "chat") -> Generator[Served]:
    """The bare chat of `floors/chat.py`, or the bare ticket of `floors/tickets.py`, in its own process."""
    command = [sys.executable, "-m", f"bench.floors.{name}"]
    with _listening(command, (place.url,), {}, place.home / f"floor-{name}.log") as served:
        yield served


@contextlib.contextmanager
def _listening(
    command: Sequence[str], after: Sequence[str], environment: dict[str, str], log: Path
) -> Generator[Served]:
    """The command with a port at its end; somebody else may be quicker to take one."""
    with contextlib.ExitStack() as stack:
        for last in (False, False, True):
            port = free_port()
            process = stack.enter_context(_running([*command, str(port), *after], environment, log))
            if _became_ready(process, port, "/health/ready"):
                break
            if last:
                raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-2_000:]}")
        try:
            yield Served(port, process.pid)
        except Exception:
            sys.stderr.write(log.read_text("utf-8", "replace")[-2_000:])
            raise


@contextlib.contextmanager
def _running(
    command: Sequence[str], environment: dict[str, str], log: Path
) -> Generator["subprocess.Popen[bytes]"]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _became_ready(process: "subprocess.Popen[bytes]", port: int, path: str) -> bool:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if _answers(f"http://{HOST}:{port}{path}"):
            return True
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    return False


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def free_port() -> int:
    """A port below those that clients are given, somewhere, so that two runs seldom meet."""
    for number in random.sample(range(21_000, 32_000), 1_000):
        with socket.socket() as one:
            try:
                one.bind((HOST, number))
            except OSError:
                continue
            return number
    raise RuntimeError("no free port")
