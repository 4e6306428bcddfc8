"""Brings a database to the state of this program: SQL files in order, each once, each whole."""
# pyright: reportMissingTypeStubs=false

import asyncio
import hashlib
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, Literal, cast

import asyncpg
import msgspec

from xiaoer.plumbing.driver import Connection, connect
from xiaoer.plumbing.faults import DatabaseFault, explain
from xiaoer.plumbing.settings import checkout
from xiaoer.plumbing.sql_text import split_statements

Phase = Literal["pre", "post"]

LOCK_KEY: Final = 0x7861_6F65_72  # "xaoer": one runner at a time in a database
LOCK_SECONDS: Final = 600
TABLE_LOCK_SECONDS: Final = 5
STATEMENT_SECONDS: Final = 900
LOCK_TRIES: Final = 5
ROLES: Final = ("xiaoer_app", "xiaoer_system")

_FILE: Final = re.compile(r"(\d{4})_(pre|post)_([a-z0-9_]+)\.sql")
_REWORDED: Final = "reworded.txt"
"""Files released twice, with the same statements and other comments: a name, the checksum of the other."""

_ALONE: Final = re.compile(r"^--\s*transaction:\s*off\s*$", re.MULTILINE)

_READY: Final = """
create schema if not exists plumbing;
create table if not exists plumbing.migration (
  number integer not null,
  phase text not null check (phase in ('pre', 'post')),
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now(),
  primary key (number, phase)
);
comment on table plumbing.migration is 'The files of db/migrations that have been applied here.';
revoke insert, update, delete on plumbing.migration from xiaoer_app, xiaoer_system;
"""
_RIGHTS: Final = """
alter default privileges grant usage on schemas to xiaoer_app, xiaoer_system;
alter default privileges grant select, insert, update, delete on tables to xiaoer_app, xiaoer_system;
alter default privileges grant usage, select on sequences to xiaoer_app, xiaoer_system;
alter default privileges revoke execute on functions from public;
alter default privileges grant execute on functions to xiaoer_app, xiaoer_system;
"""


class MigrationFault(Exception):
    """The database cannot be brought up to date; the text is a sentence for the person who runs it."""


class Migration(msgspec.Struct, frozen=True, order=True):
    """One file of db/migrations: `pre` before, `post` after the new program is running."""

    number: int
    phase: Phase
    name: str
    text: str
    checksum: str
    reworded: tuple[str, ...] = ()
    """What it says was also released in these words; a database that has seen them has seen it."""

    @property
    def file(self) -> str:
        return f"{self.number:04d}_{self.phase}_{self.name}.sql"

    @property
    def alone(self) -> bool:
        """True when its statements run one by one outside a transaction (`-- transaction: off`)."""
        return bool(_ALONE.search(self.text))


class Applied(msgspec.Struct, frozen=True):
    """A file as the database remembers it."""

    number: int
    phase: str
    name: str
    checksum: str


def folder() -> Path:
    """db/migrations of the clone, or the copy inside the installed package. Raises MigrationFault."""
    clone = checkout()
    found = clone / "db" / "migrations" if clone else Path(__file__).resolve().parents[1] / "migrations"
    if not found.is_dir():
        raise MigrationFault(f"The migrations are missing: there is no folder {found}.")
    return found


def find(where: Path) -> list[Migration]:
    """Every migration in its order. Raises MigrationFault for a name that is none, or is there twice."""
    found: dict[tuple[int, str], Migration] = {}
    known = where / _REWORDED
    words = [line.split() for line in known.read_text("utf-8").splitlines()] if known.exists() else []
    for path in sorted(where.glob("*.sql")):
        match = _FILE.fullmatch(path.name)
        if match is None:
            raise MigrationFault(f"{path.name} is no name of a migration: write 0042_pre_words.sql.")
        text = path.read_text("utf-8")
        checksum = hashlib.sha256(text.encode()).hexdigest()
        reworded = tuple(other for name, other in words if name == path.name)
        one = Migration(int(match[1]), cast("Phase", match[2]), match[3], text, checksum, reworded)
        if other := found.get((one.number, one.phase)):
            raise MigrationFault(f"{other.file} and {one.file} have the same number.")
        found[one.number, one.phase] = one
    return sorted(found.values(), key=lambda one: (one.number, one.phase == "post"))


def plan(
    found: Sequence[Migration], applied: Sequence[Applied], phase: Phase | None = None
) -> list[Migration]:
    """What is still to be done, in order. Raises MigrationFault when the history does not fit."""
    files = {(one.number, one.phase): one for one in found}
    for one in applied:
        here = files.get((one.number, cast("Phase", one.phase)))
        if here is None:
            raise MigrationFault(
                f"The database has seen {one.number:04d}_{one.phase}_{one.name}.sql, which this program "
                "does not know: use the newer program."
            )
        if one.checksum not in {here.checksum, *here.reworded}:
            raise MigrationFault(
                f"{here.file} was altered after it had been applied: restore it and write a new migration."
            )
    done = {(one.number, one.phase) for one in applied}
    wanted = [one for one in found if (one.number, one.phase) not in done and phase in {None, one.phase}]
    for one in wanted:
        later = max((number for number, kind in done if kind == one.phase), default=0)
        if one.number < later:
            raise MigrationFault(
                f"{one.file} comes before number {later:04d}, which has been applied: give it a later number."
            )
    return wanted


