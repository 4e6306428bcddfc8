"""Response profiles, read from `tables/response_profiles.toml`."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, cast

from xiaoer.clocks.model import Counts, ResponseProfile
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
