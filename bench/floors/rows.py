"""What the database does at most: one message row for each commit, and 64 rows with one statement."""

import asyncio
import time
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from bench.floors.chat import INSERT, TABLE

TEXT: Final = "您好,在的,请问有什么可以帮您"
ONE: Final = "insert into bench.chat (conversation, client_id, text, hits) values ($1, $2, $3, 0)"


async def per_second(url: str, connections: int, rows: int, seconds: float) -> float:
    """Rows a second that are safely kept, over so many connections, `rows` with each commit."""
    async with asyncpg.create_pool(url, min_size=connections, max_size=connections) as pool:
        await pool.execute(TABLE)
        end = time.perf_counter() + seconds
        began = time.perf_counter()
        counts = await asyncio.gather(*(_insert(pool, rows, end) for _ in range(connections)))
        return sum(counts) / (time.perf_counter() - began)


async def _insert(pool: asyncpg.Pool, rows: int, end: float) -> int:
    conversation, count = uuid4(), 0
    ids: list[UUID] = [conversation] * rows
    async with pool.acquire() as connection:
        while time.perf_counter() < end:
            if rows == 1:
                await connection.execute(ONE, conversation, str(count), TEXT)
            else:
                await connection.execute(INSERT, ids, ["x"] * rows, [TEXT] * rows, [0] * rows)
            count += rows
    return count
