"""Appeals over HTTP: lodged by a buyer and a shop, looked at by people, decided with reasons."""

from datetime import timedelta
from typing import Any

import pytest

from tests.appeals.court import Court
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

ALL_WAYS = ["mediation", "hotline_12315", "arbitration", "court"]


async def test_a_shop_appeals_points_and_gets_them_back(court: Court):
    penalty = court.decided("penalty", "shop", published=True)
    right = (await (await court.client("manager")).get(
        f"{court.place('manager')}/right", kind="penalty", target=str(penalty)
    )).json  # fmt: skip
    assert (right["allowed"], right["window_days"], right["needs_new_facts"]) == (True, 15, False)
    assert (
        right["until"] == "2026-11-26T16:00:00Z"
    )  # the day of the decision is not counted, 24:00 in Shanghai
    made = await court.lodged("manager", "penalty", penalty)
    assert (made["state"], made["turn"], made["clock"]) == ("assigned", "people", "appeals.review")
    assert made["judge"] is None, "a party does not learn who decides"
    whole = await court.appeal(made["id"])
    judge = court.judge_of(whole)
    assert judge in {"second", "third"}, "never whoever decided before"
    ended = await court.judged(made["id"], "upheld")
    statement = ended["statement"]
    assert (ended["state"], statement["result"], statement["next"]) == ("upheld", "upheld", ALL_WAYS)
    assert (statement["automated"], statement["human"], statement["correction"]) == (False, True, True)
    assert [one["kind"] for one in statement["effects"]] == ["points_back", "correction_published"]
    assert court.did("penalty", penalty) == ["lodged", "reversed"]
    mine = await court.appeal(made["id"], "manager")
    assert mine["statement"] == statement
    assert {one["person_name"] for one in mine["timeline"]} == {""}, "parties learn no names"


async def test_a_ruling_needs_something_new_and_may_be_completed(court: Court):
    ruling = court.decided("ruling", "buyer", "shop")
    made = await court.lodged("buyer", "ruling", ruling)
    assert (made["state"], made["turn"], made["then"]) == ("incomplete", "appellant", "refused")
    assert made["other"]["kind"] == "shop"
    nothing = await court.does("buyer", made["id"], "add", {"text": "请再看"})
    assert (nothing.status, nothing.code) == (400, "appeals.nothing_new")
    added = await court.done(
        "buyer", made["id"], "add", {"text": "附上快递底单", "new_facts": "底单上不是我的签名"}
    )
    assert added["state"] == "assigned"
    said = await court.done("agent", made["id"], "add", {"text": "签收人是前台"})
    assert (said["side"], said["timeline"][-1]["event"]) == ("other", "answered")
    assert [(one["deed"], one["allowed"]) for one in said["deeds"]] == [("answer", True)]
    ended = await court.judged(made["id"], "dismissed")
    assert (ended["state"], court.did("ruling", ruling)) == ("dismissed", ["lodged", "stands"])
    again = await court.lodges("buyer", "ruling", ruling, new_facts="还有")
    assert (again.status, again.code, again.json["error"]["row"]) == (422, "appeals.only_once", "D11-A4")
    assert (await court.lodges("manager", "ruling", ruling, new_facts="店铺另有证据")).status == 201


async def test_nothing_shown_in_time_refuses_with_reasons(court: Court):
    ruling = court.decided("ruling", "buyer", "shop")
    made = await court.lodged("buyer", "ruling", ruling)
    await court.later(days=8)
    ended = await court.appeal(made["id"], "buyer")
    assert (ended["state"], ended["clock"], ended["statement"]["rows"]) == ("refused", None, ["D11-A7"])
    assert (ended["statement"]["automated"], ended["statement"]["next"]) == (True, ALL_WAYS)
    assert court.did("ruling", ruling) == ["lodged", "stands"]


