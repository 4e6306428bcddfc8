"""Reply clocks and response figures: who starts and stops what, when it is due, how it is counted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.clocks.model import Line, ResponseProfile, Speaker, Talk, Window
from xiaoer.clocks.rules.figures import response, responses_by_agent, rounds
from xiaoer.clocks.rules.profiles import PROFILES, profile_of, read_profiles
from xiaoer.clocks.rules.reply import REPLY_CLOCK, reply_clock, turn
from xiaoer.kernel.calendar import Calendar, Span, daily
from xiaoer.kernel.table_proof import flaws
from xiaoer.rulebook.rules.shelf import shipped

ZONE = "Asia/Shanghai"
DESK = daily("desk", ZONE, 9 * 60, 23 * 60)
FIVE, TAOBAO = PROFILES["five_minutes"], PROFILES["taobao_three_minutes"]
PDD, JD = PROFILES["pdd_five_minutes"], PROFILES["jd_thirty_seconds"]
ANNA, BEN = UUID(int=1), UUID(int=2)


def _at(text: str) -> datetime:
    """A local moment: "10:00" of the fifth of October 2026, or "06 10:00" of another day of that month."""
    day, clock = text.split() if " " in text else ("05", text)
    return datetime.fromisoformat(f"2026-10-{day} {clock}").replace(tzinfo=ZoneInfo(ZONE))


# ── the clock ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("profile", "asked", "starts", "warns", "due"),
    [
        (FIVE, "10:00", "10:00", "10:03", "10:05"),
        (FIVE, "22:58", "22:58", "06 09:01", "06 09:03"),
        (FIVE, "22:57", "22:57", "23:00", "06 09:02"),
        (FIVE, "23:00", "06 09:00", "06 09:03", "06 09:05"),
        (FIVE, "03:00", "09:00", "09:03", "09:05"),
        (TAOBAO, "10:00", "10:00", "10:01:48", "10:03"),
        (TAOBAO, "08:30", "08:30", "08:31:48", "08:33"),  # its hours begin before the desk opens
        (TAOBAO, "22:59", "22:59", "23:00:48", "23:02"),  # time runs straight, as the figure counts it
        (TAOBAO, "23:30", "06 08:00", "06 08:01:48", "06 08:03"),
        (PDD, "10:00", "10:00", "10:03", "10:05"),
        (JD, "10:00", "10:00", "10:00:15", "10:00:30"),
        (JD, "22:59:45", "22:59:45", "23:00", "23:00:15"),
        (JD, "03:00", "09:00", "09:00:15", "09:00:30"),
    ],
)
def test_an_answer_is_due_when_the_figures_say_it_is_late(
    profile: ResponseProfile, asked: str, starts: str, warns: str, due: str
) -> None:
    turned = turn("buyer", _at(asked), profile, DESK, waiting=False, counted=True)
    clock = turned.clock
    assert clock is not None
    assert (clock.starts_at, clock.warn_at, clock.due_at) == (_at(starts), _at(warns), _at(due))
    assert clock.off_hours is turned.auto_answer is not DESK.is_open(_at(asked))
    for late, answered_at in ((False, clock.due_at), (True, clock.due_at + timedelta(seconds=1))):
        lines = (Line(_at(asked), "buyer"), Line(answered_at, "agent"))
        found = response([Talk(ANNA, lines)], profile, DESK, NOW)
        assert found.left_out or found.in_time.numerator == (not late)


def test_a_desk_open_longer_than_the_hours_that_count_answers_at_once() -> None:
    night = daily("night", ZONE, 9 * 60, 26 * 60)
    clock = turn("buyer", _at("23:30"), TAOBAO, night, waiting=False, counted=True).clock
    assert clock is not None
    assert (clock.starts_at, clock.due_at, clock.off_hours) == (_at("23:30"), _at("23:33"), False)


def test_a_desk_closed_for_good_is_never_late() -> None:
    closed = Calendar("gone", ZONE, ((),) * 7)
    for profile in PROFILES.values():
        assert reply_clock(_at("10:00"), profile, closed, "opening") is None
    asked = turn("buyer", _at("10:00"), FIVE, closed, waiting=False, counted=True)
    assert (asked.deed, asked.clock, asked.auto_answer) == ("start", None, True)


def test_a_calendar_that_nearly_never_opens_still_warns_before_it_is_due() -> None:
    sale = Calendar("sale", ZONE, ((Span(600, 601),), (), (), (), (), (), ()))
    clock = reply_clock(_at("10:00"), FIVE, sale, "now")
    assert clock is not None
    assert clock.starts_at < clock.warn_at < clock.due_at == _at("05 10:01") + timedelta(days=28)


@pytest.mark.parametrize(
    ("speaker", "counted", "waiting", "at", "deed", "row"),
    [
        ("buyer", True, False, "10:00", "start", "1"),
        ("buyer", True, False, "03:00", "start", "2"),
        ("buyer", True, True, "10:00", "keep", "3"),
        ("buyer", True, True, "03:00", "keep", "3"),
        ("agent", True, True, "10:00", "stop", "4"),
        ("agent", True, True, "03:00", "stop", "4"),
        ("officer", True, True, "10:00", "stop", "4"),
        ("agent", True, False, "10:00", "nothing", "5"),
        ("robot", True, True, "10:00", "keep", "6"),
        ("auto", True, True, "03:00", "keep", "6"),
        ("system", False, True, "10:00", "keep", "6"),
        ("robot", True, False, "10:00", "nothing", "7"),
        ("buyer", False, False, "10:00", "nothing", "9"),
        ("buyer", False, True, "10:00", "keep", "8"),
        ("agent", False, True, "10:00", "keep", "8"),
    ],
)
def test_who_speaks_moves_the_clock(
    speaker: Speaker, counted: bool, waiting: bool, at: str, *, deed: str, row: str
) -> None:
    one = turn(speaker, _at(at), FIVE, DESK, waiting=waiting, counted=counted)
    assert (one.deed, one.row) == (deed, row)
    assert one.version == REPLY_CLOCK.version
    assert (one.clock is not None) is (deed == "start")
    assert one.auto_answer is (row == "2")
    if one.clock is not None:
        assert one.clock.off_hours is (row == "2")


def test_the_table_is_complete_and_nobody_waits_without_a_clock() -> None:
    assert flaws(REPLY_CLOCK) == ()
    speakers = ("buyer", "agent", "officer", "robot", "auto", "system")
    for speaker, counted, waiting, desk in product(
        speakers, (True, False), (True, False), ("open", "closed")
    ):
        decision = REPLY_CLOCK.decide(
            {"speaker": speaker, "counted": counted, "waiting": waiting, "desk": desk}
        )
        deed = decision.word("deed")
        assert (deed in {"keep", "stop"}) is waiting, "only who waits has a clock to keep or to stop"
        assert (decision.outcome["starts"] is not None) is (deed == "start")
        assert not decision.flag("auto_answer") or (speaker, desk) == ("buyer", "closed")


# ── rounds ───────────────────────────────────────────────────────────────


def _lines(*words: str) -> tuple[Line, ...]:
    """Lines like "10:00 b", "10:00 r", "10:00 b !red_packet", "10:00 b #2" (in consultation 2)."""
    lines: list[Line] = []
    for word in words:
        parts = word.split()
        marks = frozenset(part[1:] for part in parts if part.startswith("!"))
        consultation = next((int(part[1:]) for part in parts if part.startswith("#")), 1)
        plain = [part for part in parts if part[0] not in "!#"]
        speaker: dict[str, Speaker] = {
            "b": "buyer",
            "a": "agent",
            "o": "officer",
            "r": "robot",
            "s": "system",
        }
        lines.append(Line(_at(" ".join(plain[:-1])), speaker[plain[-1]], consultation, marks))
    return tuple(lines)


def _asked(*words: str, profile: ResponseProfile = FIVE) -> list[tuple[str, str | None]]:
    return [
        (
            one.asked_at.strftime("%H:%M"),
            one.answered_at.strftime("%H:%M") if one.answered_at else None,
        )
        for one in rounds(_lines(*words), profile)
    ]


def test_a_round_is_first_question_to_first_human_answer() -> None:
    assert _asked("10:00 b", "10:01 b", "10:02 r", "10:04 a", "10:05 a", "10:06 b") == [
        ("10:00", "10:04"),
        ("10:06", None),
    ]
    assert _asked("10:00 a", "10:01 b", "10:02 o") == [("10:01", "10:02")]
    assert _asked("10:00 r", "10:01 s", "10:02 a") == []


@pytest.mark.parametrize("mark", ["advertisement", "blocked", "red_packet", "own_shop", "notice"])
def test_what_is_excluded_neither_asks_nor_answers(mark: str) -> None:
    assert _asked(f"10:00 b !{mark}", "10:01 b", f"10:02 a !{mark}", "10:03 a") == [("10:01", "10:03")]


def test_a_consultation_that_ends_ends_its_round() -> None:
    assert _asked("10:00 b #1", "12:00 b #2", "12:01 a #2") == [("10:00", None), ("12:00", "12:01")]
    found = list(rounds(_lines("10:00 b", "10:01 a", "10:02 b", "10:03 a", "11:00 b #2", "11:01 a #2"), FIVE))
    assert [one.is_first for one in found] == [True, False, True]


# ── figures ──────────────────────────────────────────────────────────────

NOW = _at("07 12:00")


def test_shares_and_average_of_the_brief() -> None:
    talk = Talk(
        ANNA,
        _lines(
            "10:00 b", "10:05 a",  # five minutes are in time
            "11:00 b", "11:05:01 a",  # a second more is not
            "22:58 b", "06 09:02 a",  # four minutes of open time
            "07 03:00 b", "07 09:05 a",  # asked off hours, counted from the opening
            "07 10:00 b", "07 11:00 a",  # an hour, capped at ten minutes
            "07 11:58 b",  # still within its time
        ),
    )  # fmt: skip
    found = response([talk], FIVE, DESK, NOW)
    assert (found.in_time.numerator, found.in_time.denominator, found.in_time.percent) == (3, 5, 60.0)
    assert (found.open_rounds, found.left_out, found.assessed) == (1, 0, True)
    assert found.total_seconds == 300 + 301 + 240 + 300 + 600
    assert found.average_seconds == 348.2
    assert found.days[date(2026, 10, 5)].percent == 66.7
    assert found.facts["hours"] == "09:00-23:00"
    late = response([talk], FIVE, DESK, NOW + timedelta(minutes=4))
    assert (late.in_time.denominator, late.in_time.numerator, late.open_rounds) == (6, 3, 0)
    assert late.total_seconds == found.total_seconds + 360


def test_three_minutes_of_taobao() -> None:
    lines = _lines(
        "07:59 b", "08:00 a", "08:00 b", "08:03 a", "22:59 b", "06 08:00 a", "06 23:00 b", "06 23:01 a"
    )
    found = response([Talk(ANNA, lines)], TAOBAO, DESK, NOW)
    # time runs straight, the hours are fixed
    assert (found.in_time.numerator, found.in_time.denominator, found.left_out) == (1, 2, 2)
    assert not found.assessed  # fewer than a hundred rounds
    many = [Talk(UUID(int=n), _lines("10:00 b", "10:01 a")) for n in range(100)]
    assert response(many, TAOBAO, DESK, NOW).assessed
    assert not response(many[:99], TAOBAO, DESK, NOW).assessed


def test_each_buyer_once_a_day_of_pinduoduo() -> None:
    anna = Talk(ANNA, _lines("10:00 b", "10:01 a", "11:00 b", "11:06 a", "06 10:00 b", "06 10:05 a"))
    ben = Talk(BEN, _lines("10:00 b", "10:01 a", "11:00 b", "11:05 a"))
    found = response([anna, ben], PDD, DESK, NOW)
    assert (found.in_time.numerator, found.in_time.denominator) == (2, 3)
    assert {day.day: (share.numerator, share.denominator) for day, share in found.days.items()} == {
        5: (1, 2),
        6: (1, 1),
    }
    assert not found.assessed
    crowd = [Talk(UUID(int=n), ben.lines) for n in range(100)]
    assert response(crowd, PDD, DESK, NOW).assessed
    spread = [
        Talk(UUID(int=n), _lines(f"0{day} 10:00 b", f"0{day} 10:01 a"))
        for day, n in product((5, 6), range(99))
    ]
    assert not response(spread, PDD, DESK, NOW).assessed  # a hundred a day, not altogether


def test_thirty_seconds_of_jd_leave_robots_out() -> None:
    found = response([Talk(ANNA, _lines("10:00 b", "10:00:01 r", "10:00:40 a"))], JD, DESK, NOW)
    assert (found.in_time.numerator, found.in_time.denominator, found.total_seconds) == (0, 1, 40)


def test_first_responses_only() -> None:
    lines = _lines("10:00 b", "10:01 a", "10:02 b", "10:50 a", "06 10:00 b #2", "06 10:09 a #2")
    found = response([Talk(ANNA, lines)], FIVE, DESK, NOW, counts="first")
    assert (found.counts, found.in_time.numerator, found.in_time.denominator) == ("first", 1, 2)


def test_an_answer_within_a_second_is_left_out() -> None:
    lines = _lines("10:00 b", "10:00 a", "10:01 b", "10:01:01 a")
    found = response([Talk(ANNA, lines)], FIVE, DESK, NOW)
    assert (found.in_time.denominator, found.left_out) == (1, 1)


def test_nothing_asked_is_no_figure() -> None:
    found = response([], FIVE, DESK, NOW)
    assert (found.in_time.percent, found.average_seconds, found.assessed) == (None, None, False)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4000), st.sampled_from("baors"), st.integers(0, 1)), max_size=30),
    st.sampled_from(sorted(PROFILES)),
)
def test_every_round_is_counted_once(steps: list[tuple[int, str, int]], name: str) -> None:
    profile = PROFILES[name]
    speakers: Mapping[str, Speaker] = dict(
        zip("baors", ("buyer", "agent", "officer", "robot", "system"), strict=True)
    )
    at, consultation, lines = _at("08:00"), 1, list[Line]()
    for seconds, speaker, more in steps:
        at += timedelta(seconds=seconds)
        consultation += more
        lines.append(Line(at, speakers[speaker], consultation))
    found = response([Talk(ANNA, tuple(lines))], profile, DESK, at, counts="round")
    total = len(list(rounds(lines, profile)))
    assert found.in_time.denominator + found.open_rounds + found.left_out == total
    assert found.timed_rounds == found.in_time.denominator >= found.in_time.numerator
    assert found.total_seconds <= found.timed_rounds * profile.cap_seconds
    assert sum(share.denominator for share in found.days.values()) == found.in_time.denominator
    first = response([Talk(ANNA, tuple(lines))], profile, DESK, at, counts="first")
    assert first.in_time.denominator <= found.in_time.denominator
    daily_ = response([Talk(ANNA, tuple(lines))], profile, DESK, at, counts="day_buyer")
    assert daily_.in_time.denominator == len(daily_.days) <= len(found.days)


# ── profiles ─────────────────────────────────────────────────────────────


def test_the_shipped_profiles_say_what_their_names_say() -> None:
    said = {
        name: (one.target_seconds, one.hours, one.follows_calendar, one.counts, one.minimum)
        for name, one in PROFILES.items()
    }
    assert said == {
        "five_minutes": (300, Span(540, 1380), True, "round", 0),
        "taobao_three_minutes": (180, Span(480, 1380), False, "round", 100),
        "pdd_five_minutes": (300, Span(480, 1380), False, "day_buyer", 100),
        "jd_thirty_seconds": (30, Span(540, 1380), False, "round", 0),
    }
    assert all(one.cap_seconds == 600 for one in PROFILES.values())


class _Book:
    """What holds for a shop that has set some of `sla.own_…`."""

    def __init__(self, **own: Any) -> None:
        set_here: dict[str, Any] = {f"sla.own_{name}": value for name, value in own.items()} | {
            "sla.profile": "own"
        }
        self._values: dict[str, Any] = {
            name: set_here.get(name, one.default) for name, one in shipped().items()
        }

    def integer(self, name: str) -> int:
        return self._values[name]

    def boolean(self, name: str) -> bool:
        return self._values[name]

    def word(self, name: str) -> str:
        return self._values[name]


def test_a_shop_puts_its_own_profile_together() -> None:
    plain = profile_of(_Book())
    assert plain == replace(FIVE, name="own", basis="U-05"), "untouched it is the brief's"
    mine = profile_of(
        _Book(
            target_seconds=60,
            opens_minute=1320,
            closes_minute=120,
            follows_calendar=False,
            counts="first",
            instant_left_out=False,
            minimum=2,
        )
    )
    assert (mine.hours, mine.counts, "instant" in mine.excluded) == (Span(1320, 1560), "first", False)
    lines = _lines("23:30 b", "23:31 a", "23:32 b", "23:59 a", "06 03:00 b #2", "06 03:00 a #2")
    found = response([Talk(ANNA, lines)], mine, DESK, NOW)
    assert (found.in_time.numerator, found.in_time.denominator, found.left_out) == (1, 1, 1)
    assert (found.assessed, found.facts["hours"]) == (False, "22:00-26:00")
    assert profile_of(_Book(), "jd_thirty_seconds") is JD
    with pytest.raises(KeyError):
        profile_of(_Book(), "another")


def test_figures_by_agent_and_within_a_window() -> None:
    carl, dora = UUID(int=7), UUID(int=8)
    lines = (
        Line(_at("10:00"), "buyer", 1, agent=carl),
        Line(_at("10:01"), "agent", 1, agent=carl),
        Line(_at("11:00"), "buyer", 1, agent=carl),
        Line(_at("11:09"), "agent", 1, agent=dora),
        Line(_at("06 10:00"), "buyer", 2, agent=dora),
    )
    nobody = (Line(_at("06 10:00"), "buyer", 1),)
    talks = [Talk(ANNA, lines), Talk(BEN, nobody)]
    found = responses_by_agent(talks, FIVE, DESK, NOW)
    assert {who: (one.in_time.numerator, one.in_time.denominator) for who, one in found.items()} == {
        carl: (1, 1),
        dora: (0, 2),
    }
    day = Window(_at("05 10:30"), _at("06 10:00"))
    within = response(talks, FIVE, DESK, NOW, window=day)
    assert (within.in_time.numerator, within.in_time.denominator) == (0, 1)
    assert list(responses_by_agent(talks, FIVE, DESK, NOW, window=day)) == [dora]


GOOD = """
[p]
target_seconds = 30
warn_percent = 50
hours = "09:00-23:00"
counts = "round"
cap_seconds = 0
minimum = 0
window_days = 30
good_percent = 0
basis = "S-001"
"""


@pytest.mark.parametrize(
    ("old", "new", "trouble"),
    [
        ('"09:00-23:00"', '"all day"', "hours"),
        ('"round"', '"rounds"', "counts"),
        ("= 30\nwarn", "= 0\nwarn", "target_seconds"),
        ("= 50", "= 100", "warn_percent"),
        ("= 50", '= "half"', "warn_percent"),
        ("minimum = 0", "", "minimum"),
        ("minimum = 0", "minimum = true", "minimum"),
        ("minimum = 0", "minimum = 0\nmaximum = 0", "maximum is unknown"),
        ('basis = "S-001"', "", "basis"),
    ],
)
def test_a_wrong_profile_is_named(old: str, new: str, trouble: str) -> None:
    assert read_profiles(GOOD)["p"].excluded == frozenset()
    with pytest.raises(ValueError, match=f"profile p: .*{trouble}"):
        read_profiles(GOOD.replace(old, new))
