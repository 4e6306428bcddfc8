"""Every door of the court: what both sides and the marketplace's people do, and what is refused to whom."""

from typing import Any
from uuid import UUID

import pytest

from tests.disputes.court import QUALITY, Court
from xiaoer.plumbing.clock import new_id

PICTURE = {"kind": "photo_video", "text": "裂纹", "shows": ["item", "label"]}


async def test_only_its_parties_and_the_marketplace_see_a_dispute(court: Court) -> None:
    dispute = await court.disputed()
    other = await court.client("other_buyer").get(f"/public/v1/me/disputes/{dispute['id']}")
    assert (other.status, other.json["error"]["code"]) == (404, "disputes.unknown_dispute")
    assert (await court.client("buyer").get(f"/platform/v1/disputes/{dispute['id']}")).status == 403
    assert (await court.seen("agent", dispute["id"]))["me"] == "respondent"
    assert (await court.seen("administrator", dispute["id"]))["me"] == "officer"
    for who in ("buyer", "agent", "officer"):
        why = await court.client(who).get(f"{court.where(who)}/{dispute['id']}/why")
        assert {one["row"] for one in why.json} == {"J017-15", "D3-1.1"}


async def test_lists_are_paged_for_each_side(court: Court) -> None:
    made = [(await court.disputed())["id"] for _ in range(3)]
    for who in ("buyer", "agent"):
        first = await court.client(who).get(court.where(who), limit=2)
        assert [one["id"] for one in first.json["data"]] == made[:0:-1]
        place = first.json["next_cursor"]
        rest = await court.client(who).get(court.where(who), limit=2, starting_after=place)
        assert [one["id"] for one in rest.json["data"]] == made[:1]
    due = await court.client("agent").get(court.where("agent"), order="due")
    assert [one["id"] for one in due.json["data"]] == made
    assert (await court.client("other_buyer").get("/public/v1/me/disputes")).json["data"] == []
    wrong = await court.client("buyer").get("/public/v1/me/disputes", starting_after=new_id())
    assert wrong.status == 404


async def test_the_docket_stands_by_due_time(court: Court) -> None:
    first = await court.in_evidence()
    second = await court.disputed()
    page = await court.client("officer").get("/platform/v1/disputes", limit=1)
    assert page.json["has_more"]
    place = page.json["next_cursor"]
    rest = await court.client("officer").get("/platform/v1/disputes", limit=5, starting_after=place)
    lines = page.json["data"] + rest.json["data"]
    assert sorted(one["id"] for one in lines) == sorted([first["id"], second["id"]])
    assert [one["due_at"] for one in lines] == sorted(one["due_at"] for one in lines)
    for query, wanted in (
        ({"mine": "true"}, [first["id"]]),
        ({"unassigned": "true"}, [second["id"]]),
        ({"state": "evidence"}, [first["id"]]),
        ({"issue": "fake"}, []),
    ):
        found = await court.client("officer").get("/platform/v1/disputes", **query)
        assert [one["id"] for one in found.json["data"]] == wanted


async def test_a_case_is_disputed_once_and_the_same_key_answers_the_same(court: Court) -> None:
    case = await court.contested()
    first = await court.disputes_case(case["id"], client_id="k1")
    assert (await court.disputes_case(case["id"], client_id="k1"))["id"] == first["id"]
    again = await court.takes(case["id"])
    assert again.json["error"]["code"] == "disputes.already_open"
    await court.acted("buyer", first["id"], "withdraw", {"text": "算了"})
    assert (await court.seen("agent", first["id"]))["state"] == "withdrawn"
    await court.prove_court()


async def test_what_cannot_be_disputed_writes_nothing(court: Court) -> None:
    purchase = await court.order("delivered")
    asked = await court.opened(purchase, "refund_only", reason="quality")
    before = await court.written()
    early = await court.takes(asked["id"])
    assert early.json["error"]["code"] == "after_sale.shop_may_still_answer"
    contested = await court.contested()
    shop = await court.takes(contested["id"], who="agent")
    assert shop.json["error"]["code"] == "disputes.not_with_people"
    foreign = await court.takes(contested["id"], who="other_buyer")
    assert foreign.status == 404
    await court.did("buyer", contested["id"], "withdraw")
    over = await court.takes(contested["id"])
    assert over.json["error"]["code"] == "disputes.case_over"
    assert await court.written() == before