async def test_too_late_is_refused_and_a_reason_is_looked_at(court: Court):
    penalty = court.decided("penalty", "shop", ago=timedelta(days=20))
    late = await court.lodges("manager", "penalty", penalty)
    assert (late.status, late.code) == (422, "appeals.too_late")
    assert late.json["error"]["facts"]["days"] == 15
    listed = (await (await court.client("manager")).get(court.place("manager"))).json
    assert listed["data"] == [], "a refusal wrote"
    made = await court.lodged("manager", "penalty", penalty, late_reason="店主住院")
    assert made["state"] == "lodged"
    partial = await court.does("officer", made["id"], "admit", {"admit": True, "text": "有住院证明"})
    assert (partial.status, partial.code) == (403, "appeals.barred")
    taken = await court.done("second", made["id"], "admit", {"admit": True, "text": "有住院证明"})
    assert taken["state"] == "assigned"


async def test_a_late_appeal_that_is_not_taken_says_why(court: Court):
    penalty = court.decided("penalty", "shop", ago=timedelta(days=20))
    made = await court.lodged("manager", "penalty", penalty, late_reason="忘了")
    ended = await court.done("third", made["id"], "admit", {"admit": False, "text": "不是正当理由"})
    assert (ended["state"], ended["statement"]["facts"]) == ("refused", "不是正当理由")
    assert (ended["statement"]["human"], ended["statement"]["rows"]) == (True, ["D11-A6"])


async def test_silence_of_people_takes_a_late_appeal(court: Court):
    penalty = court.decided("penalty", "shop", ago=timedelta(days=20))
    made = await court.lodged("manager", "penalty", penalty, late_reason="店主住院")
    await court.later(hours=49)
    assert (await court.appeal(made["id"]))["state"] == "assigned"


async def test_a_block_may_be_appealed_as_long_as_it_lasts_and_held_up(court: Court):
    block = court.decided("block", "buyer", ago=timedelta(days=700))
    made = await court.lodged("buyer", "block", block)
    judge = court.judge_of(await court.appeal(made["id"]))
    held = await court.done(judge, made["id"], "suspend", {"text": "证据可疑"})
    assert (held["suspended"], court.decisions["block"].held) == (True, {block})
    twice = await court.does(judge, made["id"], "suspend", {"text": "再次"})
    assert (twice.status, twice.code) == (409, "appeals.suspended_already")
    await court.judged(made["id"], "dismissed")
    assert court.did("block", block) == ["lodged", "suspended", "resumed", "stands"]


async def test_a_ruling_has_nothing_to_hold_up(court: Court):
    ruling = court.decided("ruling", "buyer", "shop")
    made = await court.lodged("buyer", "ruling", ruling, new_facts="新的底单")
    judge = court.judge_of(await court.appeal(made["id"]))
    held = await court.does(judge, made["id"], "suspend", {"text": "等一下"})
    assert (held.status, held.code) == (422, "appeals.nothing_to_suspend")


async def test_a_block_is_late_half_a_year_after_its_end(court: Court):
    block = court.decided("block", "buyer", ended_at=court.now - timedelta(days=190))
    late = await court.lodges("buyer", "block", block)
    assert late.code == "appeals.too_late"


async def test_asking_for_more_stops_and_runs_the_window(court: Court):
    penalty = court.decided("penalty", "shop")
    made = await court.lodged("manager", "penalty", penalty)
    judge = court.judge_of(await court.appeal(made["id"]))
    await court.later(days=10)  # people's time, not the appellant's
    asked = await court.done(judge, made["id"], "ask-more", {"text": "请提供进货单"})
    assert (asked["state"], asked["turn"], asked["then"]) == ("supplement", "appellant", "assigned")
    assert asked["due_at"] == "2026-12-06T16:00:00Z"  # what was left when it was lodged, from now on
    await court.later(days=4)
    back = await court.done("manager", made["id"], "add", {"text": "进货单见附件"})
    assert back["state"] == "assigned"
    again = await court.done(judge, made["id"], "ask-more", {"text": "缺第二页"})
    assert again["due_at"] == "2026-12-06T16:00:00Z"  # the four days are used up
    await court.later(days=30)
    assert (await court.appeal(made["id"]))["state"] == "assigned", "judged on what there is"


