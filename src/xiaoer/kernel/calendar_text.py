"""Calendars as plain dictionaries: for storage, for the wire, for files.

    {"name": "desk", "zone": "Asia/Shanghai",
     "week": {"monday": ["09:00-12:00", "13:00-23:00"], "friday": ["22:00-02:00"]},
     "specials": {"2026-10-01": {"hours": [], "label": "国庆节"}, "2026-10-10": {"like": "friday"}}}

Missing weekdays are closed. "22:00-02:00" ends after midnight; "22:00-26:00" says the same.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, cast
from zoneinfo import ZoneInfo

from xiaoer.kernel.calendar import DAY_MINUTES, Calendar, Span, Special

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPANS_LIMIT: Final = 24
SPECIALS_LIMIT: Final = 2000
_SPAN: Final = re.compile(r"([0-9]{2}):([0-5][0-9])[-–]([0-9]{2}):([0-5][0-9])")
_KEYS: Final = frozenset({"name", "zone", "week", "specials"})
_SPECIAL_KEYS: Final = frozenset({"hours", "like", "label"})


class CalendarError(ValueError):
    """A dictionary that is no calendar; `troubles` names every mistake with its place."""

    def __init__(self, troubles: Sequence[str]) -> None:
        super().__init__("; ".join(troubles))
        self.troubles: Final = tuple(troubles)


def parse(data: Mapping[str, object]) -> Calendar:
    """Read a calendar from its plain dictionary; raises CalendarError with every mistake found."""
    troubles = [f"{key}: unknown" for key in data if key not in _KEYS]
    name, zone = data.get("name", ""), data.get("zone")
    if not isinstance(name, str):
        troubles.append("name: a text")
    if not isinstance(zone, str) or not is_zone(zone):
        troubles.append(f"zone: {zone!r} is no time zone")
    week_data = _mapping(data.get("week"), "week", troubles)
    troubles += [f"week.{day}: no weekday" for day in week_data if day not in WEEKDAYS]
    week = tuple(_hours(week_data.get(day, []), f"week.{day}", troubles) for day in WEEKDAYS)
    specials_data = _mapping(data.get("specials", {}), "specials", troubles)
    if len(specials_data) > SPECIALS_LIMIT:
        raise CalendarError([*troubles, f"specials: more than {SPECIALS_LIMIT}"])
    specials: dict[date, Special] = {}
    for text, entry in specials_data.items():
        day = _date(text, troubles)
        special = _special(entry, week, f"specials.{text}", troubles)
        if day is not None:
            specials[day] = special
    if troubles:
        raise CalendarError(troubles)
    return Calendar(str(name), str(zone), week, specials)


def plain(calendar: Calendar) -> dict[str, object]:
    """Return the calendar as the dictionary `parse` reads; a special like a weekday is written as hours."""
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "week": {
            day: [span_text(span) for span in hours]
            for day, hours in zip(WEEKDAYS, calendar.week, strict=True)
            if hours
        },
        "specials": {
            day.isoformat(): {"hours": [span_text(span) for span in special.hours]}
            | ({"label": special.label} if special.label else {})
            for day, special in sorted(calendar.specials.items())
        },
    }


def parse_span(text: str) -> Span | None:
    """Read "09:00-23:00"; an end at or before the start lies in the next day. None when it is no span."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if end <= start:
        end += DAY_MINUTES
    if start >= DAY_MINUTES or end > 2 * DAY_MINUTES:
        return None
    return Span(start, end)


def span_text(span: Span) -> str:
    """Write a span as "22:00-26:00": hours beyond 24 lie in the next day."""
    return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in span)


def is_zone(zone: str) -> bool:
    """Tell whether a name is a time zone of the tz database."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _special(entry: object, week: tuple[tuple[Span, ...], ...], where: str, troubles: list[str]) -> Special:
    fields = _mapping(entry, where, troubles)
    troubles += [f"{where}.{key}: unknown" for key in fields if key not in _SPECIAL_KEYS]
    label, like = fields.get("label", ""), fields.get("like")
    if not isinstance(label, str):
        troubles.append(f"{where}.label: a text")
    if like is None:
        return Special(_hours(fields.get("hours", []), f"{where}.hours", troubles), str(label))
    if like not in WEEKDAYS or "hours" in fields:
        troubles.append(f"{where}.like: a weekday, and no hours beside it")
        return Special()
    return Special(week[WEEKDAYS.index(str(like))], str(label))


def _hours(entry: object, where: str, troubles: list[str]) -> tuple[Span, ...]:
    if not isinstance(entry, list):
        troubles.append(f'{where}: a list of spans like "09:00-23:00"')
        return ()
    texts = cast("list[object]", entry)
    if len(texts) > SPANS_LIMIT:
        troubles.append(f"{where}: more than {SPANS_LIMIT} spans")
        return ()
    spans: list[Span] = []
    for text in texts:
        span = parse_span(text) if isinstance(text, str) else None
        if span is None:
            troubles.append(f'{where}: {text!r} is no span like "09:00-23:00"')
        else:
            spans.append(span)
    spans.sort()
    if any(one.end_minute > two.start_minute for one, two in pairwise(spans)):
        troubles.append(f"{where}: spans overlap")
    return tuple(spans)


def _date(text: str, troubles: list[str]) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        troubles.append(f"specials.{text}: no date like 2026-10-01")
        return None
    return day


def _mapping(entry: object, where: str, troubles: list[str]) -> Mapping[str, object]:
    if isinstance(entry, dict):
        return {str(key): value for key, value in cast("dict[object, object]", entry).items()}
    troubles.append(f"{where}: an object")
    return {}
