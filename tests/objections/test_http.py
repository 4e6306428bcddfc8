"""An agent appeals a block, another decides, and an upheld phrase is tried, accepted and passes."""

from datetime import timedelta
from typing import Any

from tests.conversations.talk import together
from tests.objections.desk import LISTED, OURS, SHOPS, Desk
from xiaoer.kernel.refusal import Refused

YES = {"upheld": True, "reason": "是面料的名字。", "phrase": OURS}
PLATFORM = "/platform/v1/guard"


def deeds(line: dict[str, Any]) -> dict[str, Any]:
    return {one["deed"]: one["code"] for one in line["deeds"]}


async def test_from_a_block_to_the_same_words_passing(desk: Desk):
    talk = desk.talk
    assert isinstance(await talk.say("agent", SHOPS), Refused)
    made = (await desk.objection(SHOPS))["objection"]
    assert (made["level"], made["row"], made["state"]) == ("shop", "C10", "lodged")
    assert made["findings"][0]["words"] == OURS
    (line,) = (await desk.done("manager", "GET", "/objections", open=True))["data"]
    assert (line["person_name"], deeds(line)["decide"]) == ("agent", None)
    after = await desk.done("manager", "POST", f"/objections/{made['id']}/decision", YES)
    assert (after["objection"]["state"], after["objection"]["decided_row"]) == ("upheld", "G2")
    assert after["proposal"]["phrase"] == OURS

    (proposed,) = (await desk.done("boss", "GET", f"{PLATFORM}/proposals", open=True))["data"]
    assert deeds(proposed) == {"try": None, "accept": "objections.proposal_untried", "decline": None}
    path = f"{PLATFORM}/proposals/{made['id']}"
    accepted = {"reason": "上周没有误放。"}
    assert (await desk.refused("boss", "POST", f"{path}/acceptance", accepted))[:2] == (
        409,
        "objections.proposal_untried",
    )
    tried = await desk.done("boss", "POST", f"{path}/trial")
    assert tried["proposal"]["trial"]["messages"] == 0  # held back words were never sent
    assert deeds(tried)["accept"] is None
    assert isinstance(await talk.say("agent", SHOPS), Refused)  # a trial lets nothing pass
    kept = await desk.done("boss", "POST", f"{path}/acceptance", accepted)
    assert (kept["proposal"]["state"], kept["proposal"]["entry"]) == ("accepted", 1)
    assert await talk.said("agent", SHOPS)
    values = await talk.client("manager").get(f"/api/v1/shops/{talk.shop}/rulebook/guard.whitelist/history")
    assert OURS in values.body.decode()
    (mine,) = (await desk.done("agent", "GET", "/objections"))["data"]
    assert mine["proposal"]["state"] == "accepted"


async def test_the_marketplaces_list_is_the_marketplaces_to_judge(desk: Desk):
    made = (await desk.objection(LISTED))["objection"]
    assert made["level"] == "marketplace"
    path = f"objections/{made['id']}/decision"
    words = {**YES, "phrase": made["findings"][0]["words"]}
    assert await desk.refused("manager", "POST", f"/{path}", words) == (
        403,
        "objections.review_marketplaces_list",
        "G3",
    )
    await desk.done("officer", "POST", f"{PLATFORM}/{path}", words)
    proposal = f"{PLATFORM}/proposals/{made['id']}"
    await desk.done("boss", "POST", f"{proposal}/trial")
    await desk.done("boss", "POST", f"{proposal}/acceptance", {"reason": "好"})
    assert await desk.talk.said("agent", LISTED)
    values = await desk.talk.client("boss").get("/platform/v1/rulebook/guard.whitelist/history")
    assert words["phrase"] in values.body.decode()


async def test_a_shop_with_a_list_of_its_own_hears_the_marketplaces_answer(desk: Desk):
    talk = desk.talk
    path = f"/api/v1/shops/{talk.shop}/rulebook/guard.whitelist"
    assert (await talk.client("manager").put(path, {"value": ["别的词"], "reason": "x"})).status == 200
    made = (await desk.objection(LISTED))["objection"]
    words = {**YES, "phrase": made["findings"][0]["words"]}
    await desk.done("officer", "POST", f"{PLATFORM}/objections/{made['id']}/decision", words)
    await desk.done("boss", "POST", f"{PLATFORM}/proposals/{made['id']}/trial")
    await desk.done("boss", "POST", f"{PLATFORM}/proposals/{made['id']}/acceptance", {"reason": "好"})
    assert await talk.said("agent", LISTED)
    assert "别的词" in (await talk.client("manager").get(f"{path}/history")).body.decode()


