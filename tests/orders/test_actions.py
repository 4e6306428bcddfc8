"""What an import writes: once, whole, again without change, and nothing for a row that is refused."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests import make
from xiaoer.orders import queries
from xiaoer.orders.actions.batch import Right
from xiaoer.orders.actions.importing import Importer, customs_of
from xiaoer.orders.actions.naming import Moment
from xiaoer.orders.model import ImportSummary, Purchase
from xiaoer.orders.rules.reader import reader
from xiaoer.orders.rules.rows import Kind
from xiaoer.orders.rules.words import LIMITS
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

Given = Mapping[str, object]
TABLES = ("product", "variant", "purchase", "item", "payment", "parcel")

SHOP: Given = {"kind": "shop", "id": "s1", "name": "山间茶铺"}
BUYER: Given = {"kind": "buyer", "id": "b1", "name": "王小明", "email": "wang@example.com"}
PRODUCT: Given = {
    "kind": "product",
    "id": "p1",
    "shop": "s1",
    "title": "明前龙井",
    "price": "88",
    "flags": ["fresh"],
    "variants": [
        {"id": "v1", "options": {"净含量": "50g"}},
        {"id": "v2", "options": {"净含量": "100g"}, "price": "160"},
    ],
}
ITEMS = [
    {"id": "i1", "product": "p1", "variant": "v1", "price": "88", "quantity": 2},
    {"id": "i2", "title": "茶漏", "price": "12", "quantity": 1},
]
ORDER: Given = {
    "kind": "order",
    "id": "A1",
    "shop": "s1",
    "buyer": "b1",
    "state": "待发货",
    "items": ITEMS,
    "payments": [{"id": "y1", "amount": "188", "method": "alipay"}],
    "parcels": [{"tracking_number": "SF1", "items": ["i1"]}],
}
BASIS: Sequence[Given] = (SHOP, BUYER, PRODUCT)


async def pieces(rows: Sequence[Given]) -> AsyncIterator[bytes]:
    yield b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


async def take(
    database: Database,
    tenant: UUID,
    *rows: Given,
    right: Right | None = None,
    kind: Kind | None = None,
    shop: str | None = None,
    strict: bool = False,
) -> ImportSummary:
    async with database.read(tenant) as tx:
        customs = await customs_of(tx, shop)
    importer = Importer(
        database,
        tenant,
        right=right or Right(),
        customs=customs,
        moment=Moment(clock.now(), clock.new_id),
        strict=strict,
    )
    await importer.read(pieces(rows), reader("jsonl"), kind=kind)
    return (await importer.close()).summary(lambda refused: str(dict(refused.facts)), 0)


def counts(summary: ImportSummary) -> tuple[int, int, int, int]:
    return summary.created, summary.updated, summary.unchanged, summary.failed


def codes(summary: ImportSummary) -> list[tuple[int, str, str | None]]:
    return [(one.line, one.code.removeprefix("orders."), one.field) for one in summary.errors]


async def rows_of(owner: Connection, tenant: UUID) -> dict[str, int]:
    return {
        table: await owner.fetchval(f"select count(*) from orders.{table} where tenant = $1", tenant)
        for table in TABLES
    }


@pytest.fixture
async def home(database: Database) -> UUID:
    return (await make.marketplace(database)).tenant


@pytest.fixture
async def shop(database: Database, home: UUID, owner: Connection) -> UUID:
    summary = await take(database, home, *BASIS)
    assert counts(summary) == (3, 0, 0, 0), summary
    return await owner.fetchval("select id from identity.shop where tenant = $1 and external_id = 's1'", home)


async def order(database: Database, home: UUID, number: str = "A1") -> Purchase:
    async with database.read(home) as tx:
        found = await tx.fetchval("select id from orders.purchase where external_id = $1", number)
        return await queries.purchase(tx, None, found)


# ── once, and again ──────────────────────────────────────────────────────


async def test_an_order_arrives_whole(database: Database, home: UUID, shop: UUID):
    assert counts(await take(database, home, ORDER)) == (1, 0, 0, 0)
    found = await order(database, home)
    assert (found.shop_id, found.shop_name, found.buyer_name) == (shop, "山间茶铺", "王小明")
    assert (found.state, found.source_state, found.currency) == ("paid", "待发货", "CNY")
    assert (found.total_minor, found.paid_minor, found.refunded_minor) == (18800, 18800, 0)
    tea, sieve = found.items
    assert (tea.title, tea.flags, tea.quantity, tea.paid_minor) == ("明前龙井", ["fresh"], 2, 17600)
    assert (sieve.title, sieve.flags, sieve.product_id) == ("茶漏", [], None)
    assert found.parcels[0].items == [tea.id]
    assert found.payments[0].method == "alipay"


async def test_the_second_time_nothing_changes(database: Database, home: UUID, owner: Connection, shop: UUID):
    rows = (*BASIS, ORDER)
    await take(database, home, *rows)
    seen = await owner.fetch("select xmin::text, * from orders.item where tenant = $1 order by id", home)
    assert counts(await take(database, home, *rows)) == (0, 0, 4, 0)
    again = await owner.fetch("select xmin::text, * from orders.item where tenant = $1 order by id", home)
    assert [tuple(row) for row in seen] == [tuple(row) for row in again]


async def test_a_changed_order_is_updated_and_its_items_keep_their_ids(
    database: Database, home: UUID, shop: UUID
):
    await take(database, home, ORDER)
    before = {item.external_id: item.id for item in (await order(database, home)).items}
    changed = {
        **ORDER,
        "state": "已发货",
        "items": [{"id": "i3", "title": "茶杯", "price": "30"}, {**ITEMS[0], "quantity": 1}],
        "payments": [{"id": "y1", "amount": "118", "method": "alipay"}],
        "parcels": [{"tracking_number": "SF2", "items": ["i1", "i3"], "carrier": "顺丰"}],
    }
    assert counts(await take(database, home, changed)) == (0, 1, 0, 0)
    after = await order(database, home)
    assert after.state == "dispatched"
    assert {item.external_id for item in after.items} == {"i1", "i3"}
    ids = {item.external_id: item.id for item in after.items}
    assert ids["i1"] == before["i1"]
    assert ids["i3"] not in before.values()
    assert after.paid_minor == after.total_minor == 11800
    assert [parcel.tracking_number for parcel in after.parcels] == ["SF2"]
    assert set(after.parcels[0].items) == set(ids.values())


async def test_a_list_that_is_not_spoken_of_stays(database: Database, home: UUID, shop: UUID):
    await take(database, home, ORDER)
    short = {name: value for name, value in ORDER.items() if name not in {"items", "payments", "parcels"}}
    assert counts(await take(database, home, {**short, "state": "已签收", "total": "188"})) == (0, 1, 0, 0)
    found = await order(database, home)
    assert (found.state, len(found.items), len(found.payments), len(found.parcels)) == ("delivered", 2, 1, 1)
    assert found.paid_minor == 18800


async def test_a_product_keeps_variants_that_orders_point_at(database: Database, home: UUID, shop: UUID):
    await take(database, home, ORDER)
    variants = PRODUCT["variants"]
    assert isinstance(variants, list)
    assert counts(await take(database, home, {**PRODUCT, "variants": variants[1:]})) == (0, 1, 0, 0)
    async with database.read(home) as tx:
        [product] = await queries.products(tx, shop)
    assert {one.external_id: one.available for one in product.variants} == {"v1": False, "v2": True}
    assert (await order(database, home)).items[0].variant_id in {one.id for one in product.variants}


# ── rows of their own ────────────────────────────────────────────────────

HEAD: Given = {"kind": "order", "id": "B1", "shop": "s1", "buyer": "b1", "state": "paid", "total": "100"}
PARTS: Sequence[Given] = (
    {"kind": "item", "shop": "s1", "order": "B1", "id": "i1", "product": "p1", "price": "60"},
    {"kind": "item", "shop": "s1", "order": "B1", "line": 2, "title": "茶盘", "price": "40"},
    {"kind": "payment", "shop": "s1", "order": "B1", "id": "y1", "amount": "100", "method": "wechat"},
    {"kind": "退款", "shop": "s1", "order": "B1", "id": "y2", "amount": "40", "payment_kind": "refund"},
    {"kind": "parcel", "shop": "s1", "order": "B1", "tracking_number": "ZT9", "items": ["i1", "2"]},
)


async def test_items_payments_and_parcels_may_come_in_rows_of_their_own(
    database: Database, home: UUID, shop: UUID
):
    assert counts(await take(database, home, HEAD, *PARTS)) == (6, 0, 0, 0)
    found = await order(database, home, "B1")
    assert [(item.line, item.title, item.paid_minor) for item in found.items] == [
        (1, "明前龙井", 6000),
        (2, "茶盘", 4000),
    ]
    assert (found.paid_minor, found.refunded_minor) == (10000, 4000)
    assert found.parcels[0].items == [item.id for item in found.items]
    assert counts(await take(database, home, HEAD, *PARTS)) == (0, 0, 6, 0)
    changed = {**PARTS[1], "price": "45"}
    assert counts(await take(database, home, HEAD, PARTS[0], changed)) == (0, 1, 2, 0)


async def test_a_row_of_its_own_voids_what_came_inside_the_order(database: Database, home: UUID, shop: UUID):
    await take(database, home, ORDER)
    item = {"kind": "item", "shop": "s1", "order": "A1", "id": "i2", "title": "茶滤", "price": "12"}
    assert counts(await take(database, home, item)) == (0, 1, 0, 0)
    assert (await order(database, home)).items[1].title == "茶滤"
    assert counts(await take(database, home, ORDER)) == (0, 1, 0, 0)
    assert (await order(database, home)).items[1].title == "茶漏"
    assert counts(await take(database, home, ORDER)) == (0, 0, 1, 0)


async def test_two_rows_about_one_line_in_one_batch(database: Database, home: UUID, shop: UUID):
    await take(database, home, HEAD)
    by_id, by_line = PARTS[0], {**PARTS[0], "id": "i1", "line": 1, "price": "61"}
    summary = await take(database, home, by_id, by_line)
    assert (summary.created, summary.failed) == (1, 1)
    assert codes(summary) == [(2, "repeated", "line")]


# ── rows that wait, rows that fail ───────────────────────────────────────


async def test_what_is_named_may_come_later(database: Database, home: UUID):
    rows = [*reversed(PARTS), HEAD, ORDER, PRODUCT, BUYER, SHOP]
    assert counts(await take(database, home, *rows)) == (10, 0, 0, 0)
    assert len((await order(database, home, "B1")).items) == 2


@pytest.mark.parametrize(
    "case",
    [
        ({**ORDER, "buyer": "nobody"}, ("buyer_unknown", "buyer")),
        ({**ORDER, "shop": "nowhere"}, ("shop_unknown", "shop")),
        ({**ORDER, "items": [{**ITEMS[0], "product": "p9"}]}, ("product_unknown", "items[1].product")),
        (
            {**ORDER, "items": [ITEMS[1], {**ITEMS[0], "variant": "v9"}]},
            ("variant_unknown", "items[2].variant"),
        ),
        ({**HEAD, "parcels": [{"items": ["i1"]}]}, ("item_unknown", "parcels[1].items")),
        ({**PARTS[0], "order": "Z9"}, ("order_unknown", "order")),
        ({**PARTS[2], "order": "Z9"}, ("order_unknown", "order")),
        ({**PARTS[4], "order": "Z9"}, ("order_unknown", "order")),
        ({**BUYER, "id": "b2"}, ("buyer_email_taken", "email")),
        ({**PRODUCT, "id": "p2"}, ("variant_elsewhere", "variants")),
    ],
)
async def test_a_refused_row_writes_nothing_and_the_others_go_in(
    database: Database, home: UUID, owner: Connection, shop: UUID, case: tuple[Given, tuple[str, str]]
):
    row, expected = case
    before = await rows_of(owner, home)
    people = await owner.fetchval("select count(*) from identity.person where tenant = $1", home)
    summary = await take(database, home, row)
    assert counts(summary) == (0, 0, 0, 1)
    assert codes(summary) == [(1, *expected)]
    assert await rows_of(owner, home) == before
    assert await owner.fetchval("select count(*) from identity.person where tenant = $1", home) == people
    payments = {"amount": "176"}
    fine = {**ORDER, "id": "OK", "items": ITEMS[:1], "payments": [payments]}
    summary = await take(database, home, row, fine, row)
    assert counts(summary) == (1, 0, 0, 2)


async def test_a_payment_in_another_currency_is_refused(database: Database, home: UUID, shop: UUID):
    summary = await take(database, home, HEAD, {**PARTS[2], "currency": "USD"})
    assert codes(summary) == [(2, "currency_differs", "currency")]


async def test_a_row_the_database_will_not_have_costs_only_itself(
    database: Database, home: UUID, owner: Connection, shop: UUID
):
    # nothing the parser lets through is refused by our own constraints, so the test brings one
    await owner.execute("alter table orders.product add constraint no_poison check (title <> 'poison')")
    try:
        products = [
            {"kind": "product", "shop": "s1", "id": f"x{number}", "title": f"tea {number}", "price": "1"}
            for number in range(40)
        ]
        products[7]["title"] = products[23]["title"] = "poison"
        summary = await take(database, home, *products)
    finally:
        await owner.execute("alter table orders.product drop constraint no_poison")
    assert counts(summary) == (38, 0, 0, 2)
    assert codes(summary) == [(8, "database_refused", ""), (24, "database_refused", "")]
    assert "no_poison" in summary.errors[0].message


async def test_the_same_thing_twice_in_a_file_counts_in_order(database: Database, home: UUID, shop: UUID):
    second = {**ORDER, "state": "已签收"}
    assert counts(await take(database, home, ORDER, second, ORDER)) == (1, 2, 0, 0)
    assert (await order(database, home)).state == "paid"


async def test_an_item_between_two_orders_is_not_lost(database: Database, home: UUID, shop: UUID):
    item = {"kind": "item", "shop": "s1", "order": "A1", "id": "i2", "title": "茶滤", "price": "12"}
    assert counts(await take(database, home, ORDER, item, ORDER)) == (1, 2, 0, 0)
    assert (await order(database, home)).items[1].title == "茶漏"


async def test_more_rows_than_a_batch_holds(database: Database, home: UUID, owner: Connection, shop: UUID):
    number = LIMITS["batch_rows"] * 2 + 3
    rows = [{**BUYER, "id": f"c{place}", "email": f"c{place}@example.com"} for place in range(number)]
    rows[number // 2]["email"] = "c0@example.com"
    summary = await take(database, home, *rows)
    assert counts(summary) == (number - 1, 0, 0, 1)
    assert codes(summary) == [(number // 2 + 1, "buyer_email_taken", "email")]


async def test_faults_beyond_a_thousand_are_counted(database: Database, home: UUID):
    summary = await take(database, home, *[{"kind": "product"}] * 600)
    assert summary.failed == 600
    assert len(summary.errors) == LIMITS["errors_max"]
    assert summary.errors_left_out == 600 * 3 - LIMITS["errors_max"]


async def test_unknown_fields_are_counted_or_refused(database: Database, home: UUID, shop: UUID):
    odd = {**ORDER, "colour": 1, "items": [{**item, "weight": 1} for item in ITEMS]}
    summary = await take(database, home, odd)
    assert counts(summary) == (1, 0, 0, 0)
    assert summary.unknown_fields == {"order.colour": 1, "order.items.weight": 2}
    summary = await take(database, home, {**odd, "id": "A2"}, strict=True)
    assert codes(summary) == [
        (1, "field_unknown", "items[1].weight"),
        (1, "field_unknown", "items[2].weight"),
        (1, "field_unknown", "colour"),
    ]


# ── whose rows ───────────────────────────────────────────────────────────


async def test_an_import_kept_to_a_shop_touches_nothing_else(
    database: Database, home: UUID, owner: Connection, shop: UUID
):
    await take(database, home, {**SHOP, "id": "s2"})
    right = Right(frozenset((shop,)))
    rows: list[dict[str, Any]] = [
        {**SHOP, "name": "mine"},
        {**ORDER, "shop": "s2"},
        {**PRODUCT, "shop": "s2", "id": "p7", "variants": []},
        {**BUYER, "name": "Mallory"},
        {"kind": "buyer", "id": "b2", "name": "李女士"},
        {**ORDER, "shop": str(shop)},
        dict(BUYER),
    ]
    summary = await take(database, home, *rows, right=right)
    assert codes(summary) == [
        (1, "shop_not_yours", None),
        (2, "shop_unknown", "shop"),
        (3, "shop_unknown", "shop"),
        (4, "buyer_not_yours", "id"),
    ]
    assert counts(summary) == (2, 0, 1, 4)
    names = await owner.fetch("select name from identity.shop where tenant = $1", home)
    assert {row["name"] for row in names} == {"山间茶铺"}
    assert await owner.fetchval("select count(*) from identity.person where display_name = 'Mallory'") == 0


async def test_staff_are_no_buyers(database: Database, home: UUID, owner: Connection, shop: UUID):
    staff = await make.person(database, home, role="administrator", email="boss@example.com")
    await owner.execute("update identity.person set external_id = 'boss' where id = $1", staff.id)
    summary = await take(
        database,
        home,
        {"kind": "buyer", "id": "boss", "name": "x", "email": "evil@example.com"},
        {"kind": "buyer", "id": "b3", "email": "BOSS@example.com"},
        {**ORDER, "buyer": "boss"},
    )
    assert codes(summary) == [
        (1, "buyer_is_staff", "id"),
        (2, "buyer_email_taken", "email"),
        (3, "buyer_unknown", "buyer"),
    ]
    assert (
        await owner.fetchval("select email from identity.person where id = $1", staff.id)
        == "boss@example.com"
    )


async def test_two_marketplaces_may_use_the_same_ids(database: Database, owner: Connection):
    homes = [(await make.marketplace(database)).tenant for _ in range(2)]
    for home in homes:
        assert counts(await take(database, home, *BASIS, ORDER)) == (4, 0, 0, 0)
    first, second = [await order(database, home) for home in homes]
    assert first.id != second.id
    async with database.read(homes[0]) as tx:
        with pytest.raises(Exception, match="unknown_order"):
            await queries.purchase(tx, None, second.id)


async def test_what_is_told_of_a_buyer_is_added_to_what_is_known(
    database: Database, home: UUID, owner: Connection
):
    await take(database, home, BUYER)
    more = {
        "kind": "buyer",
        "id": "b1",
        "phone": "138 0000 0000",
        "payment_methods": [{"id": "g", "kind": "gift_card"}],
    }
    assert counts(await take(database, home, more)) == (0, 1, 0, 0)
    row = await owner.fetchrow("select * from identity.person where tenant = $1 and external_id = 'b1'", home)
    assert row is not None
    assert (row["display_name"], row["email"], row["phone"]) == ("王小明", "wang@example.com", "13800000000")
    assert counts(await take(database, home, more, BUYER)) == (0, 0, 2, 0)


# ── when something breaks in the middle ──────────────────────────────────


class Broke(Exception):
    """The caller went away."""


async def test_what_was_written_before_the_end_stands_and_the_rest_is_sent_again(
    database: Database, home: UUID, owner: Connection
):
    rows = [{"kind": "buyer", "id": f"c{place}"} for place in range(LIMITS["batch_rows"] * 2 + 10)]

    async def broken() -> AsyncIterator[bytes]:
        async for piece in pieces(rows):
            yield piece
        raise Broke

    async with database.read(home) as tx:
        customs = await customs_of(tx, None)
    moment = Moment(clock.now(), clock.new_id)
    with pytest.raises(Broke):
        async with Importer(database, home, right=Right(), customs=customs, moment=moment) as importer:
            await importer.read(broken(), reader("jsonl"))
    count = "select count(*) from identity.person where tenant = $1"
    assert await owner.fetchval(count, home) == LIMITS["batch_rows"] * 2
    summary = await take(database, home, *rows)
    assert counts(summary) == (10, 0, len(rows) - 10, 0)


async def test_two_imports_of_the_same_file_at_once_agree(database: Database, home: UUID, owner: Connection):
    rows = (*BASIS, *({**ORDER, "id": f"A{place}"} for place in range(60)))
    first, second = await asyncio.gather(take(database, home, *rows), take(database, home, *rows))
    assert first.failed == second.failed == 0
    assert first.created + second.created == len(rows)
    assert (await rows_of(owner, home))["item"] == 120
    assert counts(await take(database, home, *rows)) == (0, 0, len(rows), 0)
