"""No table shows a tenant the rows of another, whatever the query forgets."""

from uuid import UUID

import asyncpg
import pytest

from xiaoer.plumbing.driver import Connection

OURS = "n.nspname !~ '^(pg_|information_schema|trial)'"
FOR_EVERYBODY = {"plumbing.migration", "plumbing.bucket", "rulebook.release", "rulebook.shipment"}
"""Tables without a tenant: what was migrated, buckets whose keys are hashes, the rules that releases ship."""


async def tables(owner: Connection) -> list[str]:
    rows = await owner.fetch(
        "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n "
        f"on n.oid = c.relnamespace where c.relkind in ('r', 'p') and {OURS} order by 1"
    )
    return [row[0] for row in rows]


async def has_tenant(owner: Connection, table: str) -> bool:
    return await owner.fetchval(
        "select exists (select from pg_attribute where attrelid = $1::text::regclass and attname = 'tenant' "
        "and attnum > 0 and not attisdropped)",
        table,
    )


async def test_every_table_has_a_tenant(owner: Connection) -> None:
    without = {table for table in await tables(owner) if not await has_tenant(owner, table)}
    assert without - FOR_EVERYBODY == set()


async def test_the_tenant_is_never_missing(owner: Connection) -> None:
    rows = await owner.fetch(
        "select format('%I.%I', n.nspname, c.relname) from pg_attribute a join pg_class c "
        "on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace "
        f"where a.attname = 'tenant' and not a.attnotnull and c.relkind in ('r', 'p') and {OURS}"
    )
    assert [row[0] for row in rows] == []


async def test_every_table_with_a_tenant_is_isolated(owner: Connection) -> None:
    rows = await owner.fetch(
        "select format('%I.%I', n.nspname, c.relname), c.relrowsecurity, "
        "exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant') "
        "from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' "
        f"where c.relkind in ('r', 'p') and {OURS}"
    )
    assert rows
    assert [row[0] for row in rows if not (row[1] and row[2])] == []


async def test_select_star_shows_nobody_elses_rows(
    owner: Connection, tenant: UUID, other_tenant: UUID
) -> None:
    """One bare row in every table, without constraints; all of it is undone."""
    seen: list[str] = []
    for table in await tables(owner):
        if not await has_tenant(owner, table):
            continue
        await owner.execute("begin; set local session_replication_role = replica")
        try:
            await strip(owner, table)
            await owner.execute(f"insert into {table} (tenant) values ('{tenant}')")
            if await count(owner, table, "xiaoer_app", other_tenant):
                seen.append(f"{table} by another tenant")
            if await count(owner, table, "xiaoer_app", None):
                seen.append(f"{table} without a tenant")
            if await count(owner, table, "xiaoer_app", tenant) != 1:
                seen.append(f"{table} not even by its own")
            policies = await owner.fetch(
                "select polname from pg_policy where polrelid = $1::text::regclass", table
            )
            for_all = "system" in {row[0] for row in policies}
            if bool(await count(owner, table, "xiaoer_system", None)) != for_all:
                seen.append(f"{table} by the system role")
        finally:
            await owner.execute("rollback")
    assert seen == []


async def strip(owner: Connection, table: str) -> None:
    """Takes away everything that keeps a nearly empty row out."""
    constraints = await owner.fetch(
        "select conname from pg_constraint "
        "where conrelid = $1::text::regclass and contype in ('c', 'p', 'u', 'x')",
        table,
    )
    for [name] in constraints:
        await owner.execute(f'alter table {table} drop constraint if exists "{name}" cascade')
    columns = await owner.fetch(
        "select attname from pg_attribute where attrelid = $1::text::regclass and attnum > 0 "
        "and not attisdropped and attnotnull and attidentity = '' and attname <> 'tenant'",
        table,
    )
    for [name] in columns:
        await owner.execute(f'alter table {table} alter column "{name}" drop not null')


async def count(owner: Connection, table: str, role: str, tenant: UUID | None) -> int:
    await owner.execute(f"set local role {role}; set local xiaoer.tenant to '{tenant or ''}'")
    try:
        return len(await owner.fetch(f"select * from {table}"))
    finally:
        await owner.execute("reset role")


@pytest.mark.parametrize("role", ["xiaoer_app", "xiaoer_system"])
async def test_the_roles_have_no_privileges(owner: Connection, role: str) -> None:
    row = await owner.fetchrow(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin "
        "from pg_roles where rolname = $1",
        role,
    )
    assert row is not None
    assert list(row) == [False] * 5


async def test_functions_with_the_owners_rights_cannot_be_led_astray(owner: Connection) -> None:
    """A function that runs as the owner names every schema itself and says so."""
    rows = await owner.fetch(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
        f"where p.prosecdef and {OURS} "
        "and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)"
    )
    assert [row[0] for row in rows] == []


async def test_append_only_tables_stay_as_they_are(owner: Connection) -> None:
    await owner.execute(
        "begin; create schema trial; create table trial.log (tenant uuid not null, words text, mark text);"
        "select plumbing.isolate('trial.log'); select plumbing.append_only('trial.log', '{mark}')"
    )
    try:
        for statement, allowed in [
            ("insert into trial.log values (plumbing.tenant(), 'a', 'b')", True),
            ("update trial.log set mark = 'c'", True),
            ("update trial.log set words = 'c'", False),
            ("delete from trial.log", False),
            ("truncate trial.log", False),
        ]:
            await owner.execute("savepoint one; set local role xiaoer_app")
            await owner.execute("set local xiaoer.tenant to '01900000-0000-7000-8000-0000000000a1'")
            if allowed:
                await owner.execute(statement)
            else:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await owner.execute(statement)
            await owner.execute("rollback to savepoint one")
    finally:
        await owner.execute("rollback")
