"""Pages and words of a long history: how soon they are there, beside the statement alone."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import quote

from bench.figures import Figure, Target
from bench.place import HOST, Served
from bench.plan import Times, times
from bench.wire import Requests
from bench.words import SOUGHT
from bench.world import World
from xiaoer.conversations.rules.search import fold, grams
from xiaoer.plumbing.driver import Connection

PAGE: Final = 50
_PAGE: Final = (
    "select version, id, client_id, role, person, kind, text, body, at from conversations.entry"
    " where tenant = $1 and shop = $2 and conversation = $3 order by version desc limit 50"
)
_WORDS: Final = (
    "select conversation, version, at from conversations.search"
    " where tenant = $1 and shop = $2 and grams @> $3::text[] order by at desc limit 21"
)
_WORDS_INDEX: Final = "create index concurrently bench_grams on conversations.search using gin (shop, grams)"
"""What the bare statement finds words by; it is there only while the floor is measured."""

PAGE_TARGET: Final = Target(10, 3)
WORDS_P50: Final = Target(30, 10)
WORDS_P99: Final = Target(300, 100)


async def measure(world: World, served: Served, owner: Connection, count: int) -> list[Figure]:
    """The last page of conversations all over the history, and searches of two to six characters."""
    places = [1 + place * world.conversations // count for place in range(count)]
    rows = await owner.fetch(
        "select shop, conversation from bench.seeded where n = any($1::int[]) order by md5(n::text)", places
    )
    requests = await Requests.open(HOST, served.port)

    async def page(number: int) -> None:
        shop, conversation = rows[number % len(rows)]
        await requests.get(
            f"/api/v1/shops/{shop}/conversations/{conversation}/entries?limit={PAGE}", world.manager
        )

    async def bare_page(number: int) -> None:
        shop, conversation = rows[number % len(rows)]
        await owner.fetch(_PAGE, world.tenant, shop, conversation)

    async def words(number: int) -> None:
        query = quote(SOUGHT[number % len(SOUGHT)])
        await requests.get(f"/api/v1/shops/{_shop(world, number)}/search?q={query}", world.manager)

    async def bare_words(number: int) -> None:
        pieces = sorted(grams(fold(SOUGHT[number % len(SOUGHT)])))
        await owner.fetch(_WORDS, world.tenant, _shop(world, number), pieces)

    size = f"{world.messages:,} messages"
    try:
        ours, bare = await _timed(page, count), await _timed(bare_page, count)
        found = await _timed(words, count // 2)
        alone = await _bare(owner, bare_words, count // 2)
    finally:
        requests.hang_up()
    return [
        *_two(f"last {PAGE} of a conversation, {size}", ours, bare, (None, PAGE_TARGET)),
        *_two(f"search of 2 to 6 characters in a shop, {size}", found, alone, (WORDS_P50, WORDS_P99)),
    ]


def _shop(world: World, number: int) -> object:
    return world.shops[number // len(SOUGHT) % len(world.shops)]


async def _bare(owner: Connection, work: Callable[[int], Awaitable[None]], count: int) -> Times:
    """The floor of a search, with the index it needs."""
    await owner.execute("set statement_timeout = 0; set maintenance_work_mem = '1GB'")
    await owner.execute(_WORDS_INDEX)
    try:
        return await _timed(work, count)
    finally:
        await owner.execute("drop index concurrently conversations.bench_grams")
        await owner.execute("reset statement_timeout; reset maintenance_work_mem")


async def _timed(work: Callable[[int], Awaitable[None]], count: int) -> Times:
    await work(0)
    found: list[float] = []
    for number in range(count):
        began = time.perf_counter()
        await work(number)
        found.append(time.perf_counter() - began)
        await asyncio.sleep(0)
    return times(found)


def _two(name: str, ours: Times, bare: Times, asked: Sequence[Target | None]) -> list[Figure]:
    return [
        Figure("history", f"{name}, p50", ours.p50, "ms", "less", bare.p50, asked[0]),
        Figure("history", f"{name}, p99", ours.p99, "ms", "less", bare.p99, asked[1]),
    ]
