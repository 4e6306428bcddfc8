from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NewType
from uuid import UUID

import msgspec
import pytest

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.rows import decoder, field_names
from xiaoer.plumbing.sql import Statements, touched

Words = NewType("Words", str)


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Address(msgspec.Struct, frozen=True):
    city: str
    lines: tuple[str, ...] = ()


class Thing(msgspec.Struct, frozen=True):
    id: int
    state: State
    words: Words | None
    tags: tuple[str, ...]
    flags: frozenset[str]
    address: Address | None
    raw: dict[str, Any]
    kind: Annotated[Literal["a", "b"], "a letter"]
    at: datetime


@dataclass(frozen=True)
class Pair:
    id: int
    state: State


class Couple(NamedTuple):
    id: int
    state: str


class Named(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    state: State


SQL = """
-- name: find
-- A thing.
select id, state, words, tags, flags, address, raw, kind, at from trial_sql.item
where tenant = :tenant and id = any(:ids::int[]) order by id

-- name: pairs
select id, state from trial_sql.item where tenant = :tenant order by id

-- name: swapped
select state, id from trial_sql.item where tenant = :tenant

-- name: states
select state from trial_sql.item where tenant = :tenant order by id

-- name: highest
select max(id) from trial_sql.item where tenant = :tenant

-- name: add
insert into trial_sql.item (tenant, id, state, tags, flags, address, raw, kind, at)
values (:tenant, :id, :state, :tags, :flags, :address, :raw, 'a', :at)

-- name: close
update trial_sql.item set state = 'closed' where tenant = :tenant and id > :above
"""


@pytest.fixture
def statements(tmp_path: Path) -> Statements:
    (tmp_path / "store.sql").write_text(SQL)
    return Statements(str(tmp_path / "store.py"))


@pytest.fixture(scope="module", autouse=True)
async def table(owner: Connection) -> AsyncIterator[None]:
    await owner.execute(
        "create schema trial_sql; create table trial_sql.item ("
        "tenant uuid not null, id int, state text, words text, tags text[], flags text[], "
        "address jsonb, raw jsonb, kind text, at timestamptz, primary key (tenant, id)); "
        "select plumbing.isolate('trial_sql.item')"
    )
    yield
    await owner.execute("drop schema trial_sql cascade")


@pytest.fixture(autouse=True)
async def things(tx: Tx, statements: Statements, now: datetime) -> None:
    given = {"tags": ("x", "y"), "flags": ["f"], "raw": {"说": [1]}, "at": now}
    add = statements.command("add")
    await add.run(tx, id=1, state=State.OPEN, address=Address("杭州", ("一",)), **given)
    await add.run_many(tx, [{"id": n, "state": State.OPEN, "address": None, **given} for n in (2, 3)])


async def test_rows_become_things_of_the_declared_types(
    tx: Tx, statements: Statements, now: datetime
) -> None:
    find = statements.rows("find", Thing)
    first = await find.one(tx, ids=[1])
    assert first == Thing(
        1, State.OPEN, None, ("x", "y"), frozenset("f"), Address("杭州", ("一",)), {"说": [1]}, "a", now
    )
    assert type(first.state) is State
    assert type(first.address) is Address
    assert await find.first(tx, ids=[9]) is None
    assert [one.id for one in await find.all(tx, ids=[3, 1])] == [1, 3]
    with pytest.raises(LookupError, match="find found nothing"):
        await find.one(tx, ids=[9])


@pytest.mark.parametrize("kind", [Pair, Couple, Named])
async def test_dataclasses_tuples_and_keyword_structs_do_as_well(
    tx: Tx, statements: Statements, kind: type[Any]
) -> None:
    found = await statements.rows("pairs", kind).all(tx)
    assert found == [kind(id=n, state=State.OPEN) for n in (1, 2, 3)]


async def test_rows_come_one_by_one_when_there_are_many(tx: Tx, statements: Statements) -> None:
    pairs = statements.rows("pairs", Pair)
    assert [one.id async for one in pairs.stream(tx, chunk_rows=2)] == [1, 2, 3]


async def test_values_and_commands(tx: Tx, statements: Statements) -> None:
    states = statements.value("states", State)
    assert await states.all(tx) == [State.OPEN] * 3
    assert await statements.command("close").run(tx, above=1) == 2
    assert await states.all(tx) == [State.OPEN, State.CLOSED, State.CLOSED]
    assert await statements.value("highest", int).one(tx) == 3


async def test_a_strangers_transaction_finds_nothing(
    tx: Tx, statements: Statements, other_tenant: UUID
) -> None:
    highest = statements.value("highest", int)
    assert await highest.first(tx, tenant=other_tenant) is None
    with pytest.raises(LookupError):
        await highest.one(tx, tenant=other_tenant)


async def test_columns_in_the_wrong_order_are_noticed(tx: Tx, statements: Statements) -> None:
    with pytest.raises(TypeError, match="swapped gives state, id; Pair needs id, state"):
        await statements.rows("swapped", Pair).all(tx)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "statement close: missing above"),
        ({"above": 1, "below": 2}, "statement close: unknown below"),
        ({"abov": 1}, "statement close: missing above; unknown abov"),
    ],
)
async def test_wrong_parameters_are_named(
    tx: Tx, statements: Statements, given: dict[str, object], says: str
) -> None:
    with pytest.raises(TypeError, match=says):
        await statements.command("close").run(tx, **given)


def test_an_unknown_statement_is_named(statements: Statements) -> None:
    with pytest.raises(KeyError, match="no statement 'fnd'"):
        statements.command("fnd")


def test_a_hot_path_gets_the_text(statements: Statements) -> None:
    assert statements.text("close").endswith("where tenant = $1 and id > $2")
    assert statements.parameters("close") == ("tenant", "above")


def test_a_field_no_column_can_become_is_found_at_once() -> None:
    class Odd(msgspec.Struct):
        callback: complex

    with pytest.raises(TypeError, match=r"Odd\.callback"):
        decoder(Odd)
    with pytest.raises(TypeError, match="no Struct, dataclass or NamedTuple"):
        field_names(int)


@pytest.mark.parametrize(("status", "expected"), [("UPDATE 3", 3), ("INSERT 0 2", 2), ("BEGIN", 0), ("", 0)])
def test_the_servers_answer_holds_a_number(status: str, expected: int) -> None:
    assert touched(status) == expected
