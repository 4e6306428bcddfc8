"""What a buyer's reason counts as."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, convert

FAULTS = frozenset({"quality", "description", "damaged", "missing", "fake", "not_received"})


class Reason(Struct, frozen=True):
    """One reason: the word of D1 it counts as, and the case of D6 it may found."""

    counts_as: str
    basis: str
    compensation: str | None = None


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, Reason]:
    """Every reason by its word, in the order of tables/reasons.toml."""
    text = (files("xiaoer.after_sale") / "tables" / "reasons.toml").read_text("utf-8")
    return {
        word: convert({**body, "counts_as": body["as"]}, Reason) for word, body in tomllib.loads(text).items()
    }
