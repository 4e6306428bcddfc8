"""How words are cut so that two Chinese characters find what was written."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from opencc import OpenCC

from xiaoer.kernel.refusal import Refused

SHORTEST: Final = 2
LONGEST: Final = 64
_RUN: Final = re.compile(r"\w+")


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


def sought(query: str) -> tuple[str, frozenset[str]] | Refused:
    """The folded words of a query and the pieces a text must have; refused when too short or too long."""
    words = " ".join(fold(query).split())
    pieces = grams(words)
    if not SHORTEST <= len(words) <= LONGEST or not pieces:
        return Refused(
            "invalid", "conversations.search_words", facts={"shortest": SHORTEST, "longest": LONGEST}
        )
    return words, pieces


def has(text: str, words: str) -> bool:
    """Whether a text really has the folded words, in this order (pieces alone do not tell)."""
    return words in " ".join(fold(text).split())


def excerpt(text: str, words: str, around: int = 40) -> str:
    """The part of a text where the words stand, with a little of what is around them."""
    place = fold(text).find(words)
    start = max(place - around, 0) if len(fold(text)) == len(text) else 0
    cut = text[start : start + len(words) + 2 * around]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")
