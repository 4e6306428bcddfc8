"""Which measures are published, and until when that must have happened (L-076)."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from xiaoer.measures.model import MeasureWish

WEEKDAYS: Final = 5
_DAY: Final = timedelta(days=1)


def is_public(wish: MeasureWish) -> bool:
    """Measures against shops are published; those against people never are."""
    return wish.subject_kind == "shop"


def days_off(words: Collection[str]) -> frozenset[date]:
    """The dates among some words; what is no date is passed over."""
    found: set[date] = set()
    for word in words:
        with suppress(ValueError):
            found.add(date.fromisoformat(word))
    return frozenset(found)


def publish_by(decided_at: datetime, working_days: int, zone: str, off: Collection[date]) -> datetime:
    """The end of the last of so many working days after the day of the decision (L-004, L-076)."""
    place = ZoneInfo(zone)
    day = decided_at.astimezone(place).date()
    left = working_days
    while left > 0:
        day += _DAY
        if day.weekday() < WEEKDAYS and day not in off:
            left -= 1
    return datetime.combine(day + _DAY, time(), place)
