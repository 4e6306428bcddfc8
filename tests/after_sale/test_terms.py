"""The worked examples of the law: how days and hours are counted, and what a seller promises beyond it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.after_sale.counter import ITEM, Counter
from xiaoer.after_sale.rules.deadlines import days_of, term
from xiaoer.rulebook.model import RuleEntry
from xiaoer.rulebook.rules.book import in_force

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOOK = in_force([], None, datetime(2026, 1, 1, tzinfo=UTC))
DAYS = days_of(BOOK, "Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("signed", "ends"),
    [
        ("2026-11-11 09:30", "2026-11-19 00:00"),  # the 12th is day one, the 18th ends at 24:00
        ("2026-11-11 23:59", "2026-11-19 00:00"),  # the hour of sign-for makes no difference
        ("2026-11-12 00:00", "2026-11-20 00:00"),
        (
            "2026-09-25 10:00",
            "2026-10-09 00:00",
        ),  # day seven is 2 October: the 8th is the next day that counts
        ("2026-09-30 10:00", "2026-10-09 00:00"),  # day seven is the last of the holidays
        ("2026-10-01 10:00", "2026-10-09 00:00"),  # day seven is the 8th: holidays within do not lengthen it
        ("2026-02-09 10:00", "2026-02-25 00:00"),  # Spring Festival: the 16th moves on to the 24th
        ("2027-01-29 10:00", "2027-02-10 00:00"),  # the days the decree names: 5 to 8 February 2027
    ],
)
def test_l_002_l_004_the_first_day_is_not_counted_and_a_holiday_moves_the_end_on(signed: str, ends: str):
    assert term(BOOK, "return.no_reason_days", local(signed), DAYS) == local(ends)


def test_l_004_hours_run_straight_through_nights_and_holidays():
    start = local("2026-09-30 22:15")
    assert term(BOOK, "after_sale.refund_not_shipped", start, DAYS) == start + timedelta(hours=48)


def test_what_the_marketplace_adds_moves_the_end_on_and_what_is_no_date_is_left_out():
    entry = RuleEntry(
        UUID(int=1), None, "after_sale.holidays", 1, ["2026-11-18", "soon"],
        datetime(2026, 1, 1, tzinfo=UTC), UUID(int=2), "", datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    book = in_force([entry], None, datetime(2026, 11, 11, tzinfo=UTC))
    days = days_of(book, "Asia/Shanghai")
    assert term(book, "return.no_reason_days", local("2026-11-11 09:30"), days) == local("2026-11-20 00:00")


async def decided(counter: Counter, order: Any, **more: Any) -> dict[str, str]:
    case = await counter.opened(order, "return_refund", condition="intact", **more)
    answer = await counter.client("buyer").get(f"/public/v1/cases/{case['id']}/why")
    return {one["table"]: f"{one['row']} {one['authority']}" for one in answer.json}


async def refused(counter: Counter, order: Any) -> str | None:
    return (await counter.asks(order, "return_refund", condition="intact")).code


async def test_l_009_a_longer_promise_binds_and_is_shown_as_one(counter: Counter):
    day = timedelta(days=1)
    assert await refused(counter, await counter.order("delivered", signed=8 * day)) == (
        "after_sale.not_eligible_late"
    )
    await counter.rule("return.no_reason_days", 15)
    within = await decided(counter, await counter.order("delivered", signed=7 * day))
    assert within["after_sale.eligibility"] == "D1-13 law"
    promised = await decided(counter, await counter.order("delivered", signed=8 * day))
    assert promised["after_sale.eligibility"] == "D1-3 promise"
    assert await refused(counter, await counter.order("delivered", signed=16 * day)) == (
        "after_sale.not_eligible_late"
    )


async def test_l_009_exempt_goods_go_back_where_the_seller_promised_it(counter: Counter):
    day = timedelta(days=1)
    fresh, flagged = ITEM | {"flags": ["fresh"]}, ITEM | {"flags": ["fresh", "return_promised"]}
    assert await refused(counter, await counter.order("delivered", [fresh], signed=day)) == (
        "after_sale.not_eligible_exempt_goods"
    )
    rows = await decided(counter, await counter.order("delivered", [flagged], signed=day))
    assert rows["after_sale.eligibility"] == "D1-3.goods promise"
    await counter.rule("return.promised_categories", ["fresh"])
    rows = await decided(counter, await counter.order("delivered", [fresh], signed=day))
    assert rows["after_sale.eligibility"] == "D1-3.goods promise"
    await counter.prove()
