"""Connections that are used again: the last one given back first, one of the same tenant before others."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.faults import AWAY

RESCUE_SECONDS: Final = 1.0
CLOSE_SECONDS: Final = 5.0


class Pool:
    """At most `size` connections. Giving one back costs no round trip and no waiting."""

    def __init__(self, connect: Callable[[], Awaitable[Connection]], size: int) -> None:
        self._connect = connect
        self._size = size
        self._open = 0
        self._idle: list[Connection] = []
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._rescues: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def idle(self) -> int:
        """How many connections wait for work."""
        return len(self._idle)

    @property
    def opened(self) -> int:
        """How many connections there are."""
        return self._open

    async def acquire(self, tenant: UUID | None = None) -> Connection:
        """A connection, if possible one that is set to this tenant already. Raises what connecting raises."""
        while True:
            if self._closed:
                raise Refusal(AWAY)
            if (connection := self._pick(tenant)) is not None:
                return connection
            if self._open < self._size:
                return await self._open_one()
            if (connection := await self._wait()) is not None:
                return connection

    def release(self, connection: Connection) -> None:
        """Gives it back, fit to be used again or closed."""
        if connection.is_closed():
            self._lose()
        elif self._closed or connection.is_in_transaction():
            connection.terminate()
            self._lose()
        elif (waiter := self._next_waiter()) is not None:
            waiter.set_result(connection)
        else:
            self._idle.append(connection)

    def rescue(self, connection: Connection) -> None:
        """Gives back one whose user was cancelled; what it was doing is undone in the background."""
        task = asyncio.get_running_loop().create_task(self._rescue(connection))
        self._rescues.add(task)
        task.add_done_callback(self._rescues.discard)

    async def close(self) -> None:
        """Closes what waits and what comes back; a user at work is not interrupted."""
        self._closed = True
        while (waiter := self._next_waiter()) is not None:
            waiter.set_result(None)
        while self._idle:
            connection = self._idle.pop()
            self._open -= 1
            if not connection.is_closed():
                await connection.close(timeout=CLOSE_SECONDS)
        if self._rescues:
            await asyncio.wait(self._rescues)

    def _pick(self, tenant: UUID | None) -> Connection | None:
        while self._idle:
            place = len(self._idle) - 1
            if tenant is not None and self._idle[place].tenant != tenant:
                alike = (n for n in range(place, -1, -1) if self._idle[n].tenant == tenant)
                place = next(alike, place)
            connection = self._idle.pop(place)
            if not connection.is_closed():
                return connection
            self._open -= 1  # the server went away while it waited
        return None

    async def _open_one(self) -> Connection:
        self._open += 1
        try:
            return await self._connect()
        except BaseException:
            self._lose()
            raise

    async def _wait(self) -> Connection | None:
        """A connection given back by somebody, or None: look again."""
        waiter: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            return await waiter
        except BaseException:  # cancelled or out of time, perhaps with a connection already in hand
            if not waiter.cancelled() and (connection := waiter.result()) is not None:
                self.release(connection)
            elif not waiter.cancelled():
                self._wake_one()
            raise

    def _lose(self) -> None:
        self._open -= 1
        self._wake_one()

    def _wake_one(self) -> None:
        if (waiter := self._next_waiter()) is not None:
            waiter.set_result(None)

    def _next_waiter(self) -> asyncio.Future[Connection | None] | None:
        while self._waiting:
            if not (waiter := self._waiting.popleft()).done():
                return waiter
        return None

    async def _rescue(self, connection: Connection) -> None:
        try:
            # the driver waits for its cancelled statement first; the server may have missed the request
            async with asyncio.timeout(RESCUE_SECONDS):
                await connection.execute("ROLLBACK")
        except Exception:  # noqa: BLE001 - whatever it was, it is not usable
            connection.terminate()
        finally:
            self.release(connection)
