"""The database: pools, `transaction()`, the only commit in the program."""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar
from uuid import UUID

import msgspec
from prometheus_client import Counter

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.driver import (
    APP,
    STATEMENT_SECONDS,
    SYSTEM,
    Connection,
    Role,
    Row,
    check_session,
    connect,
)
from xiaoer.plumbing.events import Envelope, Event, envelopes, payloads, poke
from xiaoer.plumbing.faults import BUSY, DatabaseFault, PostgresError, TryAgain, explain, translate
from xiaoer.plumbing.pool import RESCUE_SECONDS, Pool
from xiaoer.plumbing.together import Part

T = TypeVar("T")
Isolation = Literal["read committed", "repeatable read", "serializable"]
Hear = Callable[[Sequence[Envelope]], object]
"""Somebody who is told, after the commit and without waiting, what has happened."""

NO_TENANT: Final = UUID(int=0)
TRIES: Final = 4
ACQUIRE_SECONDS: Final = 5.0

_COMMITS = Counter("xiaoer_database_commits_total", "Transactions committed")
_RETRIES = Counter("xiaoer_database_retries_total", "Transactions tried again after a deadlock or conflict")
_REFUSED = Counter("xiaoer_database_refused_total", "Work refused for want of the database", ["code"])

_TELL: Final = """-- plumbing.tell
with outboxed as (
  insert into plumbing.outbox (tenant, name, topic, version, body, at, origin)
  select e.tenant, ($3::text[])[i], ($4::text[])[i], ($5::bigint[])[i], ($6::text[])[i],
    ($7::timestamptz[])[i], $1
  from unnest($2::uuid[]) with ordinality as e (tenant, i)
)
select count(pg_notify('xiaoer', said.payload)) from unnest($8::text[]) as said (payload)"""


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """How many connections each pool may open, and how long a statement on one of them may take."""

    writers: int = 10
    readers: int = 10
    system: int = 4
    seconds: float = STATEMENT_SECONDS


class Tx:
    """A connection at work for one tenant; what is published in it is told when it commits."""

    __slots__ = ("connection", "memory", "published", "tenant", "unproved")

    def __init__(
        self, connection: Connection, tenant: UUID, memory: Mapping[type, object] = MappingProxyType({})
    ) -> None:
        self.connection = connection
        self.memory = memory
        self.tenant = tenant
        self.published: list[Event] = []
        self.unproved: set[type] = set()
        """What may not be remembered of what this transaction reads: it has written there itself."""

    def of(self, tenant: UUID) -> "Tx":
        """The same transaction at work for one of its tenants."""
        inner = Tx(self.connection, tenant, self.memory)
        inner.published, inner.unproved = self.published, self.unproved
        return inner

    async def fetch(self, sql: str, *args: object) -> list[Row]:
        """All rows of a statement with $1, $2 …; domains use `plumbing.sql` instead."""
        return await self.connection.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: object) -> Row | None:
        """The first row."""
        return await self.connection.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: object) -> Any:
        """The first value of the first row."""
        return await self.connection.fetchval(sql, *args)

    async def execute(self, sql: str, *args: object) -> str:
        """Runs a statement (without arguments: several) and gives the server's answer, like `UPDATE 3`."""
        return await self.connection.execute(sql, *args)

    async def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """The same statement for many rows."""
        await self.connection.executemany(sql, rows)

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        """What is done and published inside is undone when it fails, and the transaction goes on."""
        mark = len(self.published)
        await self.connection.execute("SAVEPOINT part")
        try:
            yield
            await self.connection.settle()
        except Exception as fault:
            del self.published[mark:]
            await self.connection.execute("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part")
            if meaning := translate(fault):
                raise meaning from fault
            raise
        await self.connection.execute("RELEASE SAVEPOINT part")


class Channel:
    """A connection of its own, opened again when it broke; one user at a time."""

    def __init__(self, url: str, application: str) -> None:
        self._url = url
        self._application = application
        self._connection: Connection | None = None
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def use(self, tenant: UUID) -> AsyncGenerator[Connection]:
        """The connection, set to this tenant, outside a transaction. Raises Refusal(unavailable)."""
        async with self._lock:
            try:
                connection = self._connection
                if connection is None or connection.is_closed():
                    connection = await connect(self._url, APP, application=self._application)
                    self._connection = connection
                if connection.tenant != tenant:
                    await _set_tenant(connection, tenant)
                yield connection
            except BaseException as fault:
                if self._connection is not None and not isinstance(fault, PostgresError):
                    self._connection.terminate()  # who knows what it was doing
                if meaning := _meaning(fault):
                    raise meaning from fault
                raise
            if connection.is_in_transaction():
                connection.terminate()

    async def close(self) -> None:
        """Closes the connection if there is one."""
        if self._connection is not None and not self._connection.is_closed():
            with suppress(OSError):  # the server was quicker
                await self._connection.close(timeout=5)


