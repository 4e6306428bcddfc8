"""Points become a coupon, once, by the rate, never more than there are; every sum stays zero."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.client import Response
from tests.compensation.purse import Purse
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

POINTS = "/public/v1/me/points"


async def exchanged(purse: Purse, points: int, wish: str | None = None) -> Response:
    body = {"id": wish or str(new_id()), "points": points}
    return await purse.client("buyer").post(f"{POINTS}/exchange", body)


async def test_points_become_a_coupon_once_by_the_rate_s_104(purse: Purse):
    await purse.rule("compensation.exchange_percent", 150)
    await purse.gives("points", 1_001)
    shown = (await purse.client("buyer").get(POINTS)).json
    assert shown == {"points": 1_001, "currency": "CNY", "exchange_percent": 150, "exchange_least": 100}
    wish = str(new_id())
    first = await exchanged(purse, 501, wish)
    assert first.status == 201, first.body
    coupon = first.json["grant"]
    assert (coupon["kind"], coupon["state"], coupon["amount_minor"]) == ("coupon", "held", 751)
    assert (coupon["bearer"], coupon["purpose"], coupon["then"]) == ("marketplace", "exchange", "returned")
    again = await exchanged(purse, 501, wish)
    assert (again.status, again.json["grant"]["id"]) == (201, coupon["id"])
    assert await purse.points() == 500
    other = await exchanged(purse, 400, wish)
    assert (other.status, other.code) == (409, "compensation.key_taken")
    assert await purse.points() == 500
    await purse.prove()


async def test_a_refused_exchange_names_its_row_and_writes_nothing(purse: Purse):
    await purse.gives("points", 150)
    for points, code, row in ((151, "points_short", "PX2"), (99, "too_few_points", "PX3")):
        answer = await exchanged(purse, points)
        assert (answer.status, answer.code) == (422, f"compensation.{code}")
        assert answer.json["error"]["row"] == row
    assert await purse.points() == 150
    assert await purse.owner.fetchval('select count(*) from compensation."grant"') == 1
    assert (
        await purse.client("agent").post(f"{POINTS}/exchange", {"id": str(new_id()), "points": 100})
    ).status == 403


async def test_a_coupon_nobody_used_becomes_points_again(purse: Purse):
    await purse.gives("points", 300)
    coupon = (await exchanged(purse, 300)).json["grant"]
    assert (await purse.points(), await purse.marketplaces()) == (0, -300)
    await purse.later(days=90)
    mine = (await purse.client("buyer").get(f"/public/v1/me/compensation/{coupon['id']}")).json["grant"]
    assert mine["state"] == "returned"
    assert (await purse.points(), await purse.marketplaces()) == (300, 0)
    await purse.prove()


async def test_points_whose_ground_falls_are_taken_back_as_far_as_they_are_there(purse: Purse):
    grant = await purse.gives("points", 300)
    await exchanged(purse, 200)
    assert (await purse.undoes(grant.id)).state == "undone"
    assert await purse.points() == 0
    await purse.prove()


Step = tuple[Any, ...]
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("give"), st.integers(1, 500)),
    st.tuples(st.just("exchange"), st.integers(1, 700)),
    st.tuples(st.just("again"), st.integers(0, 9)),
    st.tuples(st.just("undo"), st.integers(0, 9)),
    st.tuples(st.just("use"), st.integers(0, 9)),
    st.tuples(st.just("later"), st.sampled_from([1, 40, 91])),
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=4, max_size=14))
async def test_whatever_is_exchanged_used_or_undone_sums_are_zero_and_nobody_is_below(
    database: Database, owner: Connection, life: list[Step]
):
    purse = await Purse.open(database, owner)
    order = await purse.order()
    made: list[str] = []
    wishes: list[tuple[str, int]] = []
    for name, value in life:
        match name:
            case "give":
                made.append(str((await purse.gives("points", value)).id))
            case "exchange":
                had, wish = await purse.points(), str(new_id())
                answer = await exchanged(purse, value, wish)
                assert answer.status == (201 if 100 <= value <= had else 422)
                if answer.status == 201:
                    wishes.append((wish, value))
                    made.append(answer.json["grant"]["id"])
            case "again" if wishes:
                had = await purse.points()
                wish, points = wishes[value % len(wishes)]
                assert (await exchanged(purse, points, wish)).status == 201
                assert await purse.points() == had
            case "undo" if made:
                path = f"/platform/v1/compensation/{made[value % len(made)]}/undo"
                assert (await purse.client("officer").post(path, {"text": "撤销"})).status in {200, 409}
            case "use" if wishes:
                path = f"/api/v1/shops/{purse.shop}/compensation/{wishes[value % len(wishes)][0]}/use"
                answer = await purse.client("agent").post(path, {"order": str(order)})
                assert answer.status in {200, 409}
            case "later":
                await purse.later(days=value)
            case _:
                pass
        assert await purse.points() >= 0
        await purse.prove()
    lost = await purse.owner.fetch(
        "select owner, kind from ledger.account where tenant = $1 and kind in ('points', 'held') "
        "and balance_minor < 0",
        purse.tenant,
    )
    assert lost == []
