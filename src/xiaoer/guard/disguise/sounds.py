"""Words written as they sound: homophones, pinyin, mixed script, initials."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Final, NamedTuple

from xiaoer.guard import vocabulary
from xiaoer.guard.automaton import Finder
from xiaoer.guard.disguise.shapes import inner_pairs
from xiaoer.guard.disguise.words import (
    HAN,
    LATIN,
    SURE_LENGTH,
    Edit,
    by_initials,
    by_sound,
    hidden_words,
    initial_words,
    is_odd,
    spelled_words,
)
from xiaoer.guard.normal import ranges
from xiaoer.guard.readings import common, sounds

_SPACED_OR_RUN: Final = re.compile(r"(?<=[a-z]) {1,3}(?=[a-z一-鿿])|(?<=[一-鿿]) {1,3}(?=[a-z])|[a-z]+")


class Unit(NamedTuple):
    """One sign of a sounded text and where it came from."""

    start: int
    end: int
    latin: bool


_RUN_MAX: Final = 40
_LETTERS: Final = re.compile(r"[a-z]{2,}")


@lru_cache(maxsize=4096)
def spelled(run: str) -> str | None:
    """The syllables of a run of letters, if it is pinyin at all."""
    return sounds().spelled(run) if len(run) <= _RUN_MAX else None


def has_pinyin(text: str) -> bool:
    """Whether a text in normal form has pinyin of more than one letter."""
    return any(map(spelled, _LETTERS.findall(text)))


class Sounded(NamedTuple):
    """A text as syllables, where each came from, and the text with a blank for each syllable of pinyin."""

    signs: str
    units: list[Unit]
    given: str


@lru_cache(maxsize=1)
def sounded(text: str) -> Sounded:
    """A text as syllables, pinyin put together with Han characters, blanks beside pinyin left out.

    The last answer is kept: two steps ask about one text.
    """
    signs: list[str] = []
    units: list[Unit] = []
    given: list[str] = []
    codes = sounds().of(text)
    kept = 0
    for part in _SPACED_OR_RUN.finditer(text):
        start, end = part.span()
        syllables = "" if text[start] == " " else spelled(part[0])
        if syllables is None:
            continue
        signs += (codes[kept:start], syllables)
        units += _singles(kept, start)
        units += [Unit(start, end, True)] * len(syllables)
        given += (text[kept:start], " " * len(syllables))
        kept = end
    units += _singles(kept, len(text))
    return Sounded("".join(signs) + codes[kept:], units, "".join(given) + text[kept:])


def _singles(start: int, end: int) -> list[Unit]:
    """The units of characters that stand for themselves."""
    if end <= _MADE:
        return _SINGLE[start:end]
    return list(map(Unit, range(start, end), range(start + 1, end + 1), repeat(False)))


_MADE: Final = 1_000
_SINGLE: Final = list(map(Unit, range(_MADE), range(1, _MADE + 1), repeat(False)))
"""Those of a message as long as most, made once."""


@lru_cache(maxsize=1)
def rare() -> re.Pattern[str]:
    """Han characters that are seldom written."""
    return re.compile(f"[{seldom()}]")


@lru_cache(maxsize=1)
def seldom() -> str:
    """The same as the inside of a set of characters."""
    return ranges(set(range(ord("一"), ord("鿿") + 1)) - set(map(ord, common().everyday)))


def homophones(text: str) -> list[Edit]:
    """Words written with other characters of the same sound.

    What stands there as a word of its own, ours or a common one, is that word: most of what sounds like ours.
    """
    find, translated, known, words = _sounding()
    edits: list[Edit] = []
    for start, end, index in find(text.translate(translated)):
        if text[start:end] not in known:
            edits += [(start, end, word) for word in words[index] if is_odd(text, start, end, word)]
    return edits


@lru_cache(maxsize=1)
def _sounding() -> tuple[Finder, Sequence[int], frozenset[str], tuple[tuple[str, ...], ...]]:
    """What finds hidden words by their sound, the table of sounds, what is a word of its own, those words."""
    places, words = by_sound()
    return places, sounds().table, hidden_words().union(common().words), words


def with_pinyin(text: str) -> Iterator[Edit]:
    """Words written with pinyin, alone or together with characters of the same sound."""
    if not has_pinyin(text):
        return
    signs, units, _ = sounded(text)
    for first, last, word in by_sound().find(signs):
        mine = units[first:last]
        start, end = mine[0].start, mine[-1].end
        if text[start:end] == word or not _whole_runs(units, first, last):
            continue
        latin = sum(unit.latin for unit in mine)
        if not latin:
            if is_odd(text, start, end, word):
                yield start, end, word
            continue
        differs = [
            unit.start
            for unit, meant in zip(mine, word, strict=True)
            if not unit.latin and text[unit.start] != meant
        ]
        odd = not any(common().explains(text, place) for place in differs)
        mixed = latin < len(mine) or HAN.match(text, end) or (start and HAN.match(text, start - 1))
        if odd and (mixed or len(word) >= SURE_LENGTH or word in spelled_words()):
            yield start, end, word


def _whole_runs(units: list[Unit], first: int, last: int) -> bool:
    """Whether no run of letters goes on beyond a stretch of units."""
    before = first > 0 and units[first].latin and units[first - 1].start == units[first].start
    after = last < len(units) and units[last - 1].latin and units[last].start == units[last - 1].start
    return not (before or after)


def initials_in(text: str) -> list[Edit]:
    """Words of which some or all characters are given by their first letters: 全w最d价, qwzdj, zuid价."""
    runs = [run.span() for run in LATIN.finditer(text)]
    found = [*_by_letters(text, runs), *_by_letters_and_syllables(text, runs)]
    if len(found) < 2:
        return found
    likely = vocabulary.shipped().words("unmask.word")
    return sorted(found, key=lambda edit: (edit[2] not in spelled_words(), edit[2] not in likely))


def _by_letters_and_syllables(text: str, runs: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    pairs = initial_pairs()
    for start, end in runs:
        ways = _ways(text[start:end]) if 1 < end - start <= _WAYS_MAX else ()
        if ways and text[max(0, start - 1) : start + 1] not in pairs:
            ways = [way for way in ways if way[-1][0] + text[end : end + 1] in pairs]
        if not ways:
            continue
        first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
        before, after = text[first:start], text[end:last]
        for way in ways:
            stretch = [*before, *way, *after]
            letters = "".join(unit[0] for unit in stretch).translate(sounds().initials).upper()
            for one, other, word in by_initials().find(letters):
                if one > len(before) or other < len(before) + len(way):
                    continue
                beside = other - one > len(way)  # a run alone is as often a foreign word: buff, wux
                if beside and all(map(_is_short_for, stretch[one:other], word)):
                    left, right = len(before) - one, other - len(before) - len(way)
                    yield start - left, end + right, word


def _is_short_for(unit: str, meant: str) -> bool:
    """Whether a character, a syllable or a letter stands for a character."""
    if not unit.isascii():
        return unit == meant
    return len(unit) == 1 or sounds().syllables[unit] == sounds().of(meant)


@lru_cache(maxsize=4096)
def _ways(run: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a run of letters as syllables and at least one letter for a word, syllables first."""
    found: list[tuple[str, ...]] = []

    def go_on(read: tuple[str, ...], rest: str) -> None:
        if not rest:
            if any(len(unit) > 1 for unit in read) and any(len(unit) == 1 for unit in read):
                found.append(read)
            return
        for size in range(min(6, len(rest)), 0, -1):
            if size == 1 or rest[:size] in sounds().syllables:
                go_on((*read, rest[:size]), rest[size:])

    go_on((), run)
    return tuple(found[:_WAYS_KEPT])


