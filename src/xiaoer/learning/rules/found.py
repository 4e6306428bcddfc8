"""Which dialogues are unsatisfied, and whether the same cause came back."""

from datetime import datetime, timedelta
from typing import Final

from xiaoer.learning.machine import Event
from xiaoer.learning.model import RatingBand, Signals, WordsBand
from xiaoer.rulebook.model import Book

TABLE: Final = "learning.unsatisfied"


def stars_band(stars: int | None, book: Book) -> RatingBand:
    """The band of a rating; `none` when there is none (S-124)."""
    if stars is None:
        return "none"
    if stars <= book.integer("learning.low_stars"):
        return "low"
    return "high" if stars >= book.integer("learning.high_stars") else "middle"


def words_band(dissatisfied_percent: int | None, book: Book) -> WordsBand:
    """How much discontent there is in the buyer's words, by the share of his dissatisfied turns."""
    if dissatisfied_percent is None or dissatisfied_percent < book.integer("learning.words_some_percent"):
        return "none"
    return "strong" if dissatisfied_percent >= book.integer("learning.words_strong_percent") else "some"


def facts(signals: Signals, book: Book) -> dict[str, object]:
    """What the table is asked."""
    return {
        "stars": stars_band(signals.stars, book),
        "words": words_band(signals.dissatisfied_percent, book),
        "outcome": signals.outcome,
    }


def window_ends(closed_at: datetime, book: Book) -> datetime:
    """Until when a buyer may rate."""
    return closed_at + timedelta(days=book.integer("learning.rating_days"))


def reminder_at(asked_at: datetime, book: Book) -> datetime:
    """When he is reminded, once."""
    return asked_at + timedelta(hours=book.integer("learning.reminder_hours"))


def due(clock: str, now: datetime, book: Book) -> datetime:
    """Until when whoever's turn it is may act."""
    return now + timedelta(days=book.integer(f"{clock}_days"))


def followed_up(again: int) -> Event:
    """What the follow-up finds: `again` dialogues of the agent with the same cause since he planned."""
    return Event.COME_BACK if again else Event.IMPROVE
