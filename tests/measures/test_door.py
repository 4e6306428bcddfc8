"""Measures bite in the product: at the doors, for messages, in the list of shops; what runs stays open."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.client import Client
from tests.measures.samples import wish
from xiaoer.identity.model import Shop
from xiaoer.measures.actions import impose
from xiaoer.plumbing import clock
from xiaoer.plumbing.app import App
from xiaoer.plumbing.db import Database

DAY = timedelta(days=1)


@pytest.fixture
async def app(database: Database) -> App:
    return await make.app(database)


@pytest.fixture
async def shop(database: Database) -> tuple[UUID, Shop]:
    home = await make.marketplace(database)
    return home.tenant, await make.shop(database, home.tenant)


async def begin(database: Database, tenant: UUID, subject: UUID, **more: Any) -> UUID:
    now: datetime = clock.now()
    async with database.transaction(tenant) as tx:
        return (await impose.begin(tx, wish(subject, now, **more), now)).id


async def end(database: Database, tenant: UUID, measure: UUID) -> None:
    async with database.transaction(tenant) as tx:
        await impose.end(tx, measure, "reversed", clock.now())


async def test_a_shielded_shop_is_in_no_list_and_takes_no_new_buyers(
    database: Database, app: App, shop: tuple[UUID, Shop]
) -> None:
    tenant, place = shop
    _, token = await make.signed_in(database, tenant)
    buyer = Client(app, token=token)
    _, known = await make.signed_in(database, tenant)
    old = Client(app, token=known)
    talk = (await old.post(f"/public/v1/shops/{place.id}/conversation")).json["id"]
    assert len((await buyer.get("/public/v1/shops")).json["data"]) == 1

    measure = await begin(database, tenant, place.id)
    assert (await buyer.get("/public/v1/shops")).json["data"] == []
    assert (await buyer.get("/public/v1/shops", q=place.name)).json["data"] == []
    refused = await buyer.post(f"/public/v1/shops/{place.id}/conversation")
    assert (refused.status, refused.code) == (403, "measures.in_force")
    assert refused.json["error"]["row"] == "shield_shop"
    again = await old.post(f"/public/v1/shops/{place.id}/conversation")
    assert (again.status, again.json["id"]) == (200, talk), "what runs stays open"
    said = await old.post(
        f"/public/v1/conversations/{talk}/entries",
        {"client_id": "a", "conversation_id": talk, "kind": "text", "text": "我的退款呢"},
    )
    assert said.status == 201

    await end(database, tenant, measure)
    assert len((await buyer.get("/public/v1/shops")).json["data"]) == 1


STOPPED = {
    "limit_messages": {"POST /public/v1/conversations/{talk}/entries"},
    "limit_login": {"POST /public/v1/conversations/{talk}/entries"},
    "seal_account": {"POST /public/v1/conversations/{talk}/entries"},
    "limit_buying": set[str](),
    "public_warning": set[str](),
}
OPEN = ("GET /public/v1/orders", "GET /public/v1/me", "GET /public/v1/cases", "GET /public/v1/evidence")


@pytest.mark.parametrize("kind", STOPPED)
async def test_a_limit_stops_the_deeds_it_names_and_no_other(
    database: Database, app: App, shop: tuple[UUID, Shop], kind: str
) -> None:
    tenant, place = shop
    person, token = await make.signed_in(database, tenant)
    buyer = Client(app, token=token)
    talk = (await buyer.post(f"/public/v1/shops/{place.id}/conversation")).json["id"]
    await begin(database, tenant, person.id, subject_kind="person", kind=kind)
    for line in OPEN:
        method, path = line.split()
        assert (await buyer.request(method, path)).status == 200, line
    wanted = {"client_id": "a", "conversation_id": talk, "kind": "text", "text": "在吗"}
    said = await buyer.post(f"/public/v1/conversations/{talk}/entries", wanted)
    stopped = "POST /public/v1/conversations/{talk}/entries" in STOPPED[kind]
    assert said.status == (403 if stopped else 201)


async def test_one_in_a_single_shop_is_known_where_the_shop_is_known(
    database: Database, app: App, shop: tuple[UUID, Shop]
) -> None:
    tenant, place = shop
    other = await make.shop(database, tenant)
    person, token = await make.signed_in(database, tenant)
    buyer = Client(app, token=token)
    talks = [
        (await buyer.post(f"/public/v1/shops/{one}/conversation")).json["id"] for one in (place.id, other.id)
    ]
    await begin(database, tenant, person.id, subject_kind="person", kind="limit_messages", scope=place.id)
    answers = [
        await buyer.post(
            f"/public/v1/conversations/{talk}/entries",
            {"client_id": "a", "conversation_id": talk, "kind": "text", "text": "在吗"},
        )
        for talk in talks
    ]
    assert [one.status for one in answers] == [403, 201]


async def test_the_staff_of_a_sealed_shop_keeps_its_running_business(
    database: Database, app: App, shop: tuple[UUID, Shop]
) -> None:
    tenant, place = shop
    _, token = await make.signed_in(database, tenant, role="manager", shops=[place.id])
    manager = Client(app, token=token)
    await begin(database, tenant, place.id, kind="seal_account", ends_at=None)
    for path in ("orders", "cases", "conversations", "evidence", "funds"):
        assert (await manager.get(f"/api/v1/shops/{place.id}/{path}")).status == 200, path
    refused = await manager.post(f"/api/v1/shops/{place.id}/queues", {"name": "新队列"})
    assert (refused.status, refused.code) == (403, "measures.in_force")


async def test_nothing_of_another_marketplace_is_looked_at(
    database: Database, app: App, shop: tuple[UUID, Shop]
) -> None:
    tenant, place = shop
    elsewhere = await make.marketplace(database)
    theirs = await make.shop(database, elsewhere.tenant)
    await begin(database, elsewhere.tenant, theirs.id)
    _, token = await make.signed_in(database, tenant)
    listed = (await Client(app, token=token).get("/public/v1/shops")).json["data"]
    assert [one["id"] for one in listed] == [str(place.id)]
