"""Business time: when a desk is open, and how long a term is while only open time counts.

A day's hours are local wall-clock spans; where the clock is turned, a span lasts from the first moment the
clock reaches its start to the first moment it reaches its end. So a skipped span is empty, a span round the
repeated hour is an hour longer, and nothing opens twice.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAY_MINUTES: Final = 24 * 60
HORIZON_DAYS: Final = 3660
CLOSING_DAYS: Final = 366
_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta(0)
_CACHED_DAYS: Final = 4096

Period = tuple[datetime, datetime]


class NeverOpen(Exception):
    """A calendar is not open (long enough) within ten years: somebody closed the desk for good."""

    def __init__(self, name: str, since: datetime) -> None:
        super().__init__(f"calendar {name!r} is not open long enough within {HORIZON_DAYS} days of {since}")
        self.name: Final = name


class Span(NamedTuple):
    """Local hours as minutes of the day, half open; an end beyond 1440 lies in the following day."""

    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class Special:
    """A date that is not like its weekday: a holiday (no hours) or a make-up workday."""

    hours: tuple[Span, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The opening hours of a desk in one time zone.

    `week` holds the hours of Monday to Sunday, sorted and apart. `specials` replace the hours that start on
    their date; hours that began the evening before still run to their end. Build it by `calendar_text.parse`
    or `daily`; instants are aware, answers are in UTC.
    """

    name: str
    zone: str
    week: tuple[tuple[Span, ...], ...]
    specials: Mapping[date, Special] = field(default_factory=dict[date, Special], hash=False)
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)
    # only days already worked out, and the last opening somebody asked within: a memory, not a state
    _days: dict[date, tuple[Period, ...]] = field(init=False, repr=False, compare=False)
    _latest: list[Period] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_zone", ZoneInfo(self.zone))
        object.__setattr__(self, "_days", {})
        object.__setattr__(self, "_latest", [])

    def hours(self, day: date) -> tuple[Span, ...]:
        """Return the local hours that start on a date."""
        special = self.specials.get(day)
        return self.week[day.weekday()] if special is None else special.hours

    def local_day(self, at: datetime) -> date:
        """Return the date on the desk's wall at an instant."""
        return at.astimezone(self._zone).date()

    def is_open(self, at: datetime) -> bool:
        """Tell whether the desk is open at an instant; at the closing instant it is closed."""
        at = at.astimezone(UTC)
        if self._is_within(at, _NOTHING):
            return True
        day = self.local_day(at)
        for near in (day - _DAY, day, day + _DAY):
            for period in self._periods(near):
                if period[0] <= at < period[1]:
                    self._latest[:] = [period]
                    return True
        return False

    def next_open(self, at: datetime) -> datetime:
        """Return the instant itself when the desk is open then, else its next opening; raises NeverOpen."""
        at = at.astimezone(UTC)
        if self._is_within(at, _NOTHING):
            return at
        for start, end in self._from(at, HORIZON_DAYS):
            self._latest[:] = [(start, end)]
            return max(at, start)
        raise NeverOpen(self.name, at)

    def next_close(self, at: datetime) -> datetime | None:
        """Return the end of the opening that holds the instant or follows it; None when it lasts a year."""
        opening = closing = self.next_open(at)
        for start, end in self._from(opening, CLOSING_DAYS):
            if start > closing:
                return closing
            closing = end
        # the last opening before a desk shuts for good ends too
        return closing if closing < opening + timedelta(days=CLOSING_DAYS - 3) else None

    def add_business(self, start: datetime, duration: timedelta) -> datetime:
        """Return the earliest instant by which `duration` of open time has passed since `start`.

        Nothing to wait for ends at once, also when closed. Raises NeverOpen, or ValueError when negative.
        """
        if duration <= _NOTHING:
            if duration < _NOTHING:
                raise ValueError(f"business time runs forward only, not by {duration}")
            return start.astimezone(UTC)
        start = start.astimezone(UTC)  # on the wall clock of a zone an hour is not always an hour
        if self._is_within(start, duration):
            return start + duration
        left = duration
        for opens, closes in self._from(start, HORIZON_DAYS):
            begin = max(opens, start)
            available = closes - begin
            if left <= available:
                self._latest[:] = [(opens, closes)]
                return begin + left
            left -= available
        raise NeverOpen(self.name, start)

    def business_between(self, earlier: datetime, later: datetime) -> timedelta:
        """Return the open time between two instants; negative when they are given the other way round."""
        earlier, later = earlier.astimezone(UTC), later.astimezone(UTC)
        if later < earlier:
            return -self.business_between(later, earlier)
        if self._is_within(earlier, later - earlier):
            return later - earlier
        total = _NOTHING
        for opens, closes in self._from(earlier, (later - earlier).days + 4):
            if opens >= later:
                break
            if opens <= earlier:
                self._latest[:] = [(opens, closes)]
            total += min(closes, later) - max(opens, earlier)
        return total

    def openings(self, earlier: datetime, later: datetime) -> Iterator[Period]:
        """Yield the open periods within two instants, joined where one follows the other at once."""
        earlier, later = earlier.astimezone(UTC), later.astimezone(UTC)
        joined: Period | None = None
        for opens, closes in self._from(earlier, (later - earlier).days + 4):
            if opens >= later:
                break
            part = (max(opens, earlier), min(closes, later))
            if joined is not None and part[0] <= joined[1]:
                joined = (joined[0], part[1])
                continue
            if joined is not None:
                yield joined
            joined = part
        if joined is not None:
            yield joined

    def _is_within(self, at: datetime, duration: timedelta) -> bool:
        """Tell whether the last opening asked about holds an instant and the time after it; mostly so."""
        for opens, closes in self._latest:
            return opens <= at < closes and duration <= closes - at
        return False

    # ── days ─────────────────────────────────────────────────────────────

    def _from(self, at: datetime, days: int) -> Iterator[Period]:
        """Yield the open periods that end after an instant, in order, for a number of days."""
        day = self.local_day(at) - _DAY
        if not any(self.week):  # only special days open: no use walking through years of nothing
            walk = iter(sorted(known for known, one in self.specials.items() if one.hours and known >= day))
        else:
            walk = (day + timedelta(days=count) for count in range(days))
        for walked in walk:
            for period in self._periods(walked):
                if period[1] > at:
                    yield period

    def _periods(self, day: date) -> tuple[Period, ...]:
        """Return the instants of a day's hours, without what the hours of the day before already hold."""
        known = self._days.get(day)
        if known is None:
            if len(self._days) >= _CACHED_DAYS:
                self._days.clear()
            known = self._days[day] = self._work_out(day)
        return known

    def _work_out(self, day: date) -> tuple[Period, ...]:
        before = self.hours(day - _DAY)
        floor = self._instant(day - _DAY, before[-1].end_minute) if before else None
        found: list[Period] = []
        for span in self.hours(day):
            start, end = self._instant(day, span.start_minute), self._instant(day, span.end_minute)
            if floor is not None and start < floor:
                start = floor
            if start < end:
                found.append((start, end))
        return tuple(found)

    def _instant(self, day: date, minute: int) -> datetime:
        return wall_instant(day, minute, self._zone)