_WAYS_MAX: Final = 8
_WAYS_KEPT: Final = 12
_AROUND: Final = 3


def _by_letters(text: str, runs: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    known, pairs = initial_runs(), initial_pairs()
    for start, end in runs:
        bare = known.get(text[start:end])
        if bare and not _goes_on(text, start, end):
            yield start, end, bare
        if end - start > _INITIALS_MAX or text.startswith("]", end):
            continue
        if text[end - 1 : end + 1] not in pairs and text[max(0, start - 1) : start + 1] not in pairs:
            continue  # no character that follows or leads such an initial in a hidden word stands beside
        first, last = max(0, start - _INITIALS_MAX), min(len(text), end + _INITIALS_MAX)
        stretch = text[first:last].translate(sounds().initials).upper()
        for one, other, word in by_initials().find(stretch):
            covers = first + one < end and start < first + other
            if covers and _is_initials(text, first + one, first + other, word):
                yield first + one, first + other, word


@lru_cache(maxsize=1)
def initial_pairs() -> frozenset[str]:
    """Every two characters that follow one another in a hidden word, one of them by its initial."""
    initials = sounds().initials
    found: set[str] = set()
    for first, second in inner_pairs():
        found.add(first.translate(initials).lower() + second)
        found.add(first + second.translate(initials).lower())
    return frozenset(found)


@lru_cache(maxsize=1)
def initial_runs() -> dict[str, str]:
    """Bare initials and the word they are known for."""
    initials = sounds().initials
    return {word.translate(initials).lower(): word for word in initial_words()}


_INITIALS_MAX: Final = 5


def _is_initials(text: str, start: int, end: int, word: str) -> bool:
    letters = 0
    for one, meant in zip(text[start:end], word, strict=True):
        if one != meant:
            if not one.isascii():
                return False
            letters += 1
    if not 0 < letters < len(word) or letters * 2 > len(word) + 1 or _goes_on(text, start, end):
        return False
    return len(word) >= SURE_LENGTH or not _SIZED.search(text[start:end])


_SIZED: Final = re.compile(r"[a-z][码号款型版级区座楼口线盘面键轮恤字套类家店排档]|[码号款型版级][a-z]")
"""What people write with a letter all day: M码, A款, T恤."""


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number goes on beyond a span."""
    before = start > 0 and text[start].isascii() and text[start - 1].isascii() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isascii() and text[end].isascii() and text[end].isalnum()
    return before or after