async def test_stepping_aside_gives_it_to_somebody_else_for_good(court: Court):
    penalty = court.decided("penalty", "shop")
    made = await court.lodged("manager", "penalty", penalty)
    first = court.judge_of(await court.appeal(made["id"]))
    after = await court.done(first, made["id"], "step-aside", {"text": "店主是我亲戚"})
    second = court.judge_of(after)
    assert {first, second} == {"second", "third"}
    last = await court.done(second, made["id"], "step-aside", {"text": "我也认识"})
    assert (last["state"], last["judge"], last["then"]) == ("accepted", None, "accepted")
    for who in ("officer", "second", "third"):
        refused = await court.does(who, made["id"], "take")
        assert (refused.status, refused.code) == (403, "appeals.barred")
    await court.later(hours=25)
    assert (await court.appeal(made["id"]))["timeline"][-1]["event"] == "remind"


async def test_every_evidence_is_used_or_refused_with_a_reason(court: Court):
    penalty = court.decided("penalty", "shop")
    shown = [{"text": "当时是系统故障", "kind": "statement"}, {"text": "快递记录", "kind": "carrier_record"}]
    made = await court.lodged("manager", "penalty", penalty, evidence=shown)
    assert [one["weighed"]["row"] for one in made["evidence"]] == ["D7-8b", "D7-4"]
    whole = await court.appeal(made["id"])
    judge, ids = court.judge_of(whole), [one["id"] for one in whole["evidence"]]
    wish: dict[str, Any] = {"result": "dismissed", "facts": "成立", "rows": ["D5-3"], "used": [ids[0]]}
    left = await court.does(judge, made["id"], "decide", wish)
    assert (left.status, left.code, left.json["error"]["facts"]["left"]) == (
        400,
        "appeals.evidence_unanswered",
        1,
    )
    assert (await court.appeal(made["id"]))["version"] == whole["version"], "a refusal wrote"
    wish["refused"] = [{"evidence": ids[1], "why": "与本案无关"}]
    ended = await court.done(judge, made["id"], "decide", wish)
    assert ended["statement"]["refused"] == wish["refused"]


async def test_only_whoever_has_it_decides(court: Court):
    penalty = court.decided("penalty", "shop")
    made = await court.lodged("manager", "penalty", penalty)
    judge = court.judge_of(await court.appeal(made["id"]))
    wish = {"result": "upheld", "facts": "错", "rows": ["D5-3"]}
    for who, code in (("officer", "appeals.barred"), ({"second", "third"} - {judge}, "appeals.not_yours")):
        refused = await court.does(
            next(iter([who] if isinstance(who, str) else who)), made["id"], "decide", wish
        )
        assert (refused.status, refused.code) == (403, code)
    assert court.did("penalty", penalty) == ["lodged"]


async def test_strangers_learn_nothing(court: Court):
    block = court.decided("block", "buyer")
    assert (await court.lodges("other_buyer", "block", block)).code == "appeals.unknown_target"
    assert (await court.lodges("manager", "block", block)).code == "appeals.unknown_target"
    made = await court.lodged("buyer", "block", block)
    client = await court.client("other_buyer")
    assert (await client.get(f"/public/v1/me/appeals/{made['id']}")).status == 404
    assert (await client.get(f"/public/v1/me/appeals/{made['id']}/why")).status == 404
    assert (await client.post(f"/public/v1/me/appeals/{made['id']}/withdraw", {})).status == 404
    asked = await client.get("/public/v1/me/appeals/right", kind="block", target=str(block))
    assert asked.status == 404


async def test_the_other_side_cannot_take_it_back(court: Court):
    ruling = court.decided("ruling", "buyer", "shop")
    made = await court.lodged("buyer", "ruling", ruling, new_facts="新的")
    refused = await court.does("manager", made["id"], "withdraw", {})
    assert (refused.status, refused.code) == (403, "appeals.not_yours")
    ended = await court.done("buyer", made["id"], "withdraw", {"text": "已和解"})
    assert (ended["state"], court.did("ruling", ruling)) == ("withdrawn", ["lodged", "stands"])
    again = await court.lodges("buyer", "ruling", ruling, new_facts="还是不服")
    assert again.status == 201, "what was taken back does not use up the one appeal"


