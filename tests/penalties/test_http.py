"""Penalties over the wire: an officer imposes, the shop reads and sits the exam, all is published."""

from uuid import UUID

import pytest

from tests import make
from tests.client import Client
from xiaoer.identity.model import Marketplace, Shop
from xiaoer.penalties.rules.exam import questions
from xiaoer.plumbing.app import App
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database

GOOD = {name: one.right for name, one in questions().items()}


@pytest.fixture
async def app(database: Database) -> App:
    return await make.app(database)


@pytest.fixture
async def home(database: Database) -> tuple[Marketplace, Shop]:
    market = await make.marketplace(database)
    return market, await make.shop(database, market.tenant)


async def signed(database: Database, app: App, tenant: UUID, role: str, *shops: UUID) -> Client:
    _, token = await make.signed_in(database, tenant, role=role, shops=list(shops))
    return Client(app, token=token)


def body(shop: UUID, **more: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "subject_kind": "shop",
        "subject": str(shop),
        "offence": "abuse",
        "grade": "serious",
        "facts": "客服在聊天中辱骂买家。",
        "evidence": ["E-1"],
        **more,
    }


async def test_from_the_officer_to_the_public_and_back(
    database: Database, app: App, home: tuple[Marketplace, Shop]
) -> None:
    market, shop = home
    officer = await signed(database, app, market.tenant, "officer")
    other = await signed(database, app, market.tenant, "officer")
    manager = await signed(database, app, market.tenant, "manager", shop.id)
    made = await officer.post("/platform/v1/penalties", body(shop.id))
    assert made.status == 201
    penalty = made.json["penalty"]
    assert (penalty["points"], penalty["row"], penalty["state"]) == (12, "D5-2", "appealable")
    assert "shield_shop" in {one["kind"] for one in made.json["effects"]}

    standing = (await manager.get(f"/api/v1/shops/{shop.id}/standing")).json
    assert [one["points"] for one in standing["tracks"]] == [0, 12, 0]
    assert standing["owes_exam"]
    [shield] = [one for one in standing["measures"] if one["kind"] == "shield_shop"]
    assert (shield["then"], shield["deeds"]) == ("exam", [])
    assert shield["statement"]["evidence"] == ["E-1"]
    why = (await manager.get(f"/api/v1/shops/{shop.id}/penalties/{penalty['id']}/why")).json
    assert [one["row"] for one in why] == ["D5-2", "D5b-n12"]

    public = await Client(app).get(f"/public/v1/marketplaces/{market.slug}/measures")
    assert {one["shop_name"] for one in public.json["data"]} == {shop.name}
    assert {one["corrected_at"] for one in public.json["data"]} == {None}

    path = f"/platform/v1/penalties/{penalty['id']}/reverse"
    own = await officer.post(path, {"why": "证据不足"})
    assert (own.status, own.code) == (403, "penalties.own_decision")
    assert (await other.post(path, {"why": "证据不足"})).json["penalty"]["state"] == "reversed"
    standing = (await manager.get(f"/api/v1/shops/{shop.id}/standing")).json
    assert [one["points"] for one in standing["tracks"]] == [0, 0, 0]
    assert standing["measures"] == []
    public = await Client(app).get(f"/public/v1/marketplaces/{market.slug}/measures")
    assert None not in {one["corrected_at"] for one in public.json["data"]}


async def test_the_newest_comes_first_whatever_its_id(
    database: Database, app: App, home: tuple[Marketplace, Shop]
) -> None:
    market, shop = home
    officer = await signed(database, app, market.tenant, "officer")
    ids = sorted((str(new_id()) for _ in range(3)), reverse=True)
    for one in ids:
        await officer.post("/platform/v1/penalties", body(shop.id, id=one, grade="general"))
    first = (await officer.get("/platform/v1/penalties", limit=2)).json
    rest = (await officer.get("/platform/v1/penalties", starting_after=first["next_cursor"])).json
    found = [one["id"] for page in (first, rest) for one in page["data"]]
    assert found == ids[::-1]


