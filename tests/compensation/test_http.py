"""Red packets, coupons and offers through the doors: each refusal writes nothing."""

from typing import Any

import pytest

from tests.compensation.purse import BALANCE, Purse
from xiaoer.plumbing.clock import new_id

MINE = "/public/v1/me/compensation"


def packet(amount: int = 500, **more: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "amount_minor": amount, "purpose": "postage", "note": "补运费"} | more


async def send(purse: Purse, wish: dict[str, Any], who: str = "agent", state: str = "paid"):
    order = await purse.order(state)
    return await purse.client(who).post(f"/api/v1/shops/{purse.shop}/orders/{order}/red-packets", wish)


async def test_a_red_packet_goes_to_the_buyer_of_the_order_who_opens_it(purse: Purse):
    answer = await send(purse, packet())
    assert answer.status == 201, answer.body
    grant = answer.json["grant"]
    assert (grant["state"], grant["kind"], grant["then"]) == ("waiting", "red_packet", "returned")
    assert await purse.funds() == (BALANCE - 500, 0, 0)
    mine = (await purse.client("buyer").get(MINE)).json["data"]
    assert [one["id"] for one in mine] == [grant["id"]]
    assert (await purse.client("other_buyer").post(f"{MINE}/{grant['id']}/claim", {})).status == 404
    assert (await purse.client("other_buyer").get(f"{MINE}/{grant['id']}/why")).status == 404
    theirs = f"/api/v1/shops/{purse.shop}/compensation/{grant['id']}/why"
    for login, place in (("buyer", f"{MINE}/{grant['id']}/why"), ("agent", theirs)):
        [why] = (await purse.client(login).get(place)).json
        assert why["table"] == "compensation.red_packet"
        assert why["basis"]
    assert (await purse.client("buyer").post(f"{MINE}/{grant['id']}/claim", {})).status == 200
    await purse.settle()
    assert await purse.paid_out() == [(f"grant:{grant['id']}:1", 500)]
    figures = await purse.client("agent").get(f"/api/v1/shops/{purse.shop}/red-packets")
    assert [(one["state"], one["packets"]) for one in figures.json["counts"]] == [("given", 1)]
    assert figures.json["today"]["agent_minor"] == 500
    await purse.prove()


@pytest.mark.parametrize(
    ("code", "wish", "state"),
    [
        ("tied_to_review", {"note": "给个五星好评，红包送您"}, "paid"),
        ("words_not_sendable", {"note": "你这个傻逼"}, "paid"),
        ("order_not_paid", {}, "pending"),
        ("packet_too_large", {"amount_minor": 20_001}, "paid"),
    ],
)
async def test_a_refused_packet_moves_nothing(purse: Purse, code: str, wish: dict[str, Any], state: str):
    answer = await send(purse, packet(**wish), state=state)
    assert answer.json["error"]["code"] == f"compensation.{code}"
    assert await purse.owner.fetchval('select count(*) from compensation."grant"') == 0
    assert await purse.funds() == (BALANCE, 0, 0)


async def test_the_limits_of_a_day_begin_anew_with_the_day(purse: Purse):
    await purse.rule("compensation.packet_agent_day_count", 1)
    first = packet()
    order = await purse.order()
    path = f"/api/v1/shops/{purse.shop}/orders/{order}/red-packets"
    assert (await purse.client("agent").post(path, first)).status == 201
    assert (await purse.client("agent").post(path, first)).status == 201  # the same one
    answer = await purse.client("agent").post(path, packet())
    assert answer.json["error"]["code"] == "compensation.agent_count_used_up"
    assert (await purse.client("manager").post(path, packet())).status == 201
    await purse.later(days=1)
    assert (await purse.client("agent").post(path, packet())).status == 201
    await purse.prove()


async def test_a_present_is_not_paid_from_the_deposit(purse: Purse):
    await purse.gives("money", BALANCE - 100)
    answer = await send(purse, packet(200))
    assert answer.json["error"]["code"] == "compensation.balance_short"


async def test_an_offer_is_contested_answered_by_another_and_explained(purse: Purse):
    grant = str((await purse.gives("money", 700, is_offer=True)).id)
    assert (await purse.client("buyer").post(f"{MINE}/{grant}/contest", {"text": "不够"})).status == 200
    waiting = (await purse.client("officer").get("/platform/v1/compensation")).json["data"]
    assert [one["id"] for one in waiting] == [grant]
    answer = await purse.client("officer").post(
        f"/platform/v1/compensation/{grant}/answer", {"text": "再加", "amount_minor": 900}
    )
    assert answer.json["grant"]["amount_minor"] == 900
    assert (await purse.client("officer").get(f"/platform/v1/compensation/{grant}/why")).status == 200
    mine = (await purse.client("buyer").get(f"{MINE}/{grant}")).json
    assert [one["event"] for one in mine["timeline"]] == ["made", "offer", "contest", "offer"]
    assert all(one["person_name"] == "" for one in mine["timeline"])
    assert (await purse.client("buyer").post(f"{MINE}/{grant}/accept", {})).status == 200
    undone = await purse.client("officer").post(f"/platform/v1/compensation/{grant}/undo", {"text": "撤销"})
    assert undone.json["grant"]["state"] == "undone"
    assert await purse.funds() == (BALANCE, 0, 0)


async def test_a_coupon_is_spent_by_the_shop_on_an_order_large_enough(purse: Purse):
    grant = str((await purse.gives("coupon", 500)).id)
    path = f"/api/v1/shops/{purse.shop}/compensation"
    small = await purse.order(items=({"quantity": 1, "unit_price_minor": 100, "paid_minor": 100},))
    answer = await purse.client("agent").post(f"{path}/{grant}/use", {"order": str(small)})
    assert answer.json["error"]["code"] == "compensation.beyond_order"
    foreign = await purse.order(who="other_buyer")
    assert (await purse.client("agent").post(f"{path}/{grant}/use", {"order": str(foreign)})).status == 404
    order = await purse.order()
    answer = await purse.client("agent").post(f"{path}/{grant}/use", {"order": str(order)})
    assert answer.json["grant"]["state"] == "used"
    listed = (await purse.client("agent").get(path, kind="coupon")).json["data"]
    assert [one["id"] for one in listed] == [grant]


async def test_what_a_shop_is_given_it_takes_or_contests(purse: Purse):
    to_shop = {"bearer": "marketplace", "to_kind": "shop", "receiver": purse.shop, "shop": None}
    taken = str((await purse.gives("money", 300, is_offer=True, **to_shop)).id)
    path = f"/api/v1/shops/{purse.shop}/compensation"
    received = (await purse.client("manager").get(f"{path}/received")).json["data"]
    assert [one["id"] for one in received] == [taken]
    assert (await purse.client("manager").post(f"{path}/{taken}/contest", {"text": "少了"})).status == 200
    assert (await purse.client("manager").post(f"{path}/{taken}/accept", {})).json["grant"][
        "state"
    ] == "given"
    assert await purse.funds() == (BALANCE + 300, 0, 0)


async def test_points_are_counted(purse: Purse):
    await purse.gives("points", 120)
    assert (await purse.client("buyer").get("/public/v1/me/points")).json["points"] == 120