def wall_instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the first instant (UTC) at which the wall clock shows the minute of the day or a later one."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    # The clock skips this minute: find the moment it is turned, between the two readings of the minute.
    low = int(wall.replace(tzinfo=zone, fold=1).timestamp())
    high = int(instant.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).replace(tzinfo=None) < wall:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def daily(name: str, zone: str, start_minute: int = 0, end_minute: int = DAY_MINUTES) -> Calendar:
    """Return a calendar with the same hours every day; without hours it is open day and night."""
    return Calendar(name, zone, ((Span(start_minute, end_minute),),) * 7)


# ── terms in days ────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Statutory days off: weekly ones (Monday is 0), holidays, and days off that are worked instead."""

    weekly: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        """Tell whether a date is off; a make-up workday is not, whatever weekday it is."""
        if not isinstance(day, date) or day in self.worked:
            return False
        return day in self.holidays or day.weekday() in self.weekly


def last_day(start_day: date, days: int, days_off: Container[date] = frozenset()) -> date:
    """Return the last day of a term: the day after the start is day one, a day off moves it on (L-004)."""
    return _next_day_on(start_day + timedelta(days=days), days_off)


def last_working_day(start_day: date, days: int, days_off: Container[date]) -> date:
    """Return the last day of a term in working days: days off are not counted at all."""
    day = start_day
    for _ in range(days):
        day = _next_day_on(day + _DAY, days_off)
    return day


def end_of_day_count(
    start_day: date, days: int, zone: str, days_off: Container[date] = frozenset()
) -> datetime:
    """Return the instant a term in days ends: 24:00 of its last day in the zone (L-004)."""
    return end_of_day(last_day(start_day, days, days_off), zone)


@lru_cache(maxsize=1024)
def end_of_day(day: date, zone: str) -> datetime:
    """Return 24:00 of a date in a zone, as the instant it falls on."""
    return wall_instant(day, DAY_MINUTES, ZoneInfo(zone))


def _next_day_on(day: date, days_off: Container[date]) -> date:
    for count in range(HORIZON_DAYS):
        candidate = day + timedelta(days=count)
        if candidate not in days_off:
            return candidate
    raise NeverOpen("days off", datetime.combine(day, time(), UTC))
