"""Every (role, door) pair, asked over HTTP: who may comes in, who may not leaves no trace."""

import re
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from tests import make, world
from tests.client import Client, Response
from tests.examples import example
from tests.world import World
from xiaoer import main
from xiaoer.identity import rules
from xiaoer.plumbing.app import App
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.door import shape_of
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.http import Route

TABLE = tomllib.loads((Path(rules.__file__).parent / "rights.toml").read_text("utf-8"))
ROUTES = [route for route in main.ROUTES if isinstance(route, Route)]
GUARDED = [route for route in ROUTES if route.deed is not None]
WHO = (*world.ROLES, "integration", "integration of one shop")
MARK = "绝密"

# Doors that every person may come through, and what protects them instead of a right.
PUBLIC = {
    "POST /public/v1/sign-in": "a password",
    "POST /public/v1/sign-out": "ends only the session it comes with",
    "POST /public/v1/identify": "the marketplace's signature",
    "POST /public/v1/visit": "makes somebody who has nothing",
    "GET /public/v1/marketplaces/{slug}": "public facts",
    "GET /public/v1/marketplaces/{slug}/rule-changes": "what law wants to be public (L-074)",
    "GET /public/v1/marketplaces/{slug}/measures": "what law wants to be public (L-076)",
    "GET /public/v1/marketplaces/{slug}/evidence-key": "a public key",
    "GET /public/v1/marketplaces/{slug}/evidence-days": "hashes that prove and tell nothing",
    "GET /public/v1/marketplaces/{slug}/block-apologies": "an apology stands where the notice stood",
    "POST /public/v1/payments/{marketplace}/news": "the marketplace's signature",
    "GET /files/{file}": "a signed address",
    "GET /health/live": "says nothing",
    "GET /health/ready": "says nothing",
    "GET /metrics": "this machine or a token",
}


def named(route: Route) -> str:
    return f"{route.method} {route.path}"


def column(who: str) -> str:
    return "integration" if who.startswith("integration") else who


def allowed(route: Route, who: str) -> bool:
    """What the table says, read here without the program's help."""
    line = TABLE["deeds"][route.deed]
    if line.get(column(who), "none") == "none":
        return False
    prefix = max((one for one in TABLE["doors"] if route.path.startswith(one)), key=len)
    if column(who) not in TABLE["doors"][prefix]:
        return False
    limited = who == "integration of one shop" and "{shop}" not in route.path
    return not (limited and not route.path.startswith("/public/v1/"))


def path_of(route: Route, shop: UUID, ids: dict[str, UUID]) -> str:
    """The route's path with every placeholder filled."""
    kinds = shape_of(route).path

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name == "shop":
            return str(shop)
        kind = kinds[name]
        return str(ids.get(name) or uuid4()) if kind is UUID else "1"

    return re.sub(r"\{([a-z_]+)\}", fill, route.path)


async def ask(
    app: App, route: Route, token: str | None, *, shop: UUID, ids: dict[str, UUID] | None = None
) -> Response:
    """One well-formed request through a door."""
    shape = shape_of(route)
    query: dict[str, Any] = {
        parameter.name: example(parameter.type, ids=ids) for parameter in shape.query if parameter.required
    }
    headers: dict[str, str] = {}
    body = b""
    if shape.body_kind == "json":
        body = msgspec.json.encode(example(shape.body, ids=ids))
        headers["content-type"] = "application/json"
    elif shape.body_kind != "none":
        body = b"{}"
    return await Client(app, token=token).request(
        route.method, path_of(route, shop, ids or {}), body=body, query=query, headers=headers
    )


@pytest.fixture
async def here(database: Database, owner: Connection) -> World:
    return await world.build(database, owner)


@pytest.fixture
async def there(database: Database, owner: Connection) -> World:
    return await world.build(database, owner, mark=MARK)


@pytest.fixture
async def app(database: Database, tmp_path: Path) -> App:
    return await make.app(database, home=tmp_path)


async def leaves_no_trace(
    owner: Connection,
    asked: list[tuple[Route, str]],
    ask_one: Callable[[Route, str], Awaitable[None]],
) -> None:
    """Ask all; when something was written, ask again one by one to say where."""
    before = await world.state(owner)
    for route, who in asked:
        await ask_one(route, who)
    if await world.state(owner) == before:
        return
    for route, who in asked:
        before = await world.state(owner)
        await ask_one(route, who)
        assert await world.state(owner) == before, f"{named(route)} wrote although it refused {who}"
    pytest.fail("something was written although everything was refused")


def pairs(*, may: bool) -> Iterator[tuple[Route, list[str]]]:
    for route in GUARDED:
        if chosen := [who for who in WHO if allowed(route, who) is may]:
            yield route, chosen


def test_every_door_names_a_deed_of_the_table_or_is_public_for_a_reason():
    assert {named(route) for route in ROUTES if route.deed is None} <= set(PUBLIC)
    assert {route.deed for route in GUARDED} <= set(TABLE["deeds"])


