"""Prepared answers with places for what is known of the buyer and his order."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

VARIABLES: Final = ("buyer", "agent", "shop", "order", "product", "amount", "carrier", "tracking", "state")
"""What a prepared answer may ask for, written `{{buyer}}`."""
_PLACE: Final = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


class Filled(Struct, frozen=True):
    """A prepared answer with its places filled; `missing` names those nothing is known for."""

    text: str
    missing: list[str]


def unknown(text: str) -> list[str]:
    """The places in a text that ask for something that does not exist."""
    return sorted({name for name in _PLACE.findall(text) if name not in VARIABLES})


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Fill the places of a prepared answer; one nothing is known for stays visible."""
    missing: dict[str, None] = {}

    def value_of(match: re.Match[str]) -> str:
        name = match.group(1)
        value = values.get(name, "")
        if not value:
            missing[name] = None
            return match.group()
        return value

    filled = _PLACE.sub(value_of, text)
    return Filled(filled, list(missing))
