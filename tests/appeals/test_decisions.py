"""Real decisions appealed: a ruling and a penalty are undone where they were made; strangers see none."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.after_sale.counter import Counter
from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.model import PenaltyWish
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.rulebook import queries as rulebook


@pytest.fixture
async def counter(database: Database, owner: Connection) -> Counter:
    """A shop, its people, a buyer, and two officers."""
    made = await Counter.open(database, owner)
    made.people["second"] = await make.person(database, made.tenant, role="officer")
    made.tokens["second"] = await make.session(database, made.tenant, made.people["second"])
    await owner.execute("update identity.session set expires_at = now() + interval '30 years'")
    return made


async def get(counter: Counter, who: str, path: str, **query: object) -> Any:
    answer = await counter.client(who).get(path, **query)
    assert answer.status == 200, answer.body
    return answer.json


async def post(counter: Counter, who: str, path: str, body: object = None) -> Any:
    answer = await counter.client(who).post(path, {} if body is None else body)
    assert answer.status in {200, 201}, (path, answer.body)
    return answer.json


async def judged(counter: Counter, appeal: str, result: str) -> Any:
    """Whoever has an appeal decides it."""
    whole = await get(counter, "administrator", f"/platform/v1/appeals/{appeal}")
    who = next(name for name, one in counter.people.items() if str(one.id) == whole["judge"]["id"])
    wish = {
        "result": result,
        "facts": "复核后认定",
        "rows": ["D11-1"],
        "used": [e["id"] for e in whole["evidence"]],
    }
    return await post(counter, who, f"/platform/v1/appeals/{appeal}/decide", wish)


async def ruled(counter: Counter) -> tuple[str, Any]:
    """A refund the shop refused, ruled for the buyer and carried out: the case and the dispute."""
    order = await counter.order("delivered", signed=timedelta(days=1))
    case = await counter.opened(order, "refund_only", reason="quality")
    await counter.did("agent", case["id"], "refuse", {"reason": "used", "text": "已使用"})
    issue = {"issue": "visible_quality", "words": "袖口开线", "remedy": "refund"}
    dispute = await post(counter, "buyer", f"/public/v1/cases/{case['id']}/dispute", {"issues": [issue]})
    mine, shop = (
        f"/public/v1/me/disputes/{dispute['id']}",
        f"/api/v1/shops/{counter.shop}/disputes/{dispute['id']}",
    )
    for _ in range(2):
        await post(counter, "buyer", f"{mine}/ready")
        await post(counter, "manager", f"{shop}/ready")
    bench = await get(counter, "administrator", f"/platform/v1/disputes/{dispute['id']}")
    who = next(name for name, one in counter.people.items() if str(one.id) == bench["officer"]["id"])
    wish = (await get(counter, who, f"/platform/v1/disputes/{dispute['id']}/draft"))["wish"]
    wish["issues"][0] |= {
        "outcome": "refund",
        "favour": "claimant",
        "amount_minor": 10_000,
        "text": "照片清楚",
    }
    bench = await post(counter, who, f"/platform/v1/disputes/{dispute['id']}/rule", wish)
    if bench["state"] == "second_reading":
        other = "second" if who == "officer" else "officer"
        read = {"agree": True, "text": "同意"}
        bench = await post(counter, other, f"/platform/v1/disputes/{dispute['id']}/read", read)
    if bench["state"] == "execution":
        bench = await post(counter, "manager", f"{shop}/execute")
    await counter.settle()
    return case["id"], await get(counter, "buyer", mine)


async def test_a_ruling_is_appealed_and_undone(counter: Counter):
    people = ("third", "fourth")
    for name in people:
        counter.people[name] = await make.person(counter.database, counter.tenant, role="officer")
        counter.tokens[name] = await make.session(counter.database, counter.tenant, counter.people[name])
    _case, dispute = await ruled(counter)
    assert dispute["state"] == "decided"
    ruling = dispute["ruling"]["id"]
    place = f"/api/v1/shops/{counter.shop}/appeals"
    wish = {"kind": "ruling", "target": ruling, "text": "照片不是本店商品", "new_facts": "质检记录"}
    asked = {"kind": "ruling", "target": ruling}
    rights = [await get(counter, "manager", f"{place}/right", **asked)]
    rights.append(await get(counter, "buyer", "/public/v1/me/appeals/right", **asked))
    assert {one["conversation_id"] for one in rights} == {dispute["conversation_id"]}, "photos have a place"
    made = await post(counter, "manager", place, wish)
    assert made["state"] == "assigned"
    assert (await get(counter, "buyer", f"/public/v1/me/disputes/{dispute['id']}"))["state"] == "under_appeal"
    both = await post(counter, "buyer", "/public/v1/me/appeals", wish | {"text": "赔得太少"})
    ended = await judged(counter, made["id"], "upheld")
    assert {one["kind"] for one in ended["statement"]["effects"]} >= {"ruling_undone", "compensated"}
    received = await get(counter, "manager", f"/api/v1/shops/{counter.shop}/compensation/received")
    assert [(one["purpose"], one["amount_minor"]) for one in received["data"]] == [("time", 500)]
    after = await get(counter, "buyer", f"/public/v1/me/disputes/{dispute['id']}")
    assert after["ruling"] is None
    assert after["rulings"][-1]["reversed_at"]
    assert (await judged(counter, both["id"], "dismissed"))["state"] == "dismissed"
    await counter.settle()


async def test_a_ruling_that_stands_closes_the_dispute(counter: Counter):
    counter.people["third"] = await make.person(counter.database, counter.tenant, role="officer")
    counter.tokens["third"] = await make.session(counter.database, counter.tenant, counter.people["third"])
    _case, dispute = await ruled(counter)
    wish = {"kind": "ruling", "target": dispute["ruling"]["id"], "text": "赔得太少", "new_facts": "新照片"}
    made = await post(counter, "buyer", "/public/v1/me/appeals", wish)
    await judged(counter, made["id"], "dismissed")
    assert (await get(counter, "buyer", f"/public/v1/me/disputes/{dispute['id']}"))["state"] == "closed"


async def penalised(counter: Counter) -> UUID:
    """A shop with twelve points for serious abuse, decided by the first officer."""
    fresh = new_id()
    async with counter.database.transaction(counter.tenant) as tx:
        wish = PenaltyWish(
            id=fresh,
            subject_kind="shop",
            subject=counter.shop,
            offence="abuse",
            grade="serious",
            facts="聊天中辱骂买家",
            evidence=("E-1",),
            source_kind="officer",
            source=fresh,
            decided_by=counter.people["officer"].id,
        )
        await penalise(tx, wish, await rulebook.book(tx, None, counter.now), counter.now)
    await counter.settle()
    return fresh


async def points(counter: Counter) -> int:
    found = await counter.owner.fetch(
        "select coalesce(sum(points), 0)::bigint from penalties.entry where tenant = $1", counter.tenant
    )
    return found[0][0]


async def binding(counter: Counter) -> list[str]:
    found = await counter.owner.fetch(
        "select kind from measures.measure where tenant = $1 and state = 'in_force' order by kind",
        counter.tenant,
    )
    return [row[0] for row in found]


async def test_points_go_back_and_the_shop_is_visible_again(counter: Counter):
    penalty = await penalised(counter)
    assert await points(counter) == 12
    assert "shield_shop" in await binding(counter)
    place = f"/api/v1/shops/{counter.shop}/appeals"
    right = await get(counter, "manager", f"{place}/right", kind="penalty", target=str(penalty))
    assert (right["allowed"], right["window_days"]) == (True, 15)
    made = await post(
        counter, "manager", place, {"kind": "penalty", "target": str(penalty), "text": "并无辱骂"}
    )
    judge = (await get(counter, "administrator", f"/platform/v1/appeals/{made['id']}"))["judge"]["id"]
    assert judge == str(counter.people["second"].id)
    await post(counter, "second", f"/platform/v1/appeals/{made['id']}/suspend", {"text": "证据可疑"})
    assert await binding(counter) == []
    await post(counter, "second", f"/platform/v1/appeals/{made['id']}/resume", {"text": ""})
    assert "shield_shop" in await binding(counter)
    ended = await judged(counter, made["id"], "upheld")
    effects = {one["kind"]: one for one in ended["statement"]["effects"]}
    assert effects["points_back"]["points"] == 12
    assert "visible_again" in effects
    assert (await points(counter), await binding(counter)) == (0, [])
    good = {one["words"]: one for one in ended["statement"]["effects"] if one["kind"] == "compensated"}
    assert list(good) == ["reputation", "time"]
    assert good["time"]["amount_minor"] == 500
    received = await get(counter, "manager", f"/api/v1/shops/{counter.shop}/compensation/received")
    assert [(one["purpose"], one["amount_minor"]) for one in received["data"]] == [("time", 500)]
    again = await counter.client("manager").post(
        place, {"kind": "penalty", "target": str(penalty), "text": "再来"}
    )
    assert again.code == "appeals.nothing_stands"


async def test_strangers_do_not_learn_of_a_penalty(counter: Counter):
    penalty = await penalised(counter)
    wish = {"kind": "penalty", "target": str(penalty), "text": "我来申诉"}
    assert (await counter.client("buyer").post("/public/v1/me/appeals", wish)).status == 404
    for kind in ("ruling", "block", "complaint_refusal"):
        answer = await counter.client("buyer").post("/public/v1/me/appeals", wish | {"kind": kind})
        assert (answer.status, answer.code) == (404, "appeals.unknown_target")
