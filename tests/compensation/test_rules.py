"""The tables of compensation, row by row, and the sums that follow."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.compensation.model import LostOrder, Sent, Wrong
from xiaoer.compensation.rules.carrying import limit_passed
from xiaoer.compensation.rules.wrongful import made_good
from xiaoer.plumbing.clock import new_id, now
from xiaoer.rulebook.model import Book
from xiaoer.rulebook.rules.book import in_force


def book() -> Book:
    """The rulebook as it is shipped."""
    return in_force([], None, now(), {})


HARMS = [
    # D8-1 … D8-4, S-102 … S-105
    ("D8-1.loss", {"harm": "economic", "shown": "shown"}, "money", False),
    ("D8-1.none", {"harm": "economic", "shown": "none"}, "nothing", False),
    ("D8-2.public", {"harm": "reputation", "public": True}, "public_apology", False),
    ("D8-2.private", {"harm": "reputation", "public": False}, "apology", False),
    ("D8-3.points", {"harm": "time"}, "points", False),
    ("D8-3.coupon", {"harm": "time", "bearer": "shop"}, "coupon", False),
    ("D8-3.money", {"harm": "time", "who": "shop"}, "money", False),
    ("D8-3.none", {"harm": "time", "shown": "none"}, "nothing", False),
    ("D8-4.insult", {"harm": "distress"}, "apology_and_money", False),
    ("D8-4.grave", {"harm": "distress", "shown": "grave"}, "apology_and_money", True),
    ("D8-4.apology", {"harm": "distress", "shown": "none"}, "apology", False),
    ("D8-4.shop", {"harm": "distress", "who": "shop"}, "apology", False),
]
ASKED = {"shown": "shown", "public": False, "who": "person", "bearer": "marketplace"}


@pytest.mark.parametrize(("row", "facts", "remedy", "legal_way"), HARMS, ids=[one[0] for one in HARMS])
def test_wrongful_block_row_by_row(row: str, facts: dict[str, Any], remedy: str, legal_way: bool):
    decision = book().table("compensation.wrongful_block").decide(ASKED | facts)
    assert (decision.row, decision.outcome["remedy"], decision.outcome["legal_way"]) == (
        row,
        remedy,
        legal_way,
    )


PACKETS = [
    ("RP1", {}, "send"),
    ("RP2", {"words": "review"}, "tied_to_review"),
    ("RP3", {"order": "unpaid"}, "order_not_paid"),
    ("RP4", {"limit": "packet"}, "packet_too_large"),
    ("RP5", {"limit": "agent_day"}, "agent_day_used_up"),
    ("RP6", {"limit": "agent_count"}, "agent_count_used_up"),
    ("RP7", {"limit": "shop_day"}, "shop_day_used_up"),
    ("RP8", {"funds": "short"}, "balance_short"),
]


@pytest.mark.parametrize(("row", "facts", "answer"), PACKETS, ids=[one[0] for one in PACKETS])
def test_red_packet_row_by_row(row: str, facts: dict[str, Any], answer: str):
    asked = {"order": "paid", "words": "clean", "limit": "within", "funds": "enough"} | facts
    decision = book().table("compensation.red_packet").decide(asked)
    assert (decision.row, decision.outcome["answer"]) == (row, answer)


EXCHANGES = [
    ("PX1", {}, "give"),
    ("PX2", {"points": "short"}, "points_short"),
    ("PX2", {"points": "short", "least": "below"}, "points_short"),
    ("PX3", {"least": "below"}, "too_few_points"),
]


@pytest.mark.parametrize(("row", "facts", "answer"), EXCHANGES)
def test_exchange_row_by_row_s_104(row: str, facts: dict[str, Any], answer: str):
    asked = {"points": "enough", "least": "reached"} | facts
    decision = book().table("compensation.exchange").decide(asked)
    assert (decision.row, decision.outcome["answer"]) == (row, answer)


def order(outcome: str, amount: int) -> LostOrder:
    return LostOrder(new_id(), "A", "cancelled" if outcome == "cancelled" else "late", amount)


def test_the_sums_follow_the_parameters():
    wrong = Wrong(
        who="person",
        bearer="marketplace",
        public=False,
        orders=(order("cancelled", 10_000), order("late", 5_001)),
        receipts_minor=77,
        minutes=90,
        contacts=2,
        insult="grave",
    )
    sums = {good.harm: good.amount_minor for _, good in made_good(book(), wrong)}
    assert sums == {
        "economic": 3_000 + 500 + 77,
        "reputation": 0,
        "time": 2_000 * 90 // 60 + 2 * 500,
        "distress": 50_000,
    }


@given(
    st.builds(
        Wrong,
        who=st.sampled_from(["person", "shop"]),
        bearer=st.sampled_from(["shop", "marketplace"]),
        public=st.booleans(),
        orders=st.lists(
            st.builds(order, st.sampled_from(["cancelled", "late"]), st.integers(0, 10**9)), max_size=4
        ).map(tuple),
        receipts_minor=st.integers(0, 10**9),
        minutes=st.integers(0, 10**5),
        contacts=st.integers(0, 10**3),
        insult=st.sampled_from(["none", "shown", "grave"]),
    )
)
def test_whatever_happened_each_harm_is_answered_once_and_never_negative(wrong: Wrong):
    found = [good for _, good in made_good(book(), wrong)]
    assert [good.harm for good in found] == ["economic", "reputation", "time", "distress"]
    for good in found:
        assert good.amount_minor >= 0
        if good.remedy in {"nothing", "apology", "public_apology"}:
            assert good.amount_minor == 0
    assert found[0].amount_minor >= wrong.receipts_minor
    assert found[2].amount_minor <= book().minor("compensation.time_max")


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 40), st.integers(0, 10**6))
def test_a_packet_within_all_limits_passes_none_of_them(amount: int, mine: int, count: int, shops: int):
    values = book()
    fits = (
        amount <= values.minor("compensation.packet_max")
        and mine + amount <= values.minor("compensation.packet_agent_day_max")
        and count + 1 <= values.integer("compensation.packet_agent_day_count")
        and shops + amount <= values.minor("compensation.packet_shop_day_max")
    )
    assert (limit_passed(values, amount, Sent(mine, count, shops)) == "within") == fits