async def test_a_lapsed_case_may_be_disputed_for_fifteen_days_t003(court: Court) -> None:
    case = await court.contested()
    while (await court.case(case["id"]))["state"] != "lapsed":
        await court.later(days=1)
    await court.later(days=10)
    dispute = await court.disputes_case(case["id"])
    assert dispute["state"] == "evidence"
    late = await court.contested()
    while (await court.case(late["id"]))["state"] != "lapsed":
        await court.later(days=1)
    await court.later(days=17)
    refused = await court.takes(late["id"])
    error = refused.json["error"]
    assert error["code"] == "disputes.too_late"
    assert "00:00（平台时间，UTC+08:00）" in error["message"]


async def test_both_talk_and_both_have_nothing_more(court: Court) -> None:
    dispute = await court.disputed()
    await court.acted("buyer", dispute["id"], "say", {"text": "请退款"})
    after = await court.acted("agent", dispute["id"], "say", {"text": "不同意"})
    assert [one["event"] for one in after["timeline"]] == ["opened", "said", "said"]
    await court.acted("buyer", dispute["id"], "ready")
    assert await court.refused("buyer", dispute["id"], "ready") == "disputes.already_ready"
    assert (await court.acted("agent", dispute["id"], "ready"))["state"] == "evidence"
    await court.acted("buyer", dispute["id"], "show", PICTURE)
    await court.acted("buyer", dispute["id"], "ready")
    heard = await court.acted("agent", dispute["id"], "ready")
    assert (heard["state"], heard["issues_shown"][0]["favour"]) == ("hearing", "claimant")
    await court.prove_court()


async def test_exhibits_are_weighed_and_judged(court: Court) -> None:
    dispute = await court.in_evidence()
    weak = await court.acted("buyer", dispute["id"], "show", PICTURE | {"shows": []})
    assert weak["exhibits"][0]["accept"] in {"weak", "no"}
    officer = await court.acted(
        "officer", dispute["id"], "weigh",
        {"exhibit": weak["exhibits"][0]["id"], "accept": "yes", "text": "订单号清楚可见"},
    )  # fmt: skip
    assert officer["exhibits"][0]["judged_why"] == "订单号清楚可见"
    assert officer["issues_shown"][0]["holder"] == "respondent"
    unknown = {"exhibit": str(new_id()), "accept": "yes", "text": "x"}
    assert await court.refused("officer", dispute["id"], "weigh", unknown) == "disputes.unknown_exhibit"
    assert (
        await court.refused("buyer", dispute["id"], "show", {"kind": "chat_range"})
        == "disputes.number_needed"
    )
    files = PICTURE | {"files": [str(new_id())]}
    assert await court.refused("buyer", dispute["id"], "show", files) == "disputes.unknown_file"
    issue = PICTURE | {"issues": [str(new_id())]}
    assert await court.refused("buyer", dispute["id"], "show", issue) == "disputes.unknown_issue"


async def test_who_withholds_evidence_loses_by_it_l178(court: Court) -> None:
    dispute = await court.in_evidence({"issue": "fake", "words": "假货", "remedy": "refund"})
    issue = dispute["issues"][0]["id"]
    assert dispute["issues_shown"][0]["must"] == "source_proof"
    after = await court.acted("officer", dispute["id"], "refused", {"issue": issue, "text": "拒绝提供进货单"})
    assert (after["issues_shown"][0]["favour"], after["issues_shown"][0]["decided_by"]) == (
        "claimant",
        "refusal",
    )
    again = {"issue": issue, "text": "x"}
    assert await court.refused("officer", dispute["id"], "refused", again) == "disputes.no_burden_now"


async def test_a_settlement_is_carried_out_at_once(court: Court) -> None:
    dispute = await court.disputed()
    offer = {"outcome": "partial", "amount_minor": 3_000, "text": "各让一步"}
    proposed = await court.acted("agent", dispute["id"], "propose", offer)
    assert proposed["proposals"][0]["state"] == "open"
    assert await court.refused("agent", dispute["id"], "proposals/1/answer", {"accept": True}) == (
        "disputes.nothing_proposed"
    )
    settled = await court.acted("buyer", dispute["id"], "proposals/1/answer", {"accept": True})
    assert (settled["state"], settled["ruling"]["by"], settled["outcome"]) == (
        "settled",
        "settlement",
        "partial",
    )
    await court.settle()
    assert [amount for _, amount in await court.paid_out()] == [3_000]
    await court.prove_court()


