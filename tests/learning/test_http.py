"""The doors: a buyer says how it was, an agent learns from it, a manager leads; each sees his own."""

from datetime import timedelta
from typing import Any

from tests import make
from tests.conversations.talk import Talk
from xiaoer.learning.actions import dialogues, ratings
from xiaoer.learning.machine import ANSWER_CLOCK, FOLLOW_UP_CLOCK, LEAD_CLOCK, REMINDER_CLOCK, WINDOW_CLOCK
from xiaoer.learning.queries.ratings import ended_with
from xiaoer.learning.store import ratings as store
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.sql import Statements

PLAN = {"cause": "attitude", "plan": "先安抚，再说清楚下一步和时间。"}


def rating(talk: Talk) -> str:
    return f"/public/v1/conversations/{talk.conversation}/rating"


def home(talk: Talk, rest: str) -> str:
    return f"/api/v1/shops/{talk.shop}{rest}"


async def rate(talk: Talk, stars: int, words: str = "") -> Any:
    answer = await talk.client("buyer").post(rating(talk), {"stars": stars, "words": words})
    assert answer.status == 200, answer.body
    await talk.react()
    return answer.json


async def found(talk: Talk, who: str = "manager", **query: Any) -> list[dict[str, Any]]:
    answer = await talk.client(who).get(home(talk, "/dialogues"), **query)
    assert answer.status == 200, answer.body
    return answer.json["data"]


async def one_dialogue(talk: Talk) -> str:
    await rate(talk, 1, "态度很差")
    (line,) = await found(talk)
    return home(talk, f"/dialogues/{line['dialogue']['id']}")


async def clocks(talk: Talk) -> set[str]:
    async with talk.database.read(talk.tenant) as tx:
        rows = await tx.fetch("select name from clocks.clock where name like 'learning.%'")
        return {row["name"] for row in rows}


# ── ratings ──────────────────────────────────────────────────────────────


async def test_a_buyer_is_asked_once_and_may_think_again(talk: Talk):
    asked = (await talk.client("buyer").get(rating(talk))).json
    assert (asked["asked"], asked["state"], asked["stars"]) == (True, "asked", None)
    await rate(talk, 2, "慢")
    said = await rate(talk, 4, "后来解决了")
    assert (said["state"], said["stars"], said["words"]) == ("rated", 4, "后来解决了")
    async with talk.database.read(talk.tenant) as tx:
        assert await tx.fetchval("select count(*) from learning.rating") == 2  # history is added to


async def test_nobody_else_is_asked(talk: Talk):
    other = await talk.client("other_buyer").get(rating(talk))
    assert (other.status, other.code) == (404, "conversations.not_found")
    refused = await talk.client("other_buyer").post(rating(talk), {"stars": 1})
    assert (refused.status, refused.code) == (404, "learning.not_asked")
    assert (await talk.client("agent").post(rating(talk), {"stars": 5})).status == 403
    assert (await talk.client("buyer").post(rating(talk), {"stars": 6})).status == 400
    async with talk.database.read(talk.tenant) as tx:
        assert await tx.fetchval("select count(*) from learning.rating") == 0


async def test_silence_is_reminded_of_once_and_then_the_window_closes(talk: Talk):
    async with talk.database.transaction(talk.tenant) as tx:
        request = await tx.fetchval("select id from learning.request")
        reminded = await ratings.rang(tx, request, REMINDER_CLOCK, talk.now)
        assert reminded is not None
        assert reminded.state == "reminded"
        assert await ratings.rang(tx, request, REMINDER_CLOCK, talk.now) is None
    assert await clocks(talk) == {WINDOW_CLOCK}
    async with talk.database.transaction(talk.tenant) as tx:
        lapsed = await ratings.rang(tx, request, WINDOW_CLOCK, talk.now)
        assert lapsed is not None
        assert lapsed.state == "lapsed"
    refused = await talk.client("buyer").post(rating(talk), {"stars": 5})
    assert (refused.status, refused.code) == (409, "learning.rating_over")
    assert await clocks(talk) == set()


# ── unsatisfied dialogues ────────────────────────────────────────────────


