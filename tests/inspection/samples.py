"""Dialogues of our own for the rules of inspection, and what a test inspects them with."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from xiaoer.clocks.queries import shipped_calendar
from xiaoer.clocks.rules.profiles import PROFILES
from xiaoer.guard.book import shipped
from xiaoer.inspection.model import Inspection, Talk, TalkLine
from xiaoer.inspection.rules import mood
from xiaoer.inspection.rules.card import Card, card_of
from xiaoer.inspection.rules.inspect import Context, inspect
from xiaoer.kernel.calendar_text import parse
from xiaoer.kernel.table import Table
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import shelf

NOON = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
"""Midday in Shanghai."""

WHO: dict[str, Any] = {"b": "buyer", "a": "agent", "r": "bot", "m": "manager", "z": "auto"}


class Shipped:
    """The rulebook's tables as they are shipped."""

    def table(self, name: str) -> Table:
        return parsed(name, shelf()[name].text)


@lru_cache(maxsize=1)
def card() -> Card:
    return card_of(Shipped())


@lru_cache(maxsize=1)
def context() -> Context:
    return Context(
        profile=PROFILES["five_minutes"],
        calendar=parse(shipped_calendar()),
        guard=shipped(),
        now=NOON + timedelta(days=30),
        rules="test",
        mood=mood.shipped(),
    )


def lines(*said: str, step_seconds: float = 20, timed: bool = True) -> tuple[TalkLine, ...]:
    """Lines from `b:…`, `a:…`, `r:…`; `+600 a:…` waits so long before it, `img` in a text is a picture."""
    found: list[TalkLine] = []
    at = NOON
    for version, one in enumerate(said, 1):
        waited, _, rest = one[1:].partition(" ") if one.startswith("+") else (str(step_seconds), "", one)
        who, _, text = rest.partition(":")
        at += timedelta(seconds=float(waited))
        kind: Any = "image" if text == "img" else "text"
        shown = "" if kind == "image" else text
        person = "小张" if who == "a" else ""
        found.append(TalkLine(version, WHO[who], shown, at if timed else None, person, kind))
    return tuple(found)


def inspected(*said: str, closed: bool = True, timed: bool = True, **changes: Any) -> Inspection:
    """A talk inspected by what is shipped."""
    talk = Talk("c1", lines(*said, timed=timed), closed=closed, rating=changes.pop("rating", None))
    return inspect(talk, context()._replace(**changes), card())
