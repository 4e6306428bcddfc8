"""The doors of orders over the wire: each sees his own, pages do not slip, imports answer row by row."""

import gzip
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from tests import make
from tests.client import Client, Response
from tests.orders.test_actions import BASIS, BUYER, HEAD, ORDER, PRODUCT, SHOP, take
from xiaoer.plumbing.app import App
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def app(database: Database) -> App:
    return await make.app(database)


@pytest.fixture
async def home(database: Database) -> UUID:
    return (await make.marketplace(database)).tenant


@pytest.fixture
async def shop(database: Database, home: UUID, owner: Connection) -> UUID:
    await take(database, home, *BASIS, ORDER, HEAD)
    return await owner.fetchval("select id from identity.shop where tenant = $1 and external_id = 's1'", home)


async def client(database: Database, app: App, home: UUID, role: str, *shops: UUID) -> Client:
    _, token = await make.signed_in(database, home, role=role, shops=shops)
    return Client(app, token=token)


async def client_of_buyer(database: Database, app: App, home: UUID, owner: Connection) -> Client:
    async with database.read(home) as tx:
        from xiaoer.identity import queries

        person = await queries.person(tx, await buyer_id(owner, home))
    return Client(app, token=await make.session(database, home, person))


async def buyer_id(owner: Connection, home: UUID, name: str = "b1") -> UUID:
    return await owner.fetchval(
        "select id from identity.person where tenant = $1 and external_id = $2", home, name
    )


def lines(*rows: Any) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


async def send(made: Client, path: str, body: bytes, **query: object) -> Response:
    return await made.request(
        "POST", path, body=body, query=query, headers={"content-type": "application/octet-stream"}
    )


# ── reading ──────────────────────────────────────────────────────────────


async def test_a_buyer_sees_his_own_orders_only(
    database: Database, app: App, home: UUID, owner: Connection, shop: UUID
):
    mine = await client_of_buyer(database, app, home, owner)
    answer = await mine.get("/public/v1/orders")
    assert answer.status == 200
    assert {one["external_id"] for one in answer.json["data"]} == {"A1", "B1"}
    whole = await mine.get(f"/public/v1/orders/{answer.json['data'][0]['id']}")
    assert whole.json["total_minor"] == answer.json["data"][0]["total_minor"]
    assert (await mine.get("/public/v1/orders", shop=uuid4())).json["data"] == []
    other = await client(database, app, home, "buyer")
    assert (await other.get("/public/v1/orders")).json["data"] == []
    foreign = await other.get(f"/public/v1/orders/{whole.json['id']}")
    assert (foreign.status, foreign.code) == (404, "orders.unknown_order")
    visitor = await client(database, app, home, "visitor")
    assert (await visitor.get("/public/v1/orders")).status == 403
    assert (await Client(app).get("/public/v1/orders")).status == 401


async def test_a_shop_sees_its_own_orders_only(
    database: Database, app: App, home: UUID, owner: Connection, shop: UUID
):
    await take(database, home, {**SHOP, "id": "s2"})
    second = await owner.fetchval("select id from identity.shop where external_id = 's2'")
    agent = await client(database, app, home, "agent", shop)
    answer = await agent.get(f"/api/v1/shops/{shop}/orders")
    [first, *_] = answer.json["data"]
    assert {one["external_id"] for one in answer.json["data"]} == {"A1", "B1"}
    assert first["buyer_name"] == "王小明"
    assert (await agent.get(f"/api/v1/shops/{shop}/orders/{first['id']}")).status == 200
    assert (await agent.get(f"/api/v1/shops/{second}/orders")).status == 404
    theirs = await client(database, app, home, "agent", second)
    assert (await theirs.get(f"/api/v1/shops/{second}/orders")).json["data"] == []
    elsewhere = await theirs.get(f"/api/v1/shops/{second}/orders/{first['id']}")
    assert (elsewhere.status, elsewhere.code) == (404, "orders.unknown_order")
    stranger = await client(database, app, (await make.marketplace(database)).tenant, "administrator")
    assert (await stranger.get(f"/api/v1/shops/{shop}/orders")).status == 404
    buyer = await client_of_buyer(database, app, home, owner)
    assert (await buyer.get(f"/api/v1/shops/{shop}/orders")).status == 403


