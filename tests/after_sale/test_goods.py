"""Goods that come back or go out: returns, exchanges, re-sends, repairs; what silence does on the way."""

from datetime import timedelta
from typing import Any

import pytest

from tests.after_sale.counter import ITEM, Counter

PARCEL = {"carrier": "顺丰", "number": "SF1"}
DAY = timedelta(days=1)


async def returning(counter: Counter, **more: Any) -> dict[str, Any]:
    order = await counter.order("delivered", signed=DAY)
    case = await counter.opened(order, "return_refund", **({"condition": "opened"} | more))
    assert (case["state"], case["then"]) == ("asked_return", "sending_back")
    return case


async def test_o_002_silence_agrees_to_the_return_at_the_standing_address(counter: Counter):
    for name, value in (
        ("return_name", "王店长"),
        ("return_phone", "138"),
        ("return_text", "杭州文三路 1 号"),
    ):
        await counter.rule(f"after_sale.{name}", value)
    case = await returning(counter)
    await counter.later(days=6)
    after = await counter.case(case["id"])
    assert (after["state"], after["return_address"]["text"]) == ("sending_back", "杭州文三路 1 号")
    await counter.prove()


async def test_o_003_a_buyer_who_sends_nothing_back_ends_it(counter: Counter):
    case = await returning(counter)
    await counter.did("agent", case["id"], "agree", {})
    await counter.later(days=8)
    assert (await counter.case(case["id"]))["state"] == "lapsed"
    assert await counter.paid_out() == []
    await counter.prove()


async def test_o_004_a_shop_that_does_not_confirm_pays_after_ten_days(counter: Counter):
    case = await returning(counter)
    await counter.did("agent", case["id"], "agree", {})
    sent = await counter.did("buyer", case["id"], "send-back", PARCEL)
    assert (sent["state"], sent["back"]["number"]) == ("coming_back", "SF1")
    await counter.later(days=9)
    assert (await counter.case(case["id"]))["state"] == "coming_back"
    await counter.later(days=2)
    assert (await counter.case(case["id"]))["refunded_minor"] == 10_000
    await counter.prove()


async def test_o_004_ordinary_mail_is_waited_for_thirty_days(counter: Counter):
    case = await returning(counter)
    await counter.did("agent", case["id"], "agree", {})
    await counter.did("buyer", case["id"], "send-back", PARCEL | {"way": "mail"})
    await counter.later(days=29)
    assert (await counter.case(case["id"]))["state"] == "coming_back"
    await counter.later(days=2)
    assert (await counter.case(case["id"]))["refunded_minor"] == 10_000
    await counter.prove()


async def test_l_017_seven_days_after_the_goods_are_back_the_money_goes(counter: Counter):
    case = await returning(counter)
    await counter.did("agent", case["id"], "agree", {})
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    told = await counter.client("manager").post(
        f"/api/v1/shops/{counter.shop}/carrier-events", {"number": "SF1", "event": "delivered"}
    )
    assert told.json == {"cases": [case["id"]]}
    assert (await counter.case(case["id"]))["state"] == "inspecting"
    await counter.later(days=8)
    assert (await counter.case(case["id"]))["refunded_minor"] == 10_000
    await counter.prove()


@pytest.mark.parametrize(("agrees", "state"), [(True, "settled"), (False, "with_people")])
async def test_a_deduction_needs_the_buyers_consent(counter: Counter, agrees: bool, state: str):
    case = await returning(counter)
    await counter.did("agent", case["id"], "agree", {})
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    found = {"result": "deduct", "deduct_minor": 2_500, "text": "少了配件"}
    after = await counter.did("agent", case["id"], "inspect", found)
    assert (after["state"], after["refund_minor"]) == ("deducting", 7_500)
    await counter.did("buyer", case["id"], "accept-deduction" if agrees else "call-people")
    await counter.settle()
    after = await counter.case(case["id"])
    assert (after["state"], after["refunded_minor"]) == (state, 7_500 if agrees else 0)
    await counter.prove()


