"""When a clock of a case falls due, and when it warns before.

Hours run straight from the moment; days begin the day after and end at 24:00 of the last one, moved on past
days off (L-004).
"""

from collections.abc import Container
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from xiaoer.kernel.calendar import end_of_day_count
from xiaoer.rulebook.model import Book

Unit = Literal["minutes", "hours", "days"]
_SECONDS: Final = {"seconds": 1, "minutes": 60, "hours": 3600}
_MAIL: Final = "after_sale.seller_confirm_return"

SELLER_WAITS: Final = frozenset(
    {
        "asked_refund",
        "asked_money",
        "asked_return",
        "asked_exchange",
        "asked_resend",
    }
)
"""Where the handling time of S-042 runs: warning, then the supervisor, before silence has its consequence."""


class Days(Struct, frozen=True):
    """How days are counted where the shop is: its zone, and the days on which no term ends."""

    zone: str
    off: Container[date] = frozenset[date]()

    def day(self, at: datetime) -> date:
        """The date on the wall there."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def end(self, start: datetime, days: int) -> datetime:
        """24:00 of the last day; the day of the start is not counted."""
        return end_of_day_count(self.day(start), days, self.zone, self.off)


class Due(Struct, frozen=True):
    """When a clock falls due and when it warns; `stage` is what the warning will mean."""

    at: datetime
    warn_at: datetime | None
    stage: int = 1


def days_of(book: Book, zone: str) -> Days:
    """How days are counted under a rulebook: on which no term ends (L-004); what is no date is left out."""
    return Days(zone, _dates(tuple(book.words("after_sale.holidays"))))


@lru_cache(maxsize=64)
def _dates(words: tuple[str, ...]) -> frozenset[date]:
    off: set[date] = set()
    for word in words:
        with suppress(ValueError):
            off.add(date.fromisoformat(word))
    return frozenset(off)


def span(book: Book, name: str, amount: int, start: datetime, days: Days) -> datetime:
    """The end of so much of a term's unit: hours run straight, days end at 24:00 of the last one."""
    return ended(start, amount, book[name].parameter.unit or "hours", days)


def ended(start: datetime, amount: int, unit: str, days: Days) -> datetime:
    """The end of so many hours, which run straight, or days, which end at 24:00 of the last one (L-004)."""
    if unit == "days":
        return days.end(start, amount)
    return start + timedelta(seconds=amount * _SECONDS[unit])


def term(book: Book, name: str, start: datetime, days: Days) -> datetime:
    """The end of a term the rulebook names, in the unit it is written in."""
    return span(book, name, book.integer(name), start, days)


def due(book: Book, clock: str, state: str, start: datetime, days: Days, *, mail: bool = False) -> Due:
    """When the clock of a state falls due; goods sent by ordinary mail are waited for longer (O-004)."""
    name = f"{clock}_mail" if mail and clock == _MAIL else clock
    at = term(book, name, start, days)
    return Due(at, warning(book, state, start, at, days, stage=1), 1)


def warning(
    book: Book, state: str, start: datetime, due_at: datetime, days: Days, *, stage: int
) -> datetime | None:
    """When a clock warns: at first a share of the time before, then when the supervisor should look."""
    if state in SELLER_WAITS:
        handle = min(term(book, "after_sale.aftersale_handle", start, days), due_at)
        if stage == 1:
            return start + (handle - start) * book.integer("after_sale.warn_percent") / 100
        return handle if handle < due_at else due_at - (due_at - start) / 20
    if stage == 1:
        return start + (due_at - start) * book.integer("after_sale.warn_percent") / 100
    return None
