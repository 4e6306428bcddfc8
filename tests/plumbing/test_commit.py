# ruff: noqa: PT012 - what is refused is a whole transaction, not one call
"""A transaction is committed in the bytes of what it writes last: all of it, or nothing."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.between import Between
from tests.watched import watched
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import APP, Connection, connect
from xiaoer.plumbing.faults import Broken, Duplicate
from xiaoer.plumbing.together import Part

Meet = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
FIRST = Refusal(Refused("refused", "test.first"))
SECOND = Refusal(Refused("refused", "test.second"))
NODE = "insert into trial_commit.node (tenant, id) values ($1, $2)"
EDGE = "insert into trial_commit.edge (tenant, node) values ($1, $2)"
WORD = "insert into trial_commit.word (tenant, word) values ($1, $2::trial_commit.few)"
COUNTED = (
    "with added as (insert into trial_commit.node (tenant, id)"
    " select $1, 100 + n from generate_series(1, $2::integer) as n returning id)\n"
    "select count(*)::integer from added"
)
MOVED = (
    "with moved as (update trial_commit.edge set node = node + $2 where tenant = $1 returning node)\n"
    "select count(*)::integer from moved"
)


@pytest.fixture(scope="module", autouse=True)
async def tables(owner: Connection) -> AsyncIterator[None]:
    await owner.execute(
        "create schema trial_commit; create domain trial_commit.few as text[];"
        "create table trial_commit.node (tenant uuid not null, id int not null, primary key (tenant, id)); "
        "create table trial_commit.edge (tenant uuid not null, node int not null, foreign key (tenant, node) "
        "  references trial_commit.node (tenant, id) deferrable initially deferred); "
        "create table trial_commit.word (tenant uuid not null, word trial_commit.few not null); "
        "select plumbing.isolate('trial_commit.' || name) from unnest(array['node', 'edge', 'word']) as name"
    )
    yield
    await owner.execute("drop schema trial_commit cascade")


@pytest.fixture(autouse=True)
async def clean(owner: Connection) -> None:
    await owner.execute("truncate trial_commit.edge, trial_commit.node, trial_commit.word")


@pytest.fixture
def asked() -> list[str]:
    """What the one connection that writes is asked, as the driver tells it."""
    return []


@pytest.fixture
async def alone(database_url: str, asked: list[str]) -> AsyncIterator[Database]:
    """A database whose transactions have one connection, so that each finds what the one before left."""
    async with watched(database_url, asked, 1) as opened:
        yield opened


async def encrypt(
    meet: Meet, context: ssl.SSLContext, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Take somebody in as a server does that encrypts, and pass him on."""
    await reader.readexactly(8)  # he asks for it in the open
    writer.write(b"S")
    await writer.start_tls(context)
    await meet(reader, writer)


