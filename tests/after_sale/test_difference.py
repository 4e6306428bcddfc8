"""Exchanges for something dearer or cheaper: the difference is paid once, by whom and when the rules say."""

from datetime import timedelta
from typing import Any

import pytest

from tests.after_sale.counter import ITEM, Counter
from xiaoer.ledger import queries as ledger
from xiaoer.plumbing.payments_development import Mood

PARCEL = {"carrier": "顺丰", "number": "SF1"}
OUT = {"carrier": "顺丰", "number": "SF2"}
DAY = timedelta(days=1)
SILENT: list[Mood] = ["time_out_before_paying"] * 20


async def exchange(counter: Counter, price_minor: int, *, reason: str = "quality") -> dict[str, Any]:
    """An exchange of an item for 10,000 that the shop has agreed to."""
    order = await counter.order("delivered", [ITEM], signed=DAY)
    line = {"item": str(counter.items[order][0]), "new_variant": str(await counter.variant(price_minor))}
    wish = {"lines": [line], "reason": reason, "condition": "opened"}
    case = await counter.opened(order, "exchange", **wish)
    return await counter.did("agent", case["id"], "agree")


async def held(counter: Counter) -> int:
    """What is put aside for cases."""
    async with counter.database.read(counter.tenant) as tx:
        return sum(one.balance_minor for one in await ledger.totals(tx) if one.kind == "held")


async def shop_has(counter: Counter) -> int:
    async with counter.database.read(counter.tenant) as tx:
        return sum(one.balance_minor for one in await ledger.shop_funds(tx, counter.shop))


async def seen(counter: Counter, case: dict[str, Any]) -> tuple[str, str | None]:
    """Where it stands, and its difference."""
    now = await counter.case(case["id"], "buyer")
    return now["state"], now["difference"] and now["difference"]["state"]


async def moved(counter: Counter) -> list[int]:
    """What the provider moved: above zero to the buyer, below from him."""
    return [amount for _, amount in await counter.paid_out()]


async def finish(counter: Counter, case: str) -> None:
    """Goods there, goods here, and nobody complains."""
    await counter.did("buyer", case, "send-back", PARCEL)
    await counter.did("agent", case, "inspect", {"result": "fine"})
    await counter.did("agent", case, "send-out", OUT)
    await counter.settle()
    await counter.did("buyer", case, "receive")
    await counter.did("buyer", case, "follow-up", {"settled": True})
    await counter.settle()


async def test_the_same_price_moves_no_money(counter: Counter):
    case = await exchange(counter, 10_000)
    assert await seen(counter, case) == ("sending_back", None)
    [line] = (await counter.case(case["id"], "agent"))["lines"]
    assert line["becomes"] == "大罐"
    await finish(counter, case["id"])
    assert await moved(counter) == []
    await counter.prove()


async def test_cheaper_goods_give_the_difference_back_when_they_are_sent(counter: Counter):
    case = await exchange(counter, 7_000)
    assert await seen(counter, case) == ("sending_back", "due")
    await finish(counter, case["id"])
    assert await moved(counter) == [3_000]
    assert (await seen(counter, case)) == ("done", "back")
    assert await counter.sums(case["order_id"]) == (10_000, 0, 3_000)
    await counter.prove()


async def test_dearer_goods_wait_for_the_buyers_money(counter: Counter):
    case = await exchange(counter, 12_500)
    assert (case["state"], case["turn"], case["then"]) == ("to_pay", "buyer", "to_pay_return")
    assert case["difference"]["amount_minor"] == 2_500
    refused = await counter.does("buyer", case["id"], "send-back", PARCEL)
    assert (refused.status, refused.code) == (409, "after_sale.not_now")
    paid = await counter.did("buyer", case["id"], "pay", {"payment_method": "alipay"})
    assert paid["state"] == "charging"
    again = await counter.does("buyer", case["id"], "pay")
    assert again.status == 409
    await counter.settle()
    assert await seen(counter, case) == ("sending_back", "taken")
    assert await held(counter) == 2_500
    before = await shop_has(counter)
    await finish(counter, case["id"])
    assert await moved(counter) == [-2_500]
    assert (await held(counter), await shop_has(counter) - before) == (0, 2_500)
    assert await seen(counter, case) == ("done", "given")
    await counter.prove()


