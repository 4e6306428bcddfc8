"""Find all terms of all lists in one walk over the text, however many there are."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Final, NamedTuple

from xiaoer.guard.automaton import finder
from xiaoer.guard.normal import fold

ALLOW: Final = "allow"
EVERYWHERE: Final = "everything"
_NO_MARKS: Final[Mapping[str, int]] = {}


class Term(NamedTuple):
    """A term of a list: the area that judges it, its group there, and what to say instead (may be empty)."""

    word: str
    area: str
    group: str
    instead: str = ""
    verdict: str = ""


class Hit(NamedTuple):
    """A term found at [start, end) of a text in normal form."""

    start: int
    end: int
    term: Term


class Layer:
    """An automaton over some terms in normal form; built once and never changed.

    Terms that begin or end with a Latin letter or digit match whole words only. Marks are bare pieces of
    writing that are no terms: of them only their bits are told, so that many things are looked for at once.
    """

    __slots__ = ("_entries", "_find", "marks", "terms")

    def __init__(self, terms: Iterable[Term], marks: Mapping[str, int] = _NO_MARKS) -> None:
        self.terms: Final = tuple(terms)
        self.marks: Final = marks
        by_word: dict[str, list[Term]] = {mark: [] for mark in marks}
        for term in self.terms:
            if word := fold(term.word).strip():
                by_word.setdefault(word, []).append(term)
        shared: dict[tuple[int, bool, tuple[Term, ...]], tuple[int, bool, tuple[Term, ...]]] = {}
        entries = [(marks.get(word, 0), _has_borders(word), tuple(same)) for word, same in by_word.items()]
        self._entries: Final = tuple(one if one[2] else shared.setdefault(one, one) for one in entries)
        self._find: Final = finder(list(by_word))

    def find(self, text: str) -> tuple[list[Hit], int]:
        """Every term in a text in normal form, in order of their ends (they may overlap); and all marks."""
        hits: list[Hit] = []
        marks = 0
        entries = self._entries
        for start, end, index in self._find(text):
            mark, bounded, terms = entries[index]
            marks |= mark
            if terms and not (bounded and _is_part_of_word(text, start, end)):
                for term in terms:
                    hits.append(Hit(start, end, term))  # noqa: PERF401  mostly one: a list costs more
        return hits, marks


Hits = Mapping[str, list[Hit]]
"""The hits of each area."""


def by_area(hits: list[Hit], removed: frozenset[str]) -> dict[str, list[Hit]]:
    """Sort hits by area and drop those that stand wholly inside an allowed phrase of their area."""
    found: dict[str, list[Hit]] = {}
    shields: list[Hit] = []
    for hit in hits:
        term = hit.term
        if term.group == ALLOW:
            shields.append(hit)
        elif term.word not in removed:
            if term.area in found:
                found[term.area].append(hit)
            else:
                found[term.area] = [hit]
    if not shields:
        return found
    kept = {area: _uncovered(area_hits, _covers(shields, area)) for area, area_hits in found.items()}
    return {area: area_hits for area, area_hits in kept.items() if area_hits}


def _covers(shields: list[Hit], area: str) -> list[tuple[int, int]]:
    """Where allowed phrases of an area begin, and up to where the furthest of those begun so far reaches."""
    reach = 0
    covers: list[tuple[int, int]] = []
    for shield in sorted(shields, key=lambda shield: shield.start):
        if shield.term.area in {area, EVERYWHERE}:
            reach = max(reach, shield.end)
            covers.append((shield.start, reach))
    return covers


def _uncovered(hits: list[Hit], covers: list[tuple[int, int]]) -> list[Hit]:
    """The hits that no single allowed phrase holds, each looked up in a sorted list."""
    kept: list[Hit] = []
    for hit in hits:
        index = bisect_right(covers, hit.start, key=itemgetter(0)) - 1
        if index < 0 or covers[index][1] < hit.end:
            kept.append(hit)
    return kept


def longest(hits: list[Hit]) -> list[Hit]:
    """Of hits that overlap keep the leftmost, and of those the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _has_borders(word: str) -> bool:
    """Whether a term ends where a Latin word does; digits before a Han character (1号) do not count."""
    return word.isascii() or any(_is_latin(side) and side.isalpha() for side in (word[0], word[-1]))


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin term goes on to either side."""
    before = start > 0 and _is_latin(text[start]) and _is_latin(text[start - 1])
    return before or (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))


def _is_latin(character: str) -> bool:
    return character < "\u0250" and character.isalnum()