async def test_an_officer_proposes_to_both(court: Court) -> None:
    dispute = await court.in_hearing()
    offer = {"outcome": "refund", "amount_minor": 5_000}
    await court.acted("officer", dispute["id"], "propose", offer)
    await court.acted("buyer", dispute["id"], "proposals/1/answer", {"accept": True})
    declined = await court.acted(
        "agent", dispute["id"], "proposals/1/answer", {"accept": False, "text": "不"}
    )
    assert (declined["proposals"][0]["state"], declined["state"]) == ("declined", "hearing")
    too_much = offer | {"amount_minor": 10_001}
    assert await court.refused("buyer", dispute["id"], "propose", too_much) == "disputes.more_than_paid"


async def test_a_proposal_not_answered_in_time_is_none(court: Court) -> None:
    dispute = await court.disputed()
    await court.acted("agent", dispute["id"], "propose", {"outcome": "refund"})
    await court.later(hours=25)
    code = await court.refused("buyer", dispute["id"], "proposals/1/answer", {"accept": True})
    assert code == "disputes.nothing_proposed"


@pytest.mark.parametrize(
    ("ground", "state", "days"), [("court", "awaiting_acceptance", 12), ("police", "with_police", 185)]
)
async def test_it_waits_for_court_or_police_t030(court: Court, ground: str, state: str, days: int) -> None:
    dispute = await court.in_evidence()
    waits = await court.acted("buyer", dispute["id"], "suspend", {"ground": ground, "text": "已起诉"})
    assert (waits["state"], waits["suspension"]["ground"]) == (state, ground)
    assert await court.refused("agent", dispute["id"], "show", PICTURE) == "disputes.not_now"
    await court.later(days=days)
    resumed = await court.seen("buyer", dispute["id"])
    assert resumed["state"] in {"evidence", "hearing", "ruling"}
    assert [one["event"] for one in resumed["timeline"]].count("resume") == 1
    await court.prove_court()


async def test_both_agree_to_wait_thirty_days_and_the_rest_of_the_time_runs_on(court: Court) -> None:
    dispute = await court.in_evidence()
    await court.later(days=1)
    await court.acted("buyer", dispute["id"], "propose", {"kind": "suspension"})
    waits = await court.acted("agent", dispute["id"], "proposals/1/answer", {"accept": True})
    assert waits["state"] == "suspended_agreed"
    resumed = await court.acted("buyer", dispute["id"], "resume", {"text": "没有谈成"})
    assert (resumed["state"], resumed["due_at"]) == ("evidence", dispute["due_at"])
    await court.prove_court()


async def test_a_court_that_took_the_suit_is_waited_for(court: Court) -> None:
    dispute = await court.in_evidence()
    await court.acted("buyer", dispute["id"], "suspend", {"ground": "court", "text": "已起诉"})
    assert await court.refused("buyer", dispute["id"], "prove-court", {}) == "disputes.paper_needed"
    await court.acted("officer", dispute["id"], "resume", {"text": "撤诉"})
    await court.prove_court()


async def test_a_side_is_asked_for_more_in_business_hours_j004(court: Court) -> None:
    dispute = await court.in_hearing()
    asked = await court.acted("officer", dispute["id"], "ask", {"side": "respondent", "text": "请补充质检单"})
    assert (asked["state"], asked["clock"]) == ("supplement", "disputes.supplement")
    shown = await court.acted("agent", dispute["id"], "show", {"kind": "statement", "text": "见附件"})
    assert shown["exhibits"][-1]["timing"] == "in_time"
    assert (await court.acted("agent", dispute["id"], "ready"))["state"] == "hearing"
    late = await court.acted("buyer", dispute["id"], "show", PICTURE)
    assert (late["exhibits"][-1]["timing"], late["exhibits"][-1]["accept"]) == ("late", "no")


async def test_recusal_challenge_and_assignment(court: Court) -> None:
    dispute = await court.in_evidence()
    reason = {"reason": "认识卖家"}
    assert await court.refused("buyer", dispute["id"], "challenge", reason) == "disputes.nobody_may_judge"
    second = await court.another_officer()
    await court.acted("buyer", dispute["id"], "challenge", reason)
    assert (await court.dispute(dispute["id"])).officer == second
    assert await court.refused("buyer", dispute["id"], "challenge", reason) == "disputes.challenged_already"
    assert await court.refused(
        "officer", dispute["id"], "refused", {"issue": str(new_id()), "text": "x"}
    ) == ("disputes.not_your_dispute")
    first = {"officer": str(court.people["officer"].id)}
    assert await court.refused("officer", dispute["id"], "assign", first) == "disputes.may_not_judge"
    alone = await court.acted("officer2", dispute["id"], "recuse", reason)
    assert alone["officer"] is None
    third = await court.another_officer("officer3")
    assigned = await court.acted("administrator", dispute["id"], "assign", {})
    assert assigned["officer"]["id"] == str(third)
    assert [one["why"] for one in assigned["judges"]] == ["challenged", "recused", None]