@pytest.mark.parametrize("mood", ["time_out_after_paying", "time_out_before_paying", "pay_afterwards"])
async def test_a_provider_that_says_nothing_takes_the_money_once(counter: Counter, mood: Any):
    case = await exchange(counter, 12_500)
    counter.provider.behave(mood)
    await counter.did("buyer", case["id"], "pay")
    await counter.settle()
    assert await seen(counter, case) == ("charging", "asked")
    await counter.prove()
    for _ in range(3):
        await counter.later(minutes=10)
    assert await seen(counter, case) == ("sending_back", "taken")
    assert await moved(counter) == [-2_500]
    await counter.prove()


async def test_a_refused_payment_may_be_tried_again_while_the_time_runs(counter: Counter):
    case = await exchange(counter, 12_500)
    counter.provider.behave("refuse")
    await counter.did("buyer", case["id"], "pay")
    await counter.later(hours=1)
    now = await counter.case(case["id"], "buyer")
    assert (now["state"], now["due_at"]) == ("to_pay", case["due_at"])
    await counter.did("buyer", case["id"], "pay")
    await counter.settle()
    assert await seen(counter, case) == ("sending_back", "taken")
    assert await moved(counter) == [-2_500]
    await counter.prove()


async def test_unpaid_the_exchange_of_goods_at_fault_becomes_a_return_e4(counter: Counter):
    case = await exchange(counter, 12_500)
    await counter.later(hours=49)
    now = await counter.case(case["id"], "buyer")
    assert (now["state"], now["kind"], now["path"]) == ("sending_back", "return_refund", "ask_return")
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    await counter.did("agent", case["id"], "inspect", {"result": "fine"})
    await counter.settle()
    assert await moved(counter) == [10_000]
    await counter.prove()


async def test_unpaid_without_a_reason_the_buyer_may_ask_for_something_else_e3(counter: Counter):
    case = await exchange(counter, 12_500, reason="does_not_suit")
    assert case["then"] == "to_pay_open_again"
    await counter.later(hours=49)
    assert await seen(counter, case) == ("contested", None)
    await counter.prove()


async def test_a_silent_provider_takes_nothing_after_the_time_and_the_rule_goes_on(counter: Counter):
    case = await exchange(counter, 12_500)
    await counter.later(hours=47)
    counter.provider.behave(*SILENT)
    await counter.did("buyer", case["id"], "pay")
    for _ in range(12):
        await counter.later(minutes=20)
    assert (await seen(counter, case))[0] == "sending_back"
    assert await moved(counter) == []
    assert (await counter.case(case["id"]))["kind"] == "return_refund"
    await counter.prove()


async def test_a_shop_that_never_sends_gives_everything_back(counter: Counter):
    case = await exchange(counter, 12_500)
    await counter.did("buyer", case["id"], "pay")
    await counter.settle()
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    await counter.did("agent", case["id"], "inspect", {"result": "fine"})
    await counter.later(days=10)
    assert await seen(counter, case) == ("settled", "back")
    assert sorted(await moved(counter)) == [-2_500, 2_500, 10_000]
    assert await held(counter) == 0
    await counter.prove()


async def test_a_buyer_who_withdraws_gets_what_he_paid_back(counter: Counter):
    case = await exchange(counter, 12_500)
    await counter.did("buyer", case["id"], "pay")
    await counter.settle()
    await counter.did("buyer", case["id"], "withdraw")
    await counter.settle()
    assert sorted(await moved(counter)) == [-2_500, 2_500]
    assert (await held(counter), await seen(counter, case)) == (0, ("withdrawn", "back"))
    await counter.prove()


async def test_what_was_given_back_already_is_not_refunded_again(counter: Counter):
    case = await exchange(counter, 7_000)
    await counter.did("buyer", case["id"], "send-back", PARCEL)
    await counter.did("agent", case["id"], "inspect", {"result": "fine"})
    await counter.did("agent", case["id"], "send-out", OUT)
    await counter.settle()
    asked = await counter.did("buyer", case["id"], "ask", {"kind": "refund_only", "reason": "quality"})
    assert asked["refund_minor"] == 7_000
    await counter.did("agent", case["id"], "agree")
    await counter.settle()
    assert sorted(await moved(counter)) == [3_000, 7_000]
    await counter.prove()


async def test_a_quote_says_what_will_be_asked(counter: Counter):
    order = await counter.order("delivered", [ITEM], signed=DAY)
    line = {"item": str(counter.items[order][0]), "new_variant": str(await counter.variant(12_500))}
    wish = {"kind": "exchange", "lines": [line], "reason": "quality"}
    answer = await counter.client("buyer").post(f"/public/v1/orders/{order}/cases/quote", wish)
    assert answer.status == 200
    assert (answer.json["difference"]["amount_minor"], answer.json["difference"]["row"]) == (2_500, "E4")