async def test_few_stars_make_an_unsatisfied_dialogue_and_it_can_be_explained(talk: Talk):
    path = await one_dialogue(talk)
    (line,) = await found(talk, "agent")
    assert line["dialogue"]["signals"]["stars"] == 1
    assert {deed["deed"]: deed["allowed"] for deed in line["deeds"]}["plan"] is True
    assert await clocks(talk) == {ANSWER_CLOCK, WINDOW_CLOCK}
    (why,) = (await talk.client("agent").get(f"{path}/why")).json
    assert why["table"] == "learning.unsatisfied"
    assert why["row"] == "1"
    await rate(talk, 1, "还是很差")
    assert len(await found(talk)) == 1  # found once


async def test_many_stars_make_none(talk: Talk):
    await rate(talk, 5)
    assert await found(talk) == []


async def test_a_complaint_that_is_taken_on_speaks_of_the_talk_before_it(talk: Talk):
    wish = {"type": "refused_service", "shop": str(talk.shop), "text": "坏了没人管", "danger": "safety"}
    made = await talk.client("buyer").post("/public/v1/me/complaints", wish)
    assert (made.status, made.json["state"]) == (201, "accepted")
    await talk.react()
    (line,) = await found(talk)
    assert line["dialogue"]["signals"]["outcome"] == "complaint"
    await talk.react()
    assert len(await found(talk)) == 1  # found once


async def test_talks_before_several_cases_are_each_looked_at_once(talk: Talk):
    day = timedelta(days=1)
    buyer, other = talk.people["buyer"].id, talk.people["other_buyer"].id
    async with talk.database.read(talk.tenant) as tx:
        lately = [(talk.shop, one, talk.now - day) for one in (buyer, other, buyer)]
        assert [one.conversation for one in await ended_with(tx, lately)] == [talk.conversation]
        assert await ended_with(tx, [(talk.shop, buyer, talk.now + day)]) == []


async def test_a_talk_that_was_merged_stays_one_before_a_case_and_is_found_by_an_index(
    talk: Talk, owner: Connection
):
    buyer = talk.people["buyer"].id
    await owner.execute(
        "update conversations.conversation set state = 'merged', merged_into = id, assignee = null"
    )
    async with talk.database.read(talk.tenant) as tx:
        lately = [(talk.shop, buyer, talk.now - timedelta(days=1))]
        assert [one.conversation for one in await ended_with(tx, lately)] == [talk.conversation]
    await owner.execute(
        "insert into conversations.conversation (tenant, shop, id, buyer, created_at)"
        " select $1, $2, gen_random_uuid(), gen_random_uuid(), $3 from generate_series(1, 500)",
        talk.tenant,
        talk.shop,
        talk.now,
    )
    await owner.execute("analyze conversations.conversation")
    asked = Statements(store.__file__, "ratings.sql")
    values = {"shops": [talk.shop], "buyers": [buyer], "sinces": [talk.now], "tenant": talk.tenant}
    given = [values[name] for name in asked.parameters("ended_with")]
    plan = await owner.fetch(f"explain (costs off) {asked.text('ended_with')}", *given)
    told = "\n".join(row[0] for row in plan)
    for index in ("conversation_of_buyer", "conversation_merged_of_buyer"):
        assert f"using {index} on" in told


async def test_words_are_shown_masked_and_the_reading_is_written_down(talk: Talk):
    path = await one_dialogue(talk)
    whole = (await talk.client("agent").get(path)).json
    assert "13812345678" not in str(whole["talk"])
    assert len(whole["talk"]) == 6
    readings = await talk.client("manager").get(home(talk, f"/conversations/{talk.conversation}/readings"))
    assert str(talk.people["agent"].id) in {one["person_id"] for one in readings.json["data"]}


async def test_everybody_sees_his_own_and_whoever_leads_the_teams(talk: Talk):
    path = await one_dialogue(talk)
    assert (await talk.client("colleague").get(path)).status == 404
    assert await found(talk, "colleague") == []
    assert (await talk.client("manager").get(path)).status == 200
    assert (await talk.client("buyer").get(path)).status == 403
    refused = await talk.client("colleague").post(f"{path}/plan", PLAN)
    assert (refused.status, refused.code) == (403, "learning.not_yours")