def test_every_deed_opens_a_door():
    unused = set(TABLE["deeds"]) - {route.deed for route in GUARDED}
    assert not unused


def test_no_reach_is_given_that_the_role_cannot_have():
    for deed, line in TABLE["deeds"].items():
        for role in ("visitor", "buyer"):
            assert line.get(role, "own") in {"own", "all"}, f"{deed}: a {role} has no team"
        for role in ("officer", "administrator"):
            assert line.get(role, "all") in {"own", "all"}, f"{deed}: an {role} has no shop"
        if line.get("agent") == "team":
            assert line.get("manager") in {"team", "all"}, f"{deed}: a manager may do what his agents may"


async def test_who_may_not_is_refused_and_leaves_no_trace(
    database: Database, owner: Connection, here: World, app: App
) -> None:
    tokens = {who: await here.credential(database, who) for who in WHO}

    async def refused(route: Route, who: str) -> None:
        answer = await ask(app, route, tokens[who], shop=here.shop, ids=here.ids)
        assert answer.status == 403, f"{named(route)} as {who}: {answer.status} {answer.body[:200]!r}"
        assert answer.code in {"identity.not_allowed", "identity.token_limited"}

    asked = [(route, who) for route, unwelcome in pairs(may=False) for who in unwelcome]
    await leaves_no_trace(owner, asked, refused)


async def test_nobody_and_the_expired_are_refused_and_leave_no_trace(
    database: Database, owner: Connection, here: World, app: App
) -> None:
    ended = await here.credential(database, "manager")
    await owner.execute("update identity.session set expires_at = now() - interval '1 second'")
    before = await world.state(owner)
    for route in GUARDED:
        for token in (None, ended, "xs_nonsense", here.programs["integration"][:-1] + "_"):
            answer = await ask(app, route, token, shop=here.shop, ids=here.ids)
            assert answer.status == 401, f"{named(route)}: {answer.status} {answer.body[:200]!r}"
    assert await world.state(owner) == before


async def test_who_may_is_let_in(database: Database, here: World, app: App) -> None:
    for route, welcome in pairs(may=True):
        for who in welcome:
            token = await here.credential(database, who)
            answer = await ask(app, route, token, shop=here.shop)
            said = f"{named(route)} as {who}: {answer.status} {answer.body[:300]!r}"
            assert answer.status < 500, said
            assert answer.status != 401, said
            if answer.status == 403:
                assert answer.code not in {"identity.not_allowed", "identity.token_limited"}, said


async def test_another_shop_looks_as_if_it_did_not_exist(
    database: Database, owner: Connection, here: World, app: App
) -> None:
    tokens = {who: await here.credential(database, who) for who in WHO}

    async def unknown(route: Route, who: str) -> None:
        for shop in (here.second_shop, uuid4()):
            answer = await ask(app, route, tokens[who], shop=shop, ids=here.ids)
            assert answer.status == 404, f"{named(route)} as {who}: {answer.status}"

    asked = [
        (route, who)
        for route, welcome in pairs(may=True)
        for who in ("agent", "manager", "integration of one shop")
        if who in welcome
        and "{shop}" in route.path
        and (TABLE["deeds"][route.deed][column(who)] != "all" or column(who) == "integration")
    ]
    await leaves_no_trace(owner, asked, unknown)


async def test_another_marketplace_cannot_be_seen_or_touched(
    database: Database, owner: Connection, here: World, there: World, app: App
) -> None:
    before = await world.state(owner, tenant=there.tenant)
    for route, welcome in pairs(may=True):
        for who in welcome:
            token = await here.credential(database, who)
            for shop in {there.shop, here.shop} if "{shop}" in route.path else {here.shop}:
                answer = await ask(app, route, token, shop=shop, ids=there.ids)
                said = f"{named(route)} as {who}: {answer.status} {answer.body[:300]!r}"
                assert MARK.encode() not in answer.body, said
                assert answer.status < 500, said
                if shop == there.shop:
                    assert answer.status == 404, said
                elif foreign_ids(route) & set(there.ids) and answer.status < 300:
                    pytest.fail(f"{said}: another marketplace's id did something")
    assert await world.state(owner, tenant=there.tenant) == before


async def test_every_id_in_an_address_is_tried(here: World) -> None:
    named_in_paths = {name for route in ROUTES for name in foreign_ids(route)}
    assert named_in_paths - set(here.ids) <= {"entry", "scheduled"}


def foreign_ids(route: Route) -> set[str]:
    """The placeholders of a path that are ids of things."""
    return {name for name, kind in shape_of(route).path.items() if kind is UUID} - {"shop"}


async def test_public_doors_show_nothing_of_a_marketplace_that_was_not_named(
    here: World, there: World, app: App
) -> None:
    for route in ROUTES:
        if route.deed is None and route.path != "/metrics":
            answer = await ask(app, route, None, shop=here.shop, ids=here.ids)
            assert MARK.encode() not in answer.body
            assert answer.status != 500