async def pending(url: str, where: Path | None = None, phase: Phase | None = None) -> list[str]:
    """The files this database has not seen, of one phase or all. Raises MigrationFault, DatabaseFault."""
    async with _opened(url) as connection:
        known = await connection.fetchval("select to_regclass('plumbing.migration')")
        applied = await _applied(connection) if known else []
        return [one.file for one in plan(find(where or folder()), applied, phase)]


async def migrate(
    url: str,
    *,
    phase: Phase | None = None,
    where: Path | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> list[str]:
    """Applies what is pending and gives the names. Raises MigrationFault, DatabaseFault."""
    found = find(where or folder())
    async with _opened(url) as connection:
        await _lock(connection)
        await _make_ready(connection)
        done: list[str] = []
        for one in plan(found, await _applied(connection), phase):
            say(one.file)
            await _apply(connection, one)
            done.append(one.file)
        return done


@asynccontextmanager
async def _opened(url: str) -> AsyncGenerator[Connection]:
    settings = {"lock_timeout": f"{TABLE_LOCK_SECONDS}s", "statement_timeout": f"{STATEMENT_SECONDS}s"}
    settings |= {"idle_in_transaction_session_timeout": "0", "search_path": "public"}
    try:
        connection = await connect(url, application="xiaoer migrate", settings=settings)
    except Exception as fault:
        if sentence := explain(fault):
            raise DatabaseFault(sentence) from fault
        raise
    try:
        version = int(await connection.fetchval("show server_version_num"))
        if version < 160_000:
            raise DatabaseFault(f"The database is PostgreSQL {version // 10_000}; Xiaoer needs 16 or newer.")
        yield connection
    finally:
        await connection.close(timeout=5)


async def _lock(connection: Connection) -> None:
    """Waits for another runner. The lock goes with the connection."""
    await connection.execute(f"set lock_timeout = '{LOCK_SECONDS}s'; set statement_timeout = 0")
    await connection.execute("select pg_advisory_lock($1)", LOCK_KEY)
    await connection.execute("reset lock_timeout; reset statement_timeout")


async def _make_ready(connection: Connection) -> None:
    """Roles, their rights by default, and the list of what was applied."""
    try:
        await _make_roles(connection)
    except asyncpg.InsufficientPrivilegeError as fault:
        user = await connection.fetchval("select current_user")
        raise MigrationFault(
            f"The user {user} may not make roles. Let an administrator run: "
            f"create role {ROLES[0]} nologin; create role {ROLES[1]} nologin; "
            f"grant {ROLES[0]}, {ROLES[1]} to {user};"
        ) from fault
    await connection.execute(_RIGHTS)
    await connection.execute(_READY)


async def _make_roles(connection: Connection) -> None:
    for role in ROLES:
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
            # it may be there after all: another database of this server was made ready at the same time
            with suppress(asyncpg.DuplicateObjectError, asyncpg.UniqueViolationError):
                await connection.execute(f"create role {role} nologin nosuperuser nobypassrls")
        if not await connection.fetchval("select pg_has_role(current_user, $1, 'set')", role):
            await connection.execute(f"grant {role} to current_user with inherit false, set true")


async def _applied(connection: Connection) -> list[Applied]:
    rows = await connection.fetch("select number, phase, name, checksum from plumbing.migration")
    return [Applied(*row) for row in rows]


async def _apply(connection: Connection, one: Migration) -> None:
    for attempt in range(1, LOCK_TRIES + 1):
        try:
            await (_apply_alone(connection, one) if one.alone else _apply_whole(connection, one))
        except asyncpg.LockNotAvailableError as fault:
            if attempt == LOCK_TRIES:
                raise MigrationFault(f"{one.file} waits for a table that is in use: try again.") from fault
        except asyncpg.PostgresError as fault:
            raise MigrationFault(_told(one, fault)) from fault
        else:
            return
        await asyncio.sleep(attempt)


async def _apply_whole(connection: Connection, one: Migration) -> None:
    await connection.execute("begin")
    try:
        await connection.execute(one.text)
        await _remember(connection, one)
    except BaseException:
        await connection.execute("rollback")
        raise
    await connection.execute("commit")


async def _apply_alone(connection: Connection, one: Migration) -> None:
    for statement in split_statements(one.text):
        await connection.execute(statement)
    await _remember(connection, one)


async def _remember(connection: Connection, one: Migration) -> None:
    await connection.execute(
        "insert into plumbing.migration (number, phase, name, checksum) values ($1, $2, $3, $4)",
        one.number,
        one.phase,
        one.name,
        one.checksum,
    )


def _told(one: Migration, fault: asyncpg.PostgresError) -> str:
    """The server's words with the line they are about."""
    place = getattr(fault, "position", None)
    line = one.text.count("\n", 0, int(place)) + 1 if place and not one.alone else None
    hint = f" ({said})" if (said := getattr(fault, "hint", None)) else ""
    return f"{one.file}{f':{line}' if line else ''}: {fault}{hint}"
