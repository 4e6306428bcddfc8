"""Inspection on the server: when a consultation closes, by night, and through its doors."""

from datetime import timedelta
from typing import Any

from tests.conversations.talk import Talk
from xiaoer.inspection.actions.inspect import inspect_consultation
from xiaoer.inspection.jobs import NightWatch
from xiaoer.plumbing.db import Database

GOOD = (
    ("buyer", "你好，我买的耳机怎么申请退货？"),
    ("agent", "您好，我是客服小张，很高兴为您服务。请问您是说耳机想退货对吗？"),
    ("buyer", "对的，不合适"),
    ("agent", "您可以退货的。首先点击我的订单，然后选择申请售后，退款3天内到账。"),
    ("buyer", "好的，我的电话是13812345678"),
    ("agent", "让您久等了，您看这样可以吗？"),
    ("buyer", "可以，谢谢"),
    ("agent", "感谢您的咨询，还有其他问题随时联系我，祝您生活愉快！"),
)


async def served(talk: Talk, lines: tuple[tuple[str, str], ...] = GOOD, *, close: bool = True) -> None:
    """Say some lines, the agent serving, and close."""
    first, *rest = lines
    await talk.said(*first)
    await talk.assign("agent")
    for who, text in rest:
        talk.now += timedelta(seconds=20)
        await talk.said(who, text)
    if close:
        path = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/close"
        assert (await talk.client("agent").post(path)).status == 200
        await talk.react()


def home(talk: Talk) -> str:
    return f"/api/v1/shops/{talk.shop}"


async def test_a_closed_consultation_is_inspected_and_the_score_stands_once(talk: Talk) -> None:
    await served(talk)
    agent = talk.client("agent")
    (line,) = (await agent.get(f"{home(talk)}/inspections")).json["data"]
    assert line["cause"] == "closed"
    assert line["grade"] in {"excellent", "good"}
    assert line["agent_id"] == str(talk.people["agent"].id)
    assert line["agent_name"] == "agent"
    whole = (await agent.get(f"{home(talk)}/inspections/{line['id']}")).json
    result = whole["result"]
    assert [one["points"] for one in result["steps"]] == [2, 2, 2, 2, 2, 2]
    assert result["clocks"]["in_time"] == result["clocks"]["rounds"] > 0
    assert result["rules"] == line["rules"]
    async with talk.database.transaction(talk.tenant) as tx:  # the same stretch by the same card: nothing new
        again = await inspect_consultation(
            tx, talk.shop, talk.conversation, None, cause="asked", now=talk.now
        )
        assert again is None
    assert len((await agent.get(f"{home(talk)}/inspections")).json["data"]) == 1


async def test_words_are_read_masked_and_every_reading_is_written_down(talk: Talk) -> None:
    await served(talk)
    path = f"{home(talk)}/conversations/{talk.conversation}/readings"
    (reading,) = (await talk.client("manager").get(path)).json["data"]
    assert (reading["purpose"], reading["person_id"], reading["role"]) == ("quality", None, "system")
    assert (await talk.client("agent").get(path)).status == 403
    async with talk.database.read(talk.tenant) as tx:
        stored = await tx.fetchval("select result::text from inspection.score")
    assert "13812345678" not in stored


async def test_an_agent_sees_his_own_a_manager_the_shop_an_officer_all(talk: Talk) -> None:
    await served(talk)
    (line,) = (await talk.client("manager").get(f"{home(talk)}/inspections")).json["data"]
    one = f"{home(talk)}/inspections/{line['id']}"
    of_talk = f"{home(talk)}/conversations/{talk.conversation}/inspections"
    assert (await talk.client("colleague").get(f"{home(talk)}/inspections")).json["data"] == []
    assert (await talk.client("colleague").get(one)).status == 404
    assert (await talk.client("colleague").get(of_talk)).json == []
    assert len((await talk.client("agent").get(of_talk)).json) == 1
    assert (await talk.client("manager").get(one)).status == 200
    officer = talk.client("officer")
    for path in (f"/platform/v1/shops/{talk.shop}/inspections", f"{home(talk)}/inspections"):
        assert len((await officer.get(path)).json["data"]) == 1
    assert (await officer.get(f"/platform/v1/shops/{talk.shop}/inspections/{line['id']}")).status == 200
    assert (await talk.client("buyer").get(one)).status == 403


