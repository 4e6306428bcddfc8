"""The price difference of changed items: the buyer pays first, or gets it back after; nothing is lost."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests import world
from tests.instructions.stall import Stall
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

DEARER, CHEAPER = 14_400, 10_000
"""Two teas of 88: for 160 each, for 38 each."""


@pytest.fixture
async def stall(database: Database, owner: Connection) -> Stall:
    return await Stall.open(database, owner)


def waits(told: dict[str, Any]) -> tuple[str, int, str]:
    return told["state"], told["difference"]["amount_minor"], told["difference"]["state"]


# ── dearer ───────────────────────────────────────────────────────────────


async def test_who_asks_for_himself_pays_at_once_and_then_his_order_changes(stall: Stall):
    answer = await stall.asks("buyer", "t100")
    assert (answer.status, *waits(answer.json)) == (202, "charging", DEARER, "asked")
    before = await stall.order()
    assert (before["total_minor"], before["waiting"]["id"]) == (20_600, answer.json["id"])
    await stall.later(minutes=1)
    made = await stall.standing(answer.json["id"])
    assert made.difference is not None
    assert (made.state, made.difference.state) == ("confirmed", "given")
    after = await stall.order()
    assert (after["total_minor"], after["paid_minor"], after["waiting"]) == (35_000, 35_000, None)
    assert (await stall.moved(), await stall.held(), await stall.of_shop()) == ([-DEARER], 0, DEARER)
    assert await stall.clocks(answer.json["id"]) == []


async def test_a_buyer_the_shop_asks_for_is_asked_once_and_may_choose_how_he_pays(stall: Stall):
    made = (await stall.asks("agent", "t100")).json
    assert waits(made) == ("to_pay", DEARER, "due")
    assert await stall.clocks(made["id"]) == ["instructions.top_up"]
    await stall.later(minutes=1)
    assert (await stall.moved(), (await stall.order())["total_minor"]) == ([], 20_600)
    assert (await stall.pays(made["id"], who="stranger")).status == 404
    assert (await stall.pays(made["id"], method="nobody's")).json["error"][
        "code"
    ] == "instructions.method_unknown"
    assert (await stall.pays(made["id"], method="gift_1")).json["error"][
        "code"
    ] == "instructions.balance_short"
    assert (await stall.pays(made["id"], method="wechat_1")).json["state"] == "charging"
    assert (await stall.pays(made["id"])).json["error"]["code"] == "instructions.not_waiting"
    await stall.later(minutes=1)
    paid = (await stall.order())["payments"][-1]
    assert (paid["kind"], paid["method"], paid["amount_minor"]) == ("payment", "wechat_1", DEARER)
    assert await stall.moved() == [-DEARER]


async def test_only_one_change_waits_for_money(stall: Stall, owner: Connection):
    await stall.asks("agent", "t100")
    before = await world.state(owner, tenant=stall.goods.tenant)
    second = await stall.asks("agent", "t20")
    assert (second.status, second.json["error"]["code"]) == (409, "instructions.difference_waits")
    after = await world.state(owner, tenant=stall.goods.tenant)
    assert {name: rows for name, (rows, _) in after.items()} == {
        name: rows for name, (rows, _) in before.items()
    }


async def test_o_003_a_buyer_who_does_not_pay_in_time_keeps_his_order_as_it_is(stall: Stall):
    made = (await stall.asks("agent", "t100")).json
    await stall.later(hours=25)
    assert (await stall.standing(made["id"])).state == "expired"
    assert ((await stall.order())["total_minor"], await stall.moved()) == (20_600, [])
    assert (await stall.pays(made["id"])).status == 409
    assert (await stall.asks("agent", "t100")).json["state"] == "to_pay"


async def test_he_gives_it_up_instead(stall: Stall):
    made = (await stall.asks("agent", "t100")).json
    assert (await stall.gives_up(made["id"], who="stranger")).status == 404
    assert (await stall.gives_up(made["id"])).json["state"] == "withdrawn"
    assert (await stall.clocks(made["id"]), (await stall.order())["waiting"]) == ([], None)


async def test_a_refused_payment_may_be_tried_again_until_the_time_is_over(stall: Stall):
    stall.provider.behave("refuse")
    made = (await stall.asks("buyer", "t100")).json
    await stall.later(minutes=1)
    told = (await stall.order())["waiting"]
    assert (told["state"], told["difference"]["declined"]) == ("to_pay", True)
    assert await stall.clocks(made["id"]) == ["instructions.top_up"]
    await stall.pays(made["id"])
    await stall.later(minutes=1)
    assert ((await stall.order())["total_minor"], await stall.moved()) == (35_000, [-DEARER])


@pytest.mark.parametrize("mood", ["time_out_after_paying", "time_out_before_paying", "die_after_paying"])
async def test_a_provider_that_says_nothing_takes_once(stall: Stall, mood: Any):
    stall.provider.behave(mood)
    made = (await stall.asks("buyer", "t100")).json
    await stall.later(minutes=1)
    await stall.later(hours=2)
    assert (await stall.standing(made["id"])).state == "confirmed"
    assert (await stall.moved(), await stall.of_shop()) == ([-DEARER], DEARER)


@pytest.mark.parametrize(
    ("happens", "answer"),
    [("cancel", "already_cancelled"), ("price", "price_changed"), ("sent", "already_sent")],
)
async def test_what_he_paid_comes_back_when_the_order_has_moved_on(
    stall: Stall, owner: Connection, happens: str, answer: str
):
    made = (await stall.asks("buyer", "t100")).json
    match happens:
        case "cancel":
            await stall.changes("cancel", {"reason": "x"})
        case "price":
            await owner.execute("update orders.variant set price_minor = 17000 where external_id = 't100'")
        case _:
            await owner.execute("update orders.purchase set state = 'dispatched' where external_id = 'P1'")
    await stall.later(minutes=1)
    told = await stall.standing(made["id"])
    assert told.difference is not None
    assert (told.state, told.answer, told.difference.state) == ("refused", answer, "back")
    await stall.later(minutes=1)
    assert (await stall.moved(), await stall.held(), await stall.of_shop()) == ([-DEARER, DEARER], 0, 0)


async def test_nothing_is_taken_for_a_change_that_is_not_possible_any_more(stall: Stall):
    made = (await stall.asks("agent", "t100")).json
    await stall.changes("cancel", {"reason": "x"})
    assert (await stall.pays(made["id"])).json["error"]["code"] == "instructions.already_cancelled"
    await stall.later(minutes=1)
    assert await stall.moved() == []


# ── cheaper ──────────────────────────────────────────────────────────────


async def test_what_cheaper_items_leave_over_is_paid_back_once(stall: Stall):
    answer = await stall.asks("agent", "t20")
    assert (answer.status, *waits(answer.json)) == (200, "confirmed", -CHEAPER, "back")
    await stall.later(minutes=1)
    after = await stall.order()
    assert (after["total_minor"], after["refunded_minor"]) == (10_600, CHEAPER)
    assert (await stall.moved(), await stall.of_shop()) == ([CHEAPER], -CHEAPER)


async def test_the_same_price_moves_nothing(stall: Stall):
    answer = await stall.asks("agent", "t50")
    assert (answer.json["state"], answer.json["difference"]) == ("confirmed", None)
    await stall.later(minutes=1)
    assert await stall.moved() == []


# ── an order side elsewhere ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("confirms", "state", "moved", "shop"),
    [(True, "given", [-DEARER], DEARER), (False, "back", [-DEARER, DEARER], 0)],
)
async def test_it_is_asked_after_the_payment_and_its_no_gives_it_back(
    stall: Stall, confirms: bool, state: str, moved: list[int], shop: int
):
    await stall.order_side_elsewhere()
    made = (await stall.asks("buyer", "t100")).json
    await stall.later(minutes=1)
    asked = await stall.standing(made["id"])
    assert asked.difference is not None
    assert (asked.state, asked.difference.state, await stall.held()) == ("asked", "taken", DEARER)
    assert await stall.clocks(made["id"]) == ["instructions.answer"]
    told = (await stall.answers(made["id"], confirms=confirms)).json
    assert told["difference"]["state"] == state
    await stall.later(minutes=1)
    assert (await stall.moved(), await stall.held(), await stall.of_shop()) == (moved, 0, shop)


# ── lives ────────────────────────────────────────────────────────────────

steps = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(["buyer", "agent"]), st.sampled_from(["t100", "t20"])),
    st.tuples(st.just("pay"), st.sampled_from(["alipay_1", "wechat_1"])),
    st.tuples(st.sampled_from(["give up", "cancel", "yes", "no"])),
    st.tuples(st.just("wait"), st.sampled_from([0.1, 2, 30])),
    st.tuples(st.just("mood"), st.sampled_from(["refuse", "time_out_after_paying", "pay_afterwards"])),
)


async def live(stall: Stall, made: list[str], step: tuple[Any, ...]) -> None:
    last = made[-1] if made else None
    match step:
        case ("ask", who, variant):
            answer = await stall.asks(who, variant)
            if answer.status in {200, 202}:
                made.append(answer.json["id"])
        case ("pay", method) if last:
            await stall.pays(last, method=method)
        case ("give up",) if last:
            await stall.gives_up(last)
        case ("cancel",):
            await stall.changes("cancel", {"reason": "x"})
        case ("yes" | "no" as said,) if last:
            await stall.answers(last, confirms=said == "yes")
        case ("wait", hours):
            await stall.later(hours=hours)
        case ("mood", mood):
            stall.provider.behave(mood)
        case _:
            pass


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(life=st.lists(steps, min_size=2, max_size=9), elsewhere=st.booleans())
@example(life=[("ask", "buyer", "t100"), ("wait", 0.1), ("no",)], elsewhere=True)
@example(
    life=[("mood", "pay_afterwards"), ("ask", "buyer", "t100"), ("cancel",), ("wait", 30)], elsewhere=False
)
async def test_whatever_happens_the_money_is_right(
    database: Database, owner: Connection, life: list[tuple[Any, ...]], elsewhere: bool
):
    stall = await Stall.open(database, owner)
    if elsewhere:
        await stall.order_side_elsewhere()
    made: list[str] = []
    for step in life:
        await live(stall, made, step)
        await stall.later(minutes=1)
        for one in made:
            told = await stall.standing(one)
            waiting = {"to_pay": ["instructions.top_up"], "asked": ["instructions.answer"]}
            waiting["retried"] = waiting["asked"]
            assert list(await stall.clocks(one)) == waiting.get(told.state, [])
    stall.provider.recover()
    for _ in range(6):
        await stall.later(days=3)
    shop, aside, moved = 0, 0, 0
    for one in made:
        told = await stall.standing(one)
        assert told.state in {"confirmed", "refused", "withdrawn", "expired", "stuck"}
        if told.difference is None:
            continue
        minor = told.difference.amount_minor
        if told.state == "confirmed":
            shop, moved = shop + minor, moved - minor
        elif told.difference.state == "taken":
            aside, moved = aside + minor, moved - minor
    reached = sum(await stall.moved()) + await stall.on_its_way()
    assert (await stall.of_shop(), await stall.held(), reached) == (shop, aside, moved)
