"""Plays the write actions of recorded retail tasks as an agent would, over HTTP, and compares."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.cli.retail_tasks import (
    ADDRESS,
    Data,
    Difference,
    Stock,
    Task,
    Write,
    differences,
    order_as_is,
    order_as_known,
    rounds,
    user_as_is,
    user_as_known,
)
from xiaoer.cli.wire import Caller, ServerSaidNo

PROFILE: Final = "retail"
NOBODY: Final = str(UUID(int=0))
AT_ONCE: Final = 4
PAGE: Final = 200


class RetailSummary(Struct, frozen=True):
    """What came of it: `agreed` writes ended as known, `refused_as_expected` of them as refusals.

    `refusals` counts the refusals by code and row of the rulebook.
    """

    tasks: int
    writes: int
    agreed: int
    refused_as_expected: int
    refusals: Mapping[str, int]
    differences: Sequence[Difference]
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether everything came out as known."""
        return self.agreed == self.writes and not self.differences


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who imports the data set and takes on the agents."""

    marketplace: str
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One shop with one copy of the data set, and the agent who serves it; ids by the data set's."""

    agent: Caller
    shop: str
    orders: Mapping[str, Data]
    buyers: Mapping[str, str]
    products: Mapping[str, str]
    variants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of one task."""

    agreed: int
    refused_as_expected: int
    refusals: Sequence[str]
    differences: Sequence[Difference]


async def play(
    server: str,
    boss: Administrator,
    stock: Stock,
    tasks: Sequence[Task],
    done: Callable[[], object] = lambda: None,
) -> RetailSummary:
    """Play every task, each in data as the set has it. Raises ServerSaidNo, or OSError without a server."""
    started = monotonic()
    played: list[Played] = []
    async with Caller(server) as administrator:
        await administrator.sign_in(boss.login, boss.password, boss.marketplace)
        await _profile(administrator)
        mark = secrets.token_hex(4)
        for number, together in enumerate(rounds(tasks)):
            async with Caller(server) as agent:
                desk = await _open(
                    administrator,
                    agent,
                    stock,
                    together,
                    marketplace=boss.marketplace,
                    name=f"{mark}-{number}",
                )
                played += await _play_together(desk, stock, together, done)
    refusals: dict[str, int] = {}
    for one in played:
        for row in one.refusals:
            refusals[row] = refusals.get(row, 0) + 1
    return RetailSummary(
        tasks=len(tasks),
        writes=sum(len(task.writes) for task in tasks),
        agreed=sum(one.agreed for one in played),
        refused_as_expected=sum(one.refused_as_expected for one in played),
        refusals=refusals,
        differences=[found for one in played for found in one.differences],
        seconds=round(monotonic() - started, 1),
    )


async def _profile(administrator: Caller) -> None:
    """The marketplace goes by the rules of the data set; set only where it does not already."""
    values = await administrator.ask("GET", "/platform/v1/rulebook")
    held = {one["parameter"]["name"]: one["value"] for one in values["data"]}
    if held.get("rulebook.profile") != PROFILE:
        wish = {"value": PROFILE, "reason": "Recorded retail tasks are played."}
        await administrator.ask("PUT", "/platform/v1/rulebook/rulebook.profile", wish)


# ── a shop for each round ────────────────────────────────────────────────


async def _open(
    administrator: Caller, agent: Caller, stock: Stock, tasks: Sequence[Task], *, marketplace: str, name: str
) -> Desk:
    external = f"replay-{name}"
    shop = {"kind": "shop", "id": external, "name": external, "language": "en"}
    await _import(administrator, shop, format="xiaoer")
    users = {user for task in tasks for user in task.users}
    orders = {number for user in users for number in stock.orders_of(user)}
    for part in (
        stock.products,
        {user: stock.users[user] for user in users},
        {number: stock.orders[number] for number in orders},
    ):
        if part:
            await _import(administrator, part, format="retail", shop=external)
    shops = await administrator.ask("GET", "/platform/v1/shops", q=external)
    shop_id = str(shops["data"][0]["id"])
    login, password = f"{external}@example.com", secrets.token_urlsafe(16)
    wish = {
        "display_name": f"Agent {name}",
        "email": login,
        "password": password,
        "memberships": [{"role": "agent", "shop_id": shop_id}],
    }
    await administrator.ask("POST", "/platform/v1/people", wish)
    await agent.sign_in(login, password, marketplace)
    listed = await _pages(agent, f"/api/v1/shops/{shop_id}/orders")
    products = await _pages(agent, f"/api/v1/shops/{shop_id}/products")
    variants = {one["external_id"]: one["id"] for product in products for one in product["variants"]}
    return Desk(
        agent,
        shop_id,
        orders={one["external_id"]: one for one in listed},
        buyers={stock.orders[one["external_id"]]["user_id"]: one["buyer_id"] for one in listed},
        products={product["id"]: product["external_id"] for product in products},
        variants=variants,
    )


async def _import(administrator: Caller, body: Mapping[str, Any], **query: Any) -> None:
    content = msgspec.json.encode(body) + b"\n"
    summary = await administrator.ask("POST", "/platform/v1/imports", content=content, **query)
    if summary["failed"]:
        raise ServerSaidNo(422, summary["errors"][0])


async def _pages(agent: Caller, path: str) -> list[Data]:
    found: list[Data] = []
    after: dict[str, Any] = {}
    while True:
        page = await agent.ask("GET", path, limit=PAGE, **after)
        found += page["data"]
        if not page["has_more"]:
            return found
        after = {"starting_after": page["next_cursor"]}


# ── playing ──────────────────────────────────────────────────────────────


async def _play_together(
    desk: Desk, stock: Stock, tasks: Sequence[Task], done: Callable[[], object]
) -> list[Played]:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(task: Task) -> Played:
        async with room:
            played = await _play(desk, stock, task)
        done()
        return played

    return await asyncio.gather(*(one(task) for task in tasks))


async def _play(desk: Desk, stock: Stock, task: Task) -> Played:
    refusals: list[str] = []
    wrong: list[Difference] = []
    kept: list[Write] = []
    for write in task.writes:
        no = await _write(desk, write)
        if no is not None:
            refusals.append(f"{no.error.get('code')} ({no.error.get('row')})")
        if write.ok is None or write.ok != (no is None):
            expected = "an outcome" if write.ok is None else "done" if write.ok else "refused"
            wrong.append(
                Difference(task.number, write.name, "outcome", expected, "done" if no is None else str(no))
            )
        else:
            kept.append(write)
    wrong += await _compare(desk, stock, task)
    spoiled = {one.subject for one in wrong}
    agreed = [write for write in kept if not _subjects(stock, write) & spoiled]
    refused = sum(1 for write in agreed if not write.ok)
    return Played(len(agreed), refused, refusals, wrong)


def _subjects(stock: Stock, write: Write) -> set[str]:
    """What a write is about, and whose it is: where one of these came out wrong, the write did not agree."""
    number = write.kwargs.get("order_id", "")
    order = stock.orders.get(number)
    return {number, order["user_id"] if order else write.kwargs.get("user_id", "")}


async def _compare(desk: Desk, stock: Stock, task: Task) -> list[Difference]:
    """Every order and profile of the users concerned, also those that must be as they were."""
    found: list[Difference] = []
    for user in sorted(task.users):
        for number in stock.orders_of(user):
            path = f"/api/v1/shops/{desk.shop}/orders/{desk.orders[number]['id']}"
            actual = order_as_is(await desk.agent.ask("GET", path), desk.products)
            known = order_as_known(stock.orders[number], task.orders.get(number, {}))
            found += differences(task.number, number, known, actual)
        if user in desk.buyers:
            path = f"/api/v1/shops/{desk.shop}/buyers/{desk.buyers[user]}"
            profile = await desk.agent.ask("GET", path)
            known = user_as_known(stock.users[user], task.profiles.get(user, {}))
            found += differences(task.number, user, known, user_as_is(profile))
    return found


async def _write(desk: Desk, write: Write) -> ServerSaidNo | None:
    """Do what an agent would; the refusal when there is one."""
    kwargs = write.kwargs
    order = desk.orders.get(kwargs.get("order_id", ""), {"id": NOBODY, "items": []})
    path = f"/api/v1/shops/{desk.shop}/orders/{order['id']}"
    address = {"address": {name: kwargs[name] for name in ADDRESS if name in kwargs}}
    pay = {"payment_method": kwargs.get("payment_method_id")}
    match write.name:
        case "cancel_pending_order":
            place, body = f"{path}/cancel", {"reason": kwargs["reason"]}
        case "modify_pending_order_address":
            place, body = f"{path}/address", address
        case "modify_pending_order_payment":
            place, body = f"{path}/payment", pay
        case "modify_pending_order_items":
            place, body = f"{path}/items", {"lines": _lines(desk, order, kwargs), **pay}
        case "modify_user_address":
            buyer = desk.buyers.get(kwargs["user_id"], NOBODY)
            place, body = f"/api/v1/shops/{desk.shop}/buyers/{buyer}/address", address
        case "return_delivered_order_items":
            lines = [{"item": item, "quantity": 1} for item in _items(order, kwargs["item_ids"])]
            place, body = f"{path}/cases", {"kind": "return_refund", "lines": lines, **pay}
        case _:
            lines = [{**line, "quantity": 1} for line in _lines(desk, order, kwargs)]
            place, body = f"{path}/cases", {"kind": "exchange", "lines": lines, **pay}
    try:
        await desk.agent.ask("POST", place, {**body, "client_id": secrets.token_hex(8)})
    except ServerSaidNo as no:
        return no
    return None


def _items(order: Data, numbers: Sequence[str]) -> list[str]:
    """The lines that these numbers mean: of two alike the first, then the second."""
    free = [(item["external_id"], str(item["id"])) for item in order["items"]]
    found: list[str] = []
    for number in numbers:
        line = next((one for one in free if one[0] == number), None)
        if line is not None:
            free.remove(line)
        found.append(line[1] if line else NOBODY)
    return found


def _lines(desk: Desk, order: Data, kwargs: Mapping[str, Any]) -> list[dict[str, str]]:
    items, wanted = _items(order, kwargs["item_ids"]), kwargs["new_item_ids"]
    missing = [NOBODY] * (len(items) - len(wanted))
    return [
        {"item": item, "new_variant": desk.variants.get(new, NOBODY)}
        for item, new in zip(
            [*items, *[NOBODY] * (len(wanted) - len(items))], [*wanted, *missing], strict=True
        )
    ]
