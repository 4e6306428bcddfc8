# ruff: noqa: PT012 - what is refused is a whole transaction, not one call
import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import pytest

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.db import NO_TENANT, Database, Sizes, Tx
from xiaoer.plumbing.driver import Connection, check_session
from xiaoer.plumbing.events import Envelope, Event, publish
from xiaoer.plumbing.faults import Broken, DatabaseFault, Duplicate, TryAgain


class Said(Event, frozen=True):
    name: ClassVar[str] = "test.said"
    topic: ClassVar[str] = "test:{thing}"
    thing: int


class Whispered(Said, frozen=True):
    name: ClassVar[str] = "test.whispered"
    kept: ClassVar[bool] = False


@pytest.fixture(scope="module", autouse=True)
async def tables(owner: Connection) -> AsyncIterator[None]:
    await owner.execute(
        "create schema trial_db; "
        "create table trial_db.thing (tenant uuid not null, id int not null, "
        "  count int not null default 0 check (count < 100), about jsonb, primary key (tenant, id)); "
        "create table trial_db.part (tenant uuid not null, thing int not null, "
        "  foreign key (tenant, thing) references trial_db.thing (tenant, id)); "
        "select plumbing.isolate('trial_db.thing'); select plumbing.isolate('trial_db.part')"
    )
    yield
    await owner.execute("drop schema trial_db cascade")


@pytest.fixture(autouse=True)
async def clean(owner: Connection, database: Database) -> None:
    await owner.execute("delete from trial_db.part; delete from trial_db.thing")


async def add(tx: Tx, thing: int) -> None:
    await tx.execute("insert into trial_db.thing (tenant, id) values ($1, $2)", tx.tenant, thing)


async def things(database: Database, tenant: UUID) -> list[int]:
    async with database.read(tenant) as tx:
        return [row[0] for row in await tx.fetch("select id from trial_db.thing order by id")]


async def test_what_ends_well_is_committed(database: Database, tenant: UUID) -> None:
    async with database.transaction(tenant) as tx:
        await add(tx, 1)
    assert await things(database, tenant) == [1]


async def test_what_fails_leaves_nothing(database: Database, tenant: UUID) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(tenant) as tx:
            await add(tx, 1)
            raise ZeroDivisionError
    assert await things(database, tenant) == []


async def test_a_swallowed_fault_does_not_pass_for_a_commit(database: Database, tenant: UUID) -> None:
    with pytest.raises(RuntimeError, match="savepoint"):
        async with database.transaction(tenant) as tx:
            await add(tx, 1)
            with pytest.raises(Exception, match="duplicate key"):
                await add(tx, 1)
    assert await things(database, tenant) == []


async def test_a_savepoint_undoes_its_part_only(database: Database, tenant: UUID, now: datetime) -> None:
    async with database.transaction(tenant) as tx:
        await add(tx, 1)
        await publish(tx, Said(tenant=tenant, at=now, thing=1))
        with pytest.raises(Duplicate) as caught:
            async with tx.savepoint():
                await publish(tx, Said(tenant=tenant, at=now, thing=2))
                await add(tx, 1)
        assert caught.value.constraint == "thing_pkey"
        assert [event.thing for event in tx.published if isinstance(event, Said)] == [1]
        await add(tx, 3)
    assert await things(database, tenant) == [1, 3]


@pytest.mark.parametrize(
    ("sql", "fault", "constraint"),
    [
        ("insert into trial_db.thing (tenant, id) values ($1, 1), ($1, 1)", Duplicate, "thing_pkey"),
        ("insert into trial_db.thing (tenant, id, count) values ($1, 1, 100)", Broken, "thing_count_check"),
        ("insert into trial_db.thing (tenant, id) values ($1, null)", Broken, "id"),
        ("insert into trial_db.part (tenant, thing) values ($1, 7)", Broken, "part_tenant_thing_fkey"),
    ],
)
async def test_constraints_speak_our_language(
    database: Database, tenant: UUID, sql: str, fault: type[Exception], constraint: str
) -> None:
    with pytest.raises(fault) as caught:
        async with database.transaction(tenant) as tx:
            await tx.execute(sql, tenant)
    assert getattr(caught.value, "constraint", None) == constraint


