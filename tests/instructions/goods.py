"""A small trade to ask changes in: two products, a buyer with a gift card, orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tests import make
from tests.orders.test_actions import take
from xiaoer.identity import queries as identity
from xiaoer.orders import queries
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Database
from xiaoer.rulebook import actions as rulebook

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SHOP = {"kind": "shop", "id": "s1", "name": "山间茶铺"}
BUYER = {
    "kind": "buyer",
    "id": "b1",
    "name": "王小明",
    "address": {"text": "杭州市文三路 1 号"},
    "payment_methods": [
        {"id": "alipay_1", "kind": "alipay"},
        {"id": "wechat_1", "kind": "wechat"},
        {"id": "gift_1", "kind": "gift_card", "balance": "100"},
    ],
}
TEA = {
    "kind": "product",
    "id": "tea",
    "shop": "s1",
    "title": "龙井",
    "variants": [
        {"id": "t50", "options": {"净含量": "50g"}, "price": "88"},
        {"id": "t100", "options": {"净含量": "100g"}, "price": "160"},
        {"id": "t20", "options": {"净含量": "20g"}, "price": "38"},
        {"id": "t500", "options": {"净含量": "500g"}, "price": "700", "available": False},
    ],
}
CUP = {
    "kind": "product",
    "id": "cup",
    "shop": "s1",
    "title": "杯子",
    "variants": [{"id": "c1", "options": {"颜色": "白"}, "price": "30"}],
}


def order(number: str, state: str, *, method: str = "alipay_1", **more: object) -> Mapping[str, object]:
    """An order of two teas and a cup, 206 CNY."""
    return {
        "kind": "order",
        "id": number,
        "shop": "s1",
        "buyer": "b1",
        "state": state,
        "address": {"text": "杭州市文三路 1 号"},
        "items": [
            {"id": "t50", "product": "tea", "variant": "t50", "price": "88", "quantity": 2},
            {"id": "c1", "product": "cup", "variant": "c1", "price": "30"},
        ],
        "payments": [{"amount": "206", "method": method}],
        **more,
    }


@dataclass
class Trade:
    """What tests ask of: ids by the sender's numbers."""

    tenant: UUID
    shop: UUID
    buyer: UUID
    orders: dict[str, UUID]
    variants: dict[str, UUID]

    async def order(self, database: Database, number: str) -> Purchase:
        """An order as it is now."""
        async with database.read(self.tenant) as tx:
            return await queries.purchase(tx, self.shop, self.orders[number])

    async def balance(self, database: Database) -> int | None:
        """What is on the gift card, in fen."""
        async with database.read(self.tenant) as tx:
            profile = await identity.profile(tx, self.buyer)
        return next(one.balance_minor for one in profile.payment_methods if one.id == "gift_1")


async def trade(database: Database, *rows: Mapping[str, Any], profile: str | None = None) -> Trade:
    """The marketplace with everything in it; `rows` are more orders."""
    home = (await make.marketplace(database)).tenant
    if profile is not None:  # chosen before there is a shop, nobody has to be told first
        async with database.transaction(home) as tx:
            await rulebook.set_value(
                tx,
                shop=None,
                name="rulebook.profile",
                value=profile,
                reason="test",
                author=home,
                now=LONG_AGO,
            )
    states = {"P1": "paid", "P2": "paid", "S1": "dispatched", "D1": "delivered", "X1": "cancelled"}
    orders = [order(number, state) for number, state in states.items()]
    orders.append(order("G1", "paid", method="gift_1"))
    done = await take(database, home, SHOP, BUYER, TEA, CUP, *orders, *rows)
    assert done.failed == 0, done.errors
    numbers = [*states, "G1", *(str(row["id"]) for row in rows)]
    async with database.read(home) as tx:
        from xiaoer.identity.actions import imports

        shop = (await imports.ids_of_shops(tx, ["s1"]))["s1"]
        buyer = (await imports.ids_of_buyers(tx, ["b1"]))["b1"]
        ids = await queries.ids_of(tx, shop, [*numbers, "tea", "cup"])
        variants = {
            one.external_id: one.id
            for product in ("tea", "cup")
            for one in (await queries.product(tx, shop, ids[product])).variants
        }
    return Trade(home, shop, buyer, {number: ids[number] for number in numbers}, variants)