def certificate(folder: Path) -> ssl.SSLContext:
    """What a server shows that nobody knows."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(moment).not_valid_after(moment + timedelta(days=36_500))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    shown = folder / "server.pem"
    shown.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown)
    return context


async def later(
    tx: Tx,
    sql: str,
    value: object,
    missed: Exception | None = None,
    then: Callable[[int], None] | None = None,
) -> None:
    touches = next(name for name in ("node", "edge", "word") if f"trial_commit.{name} " in sql)
    await tx.connection.later(Part(sql, (tx.tenant, value), touches, then, missed))


async def nodes(database: Database, tenant: UUID) -> Sequence[int]:
    async with database.read(tenant) as tx:
        return [row[0] for row in await tx.fetch("select id from trial_commit.node order by id")]


async def test_the_last_write_and_the_commit_are_one_trip(
    alone: Database, tenant: UUID, asked: list[str]
) -> None:
    for number in (1, 2):  # the second time the statement is known
        asked.clear()
        async with alone.transaction(tenant) as tx:
            await later(tx, NODE, number)
            await later(tx, EDGE, number)
        assert await nodes(alone, tenant) == list(range(1, number + 1))
        assert not [one for one in asked if one.startswith(("BEGIN", "COMMIT"))]
        assert len([one for one in asked if "insert into" in one]) == 1


async def test_a_statement_whose_value_is_asked_for_is_committed_after_it(
    alone: Database, tenant: UUID, asked: list[str]
) -> None:
    values: list[int] = []
    async with alone.transaction(tenant) as tx:
        await later(tx, COUNTED, 3, then=values.append)
    assert values == [3]
    assert await nodes(alone, tenant) == [101, 102, 103]
    assert "COMMIT" in asked


async def test_types_the_driver_has_to_ask_for_do_not_take_the_commit(alone: Database, tenant: UUID) -> None:
    async with alone.transaction(tenant) as tx:
        await later(tx, NODE, 1)
        await later(tx, WORD, ["a", "b"])
    async with alone.read(tenant) as tx:
        assert await tx.fetchval("select word::text from trial_commit.word") == "{a,b}"
    assert await nodes(alone, tenant) == [1]


@pytest.mark.parametrize("count", [0, 2])
@pytest.mark.parametrize("read", [False, True])
async def test_who_missed_is_told_and_nothing_is_written(
    alone: Database, tenant: UUID, count: int, read: bool
) -> None:
    with pytest.raises(Refusal) as refusal:
        async with alone.transaction(tenant) as tx:
            await later(tx, COUNTED, count, SECOND)
            await later(tx, WORD, ["a"])
            if read:
                await tx.fetchval("select 1")
    assert refusal.value is SECOND
    assert await nodes(alone, tenant) == []
    async with alone.transaction(tenant) as tx:  # and the connection is as it was
        await later(tx, COUNTED, 1, SECOND)
    assert await nodes(alone, tenant) == [101]


@pytest.mark.parametrize(("added", "moved", "told"), [(1, 1, SECOND), (2, 1, FIRST), (2, 2, FIRST)])
async def test_of_several_the_one_that_missed_is_told(
    alone: Database, tenant: UUID, added: int, moved: int, told: Refusal
) -> None:
    with pytest.raises(Refusal) as refusal:
        async with alone.transaction(tenant) as tx:
            await later(tx, COUNTED, added, FIRST)
            await later(tx, MOVED, moved, SECOND)  # there is no edge
    assert refusal.value is told
    assert await nodes(alone, tenant) == []


async def test_a_miss_that_was_swallowed_is_said_again(alone: Database, tenant: UUID) -> None:
    with pytest.raises(Refusal) as refusal:
        async with alone.transaction(tenant) as tx:
            await later(tx, COUNTED, 2, FIRST)
            with pytest.raises(Refusal):
                await tx.fetchval("select 1")
    assert refusal.value is FIRST
    assert await nodes(alone, tenant) == []


async def test_a_part_that_missed_is_undone_and_the_rest_is_kept(alone: Database, tenant: UUID) -> None:
    async with alone.transaction(tenant) as tx:
        await later(tx, NODE, 1)
        with pytest.raises(Refusal):
            async with tx.savepoint():
                await later(tx, COUNTED, 2, FIRST)
        await later(tx, NODE, 2)
    assert await nodes(alone, tenant) == [1, 2]


async def test_what_only_the_commit_finds_out_is_its_fault(alone: Database, tenant: UUID) -> None:
    for _ in range(2):
        with pytest.raises(Broken):
            async with alone.transaction(tenant) as tx:
                await later(tx, NODE, 1)
                await later(tx, EDGE, 7)
        assert await nodes(alone, tenant) == []
    async with alone.transaction(tenant) as tx:
        await later(tx, NODE, 7)
        await later(tx, EDGE, 7)
    assert await nodes(alone, tenant) == [7]


async def test_a_write_that_fails_is_not_committed(alone: Database, tenant: UUID) -> None:
    async with alone.transaction(tenant) as tx:
        await later(tx, NODE, 1)
    with pytest.raises(Duplicate):
        async with alone.transaction(tenant) as tx:
            await tx.execute(NODE, tenant, 2)
            await later(tx, NODE, 1)
    assert await nodes(alone, tenant) == [1]


async def test_values_that_cannot_be_sent_leave_no_commit_behind(alone: Database, tenant: UUID) -> None:
    with pytest.raises(Refusal, match="value_out_of_range"):
        async with alone.transaction(tenant) as tx:
            await later(tx, NODE, 2**40)
    with pytest.raises(ZeroDivisionError):
        async with alone.transaction(tenant) as tx:
            await tx.execute(NODE, tenant, 1)
            await tx.execute(NODE, tenant, 2)
            raise ZeroDivisionError
    assert await nodes(alone, tenant) == []


@pytest.mark.parametrize("how", ["disable", "prefer", "require"])
async def test_a_server_elsewhere_is_asked_in_the_same_way(
    how: str, *, between: Between, database: Database, database_url: str, tenant: UUID, tmp_path: Path
) -> None:
    """In the open, in the open because it does not encrypt, and encrypted."""
    meet = between.meet if how != "require" else partial(encrypt, between.meet, certificate(tmp_path))
    listening = await asyncio.start_server(meet, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    name = urlsplit(database_url).path
    there = await connect(f"postgresql://postgres@127.0.0.1:{port}{name}?sslmode={how}", APP)
    try:
        for number in (1, 2):
            await there.begin("BEGIN", tenant)
            await there.later(Part(NODE, (tenant, number), "trial_commit.node"))
            assert await there.commit() == "COMMIT"
            assert not there.is_in_transaction()
    finally:
        await there.close()
        listening.close()
    assert await nodes(database, tenant) == [1, 2]
