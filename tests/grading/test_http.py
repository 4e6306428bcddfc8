"""The doors: talks are drawn, graded blind, settled, appealed and decided; nobody judges what is his."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.grading.desk import Desk, sheet
from xiaoer.cli.main import cli
from xiaoer.grading.model import JUDGED

# ── drawing ──────────────────────────────────────────────────────────────


async def test_a_draw_lays_talks_before_graders_and_draws_the_same_again(desk: Desk):
    await desk.draw()
    (made,) = (await desk.done("manager", "GET", "/grading-draws"))["data"]
    assert (made["candidates"], made["random"], made["risk"]) == (1, 1, 0)
    whole = await desk.done("manager", "GET", f"/grading-draws/{made['id']}")
    assert whole["reproduced"] is True
    assert whole["draw"]["seed"]
    assert await desk.refused("manager", "POST", "/grading-draws", desk.days()) == (
        422,
        "grading.nothing_to_draw",
    )
    assert await desk.count("grading.draw") == 1


async def test_days_that_are_none_are_refused(desk: Desk):
    wish = {"from": desk.talk.now.isoformat(), "to": (desk.talk.now + timedelta(days=1)).isoformat()}
    assert await desk.refused("manager", "POST", "/grading-draws", wish) == (400, "grading.draw_when")
    long = {**desk.days(), "from": (desk.talk.now - timedelta(days=93)).isoformat()}
    assert await desk.refused("manager", "POST", "/grading-draws", long) == (400, "grading.draw_when")
    assert await desk.count("grading.sample") == 0


async def test_agents_neither_draw_nor_grade(desk: Desk):
    sample = await desk.draw()
    assert (await desk.refused("agent", "POST", "/grading-draws", desk.days()))[0] == 403
    assert (await desk.refused("colleague", "GET", "/grading-samples"))[0] == 403
    assert (await desk.refused("colleague", "POST", f"{sample}/open"))[0] == 403
    assert await desk.count("inspection.reading where person is not null") == 0


async def test_officers_see_the_work_of_all_shops(desk: Desk):
    await desk.draw()
    (line,) = (await desk.done("officer", "GET", "/platform/v1/grading-samples"))["data"]
    assert (line["state"], line["seat"], line["allowed"]) == ("drawn", "first", True)
    assert (await desk.refused("manager", "GET", "/platform/v1/grading-samples"))[0] == 403


# ── blind ────────────────────────────────────────────────────────────────


async def test_nothing_of_the_machine_is_seen_until_the_grades_are_in(desk: Desk):
    sample = await desk.draw()
    (line,) = (await desk.done("manager", "GET", "/inspections"))["data"]
    assert (line["veiled"], line["score"], line["grade"], line["flags"]) == (True, None, None, [])
    whole = f"/inspections/{desk.score}"
    assert await desk.refused("manager", "GET", whole) == (409, "inspection.veiled")
    assert await desk.refused("officer", "GET", f"{whole}/standing") == (409, "inspection.veiled")
    assert await desk.refused("manager", "GET", sample) == (409, "grading.blind")
    assert await desk.refused("manager", "GET", f"{sample}/why") == (409, "grading.blind")
    assert (await desk.done("manager", "GET", "/inspections", grade="failed"))["data"] == []
    assert (await desk.done("agent", "GET", whole))["score"] is not None  # his own
    assert await desk.refused("agent", "POST", f"{whole}/appeal", {"text": "x"}) == (
        409,
        "grading.being_graded",
    )
    await desk.grades("officer", sample)
    assert (await desk.done("manager", "GET", whole))["score"] is not None


async def test_words_are_masked_and_every_opening_is_written_down(desk: Desk):
    sample = await desk.draw()
    opened = await desk.done("officer", "POST", f"{sample}/open")
    assert "13812345678" not in str(opened["talk"])
    assert len(opened["talk"]) == 6
    assert (opened["seat"], opened["earlier"]) == ("first", [])
    assert "score" not in opened
    talk = desk.talk
    readings = await desk.done("manager", "GET", f"/conversations/{talk.conversation}/readings")
    mine = [one for one in readings["data"] if one["person_id"] == str(talk.people["officer"].id)]
    assert [(one["purpose"], one["role"]) for one in mine] == [("quality", "officer")]


async def test_one_at_a_time_has_a_talk_in_hand(desk: Desk):
    sample = await desk.draw()
    assert await desk.refused("officer", "POST", f"{sample}/grade", sheet()) == (409, "grading.not_opened")
    await desk.done("officer", "POST", f"{sample}/open")
    assert await desk.refused("second", "POST", f"{sample}/open") == (409, "grading.in_hand")
    desk.talk.now += timedelta(hours=1)
    await desk.done("second", "POST", f"{sample}/open")
    assert await desk.refused("officer", "POST", f"{sample}/grade", sheet()) == (409, "grading.in_hand")
    assert await desk.count("grading.grade") == 0


async def test_who_spoke_in_a_talk_does_not_grade_it(desk: Desk):
    talk = desk.talk
    sample = await desk.draw()
    async with talk.database.transaction(talk.tenant) as tx:  # the manager had served it himself
        await tx.execute("update grading.sample set agent = $1", talk.people["manager"].id)
    assert await desk.refused("manager", "POST", f"{sample}/open") == (403, "grading.own_conversation")
    (line,) = (await desk.done("manager", "GET", "/grading-samples"))["data"]
    assert (line["allowed"], line["code"]) == (False, "grading.own_conversation")


async def test_a_sheet_without_evidence_is_refused_and_nothing_is_written(desk: Desk):
    sample = await desk.draw()
    await desk.done("officer", "POST", f"{sample}/open")
    wrong = sheet()
    wrong["steps"][0]["versions"] = []
    assert await desk.refused("officer", "POST", f"{sample}/grade", wrong) == (
        400,
        "grading.evidence_missing",
    )
    wrong["steps"][0]["versions"] = [99]
    assert (await desk.refused("officer", "POST", f"{sample}/grade", wrong))[1] == "grading.evidence_unknown"
    wrong["steps"][0]["points"] = 3
    assert (await desk.refused("officer", "POST", f"{sample}/grade", wrong))[0] == 400
    assert await desk.count("grading.grade") == 0
    assert await desk.count("inspection.settlement") == 0


# ── what stands ──────────────────────────────────────────────────────────


async def test_one_grade_stands_and_the_figures_follow_it(desk: Desk):
    before = (await desk.stands())["machine"]
    sample = await desk.draw()
    await desk.grades("officer", sample, 2)
    found = await desk.stands()
    assert found["machine"] == before
    assert found["score"] > before
    assert [(one["source"], one["row"]) for one in found["settlements"]] == [("graded", "grading.settle#2")]
    assert found["grades"][0]["person_name"] == ""  # an agent does not see who graded
    (line,) = (await desk.done("agent", "GET", "/inspections"))["data"]
    assert (line["score"], line["settled"]) == (found["score"], "graded")
    figures = await desk.done("manager", "GET", "/inspection-figures")
    assert figures["shop"]["score"] == found["score"]
    assert {one["points"] for one in figures["shop"]["steps"]} == {2.0}
    whole = await desk.done("agent", "GET", f"/inspections/{desk.score}")
    assert whole["result"]["score"] == before  # what the machine said stays as it was
    why = await desk.done("agent", "GET", f"/inspections/{desk.score}/standing/why")
    assert [(one["table"], one["row"]) for one in why] == [("grading.settle", "2")]


async def test_two_that_agree_let_the_kinder_stand(desk: Desk):
    await desk.set("apart_points", 100)
    sample = await desk.draw(twice=True)
    await desk.grades("officer", sample, 0)
    assert await desk.refused("officer", "POST", f"{sample}/open") == (403, "grading.graded_before")
    opened = await desk.done("second", "POST", f"{sample}/open")
    assert opened["earlier"] == []  # blind
    await desk.done("second", "POST", f"{sample}/grade", sheet(2))
    whole = await desk.done("manager", "GET", sample)
    assert whole["sample"]["state"] == "settled"
    assert [one["seat"] for one in whole["grades"]] == ["first", "second"]
    assert whole["stands"] == whole["grades"][1]["score"] > whole["grades"][0]["score"]
    assert [one["event"] for one in whole["history"]] == ["drawn", "wait", "settle"]


async def test_two_that_lie_apart_go_to_a_third_who_sees_both(desk: Desk):
    sample = await desk.draw(twice=True)
    await desk.grades("officer", sample, 0)
    await desk.grades("second", sample, 2)
    assert await desk.refused("second", "POST", f"{sample}/open") == (403, "grading.graded_before")
    opened = await desk.done("third", "POST", f"{sample}/open")
    assert (opened["seat"], len(opened["earlier"])) == ("third", 2)
    await desk.done("third", "POST", f"{sample}/grade", sheet(1))
    whole = await desk.done("manager", "GET", sample)
    assert whole["stands"] == whole["grades"][2]["score"]
    rows = [one["row"] for one in await desk.done("manager", "GET", f"{sample}/why")]
    assert sorted(rows) == ["3", "6", "8"]


@pytest.mark.parametrize(
    ("filled", "state", "source"),
    [([], "lapsed", None), ([1], "settled", "graded"), ([0, 2], "settled", "graded")],
    ids=["nobody", "only the first", "no third"],
)
async def test_silence_lets_stand_what_is_there(
    desk: Desk, filled: list[int], state: str, source: str | None
):
    sample = await desk.draw(twice=True)
    for who, points in zip(("officer", "second"), filled, strict=False):
        await desk.grades(who, sample, points)
    await desk.rings(sample)
    whole = await desk.done("manager", "GET", sample)
    assert whole["sample"]["state"] == state
    settled = (await desk.stands())["settlements"]
    assert [one["source"] for one in settled] == ([source] if source else [])
    if len(filled) == 2:
        assert whole["stands"] == whole["grades"][1]["score"]  # the kinder
    assert await desk.count("clocks.clock where name like 'grading.%' and name <> 'grading.draw'") == 0
    assert await desk.count("inspection.veil where lifted_at is null") == 0


# ── agreement ────────────────────────────────────────────────────────────


async def test_the_command_line_tells_the_same(desk: Desk, tmp_path: Path):
    sample = await desk.draw()
    await desk.grades("officer", sample, 1)
    database = desk.talk.database
    words = ["grading", "agreement", "--shop", str(desk.talk.shop), "--since", "2026-11-01"]
    words += ["--until", "2026-11-30"]
    environ = {"XIAOER_DATABASE_URL": database.url, "XIAOER_HOME": str(tmp_path)}
    told = await asyncio.to_thread(CliRunner().invoke, cli, words, env=environ)
    assert (told.exit_code, told.stderr) == (0, "")
    first, greet, *_ = told.stdout.splitlines()
    assert first == "1 settled, 0 graded twice, 0 decided by a third"
    assert "graders too few pairs (0 of 30); machine too few pairs (1 of 30)" in greet


async def test_agreement_says_when_there_are_too_few_and_counts_when_enough(desk: Desk):
    await desk.set("apart_points", 100)
    sample = await desk.draw(twice=True)
    await desk.grades("officer", sample, 1)
    await desk.grades("second", sample, 2)
    desk.talk.now += timedelta(minutes=1)
    found = await desk.done("manager", "GET", "/grading-agreement")
    greet = found["lines"][0]
    assert (greet["about"], greet["graders"]["pairs"], greet["graders"]["enough"]) == ("greet", 1, False)
    assert (found["settled"], found["twice"], found["third"]) == (1, 1, 0)
    await desk.set("least_pairs", 2)
    path = f"/platform/v1/shops/{desk.talk.shop}/grading-agreement"
    everything = next(
        one for one in (await desk.done("officer", "GET", path))["lines"] if one["about"] == "all"
    )
    assert (everything["graders"]["pairs"], everything["graders"]["agreed_percent"]) == (6, 0.0)
    parts = {one["about"]: one["graders"] for one in (await desk.done("officer", "GET", path))["parts"]}
    assert set(parts) == {*JUDGED, "all"}
    assert (parts["all"]["pairs"], parts["all"]["agreed_percent"], parts["all"]["kappa"]) == (6, 100.0, None)
    assert found["bands"][0] == {"grade": "failed", "low": 0, "high": 59}
    days = {"from": "2026-11-12T00:00:00Z", "to": "2026-11-11T00:00:00Z"}
    backwards = await desk.ask("manager", "GET", "/grading-agreement", **days)
    assert (backwards.status, backwards.code) == (400, "grading.agreement_when")
    assert (await desk.refused("agent", "GET", "/grading-agreement"))[0] == 403


# ── appeals ──────────────────────────────────────────────────────────────


async def test_an_agent_appeals_and_another_changes_the_score_by_a_record_added(desk: Desk):
    before = await desk.stands()
    assert before["deeds"] == [{"deed": "appeal", "allowed": True, "code": None}]
    appeal = await desk.appeal()
    assert await desk.refused("agent", "POST", f"/inspections/{desk.score}/appeal", {"text": "x"}) == (
        409,
        "grading.appealed",
    )
    opened = await desk.done("manager", "POST", f"{appeal}/open")
    assert len(opened["talk"]) == 6
    assert "13812345678" not in str(opened)
    decided = await desk.done(
        "manager", "POST", f"{appeal}/decision", {"reason": "确有解释。", "sheet": sheet(2)}
    )
    assert (decided["state"], decided["reason"]) == ("changed", "确有解释。")
    after = await desk.stands()
    assert after["score"] > before["score"]
    assert after["machine"] == before["machine"]
    assert [one["row"] for one in after["settlements"]] == ["grading.appeal#A2"]
    assert [one["event"] for one in after["history"]] == ["lodged", "change"]
    why = await desk.done("agent", "GET", f"/inspections/{desk.score}/standing/why")
    assert [(one["row"], bool(one["version"])) for one in why] == [("A2", True)]
    assert await desk.refused("manager", "POST", f"{appeal}/decision", {"reason": "x"}) == (
        409,
        "grading.appeal_decided",
    )


async def test_a_kept_score_stays_without_a_record(desk: Desk):
    appeal = await desk.appeal()
    await desk.done("officer", "POST", f"{appeal}/decision", {"reason": "评分无误。"})
    found = await desk.stands()
    assert (found["settlements"], found["appeal"]["state"]) == ([], "kept")
    (line,) = (await desk.done("agent", "GET", "/score-appeals", over=True))["data"]
    assert line["appeal"]["reason"] == "评分无误。"
    assert (await desk.done("colleague", "GET", "/score-appeals", over=True))["data"] == []


async def test_who_graded_does_not_decide_the_appeal(desk: Desk):
    sample = await desk.draw()
    await desk.grades("manager", sample, 0)
    appeal = await desk.appeal()
    assert await desk.refused("manager", "POST", f"{appeal}/open") == (403, "grading.graded_before")
    refused = await desk.refused("manager", "POST", f"{appeal}/decision", {"reason": "x"})
    assert refused == (403, "grading.graded_before")
    (line,) = (await desk.done("officer", "GET", "/platform/v1/score-appeals"))["data"]
    assert {deed["deed"]: deed["allowed"] for deed in line["deeds"]}["decide"] is True
    await desk.done("officer", "POST", f"{appeal}/decision", {"reason": "改评。", "sheet": sheet(2)})
    assert [one["source"] for one in (await desk.stands())["settlements"]] == ["graded", "appealed"]


async def test_silence_sets_the_score_aside(desk: Desk):
    appeal = await desk.appeal()
    await desk.rings(appeal)
    found = await desk.stands()
    assert (found["score"], found["settlements"][0]["source"]) == (None, "set_aside")
    figures = await desk.done("manager", "GET", "/inspection-figures")
    assert (figures["shop"]["inspected"], figures["shop"]["score"]) == (1, None)


async def test_an_appeal_is_taken_back_or_comes_too_late(desk: Desk):
    assert await desk.refused("colleague", "POST", f"/inspections/{desk.score}/appeal", {"text": "x"}) == (
        403,
        "grading.not_yours",
    )
    await desk.set("appeal_days", 1)
    desk.talk.now += timedelta(days=1)
    assert await desk.refused("agent", "POST", f"/inspections/{desk.score}/appeal", {"text": "x"}) == (
        409,
        "grading.too_late",
    )
    desk.talk.now -= timedelta(hours=2)
    appeal = await desk.appeal()
    assert (await desk.refused("colleague", "POST", f"{appeal}/withdrawal"))[1] == "grading.not_yours"
    taken = await desk.done("agent", "POST", f"{appeal}/withdrawal")
    assert taken["state"] == "withdrawn"
    assert await desk.count("clocks.clock where name = 'grading.appeal'") == 0


async def test_an_appealed_score_is_drawn_no_more(desk: Desk):
    await desk.appeal()
    assert await desk.refused("manager", "POST", "/grading-draws", desk.days()) == (
        422,
        "grading.nothing_to_draw",
    )
