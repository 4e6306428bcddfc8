"""Signing in, being vouched for, and the administration, over the wire."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests import make
from tests.client import Client
from xiaoer.identity import rules
from xiaoer.identity.actions import access
from xiaoer.identity.events import AccessChanged
from xiaoer.identity.jobs import Gatekeeper
from xiaoer.plumbing import clock
from xiaoer.plumbing.app import App
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.relay import Relay


@pytest.fixture
async def app(database: Database) -> App:
    return await make.app(database)


async def test_who_has_the_password_is_let_in(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    shop = await make.shop(database, home.tenant)
    person = await make.person(database, home.tenant, role="manager", shops=[shop.id], email="li@example.com")
    answer = await Client(app).post(
        "/public/v1/sign-in",
        {"login": " Li@Example.com ", "password": make.PASSWORD, "marketplace": home.slug},
    )
    assert answer.status == 200
    assert answer.json["id"] == str(person.id)
    assert answer.json["role"] == "manager"
    assert answer.json["shops"] == [{"id": str(shop.id), "name": shop.name, "role": "manager"}]
    assert answer.json["rights"]["team.write"] == "team"
    cookie = answer.cookies["xiaoer_session"]
    assert "HttpOnly; SameSite=Lax" in answer.headers["set-cookie"]
    again = await Client(app, cookie=cookie).get("/public/v1/me")
    assert again.json["id"] == str(person.id)


async def test_the_only_marketplace_need_not_be_named(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    await make.person(database, home.tenant, role="officer", email="wang@example.com")
    wish = {"login": "wang@example.com", "password": make.PASSWORD}
    assert (await Client(app).post("/public/v1/sign-in", wish)).status == 200
    await make.marketplace(database)
    assert (await Client(app).post("/public/v1/sign-in", wish)).code == "identity.marketplace_needed"
    unknown = await Client(app).post("/public/v1/sign-in", {**wish, "marketplace": "nowhere"})
    assert (unknown.status, unknown.code) == (404, "identity.unknown_marketplace")


async def test_wrong_is_wrong_whatever_the_reason(database: Database, app: App, owner: Connection) -> None:
    home = await make.marketplace(database)
    person = await make.person(database, home.tenant, role="officer", email="zhao@example.com")
    client = Client(app)
    wrong = await client.post("/public/v1/sign-in", {"login": "zhao@example.com", "password": "no"})
    nobody = await client.post("/public/v1/sign-in", {"login": "nobody@example.com", "password": "no"})
    await owner.execute("update identity.person set disabled_at = now() where id = $1", person.id)
    shut = await client.post("/public/v1/sign-in", {"login": "zhao@example.com", "password": make.PASSWORD})
    bodies = {wrong.body, nobody.body, shut.body}
    assert len(bodies) == 1
    assert {wrong.status, nobody.status, shut.status} == {401}
    assert wrong.code == "identity.wrong_credentials"
    assert await owner.fetchval("select count(*) from identity.session") == 0


async def test_a_phone_is_a_login_however_it_is_written(
    database: Database, app: App, owner: Connection
) -> None:
    home = await make.marketplace(database)
    person = await make.person(database, home.tenant, role="officer")
    await owner.execute("update identity.person set phone = '+8613800000000' where id = $1", person.id)
    wish = {"login": "+86 138-0000-0000", "password": make.PASSWORD}
    assert (await Client(app).post("/public/v1/sign-in", wish)).status == 200


async def test_a_colleague_without_any_role_is_told_so(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    await make.person(database, home.tenant, role="agent", shops=[], email="chen@example.com")
    answer = await Client(app).post(
        "/public/v1/sign-in", {"login": "chen@example.com", "password": make.PASSWORD}
    )
    assert (answer.status, answer.code) == (403, "identity.no_role")


async def test_guessing_has_to_wait_for_one_login_and_for_one_address(database: Database) -> None:
    app = await make.app(database, limit_factor=0.3)  # three tries for a login, nine from an address
    home = await make.marketplace(database)
    await make.person(database, home.tenant, role="officer", email="qian@example.com")

    async def guess(login: str, address: str) -> tuple[int, str]:
        client = Client(app, address=address)
        answer = await client.post("/public/v1/sign-in", {"login": login, "password": "guess"})
        return answer.status, answer.headers.get("retry-after", "")

    spellings = (
        "qian@example.com",
        " QIAN@example.com",
        "Qian@Example.com ",
        "qian@example.com",
        "qian@EXAMPLE.com",
    )
    tries = [await guess(login, f"198.51.100.{n}") for n, login in enumerate(spellings)]
    assert [status for status, _ in tries] == [401, 401, 401, 429, 429]
    assert int(tries[-1][1]) > 10
    tries = [await guess(f"x{n}@example.com", "192.0.2.1") for n in range(11)]
    assert [status for status, _ in tries].count(429) == 2


async def test_an_old_hash_is_renewed_when_its_owner_comes(
    database: Database, app: App, owner: Connection
) -> None:
    home = await make.marketplace(database)
    person = await make.person(database, home.tenant, role="officer", email="sun@example.com")
    old = make.Passwords(time_cost=2, memory_kib=16, parallelism=1, at_once=1)
    await owner.execute(
        "update identity.person set password_hash = $1 where id = $2",
        await old.hash(make.PASSWORD),
        person.id,
    )
    wish = {"login": "sun@example.com", "password": make.PASSWORD}
    assert (await Client(app).post("/public/v1/sign-in", wish)).status == 200
    kept = await owner.fetchval("select password_hash from identity.person where id = $1", person.id)
    assert not make.passwords().outdated(kept)
    assert (await Client(app).post("/public/v1/sign-in", wish)).status == 200


async def test_secrets_are_kept_as_hashes_only(database: Database, app: App, owner: Connection) -> None:
    home = await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    made = await Client(app, token=token).post(
        "/platform/v1/tokens", {"name": "ERP", "scopes": ["orders:read"]}
    )
    secret = made.json["secret"]
    assert secret.startswith("xo_")
    for table in ("session", "token", "person"):
        for row in await owner.fetch(f"select t::text from identity.{table} t"):
            assert token not in row[0]
            assert secret not in row[0]
            assert make.PASSWORD not in row[0]


async def test_signing_in_ends_the_session_the_browser_had(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    await make.person(database, home.tenant, role="officer", email="zhou@example.com")
    wish = {"login": "zhou@example.com", "password": make.PASSWORD}
    first = (await Client(app).post("/public/v1/sign-in", wish)).cookies["xiaoer_session"]
    second = (await Client(app, cookie=first).post("/public/v1/sign-in", wish)).cookies["xiaoer_session"]
    assert first != second
    assert (await Client(app, cookie=first).get("/public/v1/me")).code == "plumbing.session_ended"
    assert (await Client(app, cookie=second).get("/public/v1/me")).status == 200


async def test_signing_out_here_and_everywhere(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    person, one = await make.signed_in(database, home.tenant, role="officer")
    two = await make.session(database, home.tenant, person)
    three = await make.session(database, home.tenant, person)
    out = await Client(app, cookie=one).post("/public/v1/sign-out")
    assert (out.status, out.cookies["xiaoer_session"]) == (204, "")
    assert (await Client(app, token=one).get("/public/v1/me")).status == 401
    assert (await Client(app, token=two).get("/public/v1/me")).status == 200
    assert (await Client(app, token=two).post("/public/v1/sign-out-everywhere")).status == 204
    assert (await Client(app, token=two).get("/public/v1/me")).status == 401
    assert (await Client(app, token=three).get("/public/v1/me")).status == 401
    assert (await Client(app).post("/public/v1/sign-out")).status == 204


async def test_one_sees_and_ends_ones_own_sessions_only(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    person, one = await make.signed_in(database, home.tenant, role="officer")
    two = await make.session(database, home.tenant, person)
    _, stranger = await make.signed_in(database, home.tenant, role="administrator")
    listed = (await Client(app, token=one).get("/public/v1/me/sessions")).json["data"]
    assert len(listed) == 2
    assert [entry["current"] for entry in listed].count(True) == 1
    other = next(entry["id"] for entry in listed if not entry["current"])
    path = f"/public/v1/me/sessions/{other}"
    assert (await Client(app, token=stranger).delete(path)).code == "identity.unknown_session"
    assert (await Client(app, token=one).delete(path)).status == 204
    assert (await Client(app, token=two).get("/public/v1/me")).status == 401
    assert (await Client(app, token=one).delete(path)).status == 404


async def test_a_new_password_needs_the_old_one_and_ends_other_sessions(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    person, one = await make.signed_in(database, home.tenant, role="officer")
    two = await make.session(database, home.tenant, person)
    client = Client(app, cookie=one)
    path = "/public/v1/me/password"
    assert (
        await client.post(path, {"old": "no", "new": "a new long word"})
    ).code == "identity.wrong_password"
    for weak, code in (
        ("short", "identity.password_short"),
        ("password1234", "identity.password_known"),
        ("aaaaaaaaaaaa", "identity.password_known"),
        (person.email or "", "identity.password_personal"),
    ):
        assert (await client.post(path, {"old": make.PASSWORD, "new": weak})).code == code
    assert (await Client(app, token=two).get("/public/v1/me")).status == 200
    changed = await client.post(path, {"old": make.PASSWORD, "new": "a new long word"})
    assert changed.status == 200
    assert (await Client(app, token=two).get("/public/v1/me")).status == 401
    assert (await Client(app, cookie=changed.cookies["xiaoer_session"]).get("/public/v1/me")).status == 200
    wish = {"login": person.email, "password": "a new long word"}
    assert (await Client(app).post("/public/v1/sign-in", wish)).status == 200


async def test_a_session_slides_and_ends(database: Database, owner: Connection) -> None:
    home = await make.marketplace(database)
    person, token = await make.signed_in(database, home.tenant, role="officer")
    start = clock.now()
    moment = [start]
    gate = Gatekeeper(database, lambda: moment[0])
    idle = rules.access().idle["staff"]
    for _ in range(3):
        moment[0] += idle * 0.9
        assert await gate.actor_of(token) is not None
        await gate.write_uses(moment[0])
    moment[0] += idle * 1.1
    assert await gate.actor_of(token) is None

    token = await make.session(database, home.tenant, person)
    moment[0] = start
    ends_at = await owner.fetchval("select max(ends_at) from identity.session")
    while (moment[0] + idle / 2) < ends_at:
        moment[0] += idle / 2
        assert await gate.actor_of(token) is not None
        await gate.write_uses(moment[0])
    moment[0] = ends_at + timedelta(seconds=1)
    assert await gate.actor_of(token) is None


async def test_a_credential_is_remembered_and_forgotten_in_every_process_when_told(
    database: Database, database_url: str
) -> None:
    home = await make.marketplace(database)
    person, token = await make.signed_in(database, home.tenant, role="officer")
    _, other_token = await make.signed_in(database, home.tenant, role="officer")
    here = make.program(database).services.gate
    elsewhere = await Database.open(database_url)  # as another process has it
    try:
        program = make.program(elsewhere)
        there = program.services.gate
        async with make.at_work(program):
            await asyncio.wait_for(program.services.service(Relay).connected.wait(), 5)
            for gate in (here, there):
                assert gate.remembered(token) is None
                assert await gate.actor_of(token) is not None
                assert await gate.actor_of(other_token) is not None
                assert gate.remembered(token) is not None
            forgotten = asyncio.Event()
            program.services.hub.on(AccessChanged.name, lambda _: forgotten.set())
            async with database.transaction(home.tenant) as tx:
                await access.sign_out_everywhere(tx, person.id, clock.now())
            assert here.remembered(token) is None
            assert here.remembered(other_token) is not None
            await asyncio.wait_for(forgotten.wait(), 5)
            assert there.remembered(token) is None
            assert there.remembered(other_token) is not None
            assert await there.actor_of(token) is None
    finally:
        await elsewhere.close()


async def test_a_buyer_his_marketplace_vouches_for(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    key = await make.widget_key(database, home.tenant)
    wish = {
        "marketplace": home.slug,
        "buyer_id": "u-1",
        "identifier_hash": rules.signature(key, "u-1"),
        "display_name": "小明",
        "email": "ming@example.com",
    }
    answer = await Client(app).post("/public/v1/identify", wish)
    assert answer.status == 201
    assert answer.json["me"]["display_name"] == "小明"
    assert (answer.json["me"]["role"], answer.json["me"]["visitor"]) == ("buyer", False)
    assert answer.cookies["xiaoer_session"] == answer.json["token"]
    again = await Client(app, headers={"origin": "https://shop.example"}).post("/public/v1/identify", wish)
    assert again.json["me"]["id"] == answer.json["me"]["id"]
    assert "xiaoer_session" not in again.cookies


@pytest.mark.parametrize("change", [{"buyer_id": "u-2"}, {"identifier_hash": "0" * 64}, {"key": "other"}])
async def test_a_signature_of_somebody_else_is_refused(
    database: Database, app: App, owner: Connection, change: dict[str, str]
) -> None:
    home = await make.marketplace(database)
    other = await make.marketplace(database)
    key = await make.widget_key(database, other.tenant if change.pop("key", None) else home.tenant)
    wish = {"marketplace": home.slug, "buyer_id": "u-1", "identifier_hash": rules.signature(key, "u-1")}
    answer = await Client(app).post("/public/v1/identify", {**wish, **change})
    assert (answer.status, answer.code) == (403, "identity.signature_wrong")
    assert await owner.fetchval("select count(*) from identity.person") == 0


async def test_a_new_widget_key_lets_the_old_one_go_after_a_day(
    database: Database, app: App, owner: Connection
) -> None:
    home = await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    client = Client(app, token=token)
    old = (await client.get("/platform/v1/marketplace/widget-key")).json
    assert old["key"] == await make.widget_key(database, home.tenant)
    new = (await client.post("/platform/v1/marketplace/widget-key/rotate")).json
    assert new["key"] != old["key"]
    assert new["previous_accepted_until"]

    async def comes_in(key: str) -> int:
        wish = {"marketplace": home.slug, "buyer_id": "u-1", "identifier_hash": rules.signature(key, "u-1")}
        return (await Client(app).post("/public/v1/identify", wish)).status

    assert [await comes_in(new["key"]), await comes_in(old["key"])] == [201, 201]
    await owner.execute("update identity.marketplace set secret_turned_at = now() - interval '25 hours'")
    assert [await comes_in(new["key"]), await comes_in(old["key"])] == [201, 403]


async def test_a_visitor_who_says_who_he_is_becomes_that_buyer(
    database: Database, app: App, owner: Connection
) -> None:
    home = await make.marketplace(database)
    shop = await make.shop(database, home.tenant)
    came = await Client(app, headers={"accept-language": "en"}).post(
        "/public/v1/visit", {"shop_id": str(shop.id)}
    )
    assert came.status == 201
    assert came.json["me"]["visitor"] is True
    assert came.json["me"]["display_name"].startswith("Visitor ")
    assert "my_orders.read" not in came.json["me"]["rights"]
    key = await make.widget_key(database, home.tenant)
    wish = {"marketplace": home.slug, "buyer_id": "u-9", "identifier_hash": rules.signature(key, "u-9")}
    answer = await Client(app, token=came.json["token"]).post("/public/v1/identify", wish)
    buyer = answer.json["me"]["id"]
    merged = await owner.fetchval(
        "select merged_into from identity.person where id = $1", UUID(came.json["me"]["id"])
    )
    assert str(merged) == buyer
    told = await owner.fetch("select name, body from plumbing.outbox")
    assert [row["name"] for row in told] == ["identity.person_merged"]
    assert buyer in told[0]["body"]
    assert (await Client(app, token=came.json["token"]).get("/public/v1/me")).status == 401


async def test_visitors_need_an_open_shop(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    other = await make.marketplace(database)
    shop = await make.shop(database, home.tenant)
    client = Client(app)
    assert (await client.post("/public/v1/visit", {"shop_id": str(uuid4())})).status == 404
    wrong = await client.post("/public/v1/visit", {"shop_id": str(shop.id), "marketplace": other.slug})
    assert wrong.status == 404
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    closed = await Client(app, token=token).patch(f"/platform/v1/shops/{shop.id}", {"state": "closed"})
    assert closed.json["state"] == "closed"
    assert (await client.post("/public/v1/visit", {"shop_id": str(shop.id)})).status == 404


async def test_the_sign_in_page_learns_the_name_of_a_marketplace(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    answer = await Client(app).get(f"/public/v1/marketplaces/{home.slug}")
    assert answer.json["name"] == home.name
    assert set(answer.json) == {"slug", "name", "language", "languages"}
    assert (await Client(app).get("/public/v1/marketplaces/nowhere")).status == 404


async def test_administrators_keep_shops(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    client = Client(app, token=token)
    wish = {"name": "云上数码", "external_id": "s1", "allowed_origins": ["https://shop.example:8443"]}
    made = await client.post("/platform/v1/shops", wish)
    assert made.status == 201
    assert (made.json["time_zone"], made.json["language"]) == ("Asia/Shanghai", "zh-Hans")
    assert (await client.post("/platform/v1/shops", wish)).code == "identity.external_id_taken"
    for wrong in (
        "javascript:alert(1)",
        "https://a.example/path",
        "*",
        "https://a.example;script-src *",
        "https://a.example\n",
    ):
        answer = await client.post("/platform/v1/shops", {"name": "x", "allowed_origins": [wrong]})
        assert answer.status == 400
    zone = await client.post("/platform/v1/shops", {"name": "x", "time_zone": "Mars/Olympus"})
    assert zone.code == "identity.unknown_time_zone"
    path = f"/platform/v1/shops/{made.json['id']}"
    changed = await client.patch(path, {"name": "云上家电", "allowed_origins": []})
    assert (changed.json["name"], changed.json["allowed_origins"]) == ("云上家电", [])
    assert (await client.patch(f"/platform/v1/shops/{uuid4()}", {"name": "x"})).status == 404


async def test_lists_come_in_pages(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    for _ in range(5):
        await make.shop(database, home.tenant)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    client = Client(app, token=token)
    seen: list[str] = []
    query: dict[str, object] = {"limit": 2}
    while True:
        page = (await client.get("/platform/v1/shops", **query)).json
        seen += [shop["id"] for shop in page["data"]]
        if not page["has_more"]:
            assert page["next_cursor"] is None
            break
        query["starting_after"] = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 5


async def test_people_are_found_by_what_is_theirs(database: Database, app: App, owner: Connection) -> None:
    home, other = await make.marketplace(database), await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    buyer = await make.person(database, home.tenant, email="Zhang.San@Example.com".lower(), name="张三")
    await make.person(database, other.tenant, email="zhang.san@example.com", name="张三")
    staff = await make.person(database, home.tenant, role="officer", name="张三丰")
    await owner.execute("update identity.person set phone = '13911112222' where id = $1", buyer.id)
    client = Client(app, token=token)

    async def found(kind: str, q: str) -> list[str]:
        answer = await client.get("/platform/v1/people", kind=kind, q=q)
        return [one["id"] for one in answer.json["data"]]

    for q in ("张三", "ZHANG.SAN@example.com", "139 1111 2222", buyer.external_id or ""):
        assert await found("buyer", q) == [str(buyer.id)]
    assert await found("buyer", "张") == []
    assert await found("staff", "三丰") == [str(staff.id)]
    assert await found("staff", "张三") == [str(staff.id)]


async def test_administrators_keep_people(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    shop = await make.shop(database, home.tenant)
    boss, token = await make.signed_in(database, home.tenant, role="administrator")
    client = Client(app, token=token)
    wish = {
        "display_name": "刘洋",
        "email": "Liu@Example.com",
        "password": "mountain and water",
        "memberships": [{"role": "agent", "shop_id": str(shop.id)}],
    }
    made = await client.post("/platform/v1/people", wish)
    assert (made.status, made.json["email"]) == (201, "liu@example.com")
    assert (await client.post("/platform/v1/people", wish)).code == "identity.login_taken"
    path = f"/platform/v1/people/{made.json['id']}"
    found = await client.get("/platform/v1/people", q="刘", role="agent", shop=str(shop.id))
    assert [one["id"] for one in found.json["data"]] == [made.json["id"]]
    login = {"login": "liu@example.com", "password": "mountain and water"}
    his = (await Client(app).post("/public/v1/sign-in", login)).cookies["xiaoer_session"]
    assert (await client.patch(path, {"disabled": True})).json["disabled_at"]
    assert (await Client(app, cookie=his).get("/public/v1/me")).status == 401
    assert (await Client(app).post("/public/v1/sign-in", login)).status == 401
    assert (await client.patch(path, {"disabled": False})).json["disabled_at"] is None
    assert (await client.post(f"{path}/password", {"password": "river and stone"})).status == 204
    assert (await Client(app).post("/public/v1/sign-in", login)).status == 401
    myself = f"/platform/v1/people/{boss.id}"
    assert (await client.patch(myself, {"disabled": True})).code == "identity.not_yourself"
    assert (await client.patch(myself, {"memberships": []})).code == "identity.not_yourself"


@pytest.mark.parametrize(
    ("memberships", "code"),
    [
        ([{"role": "agent"}], "identity.role_place"),
        ([{"role": "officer", "shop_id": str(uuid4())}], "identity.role_place"),
        ([{"role": "officer"}, {"role": "administrator"}], "identity.role_twice"),
        ([{"role": "agent", "shop_id": str(uuid4())}], "identity.unknown_shop_given"),
    ],
)
async def test_roles_have_their_place(
    database: Database, app: App, owner: Connection, memberships: list[object], code: str
) -> None:
    home = await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    wish = {"display_name": "x", "memberships": memberships}
    answer = await Client(app, token=token).post("/platform/v1/people", wish)
    assert answer.code == code
    assert await owner.fetchval("select count(*) from identity.person") == 1


async def test_losing_a_role_ends_sessions_and_gaining_one_renews_them(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    shop, second = await make.shop(database, home.tenant), await make.shop(database, home.tenant)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    person, his = await make.signed_in(database, home.tenant, role="agent", shops=[shop.id])
    client, path = Client(app, token=token), f"/platform/v1/people/{person.id}"
    both = [{"role": "agent", "shop_id": str(one.id)} for one in (shop, second)]
    assert (await client.patch(path, {"memberships": both})).status == 200
    answer = await Client(app, cookie=his).get("/public/v1/me")
    assert len(answer.json["shops"]) == 2
    fresh = answer.cookies["xiaoer_session"]
    assert fresh != his
    assert (await Client(app, cookie=his).get("/public/v1/me")).status == 401
    quiet = await Client(app, cookie=fresh).get("/public/v1/me")
    assert quiet.status == 200
    assert "xiaoer_session" not in quiet.cookies
    assert (await client.patch(path, {"memberships": both[:1]})).status == 200
    assert (await Client(app, cookie=fresh).get("/public/v1/me")).status == 401


async def test_a_manager_keeps_his_team_and_nobody_elses(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    shop, other = await make.shop(database, home.tenant), await make.shop(database, home.tenant)
    manager, token = await make.signed_in(database, home.tenant, role="manager", shops=[shop.id])
    colleague = await make.person(
        database, home.tenant, role="agent", shops=[other.id], email="wu@example.com"
    )
    client, team = Client(app, token=token), f"/api/v1/shops/{shop.id}/team"
    taken = await client.post(team, {"role": "agent", "login": "wu@example.com"})
    assert (taken.status, taken.json["person_id"]) == (201, str(colleague.id))
    new = {"role": "agent", "login": "new@example.com", "display_name": "新同事", "password": "paper and ink"}
    assert (await client.post(team, {"role": "agent", "login": "new@example.com"})).code == (
        "identity.unknown_login"
    )
    assert (await client.post(team, new)).status == 201
    assert len((await client.get(team)).json["data"]) == 3
    his = f"{team}/{colleague.id}"
    assert (await client.patch(his, {"role": "manager"})).json["role"] == "manager"
    mine = f"{team}/{manager.id}"
    assert (await client.patch(his, {"role": "agent"})).status == 200
    assert (await client.patch(mine, {"role": "agent"})).code == "identity.last_manager"
    assert (await client.delete(mine)).code == "identity.last_manager"
    assert (await client.delete(his)).status == 204
    assert (await client.delete(his)).code == "identity.unknown_member"
    buyer = await make.person(database, home.tenant, email="buyer@example.com")
    assert (
        await client.post(team, {"role": "agent", "login": str(buyer.email)})
    ).code == "identity.login_taken"
    assert (await client.get(f"/api/v1/shops/{other.id}/team")).status == 404


async def test_a_token_reaches_as_far_as_its_scopes_and_shops(
    database: Database, app: App, owner: Connection
) -> None:
    home = await make.marketplace(database)
    shop, other = await make.shop(database, home.tenant), await make.shop(database, home.tenant)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    client = Client(app, token=token)
    wish = {"name": "ERP", "scopes": ["routing:read"], "shop_ids": [str(shop.id)]}
    made = (await client.post("/platform/v1/tokens", wish)).json
    program = Client(app, token=made["secret"])
    assert (await program.get(f"/api/v1/shops/{shop.id}/agents")).status == 200
    assert (await program.get(f"/api/v1/shops/{other.id}/agents")).status == 404
    scope = await program.get(f"/api/v1/shops/{shop.id}/rulebook")
    assert (scope.status, scope.code) == (403, "identity.scope_missing")
    assert (await program.get("/public/v1/me")).json["role"] == "integration"
    wide = {"name": "all", "scopes": ["shops:read"], "shop_ids": [str(shop.id)]}
    limited = Client(app, token=(await client.post("/platform/v1/tokens", wide)).json["secret"])
    assert (await limited.get("/platform/v1/shops")).code == "identity.token_limited"
    await app.services.gate.write_uses(clock.now())  # type: ignore[attr-defined]
    listed = (await client.get("/platform/v1/tokens")).json["data"]
    assert listed[0]["last_used_at"]
    assert "secret" not in listed[0]
    assert (await client.delete(f"/platform/v1/tokens/{made['token']['id']}")).status == 204
    assert (await program.get("/public/v1/me")).status == 401
    await owner.execute("update identity.token set expires_at = now() - interval '1 second'")
    app.services.gate.forget(None)  # type: ignore[attr-defined]
    assert (await limited.get("/public/v1/me")).status == 401


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scopes": ["everything:do"]}, "identity.unknown_scope"),
        ({"shop_ids": [str(uuid4())]}, "identity.unknown_shop_given"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "identity.expired_already"),
        ({"expires_at": "2030-01-01T00:00:00"}, "plumbing.field_invalid"),
        ({"scopes": []}, "plumbing.field_invalid"),
    ],
)
async def test_wrong_tokens_are_refused(
    database: Database, app: App, owner: Connection, change: dict[str, object], code: str
) -> None:
    home = await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    wish = {"name": "ERP", "scopes": ["orders:read"], **change}
    assert (await Client(app, token=token).post("/platform/v1/tokens", wish)).code == code
    assert await owner.fetchval("select count(*) from identity.token") == 0
    assert await owner.fetchval("select count(*) from identity.person") == 1


async def test_the_scopes_to_choose_from_are_those_a_token_may_have(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="administrator")
    client = Client(app, token=token)
    offered = (await client.get("/platform/v1/token-scopes")).json
    assert {one["scope"]: one["deeds"] for one in offered}["shops:read"]
    wish = {"name": "all", "scopes": [one["scope"] for one in offered]}
    assert (await client.post("/platform/v1/tokens", wish)).status == 201
    _, token = await make.signed_in(database, home.tenant, role="officer")
    assert (await Client(app, token=token).get("/platform/v1/token-scopes")).status == 403


async def test_one_changes_ones_own_name_and_language(database: Database, app: App) -> None:
    home = await make.marketplace(database)
    _, token = await make.signed_in(database, home.tenant, role="officer")
    client = Client(app, token=token, headers={"accept-language": "ko"})
    answer = await client.patch("/public/v1/me", {"display_name": "小二", "language": "ja"})
    assert (answer.json["display_name"], answer.json["language"]) == ("小二", "ja")
    refused = await client.patch("/public/v1/me", {"language": "tlh"})
    assert refused.json["error"]["message"].startswith("項目")
