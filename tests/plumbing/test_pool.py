import asyncio
from random import Random
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.pool import Pool


class Line:
    """A connection without a server."""

    def __init__(self) -> None:
        self.tenant: UUID | None = None
        self.closed = False
        self.in_transaction = False
        self.said: list[str] = []

    def is_closed(self) -> bool:
        return self.closed

    def is_in_transaction(self) -> bool:
        return self.in_transaction

    def terminate(self) -> None:
        self.closed = True

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109
        self.closed = True

    async def execute(self, sql: str) -> str:
        self.said.append(sql)
        self.in_transaction = False
        return sql


def make(size: int) -> tuple[Pool, list[Line]]:
    opened: list[Line] = []

    async def connect() -> Connection:
        await asyncio.sleep(0)
        opened.append(Line())
        return cast("Connection", opened[-1])

    return Pool(connect, size), opened


async def test_a_connection_is_used_again() -> None:
    pool, opened = make(3)
    for _ in range(5):
        pool.release(await pool.acquire())
    assert len(opened) == 1


async def test_one_of_the_same_tenant_is_preferred() -> None:
    pool, _ = make(3)
    lines = [await pool.acquire() for _ in range(3)]
    for number, line in enumerate(lines):
        line.tenant = UUID(int=number)
    for line in lines:
        pool.release(line)
    assert await pool.acquire(UUID(int=0)) is lines[0]
    assert await pool.acquire(UUID(int=9)) is lines[2]


async def test_who_waits_gets_the_next_one_in_turn() -> None:
    pool, opened = make(1)
    first = await pool.acquire()
    waiters = [asyncio.create_task(pool.acquire()) for _ in range(2)]
    await asyncio.sleep(0)
    pool.release(first)
    assert await waiters[0] is first
    assert not waiters[1].done()
    pool.release(first)
    assert await waiters[1] is first
    assert len(opened) == 1


async def test_a_closed_or_busy_connection_is_replaced() -> None:
    pool, opened = make(1)
    broken: Any = await pool.acquire()
    waiter = asyncio.create_task(pool.acquire())
    await asyncio.sleep(0)
    broken.closed = True
    pool.release(broken)
    busy: Any = await waiter
    assert busy is not broken
    busy.in_transaction = True
    pool.release(busy)
    assert busy.closed
    assert await pool.acquire() is not busy
    assert len(opened) == 3


async def test_one_that_died_while_it_waited_is_not_handed_out() -> None:
    pool, _ = make(1)
    line: Any = await pool.acquire()
    pool.release(line)
    line.closed = True
    assert await pool.acquire() is not line


async def test_a_cancelled_users_connection_is_undone_and_comes_back() -> None:
    pool, opened = make(1)
    line: Any = await pool.acquire()
    line.in_transaction = True
    pool.rescue(line)
    assert await pool.acquire() is line
    assert line.said == ["ROLLBACK"]
    assert len(opened) == 1


async def test_a_failure_to_connect_leaves_the_place_free() -> None:
    tries = 0

    async def connect() -> Connection:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError
        return cast("Connection", Line())

    pool = Pool(connect, 1)
    for _ in range(2):
        with pytest.raises(OSError):  # noqa: PT011 - as the driver raises it
            await pool.acquire()
    assert await pool.acquire() is not None


async def test_a_closed_pool_refuses_and_closes_what_comes_back() -> None:
    pool, _ = make(1)
    line: Any = await pool.acquire()
    waiter = asyncio.create_task(pool.acquire())
    await asyncio.sleep(0)
    await pool.close()
    with pytest.raises(Refusal):
        await waiter
    with pytest.raises(Refusal):
        await pool.acquire()
    pool.release(line)
    assert line.closed


@given(st.integers(0, 2**32), st.integers(1, 4))
def test_no_connection_is_lost_or_shared_whatever_happens(seed: int, size: int) -> None:
    """Users come, work, break connections and are cancelled while they wait or work."""
    random = Random(seed)

    async def story() -> None:
        pool, opened = make(size)
        in_use: set[int] = set()

        async def user() -> None:
            line: Any = await pool.acquire()
            assert id(line) not in in_use
            in_use.add(id(line))
            try:
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                line.closed = random.random() < 0.2
            except asyncio.CancelledError:
                in_use.discard(id(line))
                pool.rescue(line)
                raise
            in_use.discard(id(line))
            pool.release(line)

        tasks = [asyncio.create_task(user()) for _ in range(12)]
        for task in tasks:
            for _ in range(random.randrange(3)):
                await asyncio.sleep(0)
            if random.random() < 0.4:
                task.cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
        assert pool.opened <= size
        free = [await asyncio.wait_for(pool.acquire(), 5) for _ in range(size)]
        assert len({id(one) for one in free}) == size
        assert sum(not one.closed for one in opened) == size

    asyncio.run(story())