async def test_the_exam_is_read_sat_and_passed(
    database: Database, app: App, home: tuple[Marketplace, Shop]
) -> None:
    market, shop = home
    manager = await signed(database, app, market.tenant, "manager", shop.id)
    exam = (await manager.get(f"/api/v1/shops/{shop.id}/exam")).json
    assert [one["id"] for one in exam["questions"]] == list(GOOD)
    assert all("right" not in one for one in exam["questions"])
    failed = await manager.post(f"/api/v1/shops/{shop.id}/exam", {"answers": {}})
    assert (failed.json["good"], failed.json["passed"]) == (0, False)
    again = await manager.post(f"/api/v1/shops/{shop.id}/exam", {"answers": GOOD})
    assert (again.status, again.code) == (409, "penalties.exam_too_soon")
    assert "（平台时间，UTC+08:00）" in again.json["error"]["message"]


async def test_an_officer_sets_a_measure_aside_puts_it_back_and_lifts_it(
    database: Database, app: App, home: tuple[Marketplace, Shop]
) -> None:
    market, shop = home
    officer = await signed(database, app, market.tenant, "officer")
    await officer.post("/platform/v1/penalties", body(shop.id, grade="general"))
    [line] = (await officer.get("/platform/v1/measures")).json["data"]
    path = f"/platform/v1/measures/{line['id']}"
    rows = [one["row"] for one in (await officer.get(f"{path}/why")).json]
    assert line["statement"]["row"] in rows
    assert [one["deed"] for one in line["deeds"] if one["allowed"]] == ["measures.suspend", "measures.lift"]
    aside = (await officer.post(f"{path}/suspend", {"text": "申诉审理期间"})).json["measure"]
    assert (aside["state"], aside["binds"], aside["then"]) == ("suspended", False, "review")
    back = (await officer.post(f"{path}/resume", {"text": "继续"})).json["measure"]
    assert back["binds"]
    lifted = (await officer.post(f"{path}/lift", {"text": "已改正"})).json
    assert [one["event"] for one in lifted["history"]] == ["begin", "suspend", "resume", "end"]
    refused = await officer.post(f"{path}/suspend", {"text": "x"})
    assert (refused.status, refused.code) == (409, "measures.not_now")
    refused = await officer.post(f"{path}/publish")
    assert (refused.status, refused.code) == (409, "measures.nothing_to_publish")


async def test_a_buyer_reads_his_own_and_no_others(
    database: Database, app: App, home: tuple[Marketplace, Shop]
) -> None:
    market, _ = home
    officer = await signed(database, app, market.tenant, "officer")
    person, token = await make.signed_in(database, market.tenant)
    buyer, stranger = Client(app, token=token), await signed(database, app, market.tenant, "buyer")
    made = (await officer.post("/platform/v1/penalties", body(person.id, subject_kind="person"))).json
    [mine] = (await buyer.get("/public/v1/me/penalties")).json["data"]
    assert mine["id"] == made["penalty"]["id"]
    assert (await buyer.get(f"/public/v1/me/penalties/{mine['id']}")).json["facts"]
    assert (await stranger.get(f"/public/v1/me/penalties/{mine['id']}")).status == 404
    why = (await buyer.get(f"/public/v1/me/penalties/{mine['id']}/why")).json
    assert why
    assert all(one["row"] and one["basis"] and one["inputs"] for one in why)
    assert (await stranger.get(f"/public/v1/me/penalties/{mine['id']}/why")).status == 404
    kinds = {one["kind"] for one in (await buyer.get("/public/v1/me/measures")).json["data"]}
    assert kinds == {"limit_messages", "limit_buying"}


async def test_what_no_rule_names_is_refused_with_its_row(
    database: Database, app: App, home: tuple[Marketplace, Shop]
) -> None:
    market, shop = home
    officer = await signed(database, app, market.tenant, "officer")
    wish = body(shop.id, offence="late_dispatch", grade="serious")
    refused = await officer.post("/platform/v1/penalties", wish)
    assert (refused.status, refused.code) == (422, "penalties.unlisted")
    assert (await officer.get("/platform/v1/penalties")).json["data"] == []
