"""The doors: shops ask for their orders, buyers for their own, the order side answers."""

from uuid import uuid4

import pytest

from tests import make
from tests.client import Client
from tests.instructions.goods import Trade, trade
from xiaoer.identity import queries as identity
from xiaoer.instructions.queries import order_side_key
from xiaoer.plumbing.app import App
from xiaoer.plumbing.clock import now as clock_now
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.signed import signature


@pytest.fixture
async def app(database: Database) -> App:
    return await make.app(database)


@pytest.fixture
async def shop(database: Database) -> Trade:
    return await trade(database)


async def agent(database: Database, app: App, shop: Trade, role: str = "agent") -> Client:
    _, token = await make.signed_in(database, shop.tenant, role=role, shops=[shop.shop])
    return Client(app, token=token)


async def buyer(database: Database, app: App, shop: Trade) -> Client:
    async with database.read(shop.tenant) as tx:
        person = await identity.person(tx, shop.buyer)
    return Client(app, token=await make.session(database, shop.tenant, person))


def order_path(shop: Trade, number: str) -> str:
    return f"/api/v1/shops/{shop.shop}/orders/{shop.orders[number]}"


async def test_an_order_says_what_may_be_asked_of_it(database: Database, app: App, shop: Trade):
    made = await agent(database, app, shop)
    answer = await made.get(order_path(shop, "S1"))
    assert answer.status == 200
    told = {one["kind"]: one for one in answer.json["changes"]}
    assert told["cancel"] == {
        "kind": "cancel",
        "possible": False,
        "code": "instructions.already_sent",
        "row": "instructions.cancel 1",
    }
    fresh = await made.get(order_path(shop, "P1"))
    assert [one["kind"] for one in fresh.json["changes"] if one["possible"]] == [
        "cancel",
        "address",
        "items",
        "payment",
    ]
    mine = await (await buyer(database, app, shop)).get(f"/public/v1/orders/{shop.orders['P1']}")
    assert mine.json["changes"] == fresh.json["changes"]


async def test_an_agent_changes_an_order_and_it_can_be_read_back(database: Database, app: App, shop: Trade):
    made = await agent(database, app, shop)
    path = order_path(shop, "P1")
    item = (await made.get(path)).json["items"][0]["id"]
    asked = [
        ("address", {"address": {"text": "上海"}}),
        ("payment", {"payment_method": "wechat_1"}),
        (
            "items",
            {
                "lines": [{"item": item, "new_variant": str(shop.variants["t20"])}],
                "payment_method": "gift_1",
            },
        ),
        ("cancel", {"reason": "x"}),
    ]
    for number, (door, body) in enumerate(asked):
        answer = await made.post(f"{path}/{door}", {**body, "client_id": str(number)})
        assert (answer.status, answer.json["state"]) == (200, "confirmed"), answer.json
    after = (await made.get(path)).json
    assert (after["state"], after["address"], after["marks"]["cancel_reason"]) == (
        "cancelled",
        {"text": "上海"},
        "x",
    )
    listed = await made.get(f"{path}/instructions", limit=3)
    assert [one["kind"] for one in listed.json["data"]] == ["address", "payment", "items"]
    rest = await made.get(f"{path}/instructions", starting_after=listed.json["next_cursor"])
    assert [one["kind"] for one in rest.json["data"]] == ["cancel"]
    instruction = rest.json["data"][0]["id"]
    why = await made.get(f"/api/v1/shops/{shop.shop}/instructions/{instruction}/why")
    assert [one["table"] for one in why.json] == ["instructions.cancel"]
    profile = (await made.get(f"/api/v1/shops/{shop.shop}/buyers/{shop.buyer}")).json
    assert {one["id"]: one.get("balance_minor") for one in profile["payment_methods"]} == {
        "alipay_1": None,
        "wechat_1": None,
        "gift_1": 20000,
    }


async def test_a_refusal_on_the_wire_names_its_row_in_the_callers_language(
    database: Database, app: App, shop: Trade
):
    made = await agent(database, app, shop)
    said: set[str] = set()
    for language in ("zh-Hans", "zh-Hant", "en", "es", "ja", "ko"):
        answer = await made.request(
            "POST",
            order_path(shop, "S1") + "/cancel",
            data={"reason": "x", "client_id": "1"},
            headers={"accept-language": language},
        )
        assert answer.status == 409
        assert answer.json["error"]["row"] == "instructions.cancel 1"
        said.add(answer.json["error"]["message"])
    assert len(said) == 6
    assert (await made.get(order_path(shop, "S1"))).json["state"] == "dispatched"