async def test_a_stranger_sees_and_writes_nothing(
    database: Database, tenant: UUID, other_tenant: UUID
) -> None:
    async with database.transaction(tenant) as tx:
        await add(tx, 1)
    for _ in range(30):  # connections change their tenant again and again
        assert await things(database, other_tenant) == []
        assert await things(database, tenant) == [1]
    async with database.transaction(other_tenant) as tx:
        assert await tx.execute("update trial_db.thing set count = 1") == "UPDATE 0"
        assert await tx.execute("delete from trial_db.thing") == "DELETE 0"
    with pytest.raises(Exception, match="row-level security"):
        async with database.transaction(other_tenant) as tx:
            await tx.execute("insert into trial_db.thing (tenant, id) values ($1, 2)", tenant)
    async with database.system() as tx:
        assert tx.tenant == NO_TENANT
        assert await tx.fetch("select * from trial_db.thing") == []


async def test_many_at_once_never_see_each_other(
    database: Database, tenant: UUID, other_tenant: UUID
) -> None:
    async with database.transaction(tenant) as tx:
        await add(tx, 1)
    async with database.transaction(other_tenant) as tx:
        await add(tx, 2)

    async def look(who: UUID, sees: list[int], write: bool) -> None:
        if not write:
            assert await things(database, who) == sees
            return
        async with database.transaction(who) as tx:
            assert [row[0] for row in await tx.fetch("select id from trial_db.thing")] == sees

    looks = [(tenant, [1]), (other_tenant, [2])]
    await asyncio.gather(*(look(*looks[n % 2], write=n % 3 == 0) for n in range(300)))


async def test_a_reader_cannot_write(database: Database, tenant: UUID) -> None:
    with pytest.raises(Exception, match="read-only transaction"):
        async with database.read(tenant) as tx:
            await add(tx, 1)


async def test_a_snapshot_does_not_move(database: Database, tenant: UUID) -> None:
    async with database.read(tenant, snapshot=True) as tx:
        assert await tx.fetchval("select count(*) from trial_db.thing") == 0
        async with database.transaction(tenant) as other:
            await add(other, 1)
        assert await tx.fetchval("select count(*) from trial_db.thing") == 0
    assert await things(database, tenant) == [1]


async def test_events_are_told_after_the_commit_and_only_then(
    database: Database, owner: Connection, tenant: UUID, now: datetime
) -> None:
    heard: list[Sequence[Envelope]] = []
    database.after_commit(heard.append)
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(tenant) as tx:
            await publish(tx, Said(tenant=tenant, at=now, thing=1))
            raise ZeroDivisionError
    assert heard == []
    async with database.transaction(tenant) as tx:
        await publish(tx, Said(tenant=tenant, at=now, thing=2), Whispered(tenant=tenant, at=now, thing=3))
        assert heard == []
    [told] = heard
    assert [(one.name, one.topic) for one in told] == [("test.said", "test:2"), ("test.whispered", "test:3")]
    rows = await owner.fetch("select tenant, name, topic, version, origin, at from plumbing.outbox")
    assert [tuple(row) for row in rows] == [(tenant, "test.said", "test:2", None, database.origin, now)]


async def test_work_is_done_again_after_a_conflict(database: Database, tenant: UUID) -> None:
    async with database.transaction(tenant) as tx:
        await add(tx, 1)
        await add(tx, 2)
    tries = 0
    both = asyncio.Barrier(2)

    async def lock_in_order(first: int, second: int) -> None:
        async def work(tx: Tx) -> None:
            nonlocal tries
            tries += 1
            await tx.execute("update trial_db.thing set count = count + 1 where id = $1", first)
            if tries <= 2:
                await both.wait()
            await tx.execute("update trial_db.thing set count = count + 1 where id = $1", second)

        await database.run(tenant, work)

    await asyncio.gather(lock_in_order(1, 2), lock_in_order(2, 1))
    assert tries == 3
    async with database.read(tenant) as tx:
        assert [row[0] for row in await tx.fetch("select count from trial_db.thing")] == [2, 2]