async def test_orders_are_found_by_number_parcel_and_buyer(
    database: Database, app: App, home: UUID, owner: Connection, shop: UUID
):
    await take(
        database,
        home,
        {**HEAD, "id": "#W77"},
        {**BUYER, "id": "b2", "email": None},
        {**HEAD, "id": "B2", "buyer": "b2"},
    )
    agent = await client(database, app, home, "agent", shop)

    async def found(**query: object) -> set[str]:
        answer = await agent.get(f"/api/v1/shops/{shop}/orders", **query)
        assert answer.status == 200
        return {one["external_id"] for one in answer.json["data"]}

    assert await found(q="B") == {"B1", "B2"}
    assert await found(q="W7") == {"#W77"}
    assert await found(q="#W77") == {"#W77"}
    assert await found(q="SF1") == {"A1"}
    assert await found(q="b1") == set()
    assert await found(q="%") == set()
    assert await found(buyer=await buyer_id(owner, home, "b2")) == {"B2"}
    assert await found(buyer=await buyer_id(owner, home, "b2"), q="B") == {"B2"}
    assert await found(buyer=uuid4()) == set()


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
async def test_pages_neither_repeat_nor_lose(
    database: Database, app: App, home: UUID, shop: UUID, limit: int
):
    times = [None, "2026-11-11 20:00", "2026-11-11 20:00", "2026-11-10 20:00", None]
    orders = [{**HEAD, "id": f"P{place}", "placed_at": at} for place, at in enumerate(times)]
    await take(database, home, *orders)
    agent = await client(database, app, home, "agent", shop)
    for path, query in ((f"/api/v1/shops/{shop}/orders", {}), (f"/api/v1/shops/{shop}/orders", {"q": "P"})):
        seen: list[Any] = []
        cursor: dict[str, Any] = {}
        while True:
            answer = await agent.get(path, limit=limit, **query, **cursor)
            seen += answer.json["data"]
            if not answer.json["has_more"]:
                break
            cursor = {"starting_after": answer.json["next_cursor"]}
        keys = [(one["listed_at"], one["id"]) for one in seen]
        assert keys == sorted(set(keys), reverse=True)
        assert len(seen) == (7 if not query else 5)
    missing = await agent.get(f"/api/v1/shops/{shop}/orders", starting_after=uuid4())
    assert (missing.status, missing.code) == (404, "orders.unknown_order")


async def test_goods_on_sale_and_the_rest(database: Database, app: App, home: UUID, shop: UUID):
    await take(
        database, home, {**PRODUCT, "id": "p2", "title": "陈年普洱", "available": False, "variants": []}
    )
    visitor = await client(database, app, home, "visitor")
    answer = await visitor.get(f"/public/v1/shops/{shop}/products")
    assert [one["title"] for one in answer.json["data"]] == ["明前龙井"]
    assert [one["price_minor"] for one in answer.json["data"][0]["variants"]] == [8800, 16000]
    agent = await client(database, app, home, "agent", shop)
    every = await agent.get(f"/api/v1/shops/{shop}/products")
    assert len(every.json["data"]) == 2
    assert len((await agent.get(f"/api/v1/shops/{shop}/products", q="普洱")).json["data"]) == 1
    assert len((await agent.get(f"/api/v1/shops/{shop}/products", q="p2")).json["data"]) == 1
    one = every.json["data"][0]
    assert (await agent.get(f"/api/v1/shops/{shop}/products/{one['id']}")).json == one
    assert (await agent.get(f"/api/v1/shops/{shop}/products/{uuid4()}")).code == "orders.unknown_product"
    shops = await visitor.get("/public/v1/shops")
    assert [one["name"] for one in shops.json["data"]] == ["山间茶铺"]


# ── importing ────────────────────────────────────────────────────────────


