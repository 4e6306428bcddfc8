"""Refunds of money alone: before dispatch and after, by agreement, by silence, by offers."""

from datetime import timedelta

from tests.after_sale.counter import Counter


async def test_o_001_silence_for_48_hours_refunds_what_was_not_sent(counter: Counter):
    order = await counter.order("paid")
    case = await counter.opened(order, "refund_before_dispatch", reason="no_longer_needed")
    assert (case["state"], case["clock"]) == ("asked_refund", "after_sale.refund_not_shipped")
    assert (case["refund_minor"], case["turn"], case["then"]) == (10_000, "shop", "paying")
    assert await counter.sums(order) == (10_000, 10_000, 0)
    for hours in (12, 12, 23):
        await counter.later(hours=hours)
    assert (await counter.case(case["id"]))["stage"] == 2
    await counter.later(minutes=59)
    assert (await counter.case(case["id"]))["state"] == "asked_refund"
    await counter.later(minutes=1)
    after = await counter.case(case["id"], "buyer")
    assert (after["state"], after["refunded_minor"]) == ("settled", 10_000)
    assert await counter.sums(order) == (10_000, 0, 10_000)
    assert [amount for _, amount in await counter.paid_out()] == [10_000]
    events = [step["event"] for step in after["timeline"]]
    assert events == ["ask_refund", "warned", "escalated", "seller_silent", "paid"]
    await counter.prove()


async def test_s_049_the_follow_up_ends_the_case_or_makes_it_the_buyers_turn(counter: Counter):
    first, second = await counter.order("paid"), await counter.order("paid")
    for order, settled, state in ((first, True, "done"), (second, False, "contested")):
        case = await counter.opened(order, "refund_before_dispatch")
        await counter.did("agent", case["id"], "agree")
        await counter.settle()
        after = await counter.did("buyer", case["id"], "follow-up", {"settled": settled})
        assert after["state"] == state
    await counter.later(days=8)
    assert (await counter.case(case["id"]))["state"] == "lapsed"
    await counter.prove()


async def test_the_same_client_id_gets_the_same_case(counter: Counter):
    order = await counter.order("paid")
    one = await counter.opened(order, "refund_before_dispatch", client_id="c-1")
    again = await counter.opened(order, "refund_before_dispatch", client_id="c-1")
    assert one["id"] == again["id"]
    refused = await counter.asks(order, "refund_before_dispatch", client_id="c-2")
    assert (refused.status, refused.code) == (409, "after_sale.nothing_left")
    await counter.prove()


async def test_a_refusal_makes_it_the_buyers_turn_and_his_silence_closes_it(counter: Counter):
    order = await counter.order("delivered", signed=timedelta(days=1))
    case = await counter.opened(order, "refund_only", reason="quality")
    answer = await counter.does("agent", case["id"], "refuse", {"reason": "used", "text": ""})
    assert answer.status == 400
    after = await counter.did("agent", case["id"], "refuse", {"reason": "used", "text": "已使用"})
    assert (after["state"], after["turn"], after["then"]) == ("contested", "buyer", "lapsed")
    await counter.later(days=8)
    assert (await counter.case(case["id"]))["state"] == "lapsed"
    assert await counter.sums(order) == (10_000, 0, 0)
    assert await counter.paid_out() == []
    await counter.prove()


async def test_an_offer_is_taken_and_the_rest_stays_free(counter: Counter):
    order = await counter.order("delivered", signed=timedelta(days=1))
    case = await counter.opened(order, "refund_only", reason="quality")
    offered = await counter.did(
        "agent", case["id"], "offer", {"settlement": "refund", "amount_minor": 3_000, "text": "退三十"}
    )
    assert (offered["state"], offered["offers"][0]["state"]) == ("offered", "open")
    taken = await counter.did("buyer", case["id"], "accept")
    assert (taken["state"], taken["refund_minor"]) == ("paying", 3_000)
    assert sum(line["amount_minor"] for line in taken["money"]) == 3_000
    await counter.settle()
    assert await counter.sums(order) == (10_000, 0, 3_000)
    await counter.prove()


async def test_a_counter_offer_asks_the_shop_again(counter: Counter):
    order = await counter.order("delivered", signed=timedelta(days=1))
    case = await counter.opened(order, "partial_refund", reason="damaged", asked_minor=5_000)
    await counter.did("agent", case["id"], "offer", {"amount_minor": 1_000})
    countered = await counter.did("buyer", case["id"], "ask", {"asked_minor": 4_000})
    assert (countered["state"], countered["asked_minor"]) == ("asked_money", 4_000)
    assert countered["offers"][0]["state"] == "declined"
    await counter.later(days=6)
    assert (await counter.case(case["id"]))["refunded_minor"] == 4_000
    await counter.prove()


async def test_an_offer_lapses_and_nobody_can_take_it_then(counter: Counter):
    order = await counter.order("delivered", signed=timedelta(days=1))
    case = await counter.opened(order, "partial_refund", reason="damaged", asked_minor=5_000)
    await counter.did("agent", case["id"], "offer", {"amount_minor": 1_000})
    await counter.later(hours=72)
    after = await counter.case(case["id"])
    assert (after["state"], after["offers"][0]["state"]) == ("contested", "lapsed")
    answer = await counter.does("buyer", case["id"], "accept")
    assert (answer.status, answer.code) == (409, "after_sale.not_now")
    await counter.prove()


async def test_never_more_is_refunded_than_was_paid(counter: Counter):
    order = await counter.order("delivered", signed=timedelta(days=1))
    await counter.opened(order, "partial_refund", reason="damaged", asked_minor=7_000)
    second = await counter.asks(order, "partial_refund", reason="damaged", asked_minor=3_001)
    assert (second.status, second.code) == (422, "after_sale.more_than_paid")
    assert second.json["error"]["facts"]["most_minor"] == 3_000
    await counter.opened(order, "partial_refund", reason="damaged", asked_minor=3_000)
    third = await counter.asks(order, "refund_only", reason="quality")
    assert third.status == 409
    await counter.prove()
