"""Rules of the court that ask nobody: deadlines, burdens, who judges, what is alike."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from xiaoer.after_sale.rules.deadlines import Days
from xiaoer.disputes.model.court import Issue
from xiaoer.disputes.model.wishes import IssueWish
from xiaoer.disputes.rules import burden
from xiaoer.disputes.rules.assign import choose, is_sampled, may_judge
from xiaoer.disputes.rules.deadlines import supplement, working_days
from xiaoer.disputes.rules.similar import similarity
from xiaoer.rulebook.rules.book import in_force

SHANGHAI = Days("Asia/Shanghai")
BOOK = in_force([], None, datetime(2026, 1, 1, tzinfo=UTC), {})
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (shanghai(11, 14, 1), shanghai(12, 9, 1)),  # the example of J-004
        (shanghai(11, 9), shanghai(11, 13)),
        (shanghai(11, 3), shanghai(11, 13)),
        (shanghai(11, 20), shanghai(12, 13)),
        (shanghai(14, 17), shanghai(15, 12)),  # a weekend is no break
    ],
)
def test_a_supplement_has_four_hours_between_nine_and_six_j004(asked: datetime, due: datetime) -> None:
    assert supplement(BOOK, asked, SHANGHAI) == due


def test_seven_working_days_leave_out_weekends_and_holidays_t030() -> None:
    friday = shanghai(13, 12)
    assert working_days(7, friday, SHANGHAI) == shanghai(25, 0)
    holiday = Days("Asia/Shanghai", frozenset({date(2026, 11, 16)}))
    assert working_days(7, friday, holiday) == shanghai(26, 0)


@pytest.mark.parametrize(
    ("issue", "ground", "wanted"),
    [
        ("fake", burden.Ground(), "usual"),
        ("fake", burden.Ground(pattern=3), "lightened"),
        ("fake", burden.Ground(pattern=2), "usual"),
        ("not_received", burden.Ground(pattern=9), "usual"),
        ("fake", burden.Ground(late=True, pattern=9), "late"),
        ("not_received", burden.Ground(late=True), "usual"),
        ("surface_mismatch", burden.Ground(confirmed=True), "confirmed"),
        ("surface_mismatch", burden.Ground(confirmed=True, late=True), "late"),
        ("visible_quality", burden.Ground(confirmed=True), "usual"),
        ("missing_items", burden.Ground(merged=True), "merged"),
        ("missing_items", burden.Ground(merged=True, confirmed=True), "confirmed"),
        ("surface_mismatch", burden.Ground(merged=True), "usual"),
    ],
)
def test_what_moves_a_burden(issue: str, ground: burden.Ground, wanted: str) -> None:
    assert burden.standing(issue, ground) == wanted


@pytest.mark.parametrize(
    ("hours", "days", "after_hours", "late"),
    [
        (None, None, 24 * 400, False),
        (48, None, 48, False),
        (48, None, 49, True),
        (48, 15, 47, False),
        (None, 7, 24 * 6, False),
        (None, 7, 24 * 9, True),
    ],
)
def test_windows_run_from_signing_j017(
    hours: int | None, days: int | None, after_hours: int, late: bool
) -> None:
    signed = shanghai(1, 10)
    claimed = signed + timedelta(hours=after_hours)
    assert (
        burden.is_late(
            hours, days, signed_at=signed, reported_at=claimed, claimed_at=claimed, calendar=SHANGHAI
        )
        is late
    )
    assert not burden.is_late(
        hours, days, signed_at=None, reported_at=claimed, claimed_at=claimed, calendar=SHANGHAI
    )


class Officer(Struct, frozen=True):
    person: UUID
    skills: tuple[str, ...] = ()
    active: bool = True
    open: int = 0
    conflict: bool = False
    sat: bool = False


def test_who_judges_has_the_skill_then_the_fewest() -> None:
    some = [Officer(ONE, ("fake",), open=9), Officer(TWO, ("late_dispatch",)), Officer(THREE, open=3)]
    assert choose(some, ["fake"], ()) == THREE
    assert choose(some[:2], ["fake"], ()) == ONE
    assert choose([Officer(ONE, open=2), Officer(TWO, open=1)], ["fake"], ()) == TWO


@pytest.mark.parametrize(
    "one", [Officer(ONE, conflict=True), Officer(ONE, sat=True), Officer(TWO), Officer(ONE, active=False)]
)
def test_nobody_judges_who_should_not(one: Officer) -> None:
    assert choose([one], ["fake"], (TWO,)) is None
    assert may_judge(one, (TWO,)) is not one.active


@given(st.uuids(), st.integers(0, 100))
def test_a_sample_grows_with_its_share(ruling: UUID, percent: int) -> None:
    assert is_sampled(ruling, 100)
    assert not is_sampled(ruling, 0)
    if is_sampled(ruling, percent):
        assert is_sampled(ruling, min(percent + 1, 100))


class Past(Struct, frozen=True):
    issue: str
    row: str
    category: str = ""
    standing: str = "usual"
    asked_minor: int = 100


def an_issue() -> Issue:
    fresh = burden.new_issue(ONE, 1, IssueWish("fake", "假货", amount_minor=100), "usual")
    return burden.settled(fresh, "claimant", "silence")


def test_what_is_alike_ranks_by_burden_goods_and_sum() -> None:
    issue = an_issue()
    assert similarity(Past("fake", ""), issue, 0) == 100
    assert similarity(Past("late_dispatch", ""), issue, 0) == 0
    assert similarity(Past("fake", "D3-2.1"), issue, 0) == 75
    assert similarity(Past("fake", "", asked_minor=50), issue, 0) == 95
    assert similarity(Past("fake", "", category="wear", standing="late"), issue, 0) == 75


def test_every_burden_can_be_carried() -> None:
    carried = {must for must, kinds in burden.CARRIES.items() if kinds}
    assert burden.OF_PLATFORM - carried <= {"reading"}