async def test_officers_have_skills_and_conflicts(court: Court) -> None:
    officer = court.people["officer"].id
    conflict = {"kind": "shop", "id": str(court.shop), "reason": "亲属开店"}
    path = f"/platform/v1/dispute-officers/{officer}"
    wish = {"skills": ["fake"], "conflicts": [conflict]}
    assert (await court.client("officer").put(path, wish)).status == 403
    listed = await court.client("administrator").put(path, wish)
    assert listed.json[0]["conflicts"] == [conflict]
    assert (await court.client("officer").get("/platform/v1/dispute-officers")).json == listed.json
    dispute = await court.in_evidence()
    assert (await court.dispute(dispute["id"])).officer is None
    wrong = await court.client("administrator").put(
        f"/platform/v1/dispute-officers/{court.people['agent'].id}", wish
    )
    assert wrong.json["error"]["code"] == "disputes.no_officer"


async def test_a_second_officer_reads_what_is_large(court: Court) -> None:
    await court.rule("disputes.second_reading_percent", 100)
    await court.another_officer()
    dispute = await court.in_hearing()
    reading = await court.ruled(dispute["id"])
    assert reading["state"] == "second_reading"
    hidden = await court.seen("buyer", dispute["id"])
    assert (hidden["outcome"], hidden["ruling"], hidden["rulings"]) == (None, None, [])
    words = {"agree": False, "text": "证据没有写明"}
    assert await court.refused("officer", dispute["id"], "read", words) == "disputes.not_your_reading"
    back = await court.acted("officer2", dispute["id"], "read", words)
    assert (back["state"], back["rulings"]) == ("ruling", [])
    await court.another_officer("officer3")
    again = await court.ruled(dispute["id"])
    assert again["state"] == "second_reading"
    gone = await court.acted("officer3", dispute["id"], "read", words | {"agree": True})
    assert (gone["state"], gone["ruling"]["second_read"]) == ("execution", True)
    shown = await court.client("officer").get(f"/platform/v1/rulings/{gone['ruling']['id']}")
    assert shown.json["id"] == gone["ruling"]["id"]
    await court.prove_court()


@pytest.mark.parametrize(
    ("issue", "more", "code"),
    [
        ({}, {"issues": []}, "invalid"),
        ({"issue": str(UUID(int=7))}, {}, "disputes.every_issue_once"),
        ({"outcome": "partial", "amount_minor": None}, {}, "disputes.amount_needed"),
        ({"outcome": "refund", "favour": "claimant", "amount_minor": 10_001}, {}, "disputes.more_than_paid"),
        ({"outcome": "penalise", "favour": "claimant"}, {}, "disputes.offence_needed"),
        ({"outcome": "not_proved", "favour": "claimant"}, {}, "disputes.outcome_and_favour"),
        ({}, {"used": [str(UUID(int=7))]}, "disputes.unknown_exhibit"),
        ({}, {"used": []}, "disputes.every_exhibit_judged"),
    ],
)
async def test_a_ruling_that_does_not_hold_is_not_made(
    court: Court, issue: dict[str, Any], more: dict[str, Any], code: str
) -> None:
    dispute = await court.in_evidence()
    await court.acted("buyer", dispute["id"], "show", PICTURE)
    await court.past(dispute["id"])
    wish = await court.drafted(dispute["id"])
    wish["issues"][0] |= issue
    assert (await court.refused("officer", dispute["id"], "rule", wish | more)).endswith(code)


async def test_not_enough_evidence_is_an_outcome(court: Court) -> None:
    dispute = await court.in_hearing({"issue": "other", "words": "说不清", "remedy": "partial"})
    issue = {"outcome": "not_proved", "favour": "none", "amount_minor": None, "text": "双方都没有证据"}
    ruled = await court.ruled(dispute["id"], issue=issue)
    assert (ruled["outcome"], ruled["favour"]) == ("not_proved", "none")
    await court.acted("officer", dispute["id"], "execute")
    assert (await court.case(dispute["case_id"]))["state"] == "turned_down"
    assert "证据不足" in "".join((await court.seen("buyer", dispute["id"]))["ruling"]["words"])
    await court.prove_court()


async def test_who_lost_may_act_himself_who_won_may_not(court: Court) -> None:
    dispute = await court.in_hearing()
    await court.ruled(dispute["id"])
    assert await court.refused("agent", dispute["id"], "execute") == "disputes.loser_only"
    done = await court.acted("buyer", dispute["id"], "execute")
    assert (done["state"], done["outcome"]) == ("decided", "pay_seller")


