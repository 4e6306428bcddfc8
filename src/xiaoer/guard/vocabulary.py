"""Read the word lists: searched terms by area and group, and sets of words that tell uses apart.

The form, for people to edit and compare: a heading `[area.group]` or `[set.name]`, then terms, one or several
a line between `|`; `=>` gives all terms of its line the wording to say instead; `#` begins a comment line.
Words of a set may be regular expressions over the normal form.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from xiaoer.guard.normal import fold
from xiaoer.guard.scan import Term

LISTS: Final = (
    "absolute",
    "delivery",
    "abuse",
    "contact",
    "reviews",
    "privacy",
    "clauses",
    "claims",
    "tone",
    "shared",
)


class Vocabulary:
    """All shipped terms and sets; patterns are built when first asked for."""

    def __init__(self, terms: tuple[Term, ...], sets: Mapping[str, Mapping[str, str]]) -> None:
        self.terms: Final = terms
        self._sets: Final = sets
        self._patterns: dict[str, re.Pattern[str]] = {}

    def words(self, name: str) -> Mapping[str, str]:
        """The words of a set, each with the wording to say instead (may be empty)."""
        return self._sets[name]

    def source(self, name: str) -> str:
        """A set as the source of a regular expression: any of its words, longest first."""
        return "(?:" + "|".join(sorted(self._sets[name], key=len, reverse=True)) + ")"

    def pattern(self, shape: str) -> re.Pattern[str]:
        """Compile an expression in which `<area.name>` stands for any word of that set."""
        found = self._patterns.get(shape)
        if found is None:
            found = self._patterns[shape] = re.compile(_NAME.sub(lambda name: self.source(name[1]), shape))
        return found

    def longest_prefix(self, name: str, text: str, limit: int = 8) -> str | None:
        """The longest word of a set that the text begins with."""
        words = self._sets[name]
        for length in range(min(limit, len(text)), 0, -1):
            if text[:length] in words:
                return text[:length]
        return None


_SYNTAX: Final = re.compile(r"(\\.|[*^|])")  # parts of regular expressions that folding would spoil
_NAME: Final = re.compile(r"<([a-z]+\.[a-z_]+)>")


def parse(lines: Iterable[str]) -> tuple[list[Term], dict[str, dict[str, str]]]:
    """Read one list; raises ValueError for a term without a heading."""
    terms: list[Term] = []
    sets: dict[str, dict[str, str]] = {}
    heading = ""
    for raw in lines:
        line = raw.strip()
        if not line or line.startswith("# ") or line == "#":
            continue
        if line.startswith("[") and line.endswith("]"):
            heading = line[1:-1]
            continue
        if not heading:
            raise ValueError(f"{line!r} stands under no heading")
        left, _, instead = line.partition(" => ")
        for word in filter(None, (part.strip() for part in left.split(" | "))):
            _put(terms, sets, heading, word.removesuffix(" |").strip(), instead.strip())
    return terms, sets


def _put(terms: list[Term], sets: dict[str, dict[str, str]], heading: str, word: str, instead: str) -> None:
    if heading.startswith("set."):
        folded = "".join(part if _SYNTAX.fullmatch(part) else fold(part) for part in _SYNTAX.split(word))
        sets.setdefault(heading.removeprefix("set."), {})[folded] = instead
    else:
        area, _, group = heading.partition(".")
        terms.append(Term(word, area, group, instead))


@lru_cache(maxsize=1)
def shipped() -> Vocabulary:
    """The lists in lists/, read once."""
    terms: list[Term] = []
    sets: dict[str, dict[str, str]] = {}
    for name in LISTS:
        text = (files("xiaoer.guard") / "lists" / f"{name}.txt").read_text("utf-8")
        more_terms, more_sets = parse(text.splitlines())
        terms += more_terms
        sets |= more_sets
    return Vocabulary(tuple(terms), sets)


def folded_words(words: Iterable[str]) -> frozenset[str]:
    """Words in normal form, for comparing with a passage."""
    return frozenset(filter(None, (fold(word).strip() for word in words)))
