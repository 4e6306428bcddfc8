"""Is an evidence taken, and what does it weigh? Table D7 says so."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final, cast

from msgspec import convert

from xiaoer.evidence.model import Kind, Matches, Timing, Weighed
from xiaoer.kernel.table import Decision

TABLE: Final = "evidence.acceptance"


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, Sequence[Sequence[str]]]:
    text = (files("xiaoer.evidence") / "tables" / "kinds.toml").read_text("utf-8")
    return {name: cast("list[list[str]]", entry["one_of"]) for name, entry in tomllib.loads(text).items()}


def missing(kind: Kind, shows: Collection[str]) -> tuple[str, ...]:
    """What an evidence of this kind must show and does not, by the first word of each demand."""
    return tuple(words[0] for words in _kinds().get(kind, ()) if not any(word in shows for word in words))


def facts(kind: Kind, shows: Collection[str], matches: Matches, timing: Timing) -> dict[str, object]:
    """What the table asks."""
    return {"kind": kind, "complete": not missing(kind, shows), "matches": matches, "timing": timing}


def weighed(decision: Decision, kind: Kind, shows: Collection[str]) -> Weighed:
    """What the table said, as it is kept beside the evidence."""
    return convert(
        {**decision.outcome, "row": decision.row, "missing": missing(kind, shows)}
        | {"flag": decision.outcome.get("flag")},
        Weighed,
    )
