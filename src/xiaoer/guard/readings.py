"""How Chinese words sound and how they are built: readings, initials, halves, and what is a common word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from xiaoer.guard.vocabulary import shipped

_FIRST: Final = 0xE000
"""Syllables are numbered from here on, in a range no text in normal form holds (see normal.py)."""
_TABLE_END: Final = 0xA000
_SYLLABLE_MAX: Final = 6
_TWO_LETTERS: Final = ("zh", "ch", "sh")


class Sounds(NamedTuple):
    """Readings without tones: characters and syllables to a sign, signs to their most usual character."""

    codes: Mapping[int, int]
    table: Sequence[int]
    initials: Mapping[int, int]
    syllables: Mapping[str, str]
    usual: Mapping[str, str]

    def of(self, text: str) -> str:
        """A text in which every Han character is the sign of its syllable."""
        return text.translate(self.table)

    def spelled(self, letters: str) -> str | None:
        """A run of letters as signs of syllables, as few as there may be; None when it is no pinyin."""
        best: list[str | None] = ["", *[None] * len(letters)]
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - _SYLLABLE_MAX), end):
                known, sign = best[start], self.syllables.get(letters[start:end])
                if known is None or sign is None:
                    continue
                old = best[end]
                if old is None or len(known) + 1 < len(old):
                    best[end] = known + sign
        return best[-1]


def _lines(name: str) -> Iterator[str]:
    text = (files("xiaoer.guard") / "lists" / f"{name}.txt").read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("# "))


@lru_cache(maxsize=1)
def sounds() -> Sounds:
    """The shipped readings, read once."""
    codes: dict[int, int] = {}
    initials: dict[int, int] = {}
    syllables: dict[str, str] = {}
    usual: dict[str, str] = {}
    for number, line in enumerate(_lines("readings")):
        syllable, characters = line.split(" ")
        sign = _FIRST + number  # one object for all its characters: few stay near the processor
        syllables[syllable] = chr(sign)
        usual[chr(sign)] = characters[0]
        for character in characters:
            codes[ord(character)] = sign
            initials[ord(character)] = ord(syllable[0].upper())
    table = [codes.get(code, code) for code in range(_TABLE_END)]  # looked up twice as fast as a mapping
    return Sounds(codes, table, initials, syllables, usual)


class Common(NamedTuple):
    """Common words of two to four characters, the most frequent first, and those of one."""

    words: Mapping[str, None]
    alone: frozenset[str]
    everyday: str

    def explains(self, text: str, place: int) -> bool:
        """Whether a character of a text stands there as part of a common word, or as one."""
        return text[place] in self.alone or self.holds(text, place)

    def holds(self, text: str, place: int) -> bool:
        """Whether a character of a text stands there as part of a common word; no loop, it is asked often."""
        words = self.words
        return (
            text[place : place + 2] in words
            or (place > 0 and text[place - 1 : place + 1] in words)
            or text[place : place + 3] in words
            or (place > 0 and text[place - 1 : place + 2] in words)
            or (place > 1 and text[place - 2 : place + 1] in words)
            or text[place : place + 4] in words
            or (place > 0 and text[place - 1 : place + 3] in words)
            or (place > 1 and text[place - 2 : place + 2] in words)
            or (place > 2 and text[place - 3 : place + 1] in words)
        )


@lru_cache(maxsize=1)
def common() -> Common:
    """The shipped common words, read once when first asked for."""
    lines = _lines("common")
    alone, everyday = frozenset(next(lines)), next(lines)
    words: dict[str, None] = {}
    for line in lines:
        words.update(dict.fromkeys(line.split(" ")))
    words.update(dict.fromkeys(shipped().words("unmask.ordinary")))
    return Common(words, alone, everyday)


@lru_cache(maxsize=1)
def halves() -> Mapping[str, str]:
    """Two halves of a character written apart, to the character: 女子 to 好."""
    found: dict[str, str] = {}
    for line in _lines("splits"):
        whole, left, right = line.split(" ")
        for pair in (one + other for one in left for other in right):
            found.setdefault(pair, whole)
    return found


@lru_cache(maxsize=1)
def by_sound() -> Mapping[str, str]:
    """Of the common words of each sound the most frequent."""
    found: dict[str, str] = {}
    of = sounds().of
    for word in common().words:
        found.setdefault(of(word), word)
    return found


def han_words(terms: Iterable[str]) -> frozenset[str]:
    """Those of some terms in normal form that are Han characters only."""
    return frozenset(term for term in terms if _HAN.fullmatch(term))


_HAN: Final = re.compile(r"[一-鿿]{2,9}")
