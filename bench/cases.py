"""Cases of after-sale: opened, moved, read and listed by four clients at once, and the board of many.

Orders and stored cases are made by statements over sets; what is measured goes through the shop's own doors.
Beside the speed stand the processor time of server and database, which neighbours spoil least, and the floor:
the bare ticket of `floors/tickets.py`, asked for the same by the same clients right afterwards.
"""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from bench import rules, usage
from bench.figures import Figure, Target
from bench.place import HOST, Place, Served, floor
from bench.plan import times
from bench.wire import Requests
from bench.world import World
from xiaoer.plumbing.driver import Connection
from xiaoer.rulebook.rules.shelf import shelf

CLIENTS: Final = 4
CHUNK: Final = 50_000
CASES_A_BUYER: Final = 4
WARM: Final = 60
"""Deeds done before any is measured: connections are opened and plans made."""

CLOSING: Final = 10.0
"""How many times as long as a deed is measured the days of the history may take to be closed."""

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
    select $1, ($2::uuid[])[1 + n / 20 % $3], bench.id(5, n), bench.id(6, n), 'old-' || n,
        bench.id(2, 1 + n % $6), 'refund_only', 'ask_money', 'quality', 'unknown',
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

_INDEXES: Final = """
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
from pg_index as i
where i.indrelid in ('after_sale.case'::regclass, 'after_sale.line'::regclass)
    and not exists (select from pg_constraint as c where c.conindid = i.indexrelid)
"""
_QUICK: Final = (
    "statement_timeout = 0",
    "synchronous_commit = off",
    "maintenance_work_mem = '1GB'",
    "session_replication_role = replica",  # what is made by the million needs no proof row by row
)
_CLOSED: Final = """
select coalesce((select max(d.day) from evidence.day as d where d.tenant = $1) >= current_date - 2, false)
"""


class Opened(msgspec.Struct):
    """As much of a case or a bare ticket as is needed to go on with it."""

    id: UUID


class Done(msgspec.Struct, frozen=True):
    """Seconds of each, of all together by the clock, and of the processor: server and database."""

    durations: list[float]
    seconds: float
    server: float
    postgres: float

    @property
    def per_second(self) -> float:
        return len(self.durations) / self.seconds

    @property
    def cost_us(self) -> float:
        """Processor time of one deed."""
        return (self.server + self.postgres) / len(self.durations) * 1e6

    @property
    def shares(self) -> str:
        """The same, server and database apart."""
        each = 1e6 / len(self.durations)
        return f"{self.server * each:.0f} + {self.postgres * each:.0f}"


Work = Callable[[Requests, int], Awaitable[object]]