async def test_lists_are_asked_by_grade_flag_agent_and_time(talk: Talk) -> None:
    await served(talk)
    manager = talk.client("manager")
    (line,) = (await manager.get(f"{home(talk)}/inspections")).json["data"]
    other = str(talk.people["colleague"].id)
    later = (talk.now + timedelta(days=1)).isoformat()
    asked: tuple[tuple[dict[str, object], int], ...] = (
        ({"grade": line["grade"]}, 1),
        ({"grade": "failed"}, 0),
        ({"flag": "failed"}, 0),
        ({"agent": line["agent_id"]}, 1),
        ({"agent": other}, 0),
        ({"from": later}, 0),
        ({"to": later}, 1),
        ({"starting_after": line["id"]}, 0),
    )
    for query, count in asked:
        answer = await manager.get(f"{home(talk)}/inspections", **query)
        assert answer.status == 200, answer.body
        assert len(answer.json["data"]) == count, query


async def test_figures_add_up_and_say_how_they_are_made(talk: Talk) -> None:
    await served(talk)
    talk.now += timedelta(minutes=1)
    manager, agent = talk.client("manager"), talk.client("agent")
    figures = (await manager.get(f"{home(talk)}/inspection-figures")).json
    assert figures["shop"]["inspected"] == 1
    assert [one["agent_id"] for one in figures["agents"]] == [str(talk.people["agent"].id)]
    assert figures["shop"]["steps"][0] == {"step": "greet", "called": 1, "points": 2.0}
    assert figures["facts"]["target_seconds"] == 300
    assert (await talk.client("colleague").get(f"{home(talk)}/inspection-figures")).json["agents"] == []
    assert len((await agent.get(f"{home(talk)}/inspection-figures")).json["agents"]) == 1
    long = {"from": "2026-01-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"}
    refused = await manager.get(f"{home(talk)}/inspection-figures", **long)
    assert (refused.status, refused.code) == (400, "inspection.figures_when")


async def test_the_strip_fills_itself_while_people_talk(talk: Talk) -> None:
    async def strip(who: str = "agent") -> Any:
        return await talk.client(who).get(f"{home(talk)}/conversations/{talk.conversation}/steps")

    await served(talk, GOOD[:1], close=False)
    answer = await strip()
    assert answer.status == 200, answer.body
    before = answer.json
    assert [one["points"] for one in before["steps"]] == [None] * 6
    await talk.said(*GOOD[1])
    after = (await strip()).json
    assert after["version"] > before["version"]
    assert [one["points"] for one in after["steps"]][:3] == [2, 2, 0]
    assert after["steps"][0]["versions"] == [after["version"]]
    assert after["steps"][5]["points"] is None  # the talk runs: no close is called for
    assert (await strip("manager")).status == 200
    assert (await strip("colleague")).status == 403
    assert (await strip("buyer")).status == 403


async def test_what_was_taken_back_is_not_read(talk: Talk) -> None:
    await served(talk, GOOD[:2], close=False)
    path = f"{home(talk)}/conversations/{talk.conversation}"
    version = (await talk.client("agent").get(f"{path}/steps")).json["version"]
    assert (await talk.client("agent").post(f"{path}/entries/{version}/recall")).status == 200
    assert (await talk.client("agent").get(f"{path}/steps")).json["steps"][0]["points"] is None


async def test_a_long_consultation_is_inspected_by_night_once_for_its_news(
    talk: Talk, database: Database
) -> None:
    await served(talk, close=False)
    watch = NightWatch(database, lambda: talk.now)
    assert await watch.inspect_due() == 0
    talk.now += timedelta(hours=25)
    assert await watch.inspect_due() == 1
    assert await watch.inspect_due() == 0
    talk.now += timedelta(hours=25)
    assert await watch.inspect_due() == 0  # nothing new was said
    await talk.said("buyer", "怎么还没退款？")
    assert await watch.inspect_due() == 1
    lines = (await talk.client("manager").get(f"{home(talk)}/inspections")).json["data"]
    assert [one["cause"] for one in lines] == ["nightly"]  # of one consultation the last counts
