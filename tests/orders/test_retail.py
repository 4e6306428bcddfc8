"""The public retail data set, all of it: every field and every sum as the source has it."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests import make
from xiaoer.orders import queries
from xiaoer.orders.actions.batch import Right
from xiaoer.orders.actions.importing import Importer
from xiaoer.orders.actions.naming import Moment
from xiaoer.orders.model import ImportSummary, Product, Purchase
from xiaoer.orders.rules.fields import Customs
from xiaoer.orders.rules.lines import Bad
from xiaoer.orders.rules.reader import reader
from xiaoer.orders.rules.records import Record
from xiaoer.orders.rules.retail import SHOP
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.settings import Settings

Data = dict[str, dict[str, Any]]
STATES = {"pending": "paid", "processed": "dispatched", "delivered": "delivered", "cancelled": "cancelled"}


def read(data: bytes, piece: int = 1000) -> list[Record | Bad]:
    made = reader("retail")
    found = [one for start in range(0, len(data), piece) for one in made.feed(data[start : start + piece])]
    return [*found, *made.close()]


# ── reading, without the data set ────────────────────────────────────────

USER = {"name": {"first_name": "Ann", "last_name": "Lee"}, "payment_methods": {}, "orders": ["#W1"]}
ENTRIES = json.dumps({"ann": USER, "bob": USER}, indent=1).encode()


@pytest.mark.parametrize("piece", [1, 2, 7, 10_000])
def test_entries_come_out_whatever_the_pieces(piece: int):
    found = read(ENTRIES, piece)
    assert [one.data["id"] for one in found if isinstance(one, Record)] == ["ann", "bob"]
    assert [one.line for one in found] == [2, 12]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"{}", []),
        (b" \n{ } \n", []),
        (b"", ["not_json"]),
        (b"[]", ["not_json"]),
        (ENTRIES[:-5], ["Record", "not_json"]),
        (ENTRIES + b" x", ["Record", "Record", "not_json"]),
        (b'{"a": {"b": 1}}', ["not_retail"]),
        (b'{"a": {"payment_methods": NaN}}', ["Record"]),
        (b'{"a": 5}', ["not_json"]),
        (b'{"a" {}}', ["not_json"]),
        (b',"a": {"payment_methods": {}}}', ["not_json"]),
        (b'{"a": {"order_id": 1, "items": [5], "fulfillments": [7]}}', ["Record"]),
        (b'{"a": {"order_id": 1, "payment_history": {"x": "y"}}}', ["Record"]),
    ],
)
def test_what_breaks_the_file_is_told(data: bytes, codes: list[str]):
    found = read(data)
    said = [one.refused.code.removeprefix("orders.") if isinstance(one, Bad) else "Record" for one in found]
    assert said == codes


def test_an_entry_that_never_ends_is_given_up():
    made = reader("retail")
    found = [one for _ in range(40) for one in made.feed(b'{"a": {"order_id": "' + b"x" * 65_536)]
    assert [one.refused.code for one in found if isinstance(one, Bad)] == ["orders.row_too_long"]
    assert made.feed(b"x" * 65_536) == []


# ── importing, with it ───────────────────────────────────────────────────


@pytest.fixture(scope="module")
def folder() -> Path:
    found = Settings.load().data / "retail"
    if not (found / "orders.json").is_file():
        pytest.skip(f"the retail data set is not here: {found} (set XIAOER_DATA)")
    return found


def source(folder: Path, name: str) -> Data:
    return cast("Data", json.loads((folder / f"{name}.json").read_text("utf-8"), parse_float=Decimal))


def minor(amount: Decimal | int) -> int:
    value = Decimal(amount) * 100
    assert value == value.to_integral_value()
    return int(value)


async def chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(65_536):
            yield chunk


async def import_all(database: Database, tenant: UUID, folder: Path) -> ImportSummary:
    importer = Importer(
        database,
        tenant,
        right=Right(),
        customs=Customs("CNY", ZoneInfo("Asia/Shanghai")),
        moment=Moment(clock.now(), clock.new_id),
        strict=True,
    )
    await importer.take_own(SHOP)
    # orders before what they name: they wait for it
    for name in ("orders", "users", "products"):
        await importer.read(chunks(folder / f"{name}.json"), reader("retail"), file=name)
    return (await importer.close()).summary(lambda refused: f"{refused.code} {refused.facts}", 0)


def as_source(order: Purchase, products: dict[UUID, Product]) -> dict[str, Any]:
    """The order as the data set writes it."""
    names = {item.id: item.external_id for item in order.items}
    variants = {one.id: one for product in products.values() for one in product.variants}
    return {
        "order_id": order.external_id,
        "address": order.address,
        "status": order.source_state,
        "items": [
            {
                "name": item.title,
                "product_id": products[cast("UUID", item.product_id)].external_id,
                "item_id": variants[cast("UUID", item.variant_id)].external_id,
                "price": item.unit_price_minor,
                "options": item.options,
            }
            for item in order.items
        ],
        "fulfillments": [
            {"tracking_id": [one.tracking_number], "item_ids": [names[item] for item in one.items]}
            for one in order.parcels
        ],
        "payment_history": [
            {"transaction_type": one.kind, "amount": one.amount_minor, "payment_method_id": one.method}
            for one in order.payments
        ],
    }


async def test_every_field_and_sum_arrives(database: Database, owner: Connection, folder: Path):
    tenant = (await make.marketplace(database)).tenant
    summary = await import_all(database, tenant, folder)
    assert (summary.rows, summary.created, summary.failed, summary.errors) == (1550, 1550, 0, [])
    assert {kind: counts.rows for kind, counts in summary.kinds.items()} == {
        "order": 1000,
        "buyer": 500,
        "product": 50,
    }
    async with database.read(tenant) as tx:
        shop = await owner.fetchval("select id from identity.shop where external_id = 'retail'")
        found = {one.external_id: one for one in await queries.products(tx, shop, limit=100)}
        ids = await owner.fetch("select id from orders.purchase where tenant = $1", tenant)
        orders = {(one := await queries.purchase(tx, shop, row["id"])).external_id: one for row in ids}
    people = await owner.fetch("select * from identity.person where tenant = $1 and kind = 'buyer'", tenant)
    check_products(found, source(folder, "products"))
    check_orders(orders, found, source(folder, "orders"))
    check_people({row["external_id"]: dict(row) for row in people}, source(folder, "users"), orders)
    await check_sums(owner, tenant, folder)
    before = await contents(owner, tenant)
    again = await import_all(database, tenant, folder)
    assert (again.rows, again.unchanged, again.created, again.updated, again.failed) == (1550, 1550, 0, 0, 0)
    assert await contents(owner, tenant) == before


def check_products(found: dict[str, Product], expected: Data) -> None:
    assert found.keys() == expected.keys()
    for key, product in expected.items():
        mine = found[key]
        assert (mine.title, mine.currency, mine.available) == (product["name"], "USD", True)
        assert {one.external_id: (one.options, one.available, one.price_minor) for one in mine.variants} == {
            one["item_id"]: (one["options"], one["available"], minor(one["price"]))
            for one in product["variants"].values()
        }


def check_orders(found: dict[str, Purchase], products: dict[str, Product], expected: Data) -> None:
    assert found.keys() == expected.keys()
    by_id = {product.id: product for product in products.values()}
    for key, order in expected.items():
        wanted = {name: value for name, value in order.items() if name != "user_id"}
        wanted["items"] = [{**item, "price": minor(item["price"])} for item in order["items"]]
        wanted["payment_history"] = [
            {**payment, "amount": minor(payment["amount"])} for payment in order["payment_history"]
        ]
        assert as_source(found[key], by_id) == wanted
        assert found[key].state == STATES[order["status"]]
        assert (found[key].placed_at, found[key].currency) == (None, "USD")
        paid = sum(
            minor(one["amount"]) for one in order["payment_history"] if one["transaction_type"] == "payment"
        )
        assert found[key].paid_minor == found[key].total_minor == paid
        assert sum(item.paid_minor for item in found[key].items) == paid


def check_people(found: dict[str, dict[str, Any]], expected: Data, orders: dict[str, Purchase]) -> None:
    assert found.keys() == expected.keys()
    by_buyer: dict[UUID, set[str]] = {}
    for order in orders.values():
        by_buyer.setdefault(order.buyer_id, set()).add(order.external_id)
    for key, user in expected.items():
        person = found[key]
        assert person["display_name"] == f"{user['name']['first_name']} {user['name']['last_name']}"
        assert (person["email"], person["address"]) == (user["email"].lower(), user["address"])
        assert by_buyer.get(person["id"], set()) == set(user["orders"])
        assert {one["id"]: one for one in person["payment_methods"]} == {
            method["id"]: wanted_method(method) for method in user["payment_methods"].values()
        }


def wanted_method(method: dict[str, Any]) -> dict[str, Any]:
    wanted = {name: value for name, value in method.items() if name not in {"source", "balance"}}
    wanted["kind"] = method["source"]
    if "balance" in method:
        wanted |= {"balance_minor": minor(method["balance"]), "currency": "USD"}
    return wanted


async def check_sums(owner: Connection, tenant: UUID, folder: Path) -> None:
    """The sums once more, by other hands: SQL on one side, plain JSON on the other."""
    orders = source(folder, "orders").values()
    users = source(folder, "users").values()
    payments: Counter[str] = Counter()
    for order in orders:
        for payment in order["payment_history"]:
            payments[payment["transaction_type"]] += minor(payment["amount"])
    rows = await owner.fetch(
        "select kind, sum(amount_minor)::bigint as sum from orders.payment where tenant = $1 group by kind",
        tenant,
    )
    assert {row["kind"]: row["sum"] for row in rows} == payments
    goods = sum(minor(item["price"]) for order in orders for item in order["items"])
    sql = "select sum(quantity * unit_price_minor)::bigint from orders.item where tenant = $1"
    assert await owner.fetchval(sql, tenant) == goods == payments["payment"]
    cards = sum(minor(m.get("balance", 0)) for user in users for m in user["payment_methods"].values())
    sql = (
        "select sum((m ->> 'balance_minor')::bigint)::bigint from identity.person, "
        "jsonb_array_elements(payment_methods) as m where tenant = $1"
    )
    assert await owner.fetchval(sql, tenant) == cards == 1_234_800


async def contents(owner: Connection, tenant: UUID) -> list[Any]:
    """Every row of every table an import writes, as PostgreSQL tells them apart."""
    tables = ("orders.product", "orders.variant", "orders.purchase", "orders.item", "orders.payment")
    tables += ("orders.parcel", "identity.person", "identity.shop")
    return [
        await owner.fetchval(
            f"select md5(string_agg(t::text || t.xmin, '' order by t.id)) from {table} t where tenant = $1",
            tenant,
        )
        for table in tables
    ]
