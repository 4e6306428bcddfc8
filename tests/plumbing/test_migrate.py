import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from xiaoer.plumbing import migrate, postgres, schema
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection, connect
from xiaoer.plumbing.migrate import Applied, Migration, MigrationFault, find, plan

BASE = "0001_pre_roles_and_plumbing.sql"


def one(number: int, phase: str = "pre", checksum: str = "a") -> Migration:
    return Migration(number, phase, "x", "", checksum)  # type: ignore[arg-type]


def done(number: int, phase: str = "pre", checksum: str = "a") -> Applied:
    return Applied(number, phase, "x", checksum)


def test_files_come_in_the_order_of_their_numbers_pre_before_post(tmp_path: Path) -> None:
    for name in ("0002_post_b.sql", "0010_pre_d.sql", "0001_pre_a.sql", "0002_pre_c.sql"):
        (tmp_path / name).write_text("select 1")
    assert [(found.number, found.phase) for found in find(tmp_path)] == [
        (1, "pre"),
        (2, "pre"),
        (2, "post"),
        (10, "pre"),
    ]


@pytest.mark.parametrize("name", ["1_pre_x.sql", "0001_x.sql", "0001_pre_X.sql", "0001_during_x.sql"])
def test_a_wrong_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("select 1")
    with pytest.raises(MigrationFault, match="no name of a migration"):
        find(tmp_path)


def test_one_number_is_not_given_twice(tmp_path: Path) -> None:
    for name in ("0002_pre_a.sql", "0002_pre_b.sql"):
        (tmp_path / name).write_text("select 1")
    with pytest.raises(MigrationFault, match="0002_pre_a.sql and 0002_pre_b.sql"):
        find(tmp_path)


def test_only_what_is_missing_is_planned() -> None:
    files = [one(1), one(2), one(2, "post"), one(3)]
    assert plan(files, [done(1)]) == files[1:]
    assert plan(files, [done(1)], "pre") == [files[1], files[3]]
    assert plan(files, [done(1), done(2), done(3)], "post") == [files[2]]


@pytest.mark.parametrize(
    ("applied", "says"),
    [
        ([done(1, checksum="b")], "altered"),
        ([done(9)], "does not know"),
        ([done(1), done(3)], "give it a later number"),
    ],
)
def test_a_history_that_does_not_fit_is_refused(applied: list[Applied], says: str) -> None:
    with pytest.raises(MigrationFault, match=says):
        plan([one(1), one(2), one(3)], applied)