async def test_the_agent_accepts_and_the_follow_up_finds_that_it_did_not_come_back(talk: Talk):
    path = await one_dialogue(talk)
    hint = await talk.client("manager").post(f"{path}/hints", {"text": "先道歉，再给出时间。"})
    assert hint.status == 200, hint.body
    planned = await talk.client("agent").post(f"{path}/plan", PLAN)
    assert planned.status == 200, planned.body
    assert planned.json["dialogue"]["state"] == "planned"
    assert [one["text"] for one in planned.json["hints"]] == ["先道歉，再给出时间。"]
    again = await talk.client("agent").post(f"{path}/plan", PLAN)
    assert (again.status, again.code) == (409, "learning.not_now")
    assert FOLLOW_UP_CLOCK in await clocks(talk)
    async with talk.database.transaction(talk.tenant) as tx:
        dialogue = await tx.fetchval("select id from learning.dialogue")
        after = await dialogues.fell_due(tx, dialogue, FOLLOW_UP_CLOCK, talk.now + timedelta(days=30))
        assert after is not None
        assert after.state == "improved"
    history = (await talk.client("agent").get(path)).json["history"]
    assert [one["event"] for one in history] == ["found", "plan", "improve"]


async def test_the_agent_contests_and_only_another_lead_decides(talk: Talk):
    path = await one_dialogue(talk)
    refused = await talk.client("agent").post(f"{path}/decision", {"set_aside": True, "words": "x"})
    assert (refused.status, refused.code) == (403, "identity.not_allowed")
    contested = await talk.client("agent").post(f"{path}/contest", {"words": "系统故障，查不到物流。"})
    assert contested.json["dialogue"]["state"] == "contested"
    sent_back = await talk.client("manager").post(
        f"{path}/decision", {"set_aside": False, "words": "仍应告知买家时间。"}
    )
    assert sent_back.json["dialogue"]["state"] == "returned"
    twice = await talk.client("agent").post(f"{path}/contest", {"words": "还是不同意"})
    assert (twice.status, twice.code) == (409, "learning.not_now")
    assert (await talk.client("agent").post(f"{path}/plan", PLAN)).status == 200


async def test_silence_goes_to_the_lead_and_a_silent_lead_lets_a_contested_one_go(talk: Talk):
    path = await one_dialogue(talk)
    async with talk.database.transaction(talk.tenant) as tx:
        dialogue = await tx.fetchval("select id from learning.dialogue")
        after = await dialogues.fell_due(tx, dialogue, ANSWER_CLOCK, talk.now)
        assert after is not None
        assert (after.state, after.clock) == ("overdue", LEAD_CLOCK)
        assert await dialogues.fell_due(tx, dialogue, ANSWER_CLOCK, talk.now) is None
    assert (await talk.client("agent").post(f"{path}/plan", PLAN)).status == 200  # late, and still


