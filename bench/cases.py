"""Cases of after-sale: opened, moved, read and listed by four clients at once, and the board of many.

Orders and stored cases are made by statements over sets; what is measured goes through the shop's own doors.
Beside the speed stands the processor time of server and database, which neighbours spoil least.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from bench import rules, usage
from bench.figures import Figure, Target
from bench.place import HOST, Place, Served
from bench.plan import times
from bench.wire import Requests
from bench.world import World
from xiaoer.plumbing.driver import Connection
from xiaoer.rulebook.rules.shelf import shelf

CLIENTS: Final = 4
CHUNK: Final = 50_000
P99: Final = Target(50, 15)
BOARD: Final = Target(50, 50)
RULE: Final = Target(20, 20)
SPEED: Final = {
    "open": Target(300, 800),
    "move": Target(300, 900),
    "read": Target(800, 1_800),
    "list": Target(600, 1_500),
}
_ORDERS: Final = """
with made as (
    insert into orders.purchase (
        tenant, shop, id, external_id, buyer, state, source_state, currency, total_minor, paid_minor,
        freight_minor, discount_minor, on_time_insurance, freight_insurance, free_shipping, placed_at,
        signed_at, listed_at, created_at, updated_at)
    select $1, $2, bench.id(4, n), 'bench-' || n, bench.id(2, 1 + n % $5),
        'delivered', 'delivered', 'CNY', 10000, 10000, 0, 0, false, false, true, now() - interval '3 days',
        now() - interval '1 day', now(), now(), now()
    from generate_series($3::bigint, $4::bigint) as n
    returning id
)
insert into orders.item (
    tenant, shop, purchase, id, line, title, quantity, unit_price_minor, paid_minor, confirmed_no_return)
