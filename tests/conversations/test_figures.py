"""Response figures: real conversations counted by each profile, over HTTP and at once after a change."""

from datetime import timedelta
from typing import Any

from tests import make
from tests.conversations.talk import NOON, Talk
from xiaoer.plumbing.db import Database


def path(talk: Talk) -> str:
    return f"/api/v1/shops/{talk.shop}/response-figures"


async def figures(talk: Talk, who: str = "manager", **query: Any) -> Any:
    answer = await talk.client(who).get(path(talk), **query)
    assert answer.status == 200, answer.body
    return answer.json


async def a_morning(talk: Talk) -> None:
    """Two rounds of the agent (one in time by five minutes), one his colleague owes."""
    steps = [(0, "buyer"), (60, "buyer"), (120, "agent"), (130, "agent"), (600, "buyer"), (1000, "agent")]
    for seconds, who in steps:
        talk.now = NOON + timedelta(seconds=seconds)
        await talk.said(who, f"第 {seconds} 秒")
        if seconds == 0:
            await talk.assign("agent")
    other = await talk.make_conversation("other_buyer")
    talk.now = NOON + timedelta(seconds=1100)
    await talk.said("other_buyer", "有人吗", conversation=other)
    talk.now = NOON + timedelta(seconds=1500)


async def test_a_shop_and_its_agents(talk: Talk):
    await a_morning(talk)
    found = await figures(talk)
    assert (found["profile"], found["counts"], found["good_percent"]) == ("five_minutes", "round", 0)
    shop = found["shop"]
    assert shop["in_time"] == {"numerator": 1, "denominator": 3, "percent": 33.3}
    # two minutes, six minutes and forty seconds, and what the other buyer has waited so far
    assert (shop["rounds"], shop["average_seconds"]) == (3, round((120 + 400 + 400) / 3, 1))
    assert (shop["open_rounds"], shop["left_out"], shop["assessed"]) == (0, 0, True)
    assert shop["days"] == [{"day": "2026-11-11", "in_time": shop["in_time"]}]
    [mine] = found["agents"]
    assert (mine["name"], mine["figure"]["in_time"]["numerator"], mine["figure"]["rounds"]) == ("agent", 1, 2)
    assert found["facts"]["target_seconds"] == 300

    jd = await figures(talk, profile="jd_thirty_seconds")
    assert (jd["shop"]["in_time"]["numerator"], jd["shop"]["rounds"]) == (0, 3)
    taobao = await figures(talk, profile="taobao_three_minutes")
    assert (taobao["shop"]["in_time"]["numerator"], taobao["shop"]["assessed"]) == (1, False)
    pdd = await figures(talk, profile="pdd_five_minutes")
    assert pdd["shop"]["in_time"]["denominator"] == 2  # each buyer once a day


async def test_only_the_questions_of_the_window_and_their_later_answers(talk: Talk):
    await a_morning(talk)
    first = {"from": NOON.isoformat(), "to": (NOON + timedelta(seconds=100)).isoformat()}
    found = await figures(talk, **first)
    assert (found["from"], found["shop"]["in_time"]) == (
        "2026-11-11T04:00:00Z",
        {"numerator": 1, "denominator": 1, "percent": 100.0},
    )
    before = await figures(talk, to=NOON.isoformat())
    assert (before["shop"]["rounds"], before["shop"]["average_seconds"], before["agents"]) == (0, None, [])
    for wrong in ({"from": first["to"], "to": first["from"]}, {"from": "2026-01-01T00:00:00Z"}):
        refused = await talk.client("manager").get(path(talk), **wrong)
        assert (refused.status, refused.code) == (400, "conversations.figures_when")
    unknown = await talk.client("manager").get(path(talk), profile="nonsense")
    assert unknown.status == 400


async def test_a_profile_of_ones_own_holds_at_once(talk: Talk):
    await a_morning(talk)
    manager, book = talk.client("manager"), f"/api/v1/shops/{talk.shop}/rulebook"
    for name, value in (("sla.own_target_seconds", 400), ("sla.own_minimum", 10), ("sla.profile", "own")):
        answer = await manager.put(f"{book}/{name}", {"value": value, "reason": "试用"})
        assert answer.status == 200, answer.body
    wrong = await manager.put(f"{book}/sla.own_target_seconds", {"value": 0, "reason": "试用"})
    assert (wrong.status, wrong.code) == (400, "rulebook.wrong_value")
    found = await figures(talk)
    assert found["profile"] == "own"
    shop = found["shop"]
    assert (shop["in_time"]["numerator"], shop["open_rounds"], shop["assessed"]) == (2, 1, False)
    profiles = (await manager.get(f"/api/v1/shops/{talk.shop}/response-profiles")).json["data"]
    assert [one["name"] for one in profiles if one["in_use"]] == ["own"]
    assert [(one["target_seconds"], one["hours"]) for one in profiles if one["name"] == "own"] == [
        (400, "09:00-23:00")
    ]
    talk.now = NOON + timedelta(seconds=2000)
    await talk.said("buyer", "再问一句")
    thread = await talk.thread()
    assert thread.reply_due_at == talk.now + timedelta(seconds=400)


async def test_an_agent_sees_the_shop_and_himself(talk: Talk):
    await a_morning(talk)
    assert [one["name"] for one in (await figures(talk, "agent"))["agents"]] == ["agent"]
    assert (await figures(talk, "colleague"))["agents"] == []
    assert (await talk.client("buyer").get(path(talk))).status == 403


async def test_what_is_said_in_other_shops_does_not_count(talk: Talk, database: Database):
    await a_morning(talk)
    second = await make.shop(database, talk.tenant)
    boss = await make.person(database, talk.tenant, role="manager", shops=[second.id])
    talk.tokens["boss"] = await make.session(database, talk.tenant, boss)
    answer = await talk.client("boss").get(f"/api/v1/shops/{second.id}/response-figures")
    assert (answer.status, answer.json["shop"]["rounds"]) == (200, 0)
    assert (await talk.client("boss").get(path(talk))).status == 404
