"""The words of foreign files: limits, flags, states and headers, read once from the tables."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Final, cast

_JOINTS: Final = re.compile(r"[\s_\-]+|[(\[{（【][^)\]}）】]*[)\]}）】]")


def _table(name: str) -> dict[str, object]:
    return tomllib.loads((files("xiaoer.orders") / "tables" / f"{name}.toml").read_text("utf-8"))


def folded(word: str) -> str:
    """A word as words are compared: NFKC, casefold, no spaces, `_` or `-`, no unit in brackets."""
    return _JOINTS.sub("", unicodedata.normalize("NFKC", word).casefold().strip("\ufeff"))


def _lookup(fields: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {folded(word): field for field, words in fields.items() for word in (field, *words)}


LIMITS: Final = cast(dict[str, int], _table("limits"))


def _flags() -> dict[str, str]:
    found: dict[str, str] = {}
    for flag, about in cast(dict[str, dict[str, object]], _table("flags")).items():
        for word in (flag, *cast(list[str], about["aliases"])):
            found[folded(word)] = flag
    return found


FLAGS: Final[Mapping[str, str]] = _flags()
"""Folded word → category flag (RULES.md D1)."""


_spellings: Final = cast(dict[str, dict[str, list[str]]], _table("spellings"))
STATES: Final = _lookup(_spellings["order_state"])
PAYMENT_KINDS: Final = _lookup(_spellings["payment_kind"])
SHOP_STATES: Final = _lookup(_spellings["shop_state"])
LANGUAGES: Final = _lookup(_spellings["language"])

_headers: Final = cast(dict[str, dict[str, list[str]]], _table("headers"))


KIND_HEADERS: Final = frozenset(_lookup(_headers.pop("kind")))
KINDS: Final = _lookup(_headers.pop("kinds"))
"""Folded word → kind of row."""

HEADERS: Final = {kind: _lookup(fields) for kind, fields in _headers.items()}
"""Kind → folded header → field, `items.title` leading into the list of items."""

RETAIL: Final = _table("retail")