class Database:
    """Three small pools: one that writes, one that reads, and one for the loops that serve every tenant."""

    def __init__(self, url: str, *, writers: Pool, readers: Pool, system: Pool) -> None:
        self.url: Final = url
        self.origin: Final = secrets.token_hex(6)
        """Who this process is in notifications: what it said itself it need not hear again."""
        self._writers = writers
        self._readers = readers
        self._system = system
        self._hear: list[Hear] = []
        self._channels: list[Channel] = []
        self.memory: Final[dict[type, object]] = {}
        """What this process remembers of the database and is told to forget; transactions carry it along."""

    @classmethod
    async def open(cls, url: str, *, sizes: Sizes | None = None, application: str = "xiaoer") -> "Database":
        """Opens the pools and checks that row-level security holds for them. Raises DatabaseFault."""
        sizes = sizes or Sizes()
        database = cls(
            url,
            writers=_pool(url, APP, sizes.writers, application, sizes.seconds),
            readers=_pool(url, APP, sizes.readers, application, sizes.seconds, read=True),
            system=_pool(url, SYSTEM, sizes.system, f"{application} system", sizes.seconds),
        )
        try:
            await database.check()
        except BaseException as fault:
            await database.close()
            if sentence := explain(fault):
                raise DatabaseFault(sentence) from fault
            raise
        return database

    async def check(self) -> None:
        """Opens a connection of each pool and looks at the server and the role. Raises DatabaseFault."""
        for pool in (self._writers, self._readers, self._system):
            connection = await pool.acquire()
            try:
                await check_session(connection)
            finally:
                pool.release(connection)

    async def close(self) -> None:
        """Closes every connection; those at work are closed when they are given back."""
        for each in (*self._channels, self._writers, self._readers, self._system):
            await each.close()

    def after_commit(self, hear: Hear) -> None:
        """From now on `hear` is called with the envelopes of each committed transaction."""
        self._hear.append(hear)

    def forget_hearers(self) -> None:
        """Nobody is told any more, and so nothing is remembered."""
        self._hear.clear()
        self.memory.clear()

    @asynccontextmanager
    async def read(self, tenant: UUID, *, snapshot: bool = False) -> AsyncGenerator[Tx]:
        """A connection that can only read; with `snapshot` every statement sees the same moment."""
        async with self._connection(self._readers, tenant) as connection:
            if snapshot:
                await _begin(connection, tenant, "repeatable read")
            elif connection.tenant != tenant:
                await _set_tenant(connection, tenant)
            yield Tx(connection, tenant) if snapshot else Tx(connection, tenant, self.memory)
            if snapshot:
                await connection.execute("COMMIT")

    @asynccontextmanager
    async def transaction(
        self, tenant: UUID, *, isolation: Isolation = "read committed"
    ) -> AsyncGenerator[Tx]:
        """Everything inside is committed together when it ends well, and nothing of it otherwise."""
        async with self._connection(self._writers, tenant) as connection:
            fresh = isolation != "read committed"  # it must not know more than its snapshot
            tx = Tx(connection, tenant) if fresh else Tx(connection, tenant, self.memory)
            await _begin(connection, tenant, isolation)
            yield tx
            told = await self._commit(tx)
        self.tell(told)

    @asynccontextmanager
    async def system(self) -> AsyncGenerator[Tx]:
        """A transaction of the program itself: it sees all tenants' rows of the few tables that allow it."""
        async with self._connection(self._system) as connection:
            tx = Tx(connection, NO_TENANT, self.memory)
            await connection.execute("BEGIN")
            yield tx
            told = await self._commit(tx)
        self.tell(told)

    @asynccontextmanager
    async def glance(self) -> AsyncGenerator[Tx]:
        """As `system`, but outside a transaction: a statement that only looks, for loops that look often."""
        async with self._connection(self._system) as connection:
            yield Tx(connection, NO_TENANT, self.memory)

    async def run(
        self,
        tenant: UUID,
        work: Callable[[Tx], Awaitable[T]],
        *,
        isolation: Isolation = "read committed",
    ) -> T:
        """Does the work in a transaction, again when another transaction was in its way.

        The work must be fit to be done twice: what it did the first time was undone.
        """
        for attempt in range(1, TRIES + 1):
            try:
                async with self.transaction(tenant, isolation=isolation) as tx:
                    return await work(tx)
            except TryAgain:
                _RETRIES.inc()
                if attempt == TRIES:
                    break
            await asyncio.sleep(random.uniform(0.002, 0.02) * 2**attempt)
        raise Refusal(BUSY)

    def committer_connection(self) -> Channel:
        """A connection of its own for a loop that commits without waiting for the pools."""
        channel = Channel(self.url, "xiaoer committer")
        self._channels.append(channel)
        return channel

    async def ping(self) -> float:
        """How many seconds the database takes to answer. Raises Refusal(unavailable)."""
        started = time.perf_counter()
        async with self._connection(self._readers) as connection:
            await connection.fetchval("select 1", timeout=5)
        return time.perf_counter() - started

    @asynccontextmanager
    async def _connection(self, pool: Pool, tenant: UUID | None = None) -> AsyncGenerator[Connection]:
        """A connection of a pool, given back clean; the driver's faults are translated here and only here."""
        connection = await _acquire(pool, tenant)
        try:
            yield connection
        except Exception as fault:
            try:
                await _undo(connection)
            finally:
                pool.release(connection)
            if meaning := _meaning(fault):
                raise meaning from fault
            raise
        except BaseException:  # cancelled in the middle of something
            pool.rescue(connection)
            raise
        else:
            pool.release(connection)

    async def _commit(self, tx: Tx) -> list[Envelope]:
        """Writes what is to be told and commits; where no answer comes, whoever listens looks for himself."""
        told = await _write_events(tx, self.origin)
        try:
            answer = await tx.connection.commit()
        except BaseException:
            if tx.connection.committing:  # it may be committed, and nobody else will say so here
                self.tell([poke(one) for one in told])
            raise
        if answer != "COMMIT":
            raise RuntimeError("a statement failed and its fault was swallowed: use tx.savepoint()")
        _COMMITS.inc()
        return told

    def tell(self, told: Sequence[Envelope]) -> None:
        """Whoever wanted to hear of commits hears of this one; for who commits on a connection of his own."""
        if told:
            for hear in self._hear:
                hear(told)


