"""How well a desk answered: rounds, shares in time, average time, by the profile that counts them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.clocks.model import (
    Counts,
    Line,
    Response,
    ResponseProfile,
    Round,
    Share,
    Speaker,
    Talk,
    Window,
)
from xiaoer.kernel.calendar import Calendar, daily
from xiaoer.kernel.calendar_text import span_text

HUMANS: Final[frozenset[Speaker]] = frozenset({"agent", "officer"})
"""Whose words answer a question; robots are out (M-003, M-011)."""

NOTICE: Final = "notice"
"""The mark of an entry that is no message: a recall, a line of the program."""

INSTANT: Final = timedelta(seconds=1)


def rounds(lines: Sequence[Line], profile: ResponseProfile) -> Iterator[Round]:
    """Yield the rounds of one conversation: first question to first human answer (M-001).

    The lines are in order; the last round may be without an answer. Lines with a mark the profile leaves out,
    robots and notices neither ask nor answer.
    A new consultation ends the round before it: what was not answered in its consultation never was.
    """
    asked: Line | None = None
    begun: set[int] = set()

    def ended(question: Line, answer: Line | None) -> Round:
        is_first = question.consultation not in begun
        begun.add(question.consultation)
        agent = (question if answer is None else answer).agent
        at = answer.at if answer is not None else None
        return Round(question.at, at, question.consultation, is_first, agent)

    for line in lines:
        if line.marks & profile.excluded or NOTICE in line.marks:
            continue
        if asked is not None and line.consultation != asked.consultation:
            yield ended(asked, None)
            asked = None
        if line.speaker == "buyer":
            asked = asked or line
        elif line.speaker in HUMANS and asked is not None:
            yield ended(asked, line)
            asked = None
    if asked is not None:
        yield ended(asked, None)


def waited(one: Round, profile: ResponseProfile, calendar: Calendar, now: datetime) -> timedelta:
    """Return how long a round lasted, or has lasted until now, as the profile counts time."""
    until = one.answered_at or max(now, one.asked_at)
    if profile.follows_calendar:
        return calendar.business_between(one.asked_at, until)
    return until - one.asked_at


def response(
    talks: Sequence[Talk],
    profile: ResponseProfile,
    calendar: Calendar,
    now: datetime,
    *,
    counts: Counts | None = None,
    window: Window | None = None,
) -> Response:
    """Count how well a desk answered, by a profile; `counts` asks the same rounds another way.

    `window` leaves out what was asked before or after it; an answer may come later.

    In time means within the target, its last second included. A round without an answer is late once its time
    is over and not counted before; in the average it stands with the time waited so far, capped (M-003).
    """
    timed = (
        (talk.buyer, one, waited(one, profile, calendar, now))
        for talk, one in _within(talks, profile, window)
    )
    return response_of(timed, profile, calendar, counts or profile.counts)


def response_of(
    timed: Iterable[tuple[UUID, Round, timedelta]],
    profile: ResponseProfile,
    calendar: Calendar,
    counts: Counts,
) -> Response:
    """Count rounds whose waiting is known already, each with its buyer."""
    tally = _Tally(profile, calendar, counts)
    for buyer, one, took in timed:
        tally.take(one, buyer, took)
    return tally.response()


def responses_by_agent(
    talks: Sequence[Talk],
    profile: ResponseProfile,
    calendar: Calendar,
    now: datetime,
    *,
    window: Window | None = None,
) -> Mapping[UUID, Response]:
    """Count the same rounds for each agent: those he answered, and those he serves and has not answered.

    Rounds of conversations nobody serves are in the shop's figures only.
    """
    tallies: dict[UUID, _Tally] = {}
    for talk, one in _within(talks, profile, window):
        if one.agent is not None:
            tally = tallies.setdefault(one.agent, _Tally(profile, calendar, profile.counts))
            tally.take(one, talk.buyer, waited(one, profile, calendar, now))
    return {agent: tally.response() for agent, tally in tallies.items()}


def _within(
    talks: Sequence[Talk], profile: ResponseProfile, window: Window | None
) -> Iterator[tuple[Talk, Round]]:
    for talk in talks:
        for one in rounds(talk.lines, profile):
            if window is None or window.holds(one):
                yield talk, one


@dataclass(slots=True)
class _Tally:
    """Counts rounds one by one; `_units` says of everything counted whether it was in time."""

    profile: ResponseProfile
    calendar: Calendar
    counts: Counts
    _open_rounds: int = 0
    _left_out: int = 0
    _timed_rounds: int = 0
    _total_seconds: int = 0
    _units: dict[tuple[date, UUID | int], bool] = field(default_factory=dict[tuple[date, UUID | int], bool])
    _hours: Calendar = field(init=False)

    def __post_init__(self) -> None:
        self._hours = daily(self.profile.name, self.calendar.zone, *self.profile.hours)

    def take(self, one: Round, buyer: UUID, took: timedelta) -> None:
        """Count one round that took so long."""
        target = timedelta(seconds=self.profile.target_seconds)
        if self._is_left_out(one, took):
            self._left_out += 1
        elif one.answered_at is None and took <= target:
            self._open_rounds += 1
        else:
            seconds = int(took.total_seconds())
            self._total_seconds += min(seconds, self.profile.cap_seconds or seconds)
            self._timed_rounds += 1
            self._note(one, buyer, is_in_time=one.answered_at is not None and took <= target)

    def _is_left_out(self, one: Round, took: timedelta) -> bool:
        if not self.profile.follows_calendar and not self._hours.is_open(one.asked_at):
            return True
        return one.answered_at is not None and took < INSTANT and "instant" in self.profile.excluded

    def _note(self, one: Round, buyer: UUID, *, is_in_time: bool) -> None:
        day = self.calendar.local_day(one.asked_at)
        if self.counts == "day_buyer":
            self._units[day, buyer] = self._units.get((day, buyer), True) and is_in_time
        elif self.counts == "round" or one.is_first:
            self._units[day, len(self._units)] = is_in_time

    def response(self) -> Response:
        """Return the figures of everything counted so far."""
        in_time = Share(sum(self._units.values()), len(self._units))
        days = self._days()
        if self.profile.minimum_per_day:
            assessed = any(share.denominator >= self.profile.minimum for share in days.values())
        else:
            assessed = 0 < in_time.denominator >= self.profile.minimum
        return Response(
            profile=self.profile.name,
            counts=self.counts,
            in_time=in_time,
            days=days,
            assessed=assessed,
            open_rounds=self._open_rounds,
            left_out=self._left_out,
            timed_rounds=self._timed_rounds,
            total_seconds=self._total_seconds,
            facts=facts_of(self.profile),
        )

    def _days(self) -> Mapping[date, Share]:
        days: dict[date, list[bool]] = {}
        for (day, _), is_in_time in self._units.items():
            days.setdefault(day, []).append(is_in_time)
        return {day: Share(sum(units), len(units)) for day, units in sorted(days.items())}


def facts_of(profile: ResponseProfile) -> Mapping[str, object]:
    """Return what fills the sentence that explains a figure: catalogue clocks, `formula.<counts>`."""
    return {
        "target_seconds": profile.target_seconds,
        "hours": span_text(profile.hours),
        "window_days": profile.window_days,
        "minimum": profile.minimum,
        "cap_seconds": profile.cap_seconds,
    }