async def test_trying_twice_lodges_once(court: Court):
    block = court.decided("block", "buyer")
    first = await court.lodged("buyer", "block", block, client_id="a1")
    assert (await court.lodged("buyer", "block", block, client_id="a1"))["id"] == first["id"]
    other = await court.lodges("buyer", "block", block, client_id="a2")
    assert (other.status, other.code) == (409, "appeals.already_open")


async def test_what_somebody_undid_meanwhile_is_not_undone_twice(court: Court):
    ruling = court.decided("ruling", "buyer", "shop")
    mine = await court.lodged("buyer", "ruling", ruling, new_facts="新的")
    theirs = await court.lodged("manager", "ruling", ruling, new_facts="也是新的")
    await court.judged(mine["id"], "upheld")
    whole = await court.appeal(theirs["id"])
    wish = {"result": "upheld", "facts": "错", "rows": ["D3-1"]}
    refused = await court.does(court.judge_of(whole), theirs["id"], "decide", wish)
    assert (refused.status, refused.code) == (409, "appeals.nothing_stands")
    assert (await court.judged(theirs["id"], "dismissed"))["state"] == "dismissed"
    assert court.did("ruling", ruling) == ["lodged", "lodged", "reversed"]


async def test_lists_show_what_falls_due_first(court: Court):
    first = await court.lodged("buyer", "block", court.decided("block", "buyer"))
    await court.later(hours=2)
    second = await court.lodged("manager", "penalty", court.decided("penalty", "shop"))
    third = await court.lodged("buyer", "complaint_refusal", court.decided("complaint_refusal", "buyer"))
    admin = await court.client("administrator")
    page = (await admin.get("/platform/v1/appeals", limit=2)).json
    assert [one["id"] for one in page["data"]] == [first["id"], second["id"]]
    rest = (await admin.get("/platform/v1/appeals", limit=2, starting_after=page["next_cursor"])).json
    assert [one["id"] for one in rest["data"]] == [third["id"]]
    await court.done("buyer", first["id"], "withdraw", {})
    closed = (await admin.get("/platform/v1/appeals", view="closed")).json
    assert [one["id"] for one in closed["data"]] == [first["id"]]
    mine = (await (await court.client("buyer")).get("/public/v1/me/appeals")).json
    assert [one["id"] for one in mine["data"]] == [third["id"], first["id"]]
    still = (await (await court.client("buyer")).get("/public/v1/me/appeals", closed=False)).json
    assert [one["id"] for one in still["data"]] == [third["id"]]
    shared: set[str] = set()
    for who in ("officer", "second", "third"):
        own = (await (await court.client(who)).get("/platform/v1/appeals", view="mine")).json["data"]
        shared |= {one["id"] for one in own}
    assert shared == {second["id"], third["id"]}


async def test_why_names_both_rows(court: Court):
    made = await court.lodged("manager", "penalty", court.decided("penalty", "shop"))
    why = (await (await court.client("manager")).get(f"{court.place('manager')}/{made['id']}/why")).json
    assert {one["row"] for one in why} == {"D11-1", "D11-A8"}


async def test_assigning_somebody_by_name(court: Court):
    made = await court.lodged("manager", "penalty", court.decided("penalty", "shop"))
    ids = {who: str(one.id) for who, one in court.people.items()}
    given = await court.done("administrator", made["id"], "assign", {"person": ids["third"]})
    assert court.judge_of(given) == "third"
    for who, code in (("officer", "appeals.barred"), ("agent", "appeals.no_officer")):
        refused = await court.does("administrator", made["id"], "assign", {"person": ids[who]})
        assert refused.code == code


@pytest.mark.parametrize("kind", ["penalty", "block", "complaint_refusal"])
async def test_in_the_union_half_a_year_is_the_window(database: Database, owner: Connection, kind: Any):
    court = await Court.open(database, owner, profile="eu")
    more: dict[str, Any] = {"ended_at": court.now - timedelta(days=170)} if kind == "block" else {}
    target = court.decided(kind, "buyer", ago=timedelta(days=170), **more)
    made = await court.lodged("buyer", kind, target)
    ended = await court.judged(made["id"], "dismissed")
    assert ended["statement"]["next"] == ["certified_body", *ALL_WAYS]