select $1, $2, id, id, 1, '茶叶礼盒', 1, 10000, 10000, false from made
"""
_STORED: Final = """
with made as (
    insert into after_sale.case (
        tenant, shop, id, purchase, order_number, buyer, kind, path, reason, condition, state, version,
        opened_by, opened_side, currency, asked_minor, refund_minor, refunded_minor, held_minor, freight,
        clock, due_at, rules_at, rules_version, opened_at, moved_at, closed_at)
    select $1, ($2::uuid[])[1 + n % $3], bench.id(5, n), bench.id(6, n), 'old-' || n, bench.id(2, 1 + n % $6),
        'refund_only', 'ask_money', 'quality', 'unknown',
        case when n % 20 = 0 then 'asked_money' else 'refunded' end, 1, bench.id(2, 1 + n % $6), 'buyer',
        'CNY', 1000, 1000, 0, 0, '{}',
        case when n % 20 = 0 then 'after_sale.refund_shipped_only' end,
        case when n % 20 = 0 then now() + n % 7200 * interval '1 minute' + interval '1 day' end,
        now(), 'taobao.0', bench.at(n, 1), bench.at(n, 1), case when n % 20 <> 0 then bench.at(n, 9) end
    from generate_series($4::bigint, $5::bigint) as n
    returning shop, id, purchase
)
insert into after_sale.line (tenant, shop, case_id, place, purchase, item, quantity, amount_minor, title)
select $1, shop, id, 1, purchase, purchase, 1, 1000, '茶叶礼盒' from made
"""


class Opened(msgspec.Struct):
    """As much of a case as is needed to go on with it."""

    id: UUID


class Done(msgspec.Struct, frozen=True):
    """Seconds of each, of all together by the clock, and of the processor."""

    durations: list[float]
    seconds: float
    used: float


class Shop:
    """One shop's doors, with as many connections as clients, and what has been opened there."""

    def __init__(self, place: Place, world: World, served: Served, owner: Connection, seconds: float) -> None:
        self._place = place
        self._world = world
        self._served = served
        self._owner = owner
        self._seconds = seconds
        self._shop = world.shops[0]
        self._orders = 0
        self._cases: list[UUID] = []
        self._moved = 0

    async def measure(self, stored: str) -> list[Figure]:
        """Every deed for some seconds, then the board."""
        orders = await self._more_orders(int(self._seconds * 1_500))
        base = f"/api/v1/shops/{self._shop}"

        async def opened(wire: Requests, number: int) -> None:
            order = orders[number]
            wish = {
                "kind": "refund_only",
                "reason": "quality",
                "asked_minor": 1_000,
                "lines": [{"item": str(order)}],
            }
            body = await self._post(wire, f"{base}/orders/{order}/cases", wish)
            self._cases.append(msgspec.json.decode(body, type=Opened).id)

        async def moved(wire: Requests, number: int) -> None:
            case = self._cases[self._moved + number]
            await self._post(wire, f"{base}/cases/{case}/offer", {"amount_minor": 500})

        async def read(wire: Requests, number: int) -> None:
            await wire.get(f"{base}/cases/{self._cases[number % len(self._cases)]}", self._world.manager)

        async def listed(wire: Requests, number: int) -> None:
            order = "due" if number % 2 else "newest"
            await wire.get(f"{base}/cases?order={order}&limit=25", self._world.manager)

        async def board(wire: Requests, number: int) -> None:
            del number
            await wire.get(f"{base}/cases/board", self._world.manager)

        found = await self._deed("open", stored, opened, len(orders))
        left = len(self._cases) - self._moved
        found += await self._deed("move", stored, moved, left)
        self._moved = len(self._cases)
        found += await self._deed("read", stored, read, 10**9)
        found += await self._deed("list", stored, listed, 10**9)
        late = times((await self._timed(board, 200, clients=1)).durations)
        return [*found, Figure("cases", f"the board, {stored}, p99", late.p99, "ms", "less", target=BOARD)]

    async def _deed(
        self, name: str, stored: str, work: Callable[[Requests, int], Awaitable[None]], most: int
    ) -> list[Figure]:
        done = await self._timed(work, most)
        late, count = times(done.durations), len(done.durations)
        name = f"{name}, {stored}"
        return [
            Figure("cases", name, count / done.seconds, "/s", target=SPEED[name.partition(",")[0]]),
            Figure("cases", f"{name}, p99", late.p99, "ms", "less", target=P99),
            Figure("cases", f"{name}, processor time", done.used / count * 1e6, "µs", "less"),
        ]

    async def _timed(
        self, work: Callable[[Requests, int], Awaitable[None]], most: int, clients: int = CLIENTS
    ) -> "Done":
        """How long each took, how long all of them together, and what it cost."""
        durations: list[float] = []
        numbers = iter(range(most))
        wires = [await Requests.open(HOST, self._served.port) for _ in range(clients)]
        began, used = time.perf_counter(), self._used()

        async def client(wire: Requests) -> None:
            for number in numbers:
                start = time.perf_counter()
                await work(wire, number)
                durations.append(time.perf_counter() - start)
                if start - began > self._seconds:
                    break

        try:
            async with asyncio.TaskGroup() as group:
                for wire in wires:
                    group.create_task(client(wire))
        finally:
            for wire in wires:
                wire.hang_up()
        return Done(durations, time.perf_counter() - began, self._used() - used)

    def _used(self) -> float:
        return usage.seconds_of(self._served.process) + usage.seconds_of_family(self._place.postgres)

    async def _post(self, wire: Requests, path: str, wish: dict[str, Any]) -> bytes:
        done: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
        body = msgspec.json.encode(wish)
        wire.ask(
            "POST", path, self._world.manager, body, lambda status, text: done.set_result((status, text))
        )
        status, answer = await done
        if status not in {200, 201}:
            raise ConnectionError(f"{status} {answer.decode('utf-8', 'replace')[:300]}")
        return answer

    async def _more_orders(self, count: int) -> list[UUID]:
        first, last = self._orders + 1, self._orders + count
        buyers = self._world.conversations
        await self._owner.execute(_ORDERS, self._world.tenant, self._shop, first, last, buyers)
        self._orders = last
        rows = await self._owner.fetch(
            "select bench.id(4, n) from generate_series($1::bigint, $2::bigint) as n", first, last
        )
        return [row[0] for row in rows]


async def store(world: World, owner: Connection, count: int, seconds: float) -> int:
    """So many cases behind the shops, one in twenty open; fewer when time is up."""
    end, done = time.monotonic() + seconds, 0
    await owner.execute("set statement_timeout = 0; set synchronous_commit = off")
    while done < count and time.monotonic() < end:
        last = min(done + CHUNK, count)
        shops = world.shops
        await owner.execute(_STORED, world.tenant, shops, len(shops), done + 1, last, world.conversations)
        done = last
    await owner.execute("vacuum (analyze) after_sale.case")
    await owner.execute("vacuum (analyze) after_sale.line")
    await owner.execute("reset synchronous_commit")
    return done


async def measure(
    place: Place,
    world: World,
    served: Served,
    owner: Connection,
    *,
    seconds: float,
    stored: int,
    store_seconds: float,
) -> list[Figure]:
    """The same deeds with few cases stored, and with many."""
    shop = Shop(place, world, served, owner, seconds)
    found = await shop.measure("few cases stored")
    count = await store(world, owner, stored, store_seconds)
    return found + await shop.measure(f"{count:,} cases stored")


def decisions() -> Sequence[Figure]:
    """What one decision costs, of the dearest table."""
    measured = [rules.measured(name) for name in shelf() if name.startswith("after_sale.")]
    found: list[Figure] = []
    for column, said in (("again", "asked before"), ("first", "asked the first time")):
        worst = max(measured, key=lambda one: float(one[column]))
        name = f"decide one table, the dearest ({worst['table']}), {said}"
        found.append(Figure("cases", name, float(worst[column]), "µs", "less", float(worst["floor"]), RULE))
    return found
