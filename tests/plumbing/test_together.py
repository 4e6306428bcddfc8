# ruff: noqa: PT012 - what is refused is a whole transaction, not one call
from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.faults import Duplicate
from xiaoer.plumbing.sql import Asked, both
from xiaoer.plumbing.together import Part, together

NO = Refusal(Refused("refused", "test.no"))
THING = "insert into trial_later.thing (tenant, id) values ($1, $2)"
PART = "insert into trial_later.part (tenant, thing) values ($1, $2)"
COUNTED = (
    "-- trial.counted\nwith added as (insert into trial_later.thing (tenant, id)"
    " select $1, 100 + n from generate_series(1, $2::integer) as n returning id) -- (\n"
    "select count(*) from added"
)


@pytest.fixture(scope="module", autouse=True)
async def tables(owner: Connection) -> AsyncIterator[None]:
    await owner.execute(
        "create schema trial_later; "
        "create table trial_later.thing (tenant uuid not null, id int not null, primary key (tenant, id)); "
        "create table trial_later.part (tenant uuid not null, thing int not null, "
        "  foreign key (tenant, thing) references trial_later.thing (tenant, id)); "
        "select plumbing.isolate('trial_later.thing'); select plumbing.isolate('trial_later.part')"
    )
    yield
    await owner.execute("drop schema trial_later cascade")


@pytest.fixture(autouse=True)
async def clean(owner: Connection) -> None:
    await owner.execute("delete from trial_later.part; delete from trial_later.thing")


async def later(tx: Tx, sql: str, number: int, then: Callable[[int], None] | None = None) -> None:
    touches = "trial_later.part" if sql == PART else "trial_later.thing"
    await tx.connection.later(Part(sql, (tx.tenant, number), touches, then))


async def things(database: Database, tenant: UUID) -> list[int]:
    async with database.read(tenant) as tx:
        return [row[0] for row in await tx.fetch("select id from trial_later.thing order by id")]


def refuse(_value: int) -> None:
    raise NO


async def test_two_questions_are_asked_in_one_statement(database: Database, tenant: UUID):
    added = Asked(f"{THING} on conflict do nothing returning id", (tenant, 7), lambda row: row[0])
    named = Asked(
        "-- trial.named\nselect $1::text as text, '[1]'::jsonb as list, $2::uuid as id where $1 <> ''",
        ("x", tenant),
        tuple,
    )
    async with database.transaction(tenant) as tx:
        assert await both(tx, added, named) == (7, ("x", [1], tenant))
        nothing = Asked(named.sql, ("", tenant), tuple)
        assert await both(tx, added, nothing) == (None, None)
    assert await things(database, tenant) == [7]


def test_parameters_go_on_counting_and_ctes_come_to_the_top():
    counted = "-- a.b\nwith x as (delete from t where a = $1 returning 1) select count(*) from x"
    text = together((counted, PART), (True, False))
    assert text == (
        "-- together: a.b, " + PART + "\n"
        "with x as (delete from t where a = $1 returning 1),\n"
        "part_1 as materialized (\nselect count(*) from x\n),\n"
        "part_2 as (\ninsert into trial_later.part (tenant, thing) values ($2, $3)\n)\n"
        "select case when (table part_1) = 1 then 1 else plumbing.missed(0) end as value_1, null as value_2"
    )


async def test_what_waits_is_there_for_whoever_reads_next(database: Database, tenant: UUID):
    values: list[int] = []
    async with database.transaction(tenant) as tx:
        await later(tx, COUNTED, 3, values.append)
        await later(tx, PART, 102)
        assert values == []
        assert await tx.fetchval("select count(*) from trial_later.part where thing = 102") == 1
        assert values == [3]


async def test_what_waits_is_committed(database: Database, tenant: UUID):
    async with database.transaction(tenant) as tx:
        await later(tx, THING, 1)
        await later(tx, PART, 1)
    assert await things(database, tenant) == [1]


async def test_two_that_change_one_table_go_one_after_the_other(database: Database, tenant: UUID):
    async with database.transaction(tenant) as tx:
        await later(tx, THING, 1)
        await later(tx, THING, 2)
        assert len(tx.connection.waiting) == 1
    assert await things(database, tenant) == [1, 2]


async def test_a_statement_about_another_table_goes_ahead(database: Database, tenant: UUID):
    async with database.transaction(tenant) as tx:
        await later(tx, THING, 1)
        waiting = await tx.connection.aside("trial_later.part")
        assert await tx.fetchval("select count(*) from trial_later.thing") == 0
        tx.connection.waiting[:0] = waiting
        assert await tx.connection.aside("trial_later.thing") == []
        assert await tx.fetchval("select count(*) from trial_later.thing") == 1


async def test_a_refusal_of_what_waited_writes_nothing(database: Database, tenant: UUID):
    with pytest.raises(Refusal):
        async with database.transaction(tenant) as tx:
            await later(tx, COUNTED, 1, refuse)
    assert await things(database, tenant) == []


async def test_a_refusal_that_was_swallowed_is_said_again(database: Database, tenant: UUID):
    with pytest.raises(Refusal):
        async with database.transaction(tenant) as tx:
            await later(tx, COUNTED, 1, refuse)
            with pytest.raises(Refusal):
                async with tx.savepoint():
                    raise AssertionError("what waited goes ahead of the savepoint")
    assert await things(database, tenant) == []


async def test_a_part_that_is_undone_takes_with_it_what_waited_in_it(database: Database, tenant: UUID):
    async with database.transaction(tenant) as tx:
        await later(tx, THING, 1)
        with pytest.raises(Refusal):
            async with tx.savepoint():
                await later(tx, COUNTED, 9, refuse)
        with pytest.raises(ZeroDivisionError):
            async with tx.savepoint():
                await later(tx, THING, 2)
                raise ZeroDivisionError
        await later(tx, THING, 3)
    assert await things(database, tenant) == [1, 3]


async def test_a_fault_of_the_database_is_the_fault_of_the_transaction(database: Database, tenant: UUID):
    async with database.transaction(tenant) as tx:
        await later(tx, THING, 1)
    with pytest.raises(Duplicate):
        async with database.transaction(tenant) as tx:
            await later(tx, PART, 1)
            await later(tx, THING, 1)
    async with database.read(tenant) as tx:
        assert await tx.fetchval("select count(*) from trial_later.part") == 0


async def test_a_connection_forgets_what_waited_in_work_that_failed(database: Database, tenant: UUID):
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(tenant) as tx:
            await later(tx, THING, 1)
            raise ZeroDivisionError
    async with database.transaction(tenant) as tx:
        await later(tx, THING, 2)
    assert await things(database, tenant) == [2]