async def _write_events(tx: Tx, origin: str) -> list[Envelope]:
    """The published events as rows of the outbox and as notifications, together with what waits."""
    pairs = [(event, one) async for event, one in envelopes(tx.published)]
    kept = [(event, one) for event, one in pairs if type(event).kept]
    told = [one for _, one in pairs]
    if told:
        values: list[object] = [
            origin,
            [one.tenant for _, one in kept],
            [one.name for _, one in kept],
            [one.topic for _, one in kept],
            [one.version for _, one in kept],
            [one.body for _, one in kept],
            [event.at for event, _ in kept],
            payloads(origin, told),
        ]
        await tx.connection.later(Part(_TELL, values, "plumbing.outbox"))
    return told


def _pool(url: str, role: Role, size: int, name: str, seconds: float, *, read: bool = False) -> Pool:
    return Pool(lambda: connect(url, role, application=name, read_only=read, statement_seconds=seconds), size)


async def _acquire(pool: Pool, tenant: UUID | None) -> Connection:
    try:
        if pool.idle:
            return await pool.acquire(tenant)
        async with asyncio.timeout(ACQUIRE_SECONDS):
            return await pool.acquire(tenant)
    except Exception as fault:
        if meaning := _meaning(fault):
            raise meaning from fault
        raise


async def _begin(connection: Connection, tenant: UUID, isolation: Isolation) -> None:
    start = "BEGIN" if isolation == "read committed" else f"BEGIN ISOLATION LEVEL {isolation}"
    await connection.begin(start, tenant)


async def _set_tenant(connection: Connection, tenant: UUID) -> None:
    await connection.execute(f"SET xiaoer.tenant TO '{tenant}'")
    connection.tenant = tenant


async def _undo(connection: Connection) -> None:
    """Ends the transaction, if there is one; a connection that cannot do that is closed."""
    if connection.is_closed() or not connection.is_in_transaction():
        return
    try:
        async with asyncio.timeout(RESCUE_SECONDS):
            await connection.execute("ROLLBACK")
    except Exception:  # noqa: BLE001 - it is not usable, and the first fault is the one to tell
        connection.terminate()
    except BaseException:
        connection.terminate()
        raise


def _meaning(fault: BaseException) -> Exception | None:
    meaning = translate(fault)
    if isinstance(meaning, Refusal):
        _REFUSED.labels(meaning.refused.code).inc()
    return meaning
