"""How words are cut so that two Chinese characters find what was written."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from msgspec import Struct
from opencc import OpenCC

from xiaoer.kernel.refusal import Refused

SHORTEST: Final = 2
LONGEST: Final = 64
SHORTEST_NUMBER: Final = 4
_RUN: Final = re.compile(r"\w+")
_LAST: Final = UUID(int=2**128 - 1)


class Line(Struct, frozen=True):
    """Where a line stands among those found: newest first; of one moment by conversation and version."""

    at: datetime
    conversation: UUID = _LAST
    """Left out: after every line of the moment."""
    version: int = 0


def cursor(line: Line) -> str:
    """Where the next page begins, as clients hand it back."""
    return f"{line.at.isoformat()}~{line.conversation}~{line.version}"


def read_cursor(text: str) -> Line | Refused:
    """What `cursor` said; a moment alone passes over every line of it."""
    at, *rest = text.split("~")
    try:
        moment = datetime.fromisoformat(at)
        line = Line(moment, UUID(rest[0]), int(rest[1])) if rest else Line(moment)
    except (ValueError, IndexError):
        return Refused("invalid", "conversations.cursor_invalid")
    if moment.tzinfo is None or not 0 <= line.version < 2**63 or len(rest) > 2:
        return Refused("invalid", "conversations.cursor_invalid")
    return line


@lru_cache(maxsize=1)
def _simplify() -> Callable[[str], str]:
    return OpenCC("t2s").convert  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def fold(text: str) -> str:
    """Letters as they compare: full width, case and traditional forms made alike."""
    return _simplify()(unicodedata.normalize("NFKC", text).casefold())


def grams(text: str) -> frozenset[str]:
    """The two-character pieces of a folded text, within runs of letters and digits."""
    return frozenset(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        run = match.group()
        if len(run) == 1:
            yield run
        for place in range(len(run) - 1):
            yield run[place : place + 2]


def sought(query: str) -> tuple[tuple[str, ...], frozenset[str]] | Refused:
    """The folded words of a query and the pieces a text must have; refused when too short or too long.

    A word of one character is a piece only where nothing longer is asked: inside a run it has none.
    """
    words = tuple(dict.fromkeys(fold(query).split()))
    pieces = grams(" ".join(words))
    if not SHORTEST <= len(" ".join(words)) <= LONGEST or not pieces:
        return Refused(
            "invalid", "conversations.search_words", facts={"shortest": SHORTEST, "longest": LONGEST}
        )
    return words, frozenset(piece for piece in pieces if len(piece) > 1) or pieces


def has(text: str, words: Sequence[str]) -> bool:
    """Whether a text really has every one of the folded words (pieces alone do not tell)."""
    folded = fold(text)
    return all(word in folded for word in words)


def excerpt(text: str, words: Sequence[str], around: int = 40) -> str:
    """The part of a text where the first of the words stands, with a little of what is around it."""
    folded = fold(text)
    place = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    start = max(place - around, 0) if len(folded) == len(text) else 0
    cut = text[start : start + len(words[0]) + 2 * around]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")


def numbered(query: str) -> tuple[str, ...]:
    """How the number of an order or parcel may begin, as typed and in capitals; none when too short."""
    number = "".join(unicodedata.normalize("NFKC", query).split())
    return tuple(dict.fromkeys((number, number.upper()))) if SHORTEST_NUMBER <= len(number) <= LONGEST else ()