async def test_figures_count_each_consultation_once(talk: Talk):
    path = await one_dialogue(talk)
    await rate(talk, 2)
    await talk.client("agent").post(f"{path}/plan", PLAN)
    query = {"since": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"}
    told = (await talk.client("manager").get(home(talk, "/rating-figures"), **query)).json
    (mine,) = told["agents"]
    assert (mine["ratings"], mine["stars"], mine["satisfied"]) == (1, 2, 0)
    assert (mine["dialogues"], mine["attitude"]) == (1, 1)
    assert (await talk.client("colleague").get(home(talk, "/rating-figures"), **query)).json["agents"] == []


# ── lessons, exams, plans ────────────────────────────────────────────────


async def test_a_lesson_is_proposed_published_and_read(talk: Talk):
    path = await one_dialogue(talk)
    wish = {
        "kind": "lesson",
        "title": "耳机坏了怎么接",
        "good_answer": "先道歉并确认故障现象。",
        "dialogue": path.rsplit("/", 1)[1],
        "cause": "attitude",
    }
    made = await talk.client("agent").post(home(talk, "/lessons"), wish)
    assert (made.status, made.json["state"]) == (201, "proposed")
    assert "13812345678" not in str(made.json["talk"])
    assert {line["role"] for line in made.json["talk"]} == {"buyer", "agent"}
    lessons = home(talk, "/lessons")
    assert (await talk.client("colleague").get(lessons)).json["data"] == []
    lesson = f"{lessons}/{made.json['id']}"
    assert (await talk.client("colleague").post(f"{lesson}/read")).status == 404
    assert (await talk.client("agent").post(f"{lesson}/publish")).status == 403
    assert (await talk.client("manager").post(f"{lesson}/publish")).status == 204
    again = await talk.client("manager").post(f"{lesson}/publish")
    assert (again.status, again.code) == (409, "learning.lesson_settled")
    assert (await talk.client("colleague").post(f"{lesson}/read")).status == 204
    (seen,) = (await talk.client("colleague").get(lessons)).json["data"]
    assert seen["read"] is True


async def test_an_agent_shares_only_what_he_served(talk: Talk):
    wish = {
        "kind": "model",
        "title": "x",
        "good_answer": "y",
        "conversation": str(talk.conversation),
        "consultation": 1,
    }
    refused = await talk.client("colleague").post(home(talk, "/lessons"), wish)
    assert (refused.status, refused.code) == (404, "learning.unknown_dialogue")
    async with talk.database.read(talk.tenant) as tx:
        assert await tx.fetchval("select count(*) from learning.lesson") == 0


async def test_an_exam_is_made_of_real_cases_and_a_pass_ends_a_task(talk: Talk):
    path = await one_dialogue(talk)
    manager, agent = talk.client("manager"), talk.client("agent")
    few = await manager.post(home(talk, "/exams"), {"title": "十一月", "questions": 50})
    assert (few.status, few.code) == (422, "learning.too_few_cases")
    await agent.post(f"{path}/plan", PLAN)
    exam = await manager.post(home(talk, "/exams"), {"title": "十一月", "questions": 1, "pass_percent": 100})
    assert exam.status == 201, exam.body
    (question,) = exam.json["questions"]
    assert "right" not in question
    task = {
        "person": str(talk.people["agent"].id),
        "kind": "exam",
        "item": exam.json["id"],
        "due_at": (talk.now + timedelta(days=7)).isoformat(),
    }
    assert (await manager.post(home(talk, "/training"), task)).status == 201
    sat = home(talk, f"/exams/{exam.json['id']}/sittings")
    wrong = await agent.post(sat, {"answers": {question["id"]: 0}})
    assert (wrong.json["percent"], wrong.json["passed"]) == (0, False)
    assert wrong.json["wrong"] == [question["id"]]
    right = await agent.post(sat, {"answers": {question["id"]: question["options"].index("attitude")}})
    assert right.json["passed"] is True
    (done,) = (await agent.get(home(talk, "/training"))).json["data"]
    assert done["done_at"] is not None
    (line,) = (await agent.get(home(talk, "/exams"))).json["data"]
    assert (line["percent"], line["passed"]) == (100, True)
    assert (await manager.post(home(talk, f"/exams/{exam.json['id']}/retire"))).status == 204
    retired = await agent.post(sat, {"answers": {}})
    assert (retired.status, retired.code) == (409, "learning.exam_retired")


async def test_a_plan_is_for_ones_own_people_and_lies_ahead(talk: Talk):
    lesson = await talk.client("manager").post(
        home(talk, "/lessons"), {"kind": "script", "title": "开场白", "good_answer": "您好，我是客服。"}
    )
    task = {"person": str(talk.people["agent"].id), "kind": "lesson", "item": lesson.json["id"]}
    past = await talk.client("manager").post(
        home(talk, "/training"), task | {"due_at": (talk.now - timedelta(days=1)).isoformat()}
    )
    assert (past.status, past.code) == (422, "learning.task_in_past")
    later = {"due_at": (talk.now + timedelta(days=1)).isoformat()}
    stranger = await make.person(talk.database, talk.tenant, role="agent", shops=[])
    wrong = await talk.client("manager").post(
        home(talk, "/training"), task | later | {"person": str(stranger.id)}
    )
    assert (wrong.status, wrong.code) == (404, "learning.not_in_team")
    assert (await talk.client("manager").post(home(talk, "/training"), task | later)).status == 201
    assert (await talk.client("agent").post(home(talk, f"/lessons/{lesson.json['id']}/read"))).status == 204
    (done,) = (await talk.client("agent").get(home(talk, "/training"))).json["data"]
    assert done["done_at"] is not None
