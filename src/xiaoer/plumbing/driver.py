"""The one place that speaks to asyncpg: how a connection is opened, what it is, how its values travel."""
# pyright: reportMissingTypeStubs=false
# ruff: noqa: ASYNC109 - the protocols below describe asyncpg as it is

from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Sequence
from typing import Any, Final, Literal, Protocol, cast
from uuid import UUID

import asyncpg
import msgspec

from xiaoer.plumbing.faults import DatabaseFault
from xiaoer.plumbing.together import MISSED, Part, together
from xiaoer.plumbing.way import Way, WayLoop, message

Role = Literal["xiaoer_app", "xiaoer_system"]
APP: Final[Role] = "xiaoer_app"
SYSTEM: Final[Role] = "xiaoer_system"
OLDEST_SERVER: Final = 160_000

_asyncpg: Final[Any] = asyncpg  # half typed; the protocols say what is used of it


class Row(Protocol):
    """One row as asyncpg gives it: a tuple whose places also have names."""

    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, key: int | str) -> Any: ...
    def keys(self) -> Iterable[str]: ...


class Attribute(Protocol):
    """A column of a prepared statement."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> Any: ...


class Prepared(Protocol):
    """A statement the server has read but not run."""

    def get_parameters(self) -> Sequence[Any]: ...
    def get_attributes(self) -> Sequence[Attribute]: ...


class Connection(Protocol):
    """What the program uses of an asyncpg connection, typed."""

    tenant: UUID | None
    waiting: list[Part]
    committing: bool

    async def begin(self, command: str, tenant: UUID) -> None: ...
    async def begun(self) -> None: ...
    async def later(self, part: Part) -> None: ...
    async def settle(self) -> None: ...
    async def commit(self) -> str: ...
    async def aside(self, touches: str) -> list[Part]: ...
    async def fetch(self, query: str, *args: object, timeout: float | None = None) -> list[Row]: ...
    async def fetchrow(self, query: str, *args: object, timeout: float | None = None) -> Row | None: ...
    async def fetchval(
        self, query: str, *args: object, column: int = 0, timeout: float | None = None
    ) -> Any: ...
    async def execute(self, query: str, *args: object, timeout: float | None = None) -> str: ...
    async def executemany(
        self, command: str, args: Iterable[Sequence[object]], *, timeout: float | None = None
    ) -> None: ...
    async def prepare(self, query: str) -> Prepared: ...
    def cursor(self, query: str, *args: object, prefetch: int | None = None) -> AsyncIterator[Row]: ...
    async def add_listener(self, channel: str, callback: Any) -> None: ...
    def add_termination_listener(self, callback: Any) -> None: ...
    def is_closed(self) -> bool: ...
    def is_in_transaction(self) -> bool: ...
    async def close(self, *, timeout: float | None = None) -> None: ...
    def terminate(self) -> None: ...


class Wire(asyncpg.Connection):
    """A connection that remembers for which tenant its session is set, and what waits to be written.

    What waits goes, as one statement, ahead of whatever is asked next: nobody reads past it, and a
    transaction commits with it. Where it is refused the transaction has failed, as after any fault: it can
    only be rolled back.

    A transaction begins with what is asked first in it, in the same trip (`begin`), and is committed with
    what is written last (`commit`).
    """

    __slots__ = (
        "_becoming",
        "_ending",
        "_opening",
        "_unanswered",
        "_way",
        "committing",
        "failed",
        "tenant",
        "waiting",
    )

    def __init__(self, protocol: Any, way: Way, loop: WayLoop, *args: Any) -> None:
        super().__init__(protocol, way, loop.loop, *args)  # pyright: ignore[reportUnknownMemberType]
        self._way = way
        self._ending = ""
        self.committing = False
        """Whether a commit is on its way that nobody has answered."""
        self.tenant: UUID | None = None
        self.waiting: list[Part] = []
        self.failed: Exception | None = None
        self._opening = ""
        self._becoming: UUID | None = None
        self._unanswered = False

    async def begin(self, command: str, tenant: UUID) -> None:
        """Begin a tenant's transaction with what is asked next in it; other isolations begin at once.

        A session that is another's is made his with it: for good once it is committed, and not when it is
        undone. So who works for the same tenant again need not say so.

        The commands go ahead of the statement as messages of their own, without the word that ends them
        (Sync), which the statement has: the server answers all at once, and after a fault of theirs skips it.
        It takes an isolation only from a message that stands alone.
        """
        setting = "" if self.tenant == tenant else f"; SET xiaoer.tenant TO '{tenant}'"
        self._opening, self._becoming, self.committing = command + setting, tenant, False
        if "ISOLATION" in command:
            await self.begun()

    async def begun(self) -> None:
        """Begin now what was to begin with the next statement, for whatever is no plain statement."""
        commands, self._opening = self._opening, ""
        if commands:
            await self._in_time(_wire(super()).execute(commands))

    async def _get_statement(self, query: str, timeout: float | None, **more: Any) -> Any:
        """What asyncpg looks up right before it sends a statement; no other task comes between."""
        statement = await _wire(super())._get_statement(query, timeout, **more)
        if self._opening:
            self._way.write(b"".join(message(one) for one in self._opening.split("; ")))
            self._opening, self._unanswered = "", True
        if self._ending == query:  # and none of those that ask for its types
            self._way.behind, self.committing = message("COMMIT"), True
        return statement

    def is_in_transaction(self) -> bool:
        """Whether one has begun, or begins with what is asked next."""
        return bool(self._opening) or self._unanswered or _wire(super()).is_in_transaction()

    async def later(self, part: Part) -> None:
        """Have a statement travel with others; those it cannot travel with go first."""
        if not all(part.suits(one) for one in self.waiting):
            await self.settle()
        self.waiting.append(part)

    async def settle(self) -> None:
        """Send what waits. Raises what the statements raise and what is made of their values."""
        if self.failed is not None:
            raise self.failed
        parts, self.waiting = self.waiting, []
        if not parts:
            return
        values, _ = await self._write(parts, _text(parts))
        try:
            for part, value in zip(parts, values, strict=True):
                if part.then is not None and (doing := part.then(value)) is not None:
                    await doing
        except Exception as fault:
            self.failed = fault
            raise

    async def commit(self) -> str:
        """Commit, in one trip with what waits unless its values are asked for; gives the server's answer."""
        parts = self.waiting
        if not parts or self.failed is not None or any(part.then is not None for part in parts):
            await self.settle()
            return await self.execute("COMMIT")
        self.waiting, self._ending = [], _text(parts)
        try:
            _, status = await self._write(parts, self._ending)
        finally:
            self._ending, self._way.behind = "", b""
        return self._ended(status)

    async def _write(self, parts: Sequence[Part], text: str) -> tuple[Sequence[Any], str]:
        """The values several statements give, as one, and the server's last word. Raises their `missed`."""
        values = [value for part in parts for value in part.values]
        try:
            rows, status, _ = await self._execute(text, values, 0, None, return_status=True)
        except _asyncpg.PostgresError as fault:
            if fault.sqlstate == MISSED and (missed := parts[int(fault.args[0])].missed) is not None:
                self.failed = missed
                raise missed from None
            raise
        return (tuple(rows[0])[: len(parts)] if rows else (None,)), status.decode()

    def _ended(self, status: str) -> str:
        """What the server said to the end of a transaction, and whose the session is now."""
        self.committing = False
        if self._becoming is not None:
            self.tenant = self._becoming if status == "COMMIT" else self.tenant
            self._becoming = None
        return status

    async def aside(self, touches: str) -> list[Part]:
        """What waits, taken out for a statement about another table; put it back afterwards."""
        if any(part.touches == touches for part in self.waiting):
            await self.settle()
        parts, self.waiting = self.waiting, []
        return parts

    async def _in_time(self, asked: Awaitable[Any]) -> Any:
        """A statement that took too long ends the connection: its next word would wait for the cancelling."""
        try:
            return await asked
        except TimeoutError:
            self.terminate()
            raise

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:
        """As asyncpg's, behind what waits; what is rolled back is not sent at all."""
        if self.waiting or self.failed is not None:
            if query.startswith("ROLLBACK"):
                self.waiting.clear()
                self.failed = None
            else:
                await self.settle()
        if self._opening and not args:
            if query in {"COMMIT", "ROLLBACK"}:  # nothing was asked in it
                self._opening, self._becoming = "", None
                return query
            await self.begun()
        self.committing = query == "COMMIT"
        try:
            status = cast("str", await self._in_time(_wire(super()).execute(query, *args, timeout=timeout)))
        except _asyncpg.PostgresError:
            self.committing = False
            raise
        self._unanswered = False
        return self._ended(status) if query in {"COMMIT", "ROLLBACK"} else status

    async def executemany(self, command: str, args: Any, *, timeout: float | None = None) -> None:
        """As asyncpg's, behind what waits."""
        if self.waiting or self.failed is not None:
            await self.settle()
        await self.begun()
        await self._in_time(_wire(super()).executemany(command, args, timeout=timeout))

    async def _execute(self, query: str, args: Any, limit: int, timeout: float | None, **more: Any) -> Any:
        """What every question of asyncpg goes through."""
        if self.waiting or self.failed is not None:
            await self.settle()
        try:
            found = await self._in_time(_wire(super())._execute(query, args, limit, timeout, **more))
        except _asyncpg.PostgresError:
            self._unanswered = self.committing = False  # it was the server that answered
            raise
        self._unanswered = False
        return found


