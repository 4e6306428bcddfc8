"""When the clocks of a dispute fall due (D4): hours straight, days to 24:00, some in business hours."""

from datetime import date, datetime, timedelta
from typing import Final

from xiaoer.after_sale.rules.deadlines import Days, span
from xiaoer.disputes.model.court import Dispute
from xiaoer.kernel.calendar import DaysOff, daily, end_of_day, last_working_day
from xiaoer.rulebook.model import Book

OPENS_MINUTE: Final = 9 * 60
CLOSES_MINUTE: Final = 18 * 60
"""J-004: only 09:00 to 18:00 counts, weekends and holidays too."""

NEGOTIATION: Final = "disputes.negotiation"
TALK: Final = "after_sale.negotiate_before_platform"
"""How long both talk before anybody judges, counted from the case on (D4)."""


def due(book: Book, dispute: Dispute, clock: str, start: datetime, days: Days) -> datetime:
    """When the clock of a state falls due, for a dispute that enters it at `start`."""
    if clock == NEGOTIATION:
        return span(book, TALK, book.integer(TALK), start, days)
    if clock == "disputes.supplement":
        return supplement(book, start, days)
    if clock == "disputes.acceptance":
        return working_days(book.integer(clock), start, days)
    if clock == "disputes.ruling":
        since = dispute.evidence_ended_at or start
        end = span(book, clock, book.integer(clock), since, days)
        return end if end > start else span(book, clock, book.integer(clock), start, days)
    if clock == "disputes.evidence" and dispute.rest_seconds:
        return start + timedelta(seconds=dispute.rest_seconds)
    return span(book, clock, book.integer(clock), start, days)


def supplement(book: Book, start: datetime, days: Days) -> datetime:
    """So many hours between 09:00 and 18:00; what is left over goes on at 09:00 (J-004)."""
    hours = daily("supplement", days.zone, OPENS_MINUTE, CLOSES_MINUTE)
    return hours.add_business(start, timedelta(hours=book.integer("disputes.supplement")))


def working_days(count: int, start: datetime, days: Days) -> datetime:
    """24:00 of the last of so many working days."""
    weekend = DaysOff()

    class _Off:
        def __contains__(self, day: object) -> bool:
            return isinstance(day, date) and (day in weekend or day in days.off)

    return end_of_day(last_working_day(days.day(start), count, _Off()), days.zone)


def longest(book: Book, start: datetime, days: Days) -> datetime:
    """How far the time for evidence may reach when burdens pass from side to side (D4 evidence_period)."""
    return span(book, "disputes.evidence_longest", book.integer("disputes.evidence_longest"), start, days)


def answer_by(book: Book, dispute: Dispute, now: datetime, days: Days) -> datetime:
    """Until when whoever is burdened now must show: the rest of the period, at least the time of J-003."""
    least = span(book, "disputes.answer", book.integer("disputes.answer"), now, days)
    end = dispute.due_at if dispute.state == "evidence" and dispute.due_at else least
    latest = dispute.evidence_until or least
    return max(end, min(least, latest))


def rest(dispute: Dispute, book: Book, now: datetime, days: Days) -> int:
    """Seconds a suspended dispute has for evidence when it goes on (T-030).

    What was left of the period; after it, or before it, time to show what came of the wait.
    """
    if dispute.state == "negotiation":
        return 0
    if dispute.state == "evidence" and dispute.due_at is not None:
        return max(int((dispute.due_at - now).total_seconds()), 3600)
    return max(int((supplement(book, now, days) - now).total_seconds()), 3600)


def warning(book: Book, start: datetime, due_at: datetime) -> datetime:
    """When a clock warns, a share of its time after it began."""
    return start + (due_at - start) * book.integer("disputes.warn_percent") / 100
