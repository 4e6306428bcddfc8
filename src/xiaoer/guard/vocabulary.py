"""Read the word lists: searched terms by area and group, sets of words and patterns that tell uses apart.

The form, for people to edit and compare: a heading, then entries; `# ` begins a comment line.
`[area.group]` heads terms that are searched for, one or several a line between ` | `; ` => ` gives all terms
of its line the wording to say instead. `[set.area.name]` heads words in the same form, which may be regular
expressions. `[pattern.area.name]` heads regular expressions, one a line, any of which may match; in them
`<area.name>` stands for any word of a set. Patterns are written in normal form (see normal.py).
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
    "unmask",
)

_SET: Final = re.compile(r"<([a-z]+\.[a-z_]+)>")
_CLASS: Final = re.compile(r"\[[^\]]*\]")
_HAN: Final = re.compile(r"(?<![一-鿿])[一-鿿]{2,6}(?![一-鿿?*{])")
_SYNTAX: Final = re.compile(r"(\\.|[*^|])")  # parts of regular expressions that folding would spoil


class Vocabulary:
    """All shipped terms, sets and patterns; patterns are compiled when first asked for."""

    def __init__(
        self,
        terms: tuple[Term, ...],
        sets: Mapping[str, Mapping[str, str]],
        patterns: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.terms: Final = terms
        self._sets: Final = sets
        self._sources: Final = patterns
        self._patterns: dict[str, re.Pattern[str]] = {}

    def words(self, name: str) -> Mapping[str, str]:
        """The words of a set, each with the wording to say instead (may be empty)."""
        return self._sets[name]

    def pattern(self, name: str) -> re.Pattern[str]:
        """A pattern of the lists by its name; a set's name stands for any of its words."""
        found = self._patterns.get(name)
        if found is None:
            lines = self._sources.get(name) or (f"<{name}>",)
            source = "|".join(_SET.sub(lambda one: self._any_of(one[1]), line) for line in lines)
            found = self._patterns[name] = re.compile(source)
        return found

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """Where a pattern is found in a text, if anywhere."""
        return self.pattern(name).search(text)

    def match(self, name: str, text: str) -> re.Match[str] | None:
        """How a pattern matches the beginning of a text, if it does."""
        return self.pattern(name).match(text)

    def has(self, name: str, text: str) -> bool:
        """Whether a pattern is found anywhere in a text."""
        return self.pattern(name).search(text) is not None

    def begins(self, name: str, text: str) -> bool:
        """Whether a text begins with a pattern."""
        return self.pattern(name).match(text) is not None

    def longest_prefix(self, name: str, text: str, limit: int = 8) -> str | None:
        """The longest word of a set that a text begins with."""
        words = self._sets[name]
        for length in range(min(limit, len(text)), 0, -1):
            if text[:length] in words:
                return text[:length]
        return None

    def names(self) -> frozenset[str]:
        """The names of all sets and patterns."""
        return frozenset(self._sets) | frozenset(self._sources)

    def han(self) -> frozenset[str]:
        """Every Han word of sets and patterns, as they stand there."""
        sources = [word for words in self._sets.values() for word in words]
        sources += [_CLASS.sub(" ", line) for lines in self._sources.values() for line in lines]
        return frozenset(word for source in sources for word in _HAN.findall(source))

    def _any_of(self, name: str) -> str:
        return "(?:" + "|".join(sorted(self._sets[name], key=len, reverse=True)) + ")"


class _Reader:
    """Gathers what the lists say."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.sets: dict[str, dict[str, str]] = {}
        self.patterns: dict[str, tuple[str, ...]] = {}

    def read(self, lines: Iterable[str]) -> None:
        """Read one list; raises ValueError for an entry without a heading."""
        heading = ""
        for raw in lines:
            line = raw.strip()
            if not line or line.startswith("# ") or line == "#":
                continue
            if line.startswith("[") and line.endswith("]") and " " not in line and "." in line:
                heading = line[1:-1]
            elif not heading:
                raise ValueError(f"{line!r} stands under no heading")
            else:
                self._put(heading, line)

    def _put(self, heading: str, line: str) -> None:
        sort, _, name = heading.partition(".")
        if sort == "pattern":
            self.patterns[name] = (*self.patterns.get(name, ()), line)
            return
        left, _, instead = line.partition(" =>")
        for word in filter(None, (part.strip() for part in left.split(" | "))):
            if sort == "set":
                self.sets.setdefault(name, {})[_folded(word)] = instead.strip()
            else:
                self.terms.append(Term(word, sort, name, instead.strip()))


def parse(*lists: Iterable[str]) -> Vocabulary:
    """Read lists; raises ValueError for an entry without a heading."""
    reader = _Reader()
    for lines in lists:
        reader.read(lines)
    return Vocabulary(tuple(reader.terms), reader.sets, reader.patterns)


@lru_cache(maxsize=1)
def shipped() -> Vocabulary:
    """The lists in lists/, read once."""
    folder = files("xiaoer.guard") / "lists"
    return parse(*((folder / f"{name}.txt").read_text("utf-8").splitlines() for name in LISTS))


def folded_words(words: Iterable[str]) -> frozenset[str]:
    """Words in normal form, for comparing with a passage."""
    return frozenset(filter(None, (fold(word).strip() for word in words)))


def _folded(word: str) -> str:
    if not _SYNTAX.search(word):
        return fold(word)
    return "".join(part if _SYNTAX.fullmatch(part) else fold(part) for part in _SYNTAX.split(word))
