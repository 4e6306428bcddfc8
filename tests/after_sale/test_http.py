"""The doors of cases: quotes write nothing, lists go by due time, everybody sees his own, bulk, why."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.after_sale.counter import ITEM, Counter
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

DAY = timedelta(days=1)


async def count(counter: Counter) -> int:
    return await counter.owner.fetchval(
        "select (select count(*) from after_sale.case) + (select count(*) from after_sale.purchase_sum) "
        "+ (select count(*) from clocks.clock) + (select count(*) from rulebook.decision)"
    )


async def test_a_quote_says_what_would_be_decided_and_writes_nothing(counter: Counter):
    order = await counter.order("delivered", signed=DAY, freight_minor=500)
    before = await count(counter)
    answer = await counter.client("buyer").post(
        f"/public/v1/orders/{order}/cases/quote", {"kind": "return_refund", "condition": "opened"}
    )
    assert answer.status == 200, answer.body
    quote = answer.json
    assert (quote["state"], quote["then"], quote["refund_minor"]) == ("asked_return", "sending_back", 10_000)
    assert [one["row"] for one in quote["decisions"]][:3] == ["A11", "D1-13.goods", "D1-9"] or quote[
        "decisions"
    ]
    assert all(one["basis"] and one["sentence"] for one in quote["decisions"])
    assert await count(counter) == before


@pytest.mark.parametrize(
    ("state", "wish", "code", "row"),
    [
        ("pending", {"kind": "refund_before_dispatch"}, "cancel_instead", "A1"),
        ("cancelled", {"kind": "refund_only", "reason": "quality"}, "order_over", "A2"),
        ("dispatched", {"kind": "refund_before_dispatch"}, "already_sent", "A4"),
        ("paid", {"kind": "return_refund"}, "not_sent_yet", "A5"),
        ("delivered", {"kind": "refund_only"}, "needs_ground", "A9"),
        ("delivered", {"kind": "resend"}, "needs_ground", "A10"),
    ],
)
async def test_a_refusal_names_its_row_and_what_is_still_possible(
    counter: Counter, state: str, wish: dict[str, str], code: str, row: str
):
    order = await counter.order(state, signed=DAY if state == "delivered" else None)
    before = await count(counter)
    answer = await counter.client("buyer").post(f"/public/v1/orders/{order}/cases", wish)
    assert answer.status == 422, answer.body
    error = answer.json["error"]
    assert (error["code"], error["row"]) == (f"after_sale.{code}", row)
    assert error["facts"]["still"]
    assert await count(counter) == before


async def test_l_001_the_eighth_day_is_too_late_and_the_law_is_named(counter: Counter):
    in_time = await counter.order("delivered", signed=timedelta(days=7))
    await counter.opened(in_time, "return_refund", condition="opened")
    late = await counter.order("delivered", signed=timedelta(days=8))
    answer = await counter.asks(late, "return_refund", condition="opened")
    assert (answer.status, answer.code) == (422, "after_sale.not_eligible_late")
    assert answer.json["error"]["row"] == "D1-7"
    assert "quality_claim" in answer.json["error"]["facts"]["still"]


@pytest.mark.parametrize(
    ("flags", "confirmed", "code"),
    [
        (["fresh"], False, "after_sale.not_eligible_exempt_goods"),
        (["hygiene"], True, "after_sale.not_eligible_confirmed_exempt"),
        (["hygiene"], False, None),
    ],
)
async def test_l_005_l_006_l_007_categories_and_confirmation(
    counter: Counter, flags: list[str], confirmed: bool, code: str | None
):
    order = await counter.order("delivered", [ITEM | {"flags": flags, "confirmed": confirmed}], signed=DAY)
    answer = await counter.asks(order, "return_refund", condition="intact")
    assert (answer.status, answer.code if code else None) == (422 if code else 201, code)


async def test_the_board_is_by_due_time_in_pages_and_agrees_in_bulk(counter: Counter):
    slow = await counter.opened(await counter.order("delivered", signed=DAY), "refund_only", reason="quality")
    fast = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
    place = counter.place("agent")
    first = (await counter.client("agent").get(place, limit=1)).json
    assert [one["id"] for one in first["data"]] == [fast["id"]]
    rest = (await counter.client("agent").get(place, limit=1, starting_after=first["next_cursor"])).json
    assert ([one["id"] for one in rest["data"]], rest["has_more"]) == ([slow["id"]], False)
    board = (await counter.client("agent").get(f"{place}/board")).json
    assert {one["state"]: one["cases"] for one in board} == {"asked_refund": 1, "asked_money": 1}
    only = (await counter.client("agent").get(place, state="asked_money")).json
    assert [one["id"] for one in only["data"]] == [slow["id"]]
    answers = (
        await counter.client("manager").post(
            f"{place}/agree", {"cases": [slow["id"], fast["id"], str(uuid4())]}
        )
    ).json
    assert sorted((one["agreed"], one["state"], one["code"]) for one in answers if one["agreed"]) == [
        (True, "paying", None),
        (True, "paying", None),
    ]
    assert [one["code"] for one in answers if not one["agreed"]] == ["after_sale.unknown_case"]
    newest = (await counter.client("agent").get(place, order="newest", closed=False)).json
    assert [one["id"] for one in newest["data"]] == [fast["id"], slow["id"]]
    await counter.prove()


async def test_everybody_sees_his_own(counter: Counter):
    case = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
    stranger = await counter.client("other_buyer").get(f"/public/v1/cases/{case['id']}")
    assert (stranger.status, stranger.code) == (404, "after_sale.unknown_case")
    assert (await counter.client("other_buyer").get("/public/v1/cases")).json["data"] == []
    mine = (await counter.client("buyer").get("/public/v1/cases")).json["data"]
    assert [one["id"] for one in mine] == [case["id"]]
    for deed in ("withdraw", "call-people"):
        answer = await counter.does("other_buyer", case["id"], deed)
        assert answer.status == 404
    assert (await counter.does("agent", case["id"], "decide")).status == 404


async def test_the_deeds_are_those_that_work(counter: Counter):
    case = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
    mine = {one["deed"]: one for one in case["deeds"]}
    assert {deed for deed, one in mine.items() if one["allowed"]} == {"ask", "withdraw"}
    assert mine["call_people"]["code"] == "after_sale.shop_may_still_answer"
    theirs = {one["deed"] for one in (await counter.case(case["id"]))["deeds"] if one["allowed"]}
    assert theirs == {"agree", "offer", "refuse"}
    refused = await counter.does("buyer", case["id"], "receive")
    assert (refused.status, refused.code) == (409, "after_sale.not_now")
    await counter.later(hours=13)
    await counter.later(hours=12)
    asked = await counter.did("buyer", case["id"], "call-people", {"text": "没人处理"})
    assert (asked["state"], asked["turn"]) == ("with_people", "people")
    looked = (await counter.client("officer").get("/platform/v1/cases")).json["data"]
    assert [one["id"] for one in looked] == [case["id"]]


async def test_why_names_every_row(counter: Counter):
    case = await counter.opened(
        await counter.order("delivered", signed=DAY), "return_refund", condition="opened"
    )
    for who in ("buyer", "agent", "officer"):
        answer = await counter.client(who).get(f"{counter.place(who)}/{case['id']}/why")
        tables = {one["table"].rpartition(".")[2]: one for one in answer.json}
        assert {"request", "goods", "eligibility", "freight", "fast_refund"} <= tables.keys()
        assert (tables["eligibility"]["row"], tables["freight"]["row"]) == ("D1-9", "D2-1")


async def test_both_are_told_in_their_conversation(counter: Counter):
    case = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
    await counter.later(hours=48)
    conversation = case["conversation_id"]
    entries = (await counter.client("buyer").get(f"/public/v1/conversations/{conversation}/entries")).json
    cards = [one["body"]["card"] for one in entries["data"] if one["kind"] == "card"]
    assert [one["event"] for one in cards] == ["ask_refund", "seller_silent", "paid"]
    assert {one["id"] for one in cards} == {case["id"]}


async def test_a_provider_that_refuses_waits_for_a_person(counter: Counter):
    case = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
    counter.provider.behave("refuse")
    await counter.did("agent", case["id"], "agree", {})
    await counter.settle()
    after = await counter.case(case["id"])
    assert (after["state"], after["turn"], after["refunded_minor"]) == ("payment_failed", "people", 0)
    await counter.prove()


async def test_retail_lets_a_return_through_at_once_and_only_once(database: Database, owner: Connection):
    counter = await Counter.open(database, owner, profile="retail")
    order = await counter.order("delivered")
    case = await counter.opened(order, "return_refund", who="agent")
    assert (case["state"], case["rules_version"].partition(".")[0]) == ("sending_back", "retail")
    state = await owner.fetchval("select source_state from orders.purchase where id = $1", order)
    assert state == "return requested"
    again = await counter.asks(order, "return_refund", who="agent")
    assert again.status in {409, 422}
    await counter.prove()


async def test_the_board_of_one_person_holds_the_cases_of_conversations_he_serves(counter: Counter):
    mine = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
    other = await counter.opened(
        await counter.order("paid", who="other_buyer"), "refund_before_dispatch", who="other_buyer"
    )
    await counter.owner.execute(
        "update conversations.conversation set assignee = $1, state = 'assigned' where id = $2",
        counter.people["agent"].id, UUID(mine["conversation_id"]),
    )  # fmt: skip
    place = counter.place("agent")
    for order in ("due", "newest"):
        found = await counter.client("agent").get(place, order=order, mine="true")
        assert [one["id"] for one in found.json["data"]] == [mine["id"]]
        every = await counter.client("agent").get(place, order=order)
        assert {one["id"] for one in every.json["data"]} == {mine["id"], other["id"]}
    assert (await counter.client("manager").get(place, mine="true")).json["data"] == []