@pytest.fixture
async def empty(postgres_server: postgres.Server, anyio_backend: object) -> AsyncIterator[str]:
    """The address of a database in which nothing has been done."""
    url = postgres_server.url(f"xiaoer_migrations_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    await postgres.make_database(url)
    yield url
    await postgres.drop_database(url)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Migrations to play with, on top of the plumbing's own."""
    (tmp_path / BASE).write_text((migrate.folder() / BASE).read_text())
    return tmp_path


async def names(url: str, where: str = "true") -> list[str]:
    connection = await connect(url)
    try:
        rows = await connection.fetch(
            f"select tablename from pg_tables where schemaname = 'trial' and {where} order by 1"
        )
        return [row[0] for row in rows]
    finally:
        await connection.close()


async def test_each_file_is_applied_once(empty: str, folder: Path) -> None:
    (folder / "0002_pre_trial.sql").write_text("create schema trial; create table trial.a ();")
    assert await migrate.pending(empty, folder) == [BASE, "0002_pre_trial.sql"]
    assert await migrate.migrate(empty, where=folder) == [BASE, "0002_pre_trial.sql"]
    assert await migrate.migrate(empty, where=folder) == []
    assert await migrate.pending(empty, folder) == []
    assert await names(empty) == ["a"]


async def test_a_file_that_fails_leaves_nothing_and_says_where(empty: str, folder: Path) -> None:
    (folder / "0002_pre_trial.sql").write_text(
        "create schema trial;\ncreate table trial.a ();\nselect nonsense;"
    )
    with pytest.raises(MigrationFault, match=r"0002_pre_trial.sql:3: column .nonsense. does not exist"):
        await migrate.migrate(empty, where=folder)
    assert await names(empty) == []
    assert await migrate.pending(empty, folder) == ["0002_pre_trial.sql"]


async def test_an_altered_file_is_refused(empty: str, folder: Path) -> None:
    await migrate.migrate(empty, where=folder)
    with (folder / BASE).open("a") as file:
        file.write("-- a word more")
    with pytest.raises(MigrationFault, match="altered"):
        await migrate.migrate(empty, where=folder)


async def test_a_file_released_in_other_words_is_the_same_file(empty: str, folder: Path) -> None:
    first = folder / BASE
    await migrate.migrate(empty, where=folder)
    before = hashlib.sha256(first.read_bytes()).hexdigest()
    first.write_text(f"-- In other words.\n{first.read_text()}")
    with pytest.raises(MigrationFault, match="altered"):
        await migrate.migrate(empty, where=folder)
    (folder / "reworded.txt").write_text(f"{BASE} {before}\n")
    assert await migrate.pending(empty, folder) == []


async def test_post_waits_until_it_is_asked_for(empty: str, folder: Path) -> None:
    (folder / "0002_pre_trial.sql").write_text("create schema trial; create table trial.a ();")
    (folder / "0002_post_trial.sql").write_text("drop table trial.a")
    await migrate.migrate(empty, where=folder, phase="pre")
    assert await names(empty) == ["a"]
    assert await migrate.pending(empty, folder, "pre") == []
    assert await migrate.pending(empty, folder) == ["0002_post_trial.sql"]
    assert await migrate.migrate(empty, where=folder, phase="post") == ["0002_post_trial.sql"]
    assert await names(empty) == []


async def test_statements_that_need_to_stand_alone_can(empty: str, folder: Path) -> None:
    (folder / "0002_pre_trial.sql").write_text("create schema trial; create table trial.a (x int);")
    (folder / "0003_post_trial.sql").write_text(
        "-- transaction: off\ncreate index concurrently on trial.a (x); -- no; really\nselect ';';"
    )
    assert len(await migrate.migrate(empty, where=folder)) == 3


async def test_two_runners_do_the_work_once(empty: str, folder: Path) -> None:
    (folder / "0002_pre_trial.sql").write_text(
        "create schema trial; create table trial.a (); select pg_sleep(0.1)"
    )
    done_by = await asyncio.gather(*(migrate.migrate(empty, where=folder) for _ in range(3)))
    assert sorted(len(one) for one in done_by) == [0, 0, 2]


async def test_new_tables_belong_to_the_roles_without_a_word(empty: str, folder: Path) -> None:
    (folder / "0002_pre_trial.sql").write_text(
        "create schema trial; create table trial.a (x int); create function trial.f() returns int return 1;"
    )
    await migrate.migrate(empty, where=folder)
    connection = await connect(empty, "xiaoer_app")
    try:
        await connection.execute("insert into trial.a values (trial.f()); delete from trial.a")
        with pytest.raises(Exception, match="must be owner"):
            await connection.execute("drop table trial.a")
    finally:
        await connection.close()


async def test_an_ordinary_owner_of_a_database_is_enough(empty: str, owner: Connection, tenant: UUID) -> None:
    """As with a hosted PostgreSQL: no superuser, and the roles were made by somebody else."""
    name = f"trial_owner_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    database = empty.partition("?")[0].rpartition("/")[2]
    url = empty.replace("postgres@", f"{name}@")
    await owner.execute(f"create role {name} login")
    await owner.execute(f"alter database {database} owner to {name}")
    try:
        with pytest.raises(MigrationFault, match=f"grant xiaoer_app, xiaoer_system to {name}"):
            await migrate.migrate(url)
        await owner.execute(f"grant xiaoer_app, xiaoer_system to {name}")
        await migrate.migrate(url)
        database_of_his = await Database.open(url)
        async with database_of_his.transaction(tenant) as tx:
            assert await tx.fetchval("select plumbing.tenant()") == tenant
        async with database_of_his.system() as tx:
            assert await tx.fetch("select * from plumbing.outbox") == []
        await database_of_his.close()
    finally:
        await postgres.drop_database(empty)
        await owner.execute(f"drop role {name}")


async def test_the_schema_is_the_same_text_every_time(
    empty: str, folder: Path, postgres_server: postgres.Server
) -> None:
    await migrate.migrate(empty, where=folder)
    first = await asyncio.to_thread(schema.dump, empty, postgres_server.binaries)
    second = await asyncio.to_thread(schema.dump, empty, postgres_server.binaries)
    assert first == second
    assert "CREATE TABLE plumbing.outbox" in first
    for noise in (
        "\nSET ",
        "pg_catalog.set_config",
        "\\restrict",
        "Owner:",
        "ALTER DEFAULT PRIVILEGES",
        "version",
    ):
        assert noise not in first.replace("version bigint", "").replace(".version", "").replace(
            ", version", ""
        )
    assert "GRANT SELECT,INSERT ON TABLE plumbing.outbox TO xiaoer_app;" in first


def test_the_body_of_a_function_keeps_its_comments() -> None:
    dumped = (
        "SET x = 1;\nCREATE FUNCTION f() AS $$\n-- why\nSET y = 2;\n$$;\n\n\n\n-- gone\nCREATE TABLE t ();\n"
    )
    assert schema.tidy(dumped).removeprefix(schema.HEAD).strip() == (
        "CREATE FUNCTION f() AS $$\n-- why\nSET y = 2;\n$$;\n\nCREATE TABLE t ();"
    )