async def test_work_that_never_succeeds_is_refused(database: Database, tenant: UUID) -> None:
    async def work(tx: Tx) -> None:
        raise TryAgain

    with pytest.raises(Refusal) as caught:
        await database.run(tenant, work)
    assert (caught.value.refused.kind, caught.value.refused.code) == ("unavailable", "plumbing.database_busy")


async def test_a_cancelled_transaction_is_undone_and_spoils_no_connection(
    database: Database, tenant: UUID
) -> None:
    started = asyncio.Event()

    async def sleepy() -> None:
        async with database.transaction(tenant) as tx:
            await add(tx, 1)
            started.set()
            await tx.execute("select pg_sleep(60)")

    task = asyncio.create_task(sleepy())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await things(database, tenant) == []
    for _ in range(20):
        async with database.transaction(tenant) as tx:
            assert await tx.fetchval("select 1") == 1


async def test_a_lock_that_does_not_come_is_a_refusal(database: Database, tenant: UUID) -> None:
    async with database.transaction(tenant) as tx:
        await add(tx, 1)
    async with database.transaction(tenant) as tx:
        await tx.execute("update trial_db.thing set count = 1")
        with pytest.raises(Refusal) as caught:
            async with database.transaction(tenant) as other:
                await other.execute("set local lock_timeout = '20ms'")
                await other.execute("update trial_db.thing set count = 2")
    assert caught.value.refused.code == "plumbing.database_busy"


async def test_a_killed_connection_is_a_refusal_and_then_replaced(
    database: Database, owner: Connection, tenant: UUID
) -> None:
    with pytest.raises(Refusal) as caught:
        async with database.transaction(tenant) as tx:
            process = await tx.fetchval("select pg_backend_pid()")
            await owner.fetch("select pg_terminate_backend($1)", process)
            await tx.execute("select pg_sleep(10)")
    assert caught.value.refused.code == "plumbing.database_unavailable"
    assert await things(database, tenant) == []


async def test_the_committers_connection_follows_the_tenant_and_comes_back(
    database: Database, owner: Connection, tenant: UUID, other_tenant: UUID
) -> None:
    channel = database.committer_connection()
    seen: set[int] = set()
    for who in (tenant, tenant, other_tenant, tenant):
        async with channel.use(who) as connection:
            assert await connection.fetchval("select plumbing.tenant()") == who
            assert await connection.fetchval("select current_user") == "xiaoer_app"
            seen.add(await connection.fetchval("select pg_backend_pid()"))
    assert len(seen) == 1
    with pytest.raises(Refusal):
        async with channel.use(tenant) as connection:
            await owner.fetch("select pg_terminate_backend($1)", seen.pop())
            await connection.fetch("select pg_sleep(10)")
    async with channel.use(tenant) as connection:
        assert await connection.fetchval("select plumbing.tenant()") == tenant
    await channel.close()


async def test_json_travels_as_values(tx: Tx) -> None:
    about = {"说": ["退款", 1, None], "deep": {"a": 1.5}}
    found = await tx.fetchval(
        "insert into trial_db.thing values ($1, 9, 0, $2) returning about", tx.tenant, about
    )
    assert found == about


async def test_a_dangerous_role_is_refused(owner: Connection, database: Database) -> None:
    with pytest.raises(DatabaseFault, match="postgres may bypass row-level security"):
        await check_session(owner)
    await database.check()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://postgres@/nowhere?host={sockets}", "does not exist"),
        ("postgresql://postgres@/postgres?host=/tmp/no-such-folder", "does not answer"),
        ("mysql://root@localhost/x", "no address of a PostgreSQL"),
    ],
)
async def test_a_wrong_address_is_explained(database_url: str, url: str, says: str) -> None:
    with pytest.raises(DatabaseFault, match=says):
        await Database.open(url.format(sockets=database_url.partition("host=")[2]))


async def test_ping_measures(database: Database) -> None:
    assert 0 < await database.ping() < 5


# ── a transaction begins with what is asked first ────────────────────────