class Counter:
    """Where clients stand in a row: the product, or the floor."""

    def __init__(self, place: Place, served: Served, token: str, seconds: float) -> None:
        self._place = place
        self._served = served
        self._seconds = seconds
        self.token = token

    async def warmed(self, work: Work, most: int) -> Done:
        """The same, after some that do not count."""
        warm = min(WARM, most // 2)
        await self.timed(work, warm)
        return await self.timed(work, most - warm)

    async def timed(self, work: Work, most: int, clients: int = CLIENTS) -> Done:
        """How long each took, how long all of them together, and what it cost."""
        return await self._done(work, most, clients, None)

    async def paced(self, work: Work, most: int, per_second: float) -> Done:
        """The same at a fixed rate: what waits for a free client waits from the moment its turn has come."""
        return await self._done(work, min(most, int(per_second * self._seconds)), CLIENTS, per_second)

    async def _done(self, work: Work, most: int, clients: int, per_second: float | None) -> Done:
        durations: list[float] = []
        numbers = iter(range(most))
        wires = [await Requests.open(HOST, self._served.port) for _ in range(clients)]
        gc.collect()
        server, postgres = self._used()
        gc.disable()  # the clients' own rests would be counted as the server's
        began = time.perf_counter()

        async def client(wire: Requests) -> None:
            for number in numbers:
                start = time.perf_counter()
                if per_second is not None:
                    start = began + number / per_second
                    await asyncio.sleep(start - time.perf_counter())
                await work(wire, number)
                durations.append(time.perf_counter() - start)
                if start - began > self._seconds:
                    break

        try:
            async with asyncio.TaskGroup() as group:
                for wire in wires:
                    group.create_task(client(wire))
        finally:
            gc.enable()
            for wire in wires:
                wire.hang_up()
        took, now = time.perf_counter() - began, self._used()
        return Done(durations, took, now[0] - server, now[1] - postgres)

    async def post(self, wire: Requests, path: str, wish: dict[str, Any]) -> UUID:
        """What has been opened or moved. Raises ConnectionError."""
        done: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
        body = msgspec.json.encode(wish)
        wire.ask("POST", path, self.token, body, lambda status, text: done.set_result((status, text)))
        status, answer = await done
        if status not in {200, 201}:
            raise ConnectionError(f"{status} {answer.decode('utf-8', 'replace')[:300]}")
        return msgspec.json.decode(answer, type=Opened).id

    def _used(self) -> tuple[float, float]:
        return usage.seconds_of(self._served.process), usage.seconds_of_family(self._place.postgres)


class Shop:
    """One shop's doors and the floor's, and what has been opened behind them."""

    def __init__(self, place: Place, world: World, doors: tuple[Served, Served], owner: Connection) -> None:
        self._place = place
        self._world = world
        self._doors = doors
        self._owner = owner
        self._orders = 0

    async def measure(self, stored: str, seconds: float) -> list[Figure]:
        """Every deed for some seconds, here and on the floor in turns, then the board."""
        product, bare = (Counter(self._place, one, self._world.manager, seconds) for one in self._doors)
        orders = await self._more_orders(int(seconds * (1_500 + SPEED["open"].first)) + WARM)
        ours, theirs = self._deeds(product, orders), self._tickets(bare)
        found: list[Figure] = []
        for name in SPEED:
            most = {"open": int(seconds * 1_500), "move": len(self._cases)}.get(name, 10**9)
            done = [
                await counter.warmed(deeds[name], most)
                for counter, deeds in ((product, ours), (bare, theirs))
            ]
            found += _figures(f"{name}, {stored}", done[0], done[1], SPEED[name])
            found += await self._paced(product, name, ours[name], stored)
        await product.timed(ours["board"], 20, clients=1)
        late = times((await product.timed(ours["board"], 200, clients=1)).durations)
        return [*found, Figure("cases", f"the board, {stored}, p99", late.p99, "ms", "less", target=BOARD)]

    async def _paced(self, product: Counter, name: str, work: Work, stored: str) -> list[Figure]:
        """How late a deed is at the rate that is asked for, where the clients do not wait for each other."""
        rate = SPEED[name].first
        most = len(self._cases) - self._moved if name == "move" else 10**9
        done = await product.paced(work, most, rate)
        if not done.durations:
            return []
        late = times(done.durations).p99
        return [Figure("cases", f"{name} at {rate:,.0f}/s, {stored}, p99", late, "ms", "less", target=P99)]

    def _deeds(self, counter: Counter, orders: Sequence[UUID]) -> dict[str, Work]:
        base = f"/api/v1/shops/{self._world.shops[0]}"
        self._cases: list[UUID] = []
        self._moved = 0
        unasked, unmoved = iter(orders), iter(self._cases)

        async def opened(wire: Requests, _number: int) -> None:
            order = next(unasked)
            wish: dict[str, Any] = {"kind": "refund_only", "reason": "quality", "asked_minor": 1_000}
            wish["lines"] = [{"item": str(order)}]
            self._cases.append(await counter.post(wire, f"{base}/orders/{order}/cases", wish))

        async def moved(wire: Requests, _number: int) -> None:
            self._moved += 1
            await counter.post(wire, f"{base}/cases/{next(unmoved)}/offer", {"amount_minor": 500})

        async def read(wire: Requests, number: int) -> None:
            await wire.get(f"{base}/cases/{self._cases[number % len(self._cases)]}", counter.token)

        async def listed(wire: Requests, number: int) -> None:
            order = "due" if number % 2 else "newest"
            await wire.get(f"{base}/cases?order={order}&limit=25", counter.token)

        async def board(wire: Requests, _number: int) -> None:
            await wire.get(f"{base}/cases/board", counter.token)

        return {"open": opened, "move": moved, "read": read, "list": listed, "board": board}

    def _tickets(self, counter: Counter) -> dict[str, Work]:
        wish: dict[str, Any] = {"shop": str(self._world.shops[0])}
        made: list[UUID] = []

        async def opened(wire: Requests, _number: int) -> None:
            made.append(await counter.post(wire, "/tickets", wish))

        async def moved(wire: Requests, number: int) -> None:
            await counter.post(wire, f"/tickets/{made[number % len(made)]}", wish)

        async def read(wire: Requests, number: int) -> None:
            await wire.get(f"/tickets/{made[number % len(made)]}", counter.token)

        async def listed(wire: Requests, _number: int) -> None:
            await wire.get(f"/tickets?shop={self._world.shops[0]}", counter.token)

        return {"open": opened, "move": moved, "read": read, "list": listed}

    async def _more_orders(self, count: int) -> list[UUID]:
        first, last = self._orders + 1, self._orders + count
        buyers = self._world.conversations
        await self._owner.execute(_ORDERS, self._world.tenant, self._shop, first, last, buyers)
        self._orders = last
        await self._owner.execute("vacuum (analyze) orders.purchase")
        await self._owner.execute("vacuum (analyze) orders.item")
        rows = await self._owner.fetch(
            "select bench.id(4, n) from generate_series($1::bigint, $2::bigint) as n", first, last
        )
        return [row[0] for row in rows]

    @property
    def _shop(self) -> UUID:
        return self._world.shops[0]


def _figures(name: str, ours: Done, bare: Done, asked: Target) -> list[Figure]:
    late = times(ours.durations), times(bare.durations)
    return [
        Figure("cases", name, ours.per_second, "/s", floor=bare.per_second, target=asked),
        Figure("cases", f"{name}, p99", late[0].p99, "ms", "less", late[1].p99, P99),
        Figure(
            "cases", f"{name}, processor time", ours.cost_us, "µs", "less", bare.cost_us,
            note=f"{ours.shares}; floor {bare.shares}",
        ),
    ]  # fmt: skip


async def store(world: World, owner: Connection, count: int, seconds: float) -> int:
    """So many cases behind the shops, one in twenty open; fewer when time is up."""
    end, done = time.monotonic() + seconds, 0
    buyers = max(world.conversations, count // CASES_A_BUYER)
    indexes = await owner.fetch(_INDEXES)
    for setting in _QUICK:
        await owner.execute(f"set {setting}")
    for name, _ in indexes:
        await owner.execute(f"drop index {name}")
    while done < count and time.monotonic() < end:
        last = min(done + CHUNK, count)
        await owner.execute(_STORED, world.tenant, world.shops, len(world.shops), done + 1, last, buyers)
        done = last
    for _, text in indexes:
        await owner.execute(text)
    await owner.execute("vacuum (analyze) after_sale.case")
    await owner.execute("vacuum (analyze) after_sale.line")
    for setting in _QUICK:
        await owner.execute(f"reset {setting.partition(' ')[0]}")
    await owner.execute("checkpoint")
    return done


async def closed(world: World, owner: Connection, seconds: float) -> None:
    """Wait until the server has closed the days of the history: that is no part of a deed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not await owner.fetchval(_CLOSED, world.tenant):  # noqa: ASYNC110
        await asyncio.sleep(0.5)


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
    await closed(world, owner, seconds * CLOSING)
    with floor(place, "tickets") as bare:
        shop = Shop(place, world, (served, bare), owner)
        found = await shop.measure("few cases stored", seconds)
        count = await store(world, owner, stored, store_seconds)
        return found + await shop.measure(f"{count:,} cases stored", seconds)


def decisions() -> Sequence[Figure]:
    """What one decision costs, of the dearest table."""
    measured = [rules.measured(name) for name in shelf() if name.startswith("after_sale.")]
    found: list[Figure] = []
    for column, said in (("again", "asked before"), ("first", "asked the first time")):
        worst = max(measured, key=lambda one: float(one[column]))
        name = f"decide one table, the dearest ({worst['table']}), {said}"
        found.append(Figure("cases", name, float(worst[column]), "µs", "less", float(worst["floor"]), RULE))
    return found
