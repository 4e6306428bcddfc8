"""Asking for orders costs the same few statements however many there are, and cards show what stands."""

from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from tests import make
from tests.orders.test_actions import BASIS, HEAD, ITEMS, ORDER, PRODUCT, take
from xiaoer.kernel.refusal import Refusal
from xiaoer.orders import queries
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def home(database: Database) -> UUID:
    return (await make.marketplace(database)).tenant


@pytest.fixture
async def shop(database: Database, home: UUID, owner: Connection) -> UUID:
    await take(database, home, *BASIS, ORDER)
    return await owner.fetchval("select id from identity.shop where tenant = $1", home)


class Counting:
    """A connection that counts what is asked of it."""

    def __init__(self, connection: Any) -> None:
        self.asked = 0
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        if name in {"fetch", "fetchrow", "fetchval", "execute", "executemany"}:
            self.asked += 1
        return getattr(self._connection, name)


async def test_more_orders_cost_no_more_statements(database: Database, home: UUID, shop: UUID):
    async def statements() -> list[int]:
        asked: list[int] = []
        async with database.read(home) as read:
            for query in ({}, {"q": "A"}, {"limit": 200}):
                tx = Tx(counting := cast("Any", Counting(read.connection)), home)
                lines = await queries.purchases_of_shop(tx, shop, **query)  # type: ignore[arg-type]
                assert all(len(line.items) == 2 for line in lines)
                asked.append(counting.asked)
            tx = Tx(counting := cast("Any", Counting(read.connection)), home)
            await queries.purchase(tx, shop, lines[0].id)
            await queries.products(tx, shop)
        return [*asked, counting.asked]

    few = await statements()
    await take(database, home, *({**ORDER, "id": f"A{place}"} for place in range(2, 60)))
    assert await statements() == few == [2, 2, 2, 2]


async def test_an_order_as_a_card(database: Database, home: UUID, shop: UUID):
    many = [{**ITEMS[1], "id": f"x{place}", "title": f"茶具 {place}"} for place in range(7)]
    await take(database, home, {**HEAD, "id": "B9", "total": "84", "items": many})
    async with database.read(home) as tx:
        ids = await queries.ids_of(tx, shop, ["A1", "B9", "p1", "nothing"])
        assert ids.keys() == {"A1", "B9", "p1"}
        card = await queries.card(tx, shop, "order", ids["A1"])
        assert (card.title, card.lines, card.state) == ("A1", ["明前龙井 ×2", "茶漏"], "paid")
        assert (card.amount_minor, card.currency) == (18800, "CNY")
        long = await queries.card(tx, shop, "order", ids["B9"])
        assert long.lines == [*(f"茶具 {place}" for place in range(5)), "+2"]
        product = await queries.card(tx, shop, "product", ids["p1"])
        assert (product.title, product.lines, product.state) == (
            "明前龙井",
            ["净含量: 50g / 100g"],
            "available",
        )
        purchase = await queries.purchase(tx, shop, ids["A1"])
        assert (await queries.card(tx, shop, "order", ids["A1"], buyer=purchase.buyer_id)) == card
        for wrong in (
            queries.card(tx, shop, "order", ids["A1"], buyer=uuid4()),
            queries.card(tx, uuid4(), "order", ids["A1"]),
            queries.card(tx, shop, "order", ids["p1"]),
            queries.card(tx, shop, "product", ids["A1"]),
        ):
            with pytest.raises(Refusal):
                await wrong


async def test_a_product_that_is_gone_says_so(database: Database, home: UUID, shop: UUID):
    await take(database, home, {**PRODUCT, "available": False, "title": "茶" * 300})
    async with database.read(home) as tx:
        [product] = await queries.products(tx, shop)
        card = await queries.card(tx, shop, "product", product.id)
        assert await queries.products(tx, shop, on_sale=True) == []
    assert card.state == "gone"


@pytest.mark.parametrize(
    ("given", "waits"),
    [
        ({"on_time_insurance": True}, True),
        ({"on_time_insurance": False}, False),
        ({"on_time_insurance": True, "state": "已发货"}, True),
        ({"on_time_insurance": True, "state": "pending"}, False),
        ({"on_time_insurance": True, "state": "completed"}, False),
        ({"on_time_insurance": True, "signed_at": "2026-11-01 10:00"}, False),
    ],
)
async def test_whether_a_buyer_waits_for_an_insured_order(
    database: Database, home: UUID, shop: UUID, given: dict[str, object], waits: bool
):
    await take(database, home, {**HEAD, **given})
    async with database.read(home) as tx:
        [line, *_] = await queries.purchases_of_shop(tx, shop, q="B1")
        assert await queries.awaits_insured(tx, shop, line.buyer_id) is waits
        assert not await queries.awaits_insured(tx, shop, uuid4())
