"""What is wrong with what a caller sent: msgspec's words turned into refusals with a place and a reason."""

import re
from typing import Final, cast

from xiaoer.kernel.refusal import Refused

_PLACE: Final = re.compile(r" - at `(?:key in )?\$?(.*)`$")
_MISSING: Final = re.compile(r"Object missing required field `(.+?)`")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.+?)`")
NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""An escaped NUL in JSON; PostgreSQL keeps no such character."""
LONG_NUMBER: Final = re.compile(rb"[0-9]{19}")
"""Digits that may be more than a bigint holds."""
MALFORMED_REQUEST: Final = Refused("invalid", "plumbing.malformed_request")
OUT_OF_RANGE: Final = Refused("invalid", "plumbing.value_out_of_range")
_BIGINT: Final = 2**63


def body(problem: str) -> Refused:
    """The refusal of a body that is JSON but not of the right shape."""
    found = _PLACE.search(problem)
    place = found[1].lstrip(".") if found else ""
    said = _PLACE.sub("", problem)
    if missing := _MISSING.match(said):
        return Refused("invalid", "plumbing.field_missing", facts={"field": _inside(place, missing[1])})
    if unknown := _UNKNOWN.match(said):
        return Refused("invalid", "plumbing.field_unknown", facts={"field": _inside(place, unknown[1])})
    return Refused("invalid", "plumbing.field_invalid", facts={"field": place or "$", "problem": said})


def parameter(name: str, problem: str) -> Refused:
    """The refusal of a query parameter of the wrong shape."""
    return Refused(
        "invalid", "plumbing.parameter_invalid", facts={"parameter": name, "problem": _PLACE.sub("", problem)}
    )


def fits(value: object) -> bool:
    """Whether every whole number in a decoded value is one that PostgreSQL can keep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, int):
            if not -_BIGINT <= one < _BIGINT:
                return False
        elif isinstance(one, dict):
            waiting.extend(cast("dict[object, object]", one).values())
        elif isinstance(one, list):
            waiting.extend(cast("list[object]", one))
    return True


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