async def test_o_011_a_trusted_buyer_is_paid_with_the_parcels_number(counter: Counter):
    await counter.rule("after_sale.fast_refund_max", 50_000)
    await counter.rule("after_sale.fast_refund_cases", 0)
    case = await returning(counter)
    assert case["ahead"]
    await counter.did("agent", case["id"], "agree", {})
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    await counter.settle()
    assert (await counter.case(case["id"]))["state"] == "paid_ahead"
    await counter.did("agent", case["id"], "inspect", {"result": "object", "text": "空包裹"})
    await counter.later(days=8)
    assert (await counter.case(case["id"]))["state"] == "owing"
    again = await counter.opened(
        await counter.order("delivered", signed=DAY), "return_refund", condition="opened"
    )
    assert not again["ahead"]
    await counter.prove()


async def test_an_exchange_goes_round(counter: Counter):
    order = await counter.order("delivered", signed=DAY)
    case = await counter.opened(order, "exchange", condition="opened")
    assert (case["state"], case["freight"]["row"]) == ("asked_exchange", "D2-4")
    await counter.did("agent", case["id"], "agree", {})
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    assert (await counter.did("agent", case["id"], "inspect", {"result": "fine"}))["state"] == "sending_out"
    assert (await counter.did("agent", case["id"], "send-out", PARCEL | {"number": "SF2"}))[
        "state"
    ] == "on_way"
    await counter.later(days=11)
    assert (await counter.case(case["id"]))["state"] == "settled"
    assert await counter.sums(order) == (10_000, 0, 0)
    await counter.prove()


async def test_a_shop_that_does_not_send_pays(counter: Counter):
    order = await counter.order("delivered", signed=DAY)
    case = await counter.opened(order, "resend", reason="missing")
    await counter.later(days=6)
    assert (await counter.case(case["id"]))["state"] == "sending_out"
    await counter.later(hours=72)
    assert (await counter.case(case["id"]))["refunded_minor"] == 10_000
    await counter.prove()


async def test_l_054_a_repair_that_takes_too_long_becomes_a_new_piece(counter: Counter):
    order = await counter.order("delivered", signed=DAY)
    case = await counter.opened(order, "repair", reason="quality")
    await counter.did("agent", case["id"], "agree", {})
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    assert (await counter.did("agent", case["id"], "inspect", {"result": "fine"}))["state"] == "repairing"
    await counter.later(days=31)
    assert (await counter.case(case["id"]))["state"] == "sending_out"
    await counter.prove()


async def test_l_044_a_claim_of_fraud_goes_to_people(counter: Counter):
    order = await counter.order("delivered", signed=DAY)
    case = await counter.opened(order, "fraud_claim", reason="fake")
    assert (case["state"], case["asked_minor"], case["turn"]) == ("with_people", 50_000, "people")
    await counter.later(hours=49)
    assert (await counter.case(case["id"]))["state"] == "with_people"
    no = await counter.does("administrator", case["id"], "decide", {"outcome": "refund", "text": "属实"})
    assert no.status == 403
    await counter.did("officer", case["id"], "decide", {"outcome": "refund", "text": "属实"})
    await counter.settle()
    after = await counter.case(case["id"], "officer")
    assert (after["state"], after["refunded_minor"]) == ("settled", 50_000)
    assert await counter.sums(order) == (10_000, 0, 0)
    await counter.prove()


async def test_o_010_late_dispatch_pays_five_per_cent(counter: Counter):
    big = ITEM | {"unit_price_minor": 40_000, "paid_minor": 40_000}
    case = await counter.opened(await counter.order("paid", [big]), "compensation", reason="late_dispatch")
    assert (case["state"], case["asked_minor"]) == ("asked_money", 2_000)
    await counter.rule("after_sale.promise_percent", 10)
    better = await counter.opened(await counter.order("paid", [big]), "compensation", reason="late_dispatch")
    assert better["asked_minor"] == 4_000
    await counter.prove()


