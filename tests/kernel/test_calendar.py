"""Business time against a slow oracle that walks minute by minute, and by example."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.kernel.calendar import (
    Calendar,
    DaysOff,
    NeverOpen,
    Span,
    Special,
    daily,
    end_of_day,
    end_of_day_count,
    last_day,
    last_working_day,
)
from xiaoer.kernel.calendar_text import CalendarError, is_zone, parse, parse_span, plain, span_text

MINUTE = timedelta(minutes=1)
SHANGHAI = "Asia/Shanghai"
DESK = parse(
    {
        "name": "desk",
        "zone": SHANGHAI,
        "week": {
            "monday": ["09:00-12:00", "13:00-23:00"],
            "tuesday": ["09:00-23:00"],
            "friday": ["09:00-18:00", "22:00-02:00"],
        },
        "specials": {
            "2026-10-06": {"hours": [], "label": "国庆节"},
            "2026-10-10": {"like": "monday", "label": "make-up workday"},
        },
    }
)


def _at(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# ── by example ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-10-05 08:59", False),
        ("2026-10-05 09:00", True),
        ("2026-10-05 11:59:59", True),
        ("2026-10-05 12:00", False),
        ("2026-10-05 13:00", True),
        ("2026-10-05 23:00", False),
        ("2026-10-06 10:00", False),  # holiday
        ("2026-10-07 10:00", False),  # no hours on Wednesdays
        ("2026-10-09 23:30", True),
        ("2026-10-10 01:59", True),  # past midnight, into a date with hours of its own
        ("2026-10-10 02:00", False),
        ("2026-10-10 12:30", False),
        ("2026-10-10 13:30", True),  # make-up workday
        ("2026-10-11 00:30", False),
    ],
)
def test_it_is_open_or_not(at: str, is_open: bool) -> None:
    assert DESK.is_open(_at(at)) is is_open


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-10-05 11:58", 5, "2026-10-05 13:03"),
        ("2026-10-05 11:55", 5, "2026-10-05 12:00"),
        ("2026-10-05 22:58", 5, "2026-10-09 09:03"),  # holiday and closed days do not count
        ("2026-10-09 18:30", 5, "2026-10-09 22:05"),
        ("2026-10-10 01:58", 5, "2026-10-10 09:03"),
        ("2026-10-05 03:00", 0, "2026-10-05 03:00"),
        ("2026-10-05 09:00", 13 * 60, "2026-10-05 23:00"),
        ("2026-10-05 09:00", 13 * 60 + 1, "2026-10-09 09:01"),
    ],
)
def test_open_time_is_added(start: str, minutes: int, due: str) -> None:
    assert DESK.add_business(_at(start), minutes * MINUTE) == _at(due)
    assert DESK.business_between(_at(start), _at(due)) == minutes * MINUTE
    assert DESK.business_between(_at(due), _at(start)) == -minutes * MINUTE


def test_the_next_opening_and_closing_are_found() -> None:
    assert DESK.next_open(_at("2026-10-05 10:00")) == _at("2026-10-05 10:00")
    assert DESK.next_open(_at("2026-10-05 23:00")) == _at("2026-10-09 09:00")
    assert DESK.next_close(_at("2026-10-05 10:00")) == _at("2026-10-05 12:00")
    assert DESK.next_close(_at("2026-10-05 12:00")) == _at("2026-10-05 23:00")
    assert DESK.next_close(_at("2026-10-09 23:00")) == _at("2026-10-10 02:00")
    assert DESK.next_open(_at("2026-10-05 10:00")).tzinfo is UTC


def test_openings_are_joined_and_cut() -> None:
    found = list(DESK.openings(_at("2026-10-05 10:00"), _at("2026-10-05 14:00")))
    assert found == [
        (_at("2026-10-05 10:00"), _at("2026-10-05 12:00")),
        (_at("2026-10-05 13:00"), _at("2026-10-05 14:00")),
    ]
    round_the_clock = daily("always", SHANGHAI)
    assert list(round_the_clock.openings(_at("2026-10-05 10:00"), _at("2026-10-09 10:00"))) == [
        (_at("2026-10-05 10:00"), _at("2026-10-09 10:00"))
    ]
    assert list(DESK.openings(_at("2026-10-06 00:00"), _at("2026-10-09 00:00"))) == []


def test_round_the_clock_never_closes() -> None:
    always = daily("always", SHANGHAI)
    start = _at("2026-10-05 03:17:21")
    assert always.next_close(start) is None
    assert always.next_open(start) == start
    assert always.add_business(start, timedelta(days=400, seconds=5)) == start + timedelta(
        days=400, seconds=5
    )
    assert always.business_between(start, start + timedelta(days=50)) == timedelta(days=50)


def test_a_desk_closed_for_ever_says_so() -> None:
    closed = Calendar("gone", SHANGHAI, ((),) * 7)
    start = _at("2026-10-05 10:00")
    assert not closed.is_open(start)
    assert closed.business_between(start, start + timedelta(days=1000)) == timedelta(0)
    for ask in (
        lambda: closed.next_open(start),
        lambda: closed.next_close(start),
        lambda: closed.add_business(start, MINUTE),
    ):
        with pytest.raises(NeverOpen, match="'gone'"):
            ask()
    assert closed.add_business(start, timedelta(0)) == start
    with pytest.raises(ValueError, match="forward"):
        closed.add_business(start, -MINUTE)


def test_a_desk_open_on_special_days_only() -> None:
    sale = Calendar("sale", SHANGHAI, ((),) * 7, {date(2036, 11, 11): Special((Span(0, 1440),))})
    assert sale.next_open(_at("2026-10-05 10:00")) == _at("2036-11-11 00:00")
    assert sale.next_close(_at("2026-10-05 10:00")) == _at("2036-11-12 00:00")
    with pytest.raises(NeverOpen):
        sale.add_business(_at("2026-10-05 10:00"), timedelta(hours=24, microseconds=1))
    with pytest.raises(NeverOpen):
        sale.next_open(_at("2036-11-12 00:00"))


def test_a_term_longer_than_ten_years_is_refused() -> None:
    with pytest.raises(NeverOpen):
        DESK.add_business(_at("2026-10-05 10:00"), timedelta(days=4000))


# ── turning the clock ────────────────────────────────────────────────────


def test_a_skipped_hour_is_no_business_time() -> None:
    night = daily("night", "Europe/Madrid", 60, 4 * 60)  # 01:00-04:00; 02:00 becomes 03:00 on 2026-03-29
    start = _at("2026-03-29 00:00", "Europe/Madrid")
    assert night.business_between(start, start + timedelta(hours=8)) == timedelta(hours=2)
    inside = daily("inside", "Europe/Madrid", 135, 165)  # 02:15-02:45 is skipped altogether
    assert inside.business_between(start, start + timedelta(hours=8)) == timedelta(0)
    across = daily("across", "Europe/Madrid", 150, 210)  # 02:30-03:30 starts when the clock is turned
    assert across.next_open(start) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert across.business_between(start, start + timedelta(hours=8)) == timedelta(minutes=30)


def test_a_repeated_hour_is_worked_once_and_through() -> None:
    night = daily("night", "Europe/Madrid", 60, 4 * 60)  # 03:00 becomes 02:00 on 2026-10-25
    start = _at("2026-10-25 00:00", "Europe/Madrid")
    assert night.business_between(start, start + timedelta(hours=8)) == timedelta(hours=4)
    inside = daily("inside", "Europe/Madrid", 135, 165)  # 02:15-02:45 opens once, not twice
    assert inside.business_between(start, start + timedelta(hours=8)) == timedelta(minutes=30)
    assert inside.next_open(start) == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)


def test_an_hour_is_an_hour_whatever_zone_it_is_given_in() -> None:
    night = daily("night", "Europe/Madrid")
    start = _at("2026-10-25 01:00", "Europe/Madrid")
    assert night.add_business(start, timedelta(hours=3)) == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert night.business_between(start, _at("2026-10-25 04:00", "Europe/Madrid")) == timedelta(hours=4)


def test_a_skipped_day_is_no_day() -> None:
    samoa = daily("desk", "Pacific/Apia", 9 * 60, 18 * 60)  # there was no 30 December 2011
    start = _at("2011-12-29 18:00", "Pacific/Apia")
    assert samoa.next_open(start) == _at("2011-12-31 09:00", "Pacific/Apia")


# ── against the oracle ───────────────────────────────────────────────────

ZONES = ("Asia/Shanghai", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Havana")
TURNS = (  # days around which clocks are turned in one zone or another, and quiet ones
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2026, 7, 1),
)
MINUTES_WALKED = 3 * 1440


@st.composite
def _hours(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.lists(st.integers(0, 2 * 24), unique=True, max_size=6)))
    spans = [Span(start * 30, end * 30 + 15) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    return tuple(span for span in spans if span.start_minute < 1440)


@st.composite
def _calendars(draw: st.DrawFn) -> tuple[Calendar, date]:
    day = draw(st.sampled_from(TURNS))
    near = st.sampled_from([day + timedelta(days=shift) for shift in range(-2, 4)])
    specials = draw(st.dictionaries(near, st.builds(Special, _hours()), max_size=2))
    week = tuple(draw(_hours()) for _ in range(7))
    return Calendar("random", draw(st.sampled_from(ZONES)), week, specials), day


def _open_minutes(calendar: Calendar, start: datetime) -> Iterator[bool]:
    """Walk minute by minute: open while the highest reading of the wall clock so far lies in a span."""
    zone = ZoneInfo(calendar.zone)
    highest = (start - timedelta(hours=3)).astimezone(zone).replace(tzinfo=None)
    at = start - timedelta(hours=3)
    for _ in range(MINUTES_WALKED + 180):
        highest = max(highest, at.astimezone(zone).replace(tzinfo=None))
        if at >= start:
            yield any(
                span.start_minute <= (highest - midnight) / MINUTE < span.end_minute
                for back in (0, 1)
                for midnight in [datetime.combine(highest - timedelta(days=back), datetime.min.time())]
                for span in calendar.hours(midnight.date())
            )
        at += MINUTE


@settings(max_examples=25, deadline=None)
@given(_calendars(), st.integers(0, 2 * 1440), st.integers(0, 3000))
def test_the_calendar_agrees_with_the_oracle(drawn: tuple[Calendar, date], offset: int, wanted: int) -> None:
    calendar, day = drawn
    start = datetime.combine(day - timedelta(days=1), datetime.min.time(), UTC) + offset * MINUTE
    minutes = list(_open_minutes(calendar, start))
    assert [calendar.is_open(start + index * MINUTE) for index in range(0, MINUTES_WALKED, 7)] == minutes[::7]
    end = start + MINUTES_WALKED * MINUTE
    assert calendar.business_between(start, end) == sum(minutes) * MINUTE
    assert sum((b - a for a, b in calendar.openings(start, end)), timedelta(0)) == sum(minutes) * MINUTE
    if any(minutes):
        opens = minutes.index(True)
        assert calendar.next_open(start) == start + opens * MINUTE
        if False in minutes[opens:]:
            assert calendar.next_close(start) == start + minutes.index(False, opens) * MINUTE
    if 0 < wanted <= sum(minutes):
        passed = [index for index, is_open in enumerate(minutes) if is_open][wanted - 1]
        assert calendar.add_business(start, wanted * MINUTE) == start + (passed + 1) * MINUTE


@settings(max_examples=40, deadline=None)
@given(
    _calendars(),
    st.timedeltas(timedelta(0), timedelta(days=9)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_adding_and_measuring_are_inverse(
    drawn: tuple[Calendar, date], offset: timedelta, duration: timedelta
) -> None:
    calendar, day = drawn
    start = datetime.combine(day, datetime.min.time(), UTC) + offset
    local = start.astimezone(ZoneInfo(calendar.zone))
    try:
        due = calendar.add_business(local, duration)
    except NeverOpen:
        assert duration > timedelta(0)
        return
    assert calendar.business_between(start, due) == duration
    assert calendar.add_business(start, duration) == due
    assert calendar.business_between(local, due.astimezone(ZoneInfo("America/New_York"))) == duration
    if duration > timedelta(0):  # the earliest such instant
        assert calendar.business_between(start, due - timedelta(microseconds=1)) < duration
        assert calendar.add_business(start, duration + MINUTE) > due
    middle = start + (due - start) / 2
    parts = calendar.business_between(start, middle) + calendar.business_between(middle, due)
    assert parts == duration


@settings(max_examples=40, deadline=None)
@given(_calendars())
def test_a_calendar_goes_round(drawn: tuple[Calendar, date]) -> None:
    calendar, _ = drawn
    assert parse(plain(calendar)) == calendar
    assert hash(parse(plain(calendar))) == hash(calendar)


# ── terms in days (L-004) ────────────────────────────────────────────────


def test_a_term_in_days_ends_at_midnight_and_never_on_a_day_off() -> None:
    signed = date(2026, 9, 24)
    assert last_day(signed, 7) == date(2026, 10, 1)
    holidays = DaysOff(weekly=frozenset(), holidays=frozenset(date(2026, 10, day) for day in range(1, 8)))
    assert last_day(signed, 7, holidays) == date(2026, 10, 8)
    assert end_of_day_count(signed, 7, SHANGHAI, holidays) == _at("2026-10-09 00:00")
    assert end_of_day(date(2026, 10, 25), "Europe/Madrid") == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)


def test_working_days_skip_days_off_but_not_make_up_workdays() -> None:
    off = DaysOff(holidays=frozenset({date(2026, 10, 8)}), worked=frozenset({date(2026, 10, 10)}))
    friday = date(2026, 10, 9)
    assert date(2026, 10, 8) in off
    assert date(2026, 10, 11) in off
    assert date(2026, 10, 10) not in off
    assert "2026-10-11" not in off
    assert last_working_day(friday, 1, off) == date(2026, 10, 10)
    assert last_working_day(friday, 2, off) == date(2026, 10, 12)
    assert last_working_day(friday, 7, off) == date(2026, 10, 19)


def test_days_that_are_always_off_are_refused() -> None:
    with pytest.raises(NeverOpen):
        last_day(date(2026, 1, 1), 7, DaysOff(weekly=frozenset(range(7))))


# ── reading ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("09:00-23:00", Span(540, 1380)),
        ("09:00–23:00", Span(540, 1380)),
        ("22:00-02:00", Span(1320, 1560)),
        ("22:00-26:00", Span(1320, 1560)),
        ("00:00-24:00", Span(0, 1440)),
        ("09:00-09:00", Span(540, 1980)),
        ("24:00-25:00", None),
        ("09:60-10:00", None),
        ("9:00-10:00", None),
        ("09:00-49:00", None),
        ("all day", None),
        ("09:00-10:00\n", None),
        ("０９:00-10:00", None),
    ],
)
def test_a_span_is_read(text: str, span: Span | None) -> None:
    assert parse_span(text) == span
    if span is not None:
        assert parse_span(span_text(span)) == span


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        ({"week": {}}, "zone: None is no time zone"),
        ({"zone": "Asia/Atlantis", "week": {}}, "zone: 'Asia/Atlantis'"),
        ({"zone": "../../etc/passwd", "week": {}}, "no time zone"),
        ({"zone": "", "week": {}}, "no time zone"),
        ({"zone": SHANGHAI}, "week: an object"),
        ({"zone": SHANGHAI, "week": {"moonday": []}}, "week.moonday: no weekday"),
        ({"zone": SHANGHAI, "week": {"monday": "09:00-10:00"}}, "week.monday: a list"),
        ({"zone": SHANGHAI, "week": {"monday": ["nine to five"]}}, "'nine to five' is no span"),
        (
            {"zone": SHANGHAI, "week": {"monday": ["09:00-12:00", "11:00-13:00"]}},
            "week.monday: spans overlap",
        ),
        ({"zone": SHANGHAI, "week": {"monday": ["09:00-12:00"] * 25}}, "more than 24"),
        ({"zone": SHANGHAI, "week": {}, "specials": {"1 October": {}}}, "no date like"),
        ({"zone": SHANGHAI, "week": {}, "specials": {"20261001": {}}}, "no date like"),
        ({"zone": SHANGHAI, "week": {}, "specials": {"2026-02-30": {}}}, "no date like"),
        ({"zone": SHANGHAI, "week": {}, "specials": {"2026-10-01": []}}, "specials.2026-10-01: an object"),
        ({"zone": SHANGHAI, "week": {}, "specials": {"2026-10-01": {"like": "x"}}}, "like: a weekday"),
        ({"zone": SHANGHAI, "week": {}, "specials": {"2026-10-01": {"hour": []}}}, "hour: unknown"),
        ({"zone": SHANGHAI, "week": {}, "specials": {"2026-10-01": {"label": 3}}}, "label: a text"),
        ({"zone": SHANGHAI, "week": {}, "weak": {}}, "weak: unknown"),
        ({"zone": SHANGHAI, "week": {}, "name": 3}, "name: a text"),
        ({"zone": SHANGHAI, "week": {}, "specials": {str(n): {} for n in range(2001)}}, "more than 2000"),
    ],
)
def test_a_mistake_in_a_calendar_is_named(data: dict[str, object], trouble: str) -> None:
    with pytest.raises(CalendarError) as caught:
        parse(data)
    assert any(trouble in one for one in caught.value.troubles), caught.value.troubles


def test_zones_are_known() -> None:
    assert is_zone(SHANGHAI)
    assert not is_zone("Shanghai")
    assert not is_zone("Asia")