async def test_an_administrator_imports_and_hears_what_became_of_each_row(
    database: Database, app: App, home: UUID, owner: Connection
):
    admin = await client(database, app, home, "administrator")
    body = lines(*BASIS, {**ORDER, "total": "-1"}) + b"{oops\n" + lines(ORDER)
    answer = await send(admin, "/platform/v1/imports", body)
    assert answer.status == 200
    summary = answer.json
    assert (summary["rows"], summary["created"], summary["failed"]) == (6, 4, 2)
    assert [(one["line"], one["code"], one["field"]) for one in summary["errors"]] == [
        (4, "orders.amount_negative", "total"),
        (5, "orders.not_json", None),
    ]
    assert summary["errors"][0]["message"].startswith("金额不能是负数")
    assert summary["kinds"]["order"] == {"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "failed": 1}
    english = await admin.request(
        "POST",
        "/platform/v1/imports",
        body=body,
        headers={"accept-language": "en", "content-type": "text/plain"},
    )
    assert english.json["errors"][0]["message"].startswith("An amount cannot be negative")
    assert english.json["unchanged"] == 4
    assert await owner.fetchval("select count(*) from orders.purchase where tenant = $1", home) == 1


async def test_a_chinese_spreadsheet_goes_through_the_door(database: Database, app: App, home: UUID):
    admin = await client(database, app, home, "administrator")
    await send(admin, "/platform/v1/imports", lines(SHOP))
    table = "买家编号,姓名,手机号,收货地址\r\nb1,王小明,13800000000,杭州文三路\r\nb2,李雷,12,北京\r\n".encode(
        "gbk"
    )
    answer = await send(admin, "/platform/v1/imports", table, kind="buyer")
    assert (answer.json["created"], answer.json["failed"]) == (1, 1)
    assert answer.json["errors"][0]["line"] == 3
    flat = (
        "订单编号,买家编号,订单状态,商品名称,单价,数量,实付金额,支付方式,物流单号,下单时间\r\n"
        "A1,b1,已发货,T恤,30,2,90,支付宝,SF1,2026/11/11 20:00\r\n"
        "A1,b1,已发货,裤子,40,1,90,支付宝,SF1,2026/11/11 20:00\r\n"
    ).encode("gb18030")
    answer = await send(admin, "/platform/v1/imports", flat, kind="order", shop="s1")
    assert answer.json["errors"] == []
    assert answer.json["created"] == 1


async def test_a_form_with_a_file_is_as_good_as_a_body(database: Database, app: App, home: UUID):
    admin = await client(database, app, home, "administrator")
    form = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n'
        b"Content-Type: application/json\r\n\r\n" + lines(*BASIS) + b"\r\n--x--\r\n"
    )
    answer = await admin.request(
        "POST", "/platform/v1/imports", body=form, headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert (answer.status, answer.json["created"]) == (200, 3)


async def test_a_long_body_is_taken_as_it_arrives(database: Database, app: App, home: UUID):
    admin = await client(database, app, home, "administrator")

    async def body() -> AsyncIterator[bytes]:
        for start in range(0, 3000, 100):
            yield lines(*({"kind": "buyer", "id": f"b{number}"} for number in range(start, start + 100)))

    answer = await admin.request("POST", "/platform/v1/imports", body=body())
    assert (answer.json["rows"], answer.json["created"]) == (3000, 3000)


async def test_who_may_import_what(database: Database, app: App, home: UUID, owner: Connection, shop: UUID):
    path = f"/api/v1/shops/{shop}/imports"
    manager = await client(database, app, home, "manager", shop)
    answer = await send(manager, path, lines({**PRODUCT, "id": "p5", "variants": []}, SHOP))
    assert (answer.json["created"], answer.json["failed"]) == (1, 1)
    assert answer.json["errors"][0]["code"] == "orders.shop_not_yours"
    without_shop = {name: value for name, value in PRODUCT.items() if name not in {"shop", "variants"}}
    answer = await send(manager, path, lines({**without_shop, "id": "p6"}))
    assert answer.json["created"] == 1
    before = await owner.fetchval("select count(*) from orders.product")
    for role, made in (
        ("agent", await client(database, app, home, "agent", shop)),
        ("officer", await client(database, app, home, "officer")),
        ("buyer", await client(database, app, home, "buyer")),
        ("manager", manager),
    ):
        target = "/platform/v1/imports" if role == "manager" else path
        answer = await send(made, target, lines({**PRODUCT, "id": "p9", "variants": []}))
        assert answer.status == 403, role
    assert (await send(Client(app), path, lines(PRODUCT))).status == 401
    assert await owner.fetchval("select count(*) from orders.product") == before


@pytest.mark.parametrize(
    "case",
    [
        (b"\n\n\n", 0, 0),
        (b"\x00\x01\x02\xff\xfe", 1, 1),
        (gzip.compress(b"{}"), None, None),
        (b'{"kind": "order"' + b" " * 2_000_000 + b"}", 1, 1),
        (b"[" * 100_000, 1, 1),
        ('{"kind": "buyer", "id": "' + "\u202e" + '"}\n', 1, 1),
    ],
)
async def test_bad_bodies_are_answered_and_write_nothing(
    database: Database, app: App, home: UUID, case: tuple[bytes | str, int | None, int | None]
):
    body, rows, failed = case
    admin = await client(database, app, home, "administrator")
    answer = await send(admin, "/platform/v1/imports", body.encode() if isinstance(body, str) else body)
    assert answer.status == 200
    assert answer.json["created"] == 0
    assert rows is None or answer.json["rows"] == rows
    assert failed is None or answer.json["failed"] == failed


async def test_the_wrong_question_is_refused(database: Database, app: App, home: UUID):
    admin = await client(database, app, home, "administrator")
    assert (await send(admin, "/platform/v1/imports", b"")).status == 400
    for query in ({"kind": "spaceship"}, {"format": "xml"}, {"strict": "perhaps"}, {"colour": "1"}):
        answer = await send(admin, "/platform/v1/imports", b"{}", **query)
        assert answer.status == 400