async def test_nobody_judges_or_accepts_what_is_his(desk: Desk):
    made = (await desk.objection(SHOPS, "manager"))["objection"]
    path = f"objections/{made['id']}/decision"
    assert (await desk.refused("manager", "POST", f"/{path}", YES))[1:] == ("objections.review_own", "G1")
    await desk.done("boss", "POST", f"{PLATFORM}/{path}", YES)  # nobody above him in the shop
    proposal = f"{PLATFORM}/proposals/{made['id']}"
    await desk.done("boss", "POST", f"{proposal}/trial")
    answer = {"reason": "好"}
    refused = await desk.refused("boss", "POST", f"{proposal}/acceptance", answer)
    assert refused[1] == "objections.proposal_own"
    assert (await desk.refused("officer", "POST", f"{proposal}/acceptance", answer))[0] == 403
    await desk.done("second boss", "POST", f"{proposal}/acceptance", answer)


async def test_a_trial_grows_old(desk: Desk):
    made = (await desk.objection(SHOPS))["objection"]
    await desk.done("manager", "POST", f"/objections/{made['id']}/decision", YES)
    proposal = f"{PLATFORM}/proposals/{made['id']}"
    await desk.done("boss", "POST", f"{proposal}/trial")
    desk.talk.now += timedelta(hours=25)
    refused = await desk.refused("boss", "POST", f"{proposal}/acceptance", {"reason": "好"})
    assert refused[1] == "objections.proposal_untried"


async def test_what_is_over_is_over_and_is_decided_once(desk: Desk):
    made = (await desk.objection(SHOPS))["objection"]
    path = f"/objections/{made['id']}/decision"
    answers = await together(*(desk.ask("manager", "POST", path, YES) for _ in range(2)))
    assert sorted(one.status for one in answers) == [200, 409]
    assert await desk.count("objections.proposal") == 1
    assert (await desk.refused("agent", "POST", f"/objections/{made['id']}/withdrawal"))[
        1
    ] == "objections.objection_over"
    proposal = f"{PLATFORM}/proposals/{made['id']}"
    await desk.done("boss", "POST", f"{proposal}/refusal", {"reason": "太宽"})
    assert (await desk.refused("boss", "POST", f"{proposal}/trial"))[1] == "objections.proposal_over"
    assert isinstance(await desk.talk.say("agent", SHOPS), Refused)


async def test_objections_that_say_nothing_new_are_refused_and_not_kept(desk: Desk):
    made = (await desk.objection(SHOPS))["objection"]
    found = await desk.finding(SHOPS)
    wish = {
        "text": SHOPS,
        "conversation_id": str(desk.talk.conversation),
        "kind": found["kind"],
        "start": found["start"],
        "reason": "x",
    }
    assert (await desk.refused("agent", "POST", "/objections", wish))[1] == "objections.objected_before"
    assert (await desk.refused("agent", "POST", "/objections", {**wish, "start": 0}))[
        1
    ] == "objections.nothing_held"
    path = f"/objections/{made['id']}/decision"
    for phrase in ("摸起来", "不在原话里"):
        refused = await desk.refused("manager", "POST", path, {**YES, "phrase": phrase})
        assert refused[1] == "objections.phrase_changes_nothing"
    assert (await desk.refused("colleague", "POST", f"/objections/{made['id']}/withdrawal"))[0] == 403
    assert (await desk.done("colleague", "GET", "/objections"))["data"] == []
    after = await desk.done("agent", "POST", f"/objections/{made['id']}/withdrawal")
    assert after["objection"]["state"] == "withdrawn"
    assert await desk.count("objections.objection where state <> 'withdrawn'") == 0
    assert await desk.count("objections.proposal") == 0


async def test_upheld_without_a_phrase_proposes_nothing(desk: Desk):
    made = (await desk.objection(SHOPS))["objection"]
    wish = {"upheld": True, "reason": "这次说得对。"}
    after = await desk.done("manager", "POST", f"/objections/{made['id']}/decision", wish)
    assert (after["objection"]["state"], after["proposal"]) == ("upheld", None)


async def test_the_marketplace_sees_no_personal_data(desk: Desk):
    text = "全网最低价，我电话13911112222"
    await desk.objection(text)
    (line,) = (await desk.done("officer", "GET", f"{PLATFORM}/objections"))["data"]
    assert "13911112222" not in str(line)
    assert line["shop_name"]
    assert (await desk.refused("manager", "GET", f"{PLATFORM}/objections"))[0] == 403
