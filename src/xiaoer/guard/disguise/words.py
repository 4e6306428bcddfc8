"""The words that are put back, in every writing they are looked for in."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from xiaoer.guard import vocabulary
from xiaoer.guard.automaton import Finder, finder
from xiaoer.guard.normal import fold
from xiaoer.guard.readings import common, halves, han_words, sounds

Edit = tuple[int, int, str]
"""A span of a text in normal form and what is meant there."""

LATIN: Final = re.compile(r"[a-z]+")
HAN: Final = re.compile(r"[一-鿿]")
_AREAS: Final = frozenset({"absolute", "abuse", "contact", "reviews", "privacy", "clauses", "claims", "tone"})
_LEFT_ALONE: Final = frozenset(
    {"allow", "origin", "aimed", "alone", "disease", "slight", "refusal", "signed"}
)
SURE_LENGTH: Final = 3
"""Shorter words sound like too much else: of those not listed only one character may differ."""


@lru_cache(maxsize=1)
def hidden_words() -> frozenset[str]:
    """Every Han word of the lists that is worth a disguise."""
    words = vocabulary.shipped()
    found = {fold(term.word) for term in words.terms if term.area in _AREAS and term.group not in _LEFT_ALONE}
    found |= {f"最{quality}" for quality in words.words("absolute.quality")}
    found |= set(words.words("unmask.word")) | set(words.words("unmask.context"))
    return han_words(found) - frozenset(words.words("unmask.never"))


class Words(NamedTuple):
    """What finds words in some writing, and the words that each writing stands for."""

    places: Finder
    words: tuple[tuple[str, ...], ...]

    def differing(self, written: str, text: str) -> list[Edit]:
        """Words found in a writing where the text itself, of the same length, has something else."""
        found = self.places(written)
        if not found:
            return []
        words = self.words
        return [
            (start, end, word)
            for start, end, index in found
            for word in words[index]
            if text[start:end] != word
        ]

    def find(self, written: str) -> list[Edit]:
        """Every word found in a writing."""
        words = self.words
        return [(start, end, word) for start, end, index in self.places(written) for word in words[index]]


def words_of(writings: Iterable[tuple[str, str]]) -> Words:
    """Words as they are written; a writing may stand for several."""
    by_writing: dict[str, list[str]] = {}
    for writing, word in sorted(set(writings)):
        by_writing.setdefault(writing, []).append(word)
    return Words(finder(list(by_writing)), tuple(map(tuple, by_writing.values())))


@lru_cache(maxsize=1)
def by_sound() -> Words:
    of = sounds().of
    return words_of((of(word), word) for word in hidden_words())


@lru_cache(maxsize=1)
def said() -> dict[str, str]:
    """Sounds of hidden words, for reading whole runs of pinyin."""
    of = sounds().of
    words = vocabulary.shipped().words("unmask.context")
    usual = common().words
    return {
        of(word): word
        for word in sorted(hidden_words(), key=lambda word: (word in usual, word not in words, word))
    }


@lru_cache(maxsize=1)
def by_initials() -> Words:
    initials = sounds().initials
    return words_of((word.translate(initials), word) for word in hidden_words())


@lru_cache(maxsize=1)
def by_shape() -> Words:
    return words_of((word, word) for word in hidden_words())


@lru_cache(maxsize=1)
def pairs_of_halves() -> Words:
    return words_of(halves().items())


@lru_cache(maxsize=1)
def spelled_words() -> frozenset[str]:
    """Words of two characters that are also known by their bare pinyin."""
    return frozenset(vocabulary.shipped().words("unmask.spelled"))


@lru_cache(maxsize=1)
def initial_words() -> frozenset[str]:
    """Words that are known by their bare initials."""
    return frozenset(vocabulary.shipped().words("unmask.initials"))


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Of edits that overlap the longest, in order of place."""
    edits = list(edits)
    if len(edits) < 2:
        return edits
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit[0] - edit[1], edit[0])):
        if all(edit[1] <= start or end <= edit[0] for start, end, _ in kept):
            kept.append(edit)
    return sorted(kept)


def is_odd(text: str, start: int, end: int, word: str) -> bool:
    """Whether something that differs from a word is no ordinary language where it stands."""
    if text[start:end] in hidden_words():
        return False
    differs = [place for place, meant in zip(range(start, end), word, strict=True) if text[place] != meant]
    if len(word) < SURE_LENGTH and len(differs) > 1 and word not in spelled_words():
        return False
    if (
        len(word) < SURE_LENGTH
        and differs == [end - 1]
        and word not in spelled_words()
        and _belongs(text, start)
    ):
        return False
    explains = common().explains
    explained = sum(explains(text, place) for place in differs)
    return explained == 0 or (explained == 1 and len(differs) > SURE_LENGTH - 1)


def _belongs(text: str, place: int) -> bool:
    """Whether a character ends a common word: 一下肩线 is 一下 and what follows, not 下贱."""
    return place > 0 and text[place - 1 : place + 1] in common().words