def _text(parts: Sequence[Part]) -> str:
    if len(parts) == 1 and parts[0].missed is None:
        return parts[0].sql
    return together(tuple(part.sql for part in parts), tuple(part.missed is not None for part in parts))


def _wire(connection: Any) -> Any:
    """The same connection, without the half types of asyncpg."""
    return connection


STATEMENT_SECONDS: Final = 15.0
ANSWER_SECONDS: Final = 2.0
"""How long after its time the server is given to say itself that a statement took too long: it may hang."""

LOCK_SECONDS: Final = 5
IDLE_IN_TRANSACTION_SECONDS: Final = 30


def session(
    role: Role | None,
    application: str,
    *,
    read_only: bool = False,
    statement_seconds: float = STATEMENT_SECONDS,
) -> dict[str, str]:
    """The settings a connection starts with."""
    settings = {
        "application_name": application,
        "timezone": "UTC",
        "jit": "off",
        "statement_timeout": f"{round(statement_seconds * 1000)}ms",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s",
        "client_connection_check_interval": "1s",  # a statement nobody waits for does not work on
    }
    if role:
        settings["role"] = role
    if read_only:
        settings["default_transaction_read_only"] = "on"
    return settings


async def prepare_session(connection: Any) -> None:
    """Teaches a new connection to carry JSON as Python values."""
    await connection.set_type_codec(
        "jsonb", encoder=_encode_jsonb, decoder=_decode_jsonb, schema="pg_catalog", format="binary"
    )
    await connection.set_type_codec(
        "json",
        encoder=msgspec.json.encode,
        decoder=msgspec.json.decode,
        schema="pg_catalog",
        format="binary",
    )