async def test_a_buyer_changes_his_own_orders_only(database: Database, app: App, shop: Trade):
    mine = await buyer(database, app, shop)
    path = f"/public/v1/orders/{shop.orders['P1']}"
    _, token = await make.signed_in(database, shop.tenant)
    other = Client(app, token=token)
    for door, body in (
        ("cancel", {"reason": "x"}),
        ("address", {"address": {"text": "上海"}}),
        ("payment", {"payment_method": "wechat_1"}),
        ("items", {"lines": [{"item": str(uuid4()), "new_variant": str(uuid4())}]}),
    ):
        refused = await other.post(f"{path}/{door}", {**body, "client_id": "1"})
        assert (refused.status, refused.code) == (404, "orders.unknown_order")
    done = await mine.post(f"{path}/cancel", {"reason": "x", "client_id": "1"})
    again = await mine.post(f"{path}/cancel", {"reason": "x", "client_id": "1"})
    assert done.json == again.json
    assert done.json["state"] == "confirmed"


async def test_a_default_address_is_changed_by_its_owner_or_a_shop_he_bought_in(
    database: Database, app: App, shop: Trade
):
    mine = await buyer(database, app, shop)
    done = await mine.post("/public/v1/profile/address", {"address": {"text": "北京"}, "client_id": "1"})
    assert done.json["state"] == "confirmed"
    assert (await mine.get("/public/v1/profile")).json["address"] == {"text": "北京"}
    made = await agent(database, app, shop)
    path = f"/api/v1/shops/{shop.shop}/buyers/{shop.buyer}"
    assert (await made.post(f"{path}/address", {"address": {"text": "成都"}, "client_id": "1"})).status == 200
    assert (await made.get(path)).json["address"] == {"text": "成都"}
    stranger = (await make.person(database, shop.tenant)).id
    for answer in (
        await made.get(f"/api/v1/shops/{shop.shop}/buyers/{stranger}"),
        await made.post(
            f"/api/v1/shops/{shop.shop}/buyers/{stranger}/address",
            {"address": {"text": "x"}, "client_id": "2"},
        ),
    ):
        assert (answer.status, answer.code) == (404, "instructions.foreign_buyer")


async def test_the_order_side_answers_at_its_door(database: Database, app: App, shop: Trade):
    _, token = await make.signed_in(database, shop.tenant, role="administrator")
    boss = Client(app, token=token)
    wish = {"value": "http://127.0.0.1:9/", "reason": "tests"}
    assert (await boss.put("/platform/v1/rulebook/instructions.order_side_url", wish)).status == 200
    made = await agent(database, app, shop, "manager")
    asked = await made.post(order_path(shop, "P1") + "/cancel", {"reason": "x", "client_id": "1"})
    assert (asked.status, asked.json["state"]) == (202, "asked")
    path = f"/api/v1/shops/{shop.shop}/instructions/{asked.json['id']}"
    early = await made.post(f"{path}/again")
    assert (early.status, early.code) == (409, "instructions.not_waiting")
    assert (await made.post(f"{path}/withdraw")).code == "instructions.not_waiting"
    assert (await made.get(f"/api/v1/shops/{shop.shop}/instructions")).json["data"] == []
    done = await made.post(f"{path}/answer", {"confirms": True})
    assert (done.status, done.json["state"]) == (200, "confirmed")
    assert (await made.get(order_path(shop, "P1"))).json["state"] == "cancelled"
    unknown = await made.post(f"/api/v1/shops/{shop.shop}/instructions/{uuid4()}/answer", {"confirms": True})
    assert (unknown.status, unknown.code) == (404, "instructions.unknown_instruction")


async def test_an_administrator_sees_the_key_that_signs(database: Database, app: App, shop: Trade):
    _, token = await make.signed_in(database, shop.tenant, role="administrator")
    shown = await Client(app, token=token).get("/platform/v1/marketplace/order-side-key")
    assert shown.json == {"key": order_side_key(make.settings(), shop.tenant).hex()}
    assert len(bytes.fromhex(shown.json["key"])) == 32
    officer = await make.signed_in(database, shop.tenant, role="officer")
    assert (await Client(app, token=officer[1]).get("/platform/v1/marketplace/order-side-key")).status == 403


def test_a_signature_covers_the_body_and_the_time():
    at = clock_now()
    one = signature(b"key", b"{}", at)
    assert one == signature(b"key", b"{}", at)
    assert one != signature(b"key", b"{ }", at)
    assert one != signature(b"other", b"{}", at)
    assert one.startswith(f"t={int(at.timestamp())},v1=")