async def test_a_case_that_ends_elsewhere_ends_its_dispute(court: Court) -> None:
    dispute = await court.in_evidence()
    await court.did("buyer", dispute["case_id"], "withdraw")
    await court.settle()
    assert (await court.seen("agent", dispute["id"]))["state"] == "withdrawn"
    other = await court.in_evidence()
    decision = {"outcome": "refund", "text": "先行处理"}
    await court.did("officer", other["case_id"], "decide", decision)
    await court.settle()
    assert (await court.seen("agent", other["id"]))["state"] == "settled"
    await court.prove_court()


async def test_precedents_and_signals_stand_on_the_bench(court: Court) -> None:
    first = await court.in_hearing()
    await court.ruled(first["id"])
    dispute = await court.in_hearing()
    bench = await court.seen("officer", dispute["id"])
    assert [(one["dispute"], one["similarity"]) for one in bench["precedents"]] == [(first["id"], 100)]
    assert bench["claims"][0]["missing"] == []
    assert bench["signals"] == []


async def test_everything_is_said_in_the_language_of_the_reader(court: Court) -> None:
    dispute = await court.disputed(QUALITY)
    client = court.client("buyer")
    path = f"/public/v1/me/disputes/{dispute['id']}"
    said = {
        language: (await client.request("GET", path, headers={"accept-language": language})).json["words"]
        for language in ("zh-Hans", "zh-Hant", "en", "es", "ja", "ko")
    }
    assert len({tuple(words) for words in said.values()}) == 6
    assert "photos or a video" in said["en"][-1]
    assert not any("{{" in word or "disputes." in word for words in said.values() for word in words)


async def test_a_card_on_the_bench_says_what_it_shows(court: Court) -> None:
    buyer = court.client("buyer")
    talk = (await buyer.post(f"/public/v1/shops/{court.shop}/conversation", {})).json["id"]
    purchase = await court.order("delivered")
    card = {"client_id": "c-1", "kind": "card", "card": {"kind": "order", "id": str(purchase)}}
    said = await buyer.post(f"/public/v1/conversations/{talk}/entries", card)
    assert said.status in {200, 201}, said.body
    wish = {"first": 1, "last": 1, "purpose": "dispute", "reason": "卖家不认"}
    number = (await buyer.post(f"/public/v1/conversations/{talk}/evidence", wish)).json["number"]
    dispute = await court.in_evidence()
    await court.acted("buyer", dispute["id"], "show", {"kind": "chat_range", "number": number})
    line = (await court.seen("officer", dispute["id"]))["line"]
    (entry,) = [one for one in line if one["source"] == "chat"]
    assert entry["facts"]["kind"] == "card"
    shown = said.json["body"]["card"]
    assert entry["text"] == f"{shown['title']} · {shown['lines'][0]}"


async def test_sealed_talk_stands_on_the_bench_and_every_opening_is_written_down(court: Court) -> None:
    buyer = court.client("buyer")
    talk = (await buyer.post(f"/public/v1/shops/{court.shop}/conversation", {})).json["id"]
    for text in ("杯子有裂纹", "请退款"):
        words = {"client_id": f"c-{len(text)}", "kind": "text", "text": text}
        said = await buyer.post(f"/public/v1/conversations/{talk}/entries", words)
        assert said.status in {200, 201}, said.body
    wish = {"first": 1, "last": 2, "purpose": "dispute", "reason": "卖家不认"}
    sealed = await buyer.post(f"/public/v1/conversations/{talk}/evidence", wish)
    assert sealed.status == 201, sealed.body
    number = sealed.json["number"]
    dispute = await court.in_evidence()
    shown = await court.acted("buyer", dispute["id"], "show", {"kind": "chat_range", "number": number})
    assert (shown["exhibits"][0]["weight"], shown["exhibits"][0]["seal_number"]) == ("highest", number)
    stolen = {"kind": "chat_range", "number": number}
    other = await court.in_evidence()
    assert await court.refused("agent", other["id"], "show", stolen) == "evidence.unknown_number"
    for _ in range(2):
        bench = await court.seen("officer", dispute["id"])
        assert [one["text"] for one in bench["line"] if one["source"] == "chat"] == ["杯子有裂纹", "请退款"]
    onlooker = await court.seen("administrator", dispute["id"])
    assert not [one for one in onlooker["line"] if one["source"] == "chat"]
    log = await court.client("officer").get(f"/platform/v1/evidence/{number}/openings")
    assert [(one["role"], one["purpose"]) for one in log.json["data"]] == [("officer", "dispute")]
