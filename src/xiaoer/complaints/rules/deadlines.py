"""When a clock of a complaint falls due, and until when one may complain."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from xiaoer.after_sale.rules.deadlines import Days, term
from xiaoer.rulebook.model import Book

_ACCEPTANCE: Final = "complaints.acceptance"
WARN_SHARE: Final = 0.8


class Ground(Struct, frozen=True):
    """What a complaint is decided by: the rules in force when it was lodged, and how days are counted."""

    book: Book
    days: Days


def due(book: Book, clock: str, now: datetime, days: Days, *, urgent: bool) -> datetime:
    """When the clock of a state falls due; what is urgent is looked at sooner (D13)."""
    return term(book, f"{clock}_urgent" if urgent and clock == _ACCEPTANCE else clock, now, days)


def warning(now: datetime, due_at: datetime) -> datetime:
    """When whoever is waited for is reminded."""
    return now + (due_at - now) * WARN_SHARE


def window_end(book: Book, window: str, since: datetime | None, days: Days) -> datetime | None:
    """The end of the time for complaining; None where nothing bounds it or it has not begun."""
    if window == "none" or since is None:
        return None
    return term(book, f"complaints.{window}", since, days)


def mass_since(book: Book, now: datetime) -> datetime:
    """Since when complaints of one shop are counted together (T-001)."""
    return now - timedelta(days=book.integer("complaints.mass_days"))