async def connect(
    url: str,
    role: Role | None = None,
    *,
    application: str = "xiaoer",
    read_only: bool = False,
    settings: dict[str, str] | None = None,
    timeout_seconds: float = 10,
    statement_seconds: float | None = None,
) -> Connection:
    """One connection of its own; `settings` come on top of the usual ones.

    With `statement_seconds` no statement is waited for much longer, even when the server says nothing.
    """
    usual = session(
        role, application, read_only=read_only, statement_seconds=statement_seconds or STATEMENT_SECONDS
    )
    connection: Any = await _asyncpg.connect(
        url,
        connection_class=Wire,
        server_settings=usual | (settings or {}),
        command_timeout=statement_seconds and statement_seconds + ANSWER_SECONDS,
        statement_cache_size=1024,
        max_cached_statement_lifetime=0,
        max_cacheable_statement_size=65_536,
        timeout=timeout_seconds,
        loop=WayLoop(),
    )
    await prepare_session(connection)
    return cast("Connection", connection)


async def check_session(connection: Connection) -> None:
    """The server is new enough, and its role cannot see past row-level security. Raises DatabaseFault."""
    row = await connection.fetchrow(
        "select current_setting('server_version_num')::int as version, rolname, rolsuper, rolbypassrls "
        "from pg_catalog.pg_roles where rolname = current_user"
    )
    if row is None or row["version"] < OLDEST_SERVER:
        found = "unknown" if row is None else row["version"] // 10_000
        raise DatabaseFault(f"The database is PostgreSQL {found}; Xiaoer needs 16 or newer.")
    if row["rolsuper"] or row["rolbypassrls"]:
        raise DatabaseFault(
            f"The role {row['rolname']} may bypass row-level security: make it NOSUPERUSER NOBYPASSRLS."
        )


def _encode_jsonb(value: object) -> bytes:
    return b"\x01" + msgspec.json.encode(value)  # the first byte is the version of the format


def _decode_jsonb(data: bytes) -> Any:
    return msgspec.json.decode(memoryview(data)[1:])
