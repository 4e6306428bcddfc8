"""Until when a decision may be appealed, and whether an appeal of it is taken (D11)."""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from xiaoer.after_sale.rules.deadlines import Days, span
from xiaoer.appeals.model import ENDED, Appeal, AppealWish, Party, PartyKind, Target
from xiaoer.kernel.table import Decision
from xiaoer.rulebook.model import Book

DECISIONS: Final = "appeals.decisions"
RIGHTS: Final = "appeals.rights"
Before = Literal["none", "open", "decided"]


class Window(Struct, frozen=True):
    """How long somebody may appeal; `until` is None while the decision is in force and that is enough."""

    parameter: str
    days: int
    until: datetime | None
    needs_new_facts: bool


def window_of(book: Book, row: Decision, target: Target, days: Days) -> Window:
    """The window of a decision: days begin the day after and end at 24:00 of the last one (L-004)."""
    name = f"appeals.{row.word('window')}"
    start = target.ended_at if row.word("counted") == "end" else target.decided_at
    amount = book.integer(name)
    until = None if start is None else span(book, name, amount, start, days)
    return Window(name, amount, until, row.outcome["new_facts"] is True)


def decision_facts(target: Target, appellant: PartyKind) -> dict[str, object]:
    """What table D11 is asked about a decision."""
    return {"target": target.kind, "appellant": appellant}


def right_facts(
    target: Target, party: Party, window: Window, before: Before, *, wish: AppealWish, now: datetime
) -> dict[str, object]:
    """What is asked about taking an appeal."""
    late = window.until is not None and now >= window.until
    shown = bool(wish.new_facts.strip() or wish.evidence)
    return {
        "party": party in target.parties,
        "stands": not target.undone,
        "before": before,
        "time": "in_time" if not late else "late_with_reason" if wish.late_reason.strip() else "late",
        "facts": "missing" if window.needs_new_facts and not shown else "enough",
    }


def before_of(appeals: list[Appeal]) -> Before:
    """What earlier appeals of a party come to; withdrawn and refused ones do not count."""
    if any(one.state not in ENDED for one in appeals):
        return "open"
    return "decided" if any(one.state in {"upheld", "dismissed"} for one in appeals) else "none"


def left_seconds(window: Window, book: Book, now: datetime) -> int:
    """What is left of the window now; the clock stands still while people look (P-024)."""
    least = book.duration("appeals.supplement_days")
    left = least if window.until is None else max(window.until - now, least)
    return int(left.total_seconds())


def supplement_until(appeal: Appeal, book: Book, now: datetime) -> datetime:
    """Until when somebody has to show what is missing: what is left of his window, or the least."""
    least = book.duration("appeals.supplement_days")
    return now + max(timedelta(seconds=appeal.left_seconds), least)


def used_up(appeal: Appeal, since: datetime, now: datetime) -> int:
    """What is left of the window after a wait for the appellant."""
    return max(appeal.left_seconds - int((now - since).total_seconds()), 0)