@pytest.fixture
async def alone(database_url: str, database: Database) -> AsyncIterator[Database]:
    """A database of which every transaction has the same connection."""
    opened = await Database.open(database_url, sizes=Sizes(writers=1, readers=1, system=1))
    yield opened
    await opened.close()


async def whose(tx: Tx) -> str:
    """Whose rows a transaction may see."""
    return await tx.fetchval("select current_setting('xiaoer.tenant')")


async def test_a_transaction_begins_with_what_is_asked_first(alone: Database, tenant: UUID) -> None:
    async with alone.transaction(tenant) as tx:
        assert tx.connection.is_in_transaction()
        assert await whose(tx) == str(tenant)
        await add(tx, 1)
    async with alone.transaction(NO_TENANT) as tx:
        assert await tx.fetch("select id from trial_db.thing") == []
    async with alone.transaction(tenant):
        pass  # nothing was asked
    async with alone.transaction(tenant) as tx:
        await tx.executemany("insert into trial_db.thing (tenant, id) values ($1, $2)", [(tenant, 2)])
    async with alone.transaction(tenant) as tx, tx.savepoint():
        await add(tx, 3)
    async with alone.transaction(tenant) as tx:
        await tx.connection.begun()
        rows = tx.connection.cursor("select id from trial_db.thing order by id")
        assert [row[0] async for row in rows] == [1, 2, 3]


@pytest.mark.parametrize("first", ["select 1 / $1::int", "select no_such_column, $1::int"])
async def test_where_the_first_statement_fails_nothing_stays_begun(
    alone: Database, tenant: UUID, first: str
) -> None:
    for _ in range(2):  # the second time the statement is known
        with pytest.raises(Exception, match="value_out_of_range|no_such_column"):
            async with alone.transaction(tenant) as tx:
                await tx.execute(first, 0)
        async with alone.transaction(NO_TENANT) as tx:
            assert await whose(tx) == str(NO_TENANT)


async def test_where_the_first_values_cannot_be_sent_nothing_stays_begun(
    alone: Database, owner: Connection, tenant: UUID
) -> None:
    with pytest.raises(Refusal, match="value_out_of_range"):
        async with alone.transaction(tenant) as tx:
            await tx.execute("insert into trial_db.thing (tenant, id) values ($1, $2)", tenant, "no number")
    begun = "select count(*) from pg_stat_activity where datname = $1 and state like 'idle in transaction%'"
    assert await owner.fetchval(begun, await owner.fetchval("select current_database()")) == 0
    async with alone.transaction(NO_TENANT) as tx:
        assert await whose(tx) == str(NO_TENANT)


async def test_a_session_stays_its_tenants_once_that_is_committed(alone: Database, tenant: UUID) -> None:
    async with alone.transaction(tenant):
        pass  # nothing was asked, so nothing was set
    async with alone.transaction(tenant) as tx:
        assert tx.connection.tenant is None
        assert await whose(tx) == str(tenant)
    async with alone.transaction(tenant) as tx:
        assert tx.connection.tenant == tenant
        assert await whose(tx) == str(tenant)
    async with alone.transaction(NO_TENANT, isolation="serializable") as tx:
        assert await whose(tx) == str(NO_TENANT)
    async with alone.transaction(NO_TENANT) as tx:
        assert tx.connection.tenant == NO_TENANT
        assert await whose(tx) == str(NO_TENANT)


async def test_what_is_undone_leaves_the_session_whose_it_was(alone: Database, tenant: UUID) -> None:
    async with alone.transaction(tenant) as tx:
        await add(tx, 1)
    with pytest.raises(ZeroDivisionError):
        async with alone.transaction(NO_TENANT) as tx:
            assert await whose(tx) == str(NO_TENANT)
            raise ZeroDivisionError
    with pytest.raises(RuntimeError, match="swallowed"):
        async with alone.transaction(NO_TENANT) as tx:
            with suppress(Exception):
                await tx.execute("select 1 / 0")
    async with alone.transaction(tenant) as tx:
        assert tx.connection.tenant == tenant
        assert await whose(tx) == str(tenant)
        assert await tx.fetchval("select count(*) from trial_db.thing") == 1
