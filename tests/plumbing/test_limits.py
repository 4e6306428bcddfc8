"""Buckets: what one may ask for in a while, in one process and in all of them together."""

import asyncio
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.limits import Budget, Budgets, Limits, too_many

BUDGET = Budget(5, 0.5)


def limits(database: Database, now: datetime) -> Limits:
    return Limits(database, lambda: now)


@given(
    steps=st.lists(st.floats(min_value=0, max_value=20), min_size=1, max_size=60),
    capacity=st.integers(min_value=1, max_value=10),
    rate=st.floats(min_value=0.1, max_value=5),
)
def test_never_more_than_capacity_and_what_flowed_in(steps: list[float], capacity: int, rate: float) -> None:
    bucket = Limits(None, lambda: start)  # type: ignore[arg-type]
    start = now = datetime.fromisoformat("2026-11-11T12:00:00+00:00")
    budget = Budget(capacity, rate)
    granted = 0
    for step in steps:
        now += timedelta(seconds=step)
        wait = bucket.spend("k", budget, now)
        granted += wait == 0
        passed = (now - start).total_seconds()
        assert granted <= capacity + passed * rate + 1e-6
        if wait:
            assert bucket.spend("k", budget, now + timedelta(seconds=wait + 1e-3)) == 0
            granted += 1
            now += timedelta(seconds=wait + 1e-3)


async def test_a_clock_that_steps_back_gives_nothing_away(database: Database, now: datetime) -> None:
    one = limits(database, now)
    for _ in range(5):
        assert one.spend("k", BUDGET, now) == 0
    assert one.spend("k", BUDGET, now - timedelta(hours=1)) > 0
    assert one.spend("k", BUDGET, now) > 0


async def test_processes_agree_after_they_have_settled(
    database: Database, owner: Connection, now: datetime
) -> None:
    one, two = limits(database, now), limits(database, now)
    assert [one.spend("k", BUDGET, now) for _ in range(4)] == [0] * 4
    assert [two.spend("k", BUDGET, now) for _ in range(3)] == [0] * 3
    await one.settle(now)
    await two.settle(now)
    assert await owner.fetchval("select tokens from plumbing.bucket where key = 'k'") == pytest.approx(-2)
    assert two.spend("k", BUDGET, now) > 0
    await one.settle(now)  # nothing of its own to tell: it hears at its next request
    later = now + timedelta(seconds=4)
    assert two.spend("k", BUDGET, later) > 0
    assert two.spend("k", BUDGET, now + timedelta(seconds=7)) == 0


async def test_settling_again_tells_nothing_twice(
    database: Database, owner: Connection, now: datetime
) -> None:
    one = limits(database, now)
    for _ in range(3):
        one.spend("k", BUDGET, now)
    for _ in range(3):
        await one.settle(now)
    assert await owner.fetchval("select tokens from plumbing.bucket where key = 'k'") == pytest.approx(2)


async def test_the_strict_bucket_holds_however_many_ask_at_once(database: Database, now: datetime) -> None:
    processes = [limits(database, now) for _ in range(4)]
    waits = await asyncio.gather(
        *(processes[number % 4].spend_strictly("s", BUDGET, now) for number in range(20))
    )
    assert waits.count(0.0) == 5
    assert {wait for wait in waits if wait} == {2.0}
    soon = now + timedelta(seconds=2)
    assert await processes[0].spend_strictly("s", BUDGET, soon) == 0
    assert await processes[1].spend_strictly("s", BUDGET, soon) > 0


async def test_full_buckets_are_forgotten(database: Database, owner: Connection, now: datetime) -> None:
    one = limits(database, now)
    await one.spend_strictly("old", BUDGET, now - timedelta(hours=2))
    await one.spend_strictly("new", BUDGET, now)
    await one.settle(now)
    keys = [row["key"] for row in await owner.fetch("select key from plumbing.bucket")]
    assert keys == ["new"]


def test_the_shipped_budgets_can_be_multiplied() -> None:
    plain, twice = Budgets.shipped(), Budgets.shipped(2)
    assert twice.person.capacity == plain.person.capacity * 2
    assert twice.sign_in_login.per_second == pytest.approx(plain.sign_in_login.per_second * 2)


@pytest.mark.parametrize(("wait", "said"), [(0.01, 1), (1.0, 1), (1.2, 2), (30, 30)])
def test_the_refusal_says_how_long_to_wait(wait: float, said: int) -> None:
    assert too_many(wait).facts == {"retry_after_seconds": said}