async def test_l_019_shares_of_a_line_sum_to_what_was_paid(counter: Counter):
    order = await counter.order("delivered", [ITEM | {"quantity": 3, "paid_minor": 10_000}], signed=DAY)
    (item,) = counter.items[order]
    amounts: list[int] = []
    for _ in range(3):
        case = await counter.opened(
            order, "return_refund", condition="opened", lines=[{"item": str(item), "quantity": 1}]
        )
        amounts.append(case["refund_minor"])
    assert sum(amounts) == 10_000
    answer = await counter.asks(order, "return_refund", condition="opened")
    assert (answer.status, answer.code) == (409, "after_sale.nothing_left")
    await counter.prove()


async def test_l_019_a_lost_threshold_is_settled_both_ways(counter: Counter):
    items = [ITEM | {"unit_price_minor": 20_000, "paid_minor": 17_000} for _ in range(2)]
    promotions = {"promotions": {"thresholds": [{"from_minor": 30_000, "off_minor": 6_000}]}}
    order = await counter.order("delivered", items, signed=DAY, details=promotions)
    one, two = counter.items[order]
    first = await counter.opened(order, "return_refund", condition="opened", lines=[{"item": str(one)}])
    second = await counter.opened(order, "return_refund", condition="opened", lines=[{"item": str(two)}])
    assert (first["refund_minor"], second["refund_minor"]) == (14_000, 20_000)
    await counter.prove()


async def test_l_016_a_gift_that_is_kept_is_taken_off(counter: Counter):
    gift = ITEM | {"unit_price_minor": 900, "paid_minor": 0}
    order = await counter.order("delivered", [ITEM, gift], signed=DAY)
    paid, _ = counter.items[order]
    case = await counter.opened(order, "return_refund", condition="opened", lines=[{"item": str(paid)}])
    assert case["refund_minor"] == 9_100
    assert {line["kind"] for line in case["money"]} == {"goods", "gift"}
    await counter.prove()


async def test_s_041_quality_brings_the_outbound_freight_back(counter: Counter):
    order = await counter.order("delivered", signed=DAY, freight_minor=1_200)
    case = await counter.opened(order, "return_refund", reason="quality")
    assert (case["refund_minor"], case["freight"]["back"]) == (11_200, "seller")
    other = await counter.order("delivered", signed=DAY, freight_minor=1_200)
    case = await counter.opened(other, "return_refund", condition="opened")
    assert (case["refund_minor"], case["freight"]["back"]) == (10_000, "buyer")
    await counter.prove()


async def test_s_041_the_shop_at_fault_pays_the_way_back_too(counter: Counter):
    order = await counter.order("delivered", signed=DAY)
    case = await counter.opened(order, "return_refund", reason="quality")
    await counter.did("agent", case["id"], "agree", {})
    sent = await counter.did("buyer", case["id"], "send-back", PARCEL | {"freight_minor": 1_500})
    assert sent["refund_minor"] == 11_500
    await counter.did("agent", case["id"], "inspect", {"result": "deduct", "deduct_minor": 500})
    agreed = await counter.did("buyer", case["id"], "accept-deduction")
    assert sum(line["amount_minor"] for line in agreed["money"]) == 11_000
    await counter.settle()
    assert (await counter.case(case["id"]))["refunded_minor"] == 11_000
    assert await counter.sums(order) == (10_000, 0, 9_500)
    await counter.prove()


async def test_o_012_the_insurer_pays_the_way_back_up_to_its_sum(counter: Counter):
    order = await counter.order("delivered", signed=DAY)
    await counter.owner.execute("update orders.purchase set freight_insurance = true where id = $1", order)
    case = await counter.opened(order, "return_refund", condition="opened")
    assert case["freight"]["insured"]
    await counter.did("agent", case["id"], "agree", {})
    await counter.did("buyer", case["id"], "send-back", PARCEL | {"freight_minor": 4_000})
    await counter.did("agent", case["id"], "inspect", {"result": "fine"})
    await counter.settle()
    await counter.settle()
    assert sorted(amount for _, amount in await counter.paid_out()) == [2_500, 10_000]
    await counter.prove()
