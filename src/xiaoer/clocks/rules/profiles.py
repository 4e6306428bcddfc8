"""Response profiles, read from `tables/response_profiles.toml`."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, Protocol, cast

from xiaoer.clocks.model import Counts, Mark, ResponseProfile
from xiaoer.kernel.calendar import DAY_MINUTES, Span
from xiaoer.kernel.calendar_text import parse_span

_WORDS: Final = frozenset({"hours", "follows_calendar", "counts", "excluded", "minimum_per_day", "basis"})
_NUMBERS: Final = (
    "target_seconds",
    "warn_percent",
    "cap_seconds",
    "minimum",
    "window_days",
    "good_percent",
)


def read_profiles(text: str) -> Mapping[str, ResponseProfile]:
    """Read response profiles from TOML; raises ValueError naming the profile and the field that is wrong."""
    return {name: _profile(name, fields) for name, fields in tomllib.loads(text).items()}


def _profile(name: str, fields: Mapping[str, Any]) -> ResponseProfile:
    unknown = sorted(fields.keys() - _WORDS - {*_NUMBERS})
    if unknown:
        raise ValueError(f"profile {name}: {unknown[0]} is unknown")
    hours = parse_span(str(fields.get("hours")))
    if hours is None:
        raise ValueError(f"profile {name}: hours are like 09:00-23:00, not {fields.get('hours')!r}")
    if fields.get("counts") not in {"round", "first", "day_buyer"}:
        raise ValueError(f"profile {name}: counts is round, first or day_buyer, not {fields.get('counts')!r}")
    for number in _NUMBERS:
        if type(fields.get(number)) is not int or fields[number] < 0:
            raise ValueError(f"profile {name}: {number} is a whole number, not {fields.get(number)!r}")
    if not fields["target_seconds"] or not 0 < fields["warn_percent"] < 100:
        raise ValueError(f"profile {name}: target_seconds is positive, warn_percent between 1 and 99")
    if not fields.get("basis"):
        raise ValueError(f"profile {name}: basis is missing")
    return ResponseProfile(
        name=name,
        hours=hours,
        follows_calendar=fields.get("follows_calendar") is True,
        counts=cast("Counts", fields["counts"]),
        excluded=frozenset(fields.get("excluded", ())),
        minimum_per_day=fields.get("minimum_per_day") is True,
        basis=str(fields["basis"]),
        **{number: fields[number] for number in _NUMBERS},
    )


PROFILES: Final = read_profiles(
    (files("xiaoer.clocks") / "tables" / "response_profiles.toml").read_text("utf-8")
)
"""The shipped response profiles by name; which one a shop uses is the parameter `sla.profile`."""

OWN: Final = "own"
"""The name of the profile that a marketplace or shop puts together itself, of the parameters `sla.own_…`."""

_NO_QUESTION: Final[frozenset[Mark]] = frozenset({"advertisement", "blocked", "red_packet", "own_shop"})


class Values(Protocol):
    """What holds for a shop: its book of the rulebook."""

    def integer(self, name: str) -> int:
        """The value of an integer parameter."""
        ...

    def boolean(self, name: str) -> bool:
        """The value of a boolean parameter."""
        ...

    def word(self, name: str) -> str:
        """The value of a choice parameter."""
        ...


def own_profile(book: Values) -> ResponseProfile:
    """The profile a marketplace or shop has put together itself; every value is checked by the rulebook."""
    opens, closes = book.integer("sla.own_opens_minute"), book.integer("sla.own_closes_minute")
    excluded: frozenset[str] = _NO_QUESTION
    return ResponseProfile(
        name=OWN,
        target_seconds=book.integer("sla.own_target_seconds"),
        warn_percent=book.integer("sla.own_warn_percent"),
        hours=Span(opens, closes if closes > opens else closes + DAY_MINUTES),
        follows_calendar=book.boolean("sla.own_follows_calendar"),
        counts=cast("Counts", book.word("sla.own_counts")),
        excluded=excluded | {"instant"} if book.boolean("sla.own_instant_left_out") else excluded,
        cap_seconds=book.integer("sla.own_cap_seconds"),
        minimum=book.integer("sla.own_minimum"),
        minimum_per_day=book.boolean("sla.own_minimum_per_day"),
        window_days=book.integer("sla.own_window_days"),
        good_percent=book.integer("sla.own_good_percent"),
        basis="U-05",
    )


def profile_of(book: Values, name: str | None = None) -> ResponseProfile:
    """The profile of this name, else the one a shop has chosen (`sla.profile`). KeyError when unknown."""
    wanted = name or book.word("sla.profile")
    return own_profile(book) if wanted == OWN else PROFILES[wanted]
