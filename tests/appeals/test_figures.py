"""Who stands out: small numbers say nothing, clear ones do, and once."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appeals.court import Court
from xiaoer.appeals.rules.figures import Tally, standings
from xiaoer.kernel.shares import at_least

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.mark.parametrize(
    ("upheld", "appeals", "bound"),
    [(0, 0, 0.0), (0, 10, 0.0), (5, 10, 0.237), (10, 10, 0.722), (90, 100, 0.826)],
)
def test_the_lower_bound(upheld: int, appeals: int, bound: float) -> None:
    assert round(at_least(upheld, appeals), 3) == bound


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bound_is_never_above_the_share(numbers: tuple[int, int]) -> None:
    upheld, appeals = numbers
    assert 0 <= at_least(upheld, appeals) <= (upheld / appeals if appeals else 0) + 1e-12


def test_three_of_three_is_too_few() -> None:
    found = standings([Tally(A, 3, 3), Tally(B, 100, 10)], minimum=10)
    assert [(one.small, one.stands_out) for one in found] == [(True, False), (True, False)]


def test_nobody_stands_out_where_there_are_no_others() -> None:
    [only] = standings([Tally(A, 100, 100)], minimum=10)
    assert (only.small, only.stands_out, only.others_percent) == (True, False, None)


def test_nine_of_ten_beside_one_in_ten_stands_out() -> None:
    found = standings([Tally(B, 40, 4), Tally(A, 10, 9), Tally(C, 40, 5)], minimum=10)
    assert found[0].subject == A
    assert [one.stands_out for one in found] == [True, False, False]
    assert (found[0].share_percent, found[0].others_percent) == (90.0, 11.2)


async def test_whoever_is_reversed_clearly_more_often_is_named_once(court: Court):
    from xiaoer.rulebook import actions as rulebook

    async with court.database.transaction(court.tenant) as tx:
        await rulebook.set_value(
            tx, shop=None, name="appeals.figures_minimum", value=4, reason="test",
            author=court.people["administrator"].id, now=court.now,
        )  # fmt: skip
    for judge, result, times in (("second", "dismissed", 6), ("officer", "upheld", 5)):
        for _ in range(times):
            target = court.decided("penalty", "buyer", judges=(judge,))
            made = await court.lodged("buyer", "penalty", target)
            await court.judged(made["id"], result)
    admin = await court.client("administrator")
    figures = (await admin.get("/platform/v1/appeal-figures", by="officer")).json
    named = {one["name"]: one for one in figures["rows"]}
    bad = named[court.people["officer"].display_name]
    assert (bad["appeals"], bad["upheld"], bad["stands_out"]) == (5, 5, True)
    assert not named[court.people["second"].display_name]["stands_out"]
    assert [(one["target_kind"], one["appeals"], one["upheld"]) for one in figures["kinds"]] == [
        ("penalty", 11, 5)
    ]
    alerts = (await admin.get("/platform/v1/appeal-alerts")).json["data"]
    assert [(one["looked_at"], one["name"]) for one in alerts] == [("officer", bad["name"])]
    place = f"/platform/v1/appeal-alerts/{alerts[0]['id']}/seen"
    assert (await admin.post(place)).status == 204
    assert (await admin.post(place)).code == "appeals.unknown_alert"
    assert (await admin.get("/platform/v1/appeal-alerts")).json["data"][0]["seen_at"]
