"""Real PostgreSQL for every test: one server for the whole run, one database for each worker."""

import asyncio
import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings

from tests.between import SOCKET, Between
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection, connect
from xiaoer.plumbing.postgres_config import Options

settings.register_profile("unhurried", deadline=None)  # speed lives in bench/
settings.load_profile("unhurried")

HOME = "XIAOER_TEST_HOME"
TEMPLATE = "xiaoer_template"
LONGEST_FIRST = ("pages", "architecture", "faults", "cli", "bench", "conversations", "inspection")
"""Folders with the files that take longest."""


class Undo(Exception):
    """Ends a test's transaction without committing it."""


def pytest_configure(config: pytest.Config) -> None:
    """The first process of the run makes the home; workers are told by the environment."""
    if HOME not in os.environ:
        home = tempfile.mkdtemp(prefix="xiaoer-test-", dir="/tmp")
        Path(home).chmod(0o755)  # the server's user must be able to enter
        os.environ[HOME] = home
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(HOME), ignore_errors=True))


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector need not look through it ever again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files begin first and short ones end the run, so that its processes finish together."""
    turns = {folder: turn for turn, folder in enumerate(LONGEST_FIRST)}
    tests = Path(__file__).parent
    items.sort(key=lambda item: turns.get(item.path.relative_to(tests).parts[0], len(turns)))


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """One loop for the whole run, the one the program uses."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """The server all workers share; the last one stops it."""
    server = postgres.start(
        Path(os.environ[HOME]),
        options=Options(durable=False, connections=300),
        environ=os.environ,
        say=lambda _: None,
    )
    yield server
    server.close()


@pytest.fixture(scope="session")
async def database_url(postgres_server: postgres.Server, anyio_backend: object) -> str:
    """The address of this worker's database, made from a template that was migrated once."""
    name = f"xiaoer_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with (Path(os.environ[HOME]) / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if await postgres.make_database(postgres_server.url(TEMPLATE)):
            await migrate.migrate(postgres_server.url(TEMPLATE))
        owner = await connect(postgres_server.url("postgres"))
        await owner.execute(f"create database {name} template {TEMPLATE}")
        await owner.close()
    return postgres_server.url(name)


@pytest.fixture(scope="session")
async def owner(database_url: str) -> AsyncIterator[Connection]:
    """The owner of the tables: sees everything, for arranging and for looking."""
    connection = await connect(database_url, application="tests")
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def open_database(database_url: str) -> AsyncIterator[Database]:
    """The pools, opened once."""
    database = await Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def delete_everything(owner: Connection) -> str:
    """The statements that empty every table but the list of migrations, in about a millisecond."""
    tables = await owner.fetch(
        "select format('%I.%I', schemaname, tablename) from pg_tables "
        "where schemaname not in ('pg_catalog', 'information_schema') "
        "and schemaname not like 'trial%' "  # made and dropped by one test file
        "and (schemaname, tablename) <> ('plumbing', 'migration') order by 1"
    )
    deletes = "; ".join(f"delete from {table}" for [table] in tables)
    # as a replica: neither foreign keys nor triggers stand in the way
    return f"set session_replication_role = replica; {deletes}; reset session_replication_role"


@pytest.fixture
async def database(
    open_database: Database, owner: Connection, delete_everything: str
) -> AsyncIterator[Database]:
    """The database, for tests that commit; afterwards everything is deleted.

    Before it too, where a test that takes the address alone has left a marketplace.
    """
    if await owner.fetchval("select exists (select from identity.marketplace)"):
        await owner.execute(delete_everything)
    yield open_database
    open_database.forget_hearers()
    await owner.execute(delete_everything)


@pytest.fixture
async def tx(open_database: Database, tenant: UUID) -> AsyncIterator[Tx]:
    """A transaction of `tenant` that is undone after the test."""
    try:
        async with open_database.transaction(tenant) as tx:
            yield tx
            raise Undo
    except Undo:
        pass


@pytest.fixture
async def between(postgres_server: postgres.Server, tmp_path: Path) -> AsyncIterator[Between]:
    """Somebody between the program and the database, whose folder of sockets is `tmp_path`."""
    made = Between(postgres_server.place.sockets / SOCKET)
    listening = await asyncio.start_unix_server(made.meet, str(tmp_path / SOCKET))
    yield made
    listening.close()
    await made.end()


@pytest.fixture
def tenant() -> UUID:
    """A marketplace."""
    return UUID("01900000-0000-7000-8000-0000000000a1")


@pytest.fixture
def other_tenant() -> UUID:
    """Another marketplace, whose rows nobody may see."""
    return UUID("01900000-0000-7000-8000-0000000000b2")


@pytest.fixture
def now() -> datetime:
    """A working day at eight in the evening in Shanghai: the moment at which tests happen."""
    return datetime(2026, 11, 11, 12, 0, tzinfo=UTC)
