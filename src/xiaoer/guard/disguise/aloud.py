"""Whole stretches that say something only when read aloud: pinyin, and rare characters of the same sound.

Where the writing itself tells that something is hidden (pinyin between Han characters, a character that is
seldom written and others that no common word explains), the most likely words of that sound are looked for,
those of our lists first. Characters that a common word explains stay what they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import methodcaller
from typing import Final, NamedTuple

from xiaoer.guard import vocabulary
from xiaoer.guard.disguise.sounds import Sounded, Unit, has_pinyin, rare, sounded
from xiaoer.guard.disguise.words import Edit, Words, said, words_of
from xiaoer.guard.readings import by_sound, common, sounds

_CLAUSE: Final = re.compile(r"[一-鿿]+")
_NOT_HAN: Final = re.compile(r"[^一-鿿]")
_SPOKEN: Final = re.compile(r"[一-鿿 ]+")
_WORD_MAX: Final = 9
_COMMON_MAX: Final = 4
"""The longest common words; words of the lists have up to `_WORD_MAX` characters."""
_NEAR: Final = 5
_start: Final = methodcaller("start")
_ALOUD_LEAST: Final = 3
"""So many syllables of pinyin together are read aloud even where no known word is among them."""
_AROUND: Final = 3
_COUNT_WORTH: Final = 1.5
_HELD: Final = 2.0
_LEFT: Final = 0.7
"""What it costs to read a character otherwise that often stands alone."""


class _Word(NamedTuple):
    start: int
    end: int
    word: str


def read_aloud(text: str) -> Iterator[Edit]:
    """Stretches of pinyin, and clauses with rare characters, as what they most likely say."""
    if has_pinyin(text):
        yield from _joined(_of_pinyin(sounded(text), text), text)
    for first, last, odd in _rare_clauses(text):
        yield from _of_clause(text, first, last, odd)


def may_be_aloud(text: str) -> bool:
    """Whether rare characters stand in a text that no common word explains, each beside another such one."""
    explains = common().explains
    last = 0
    for place in map(_start, rare().finditer(text)):
        if place >= last and not explains(text, place):
            stop = _NOT_HAN.search(text, place)
            last = stop.start() if stop else len(text)
            near = text[max(0, place - _NEAR) : place]
            if _is_beside_another(text, place - len(_NOT_HAN.split(near)[-1]), last, place):
                return True
    return False


def _rare_clauses(text: str) -> Iterator[tuple[int, int, int]]:
    """Where clauses lie that hold rare characters, and the first of those that no common word explains."""
    explains = common().explains
    places = map(_start, rare().finditer(text))
    place = next(places, None)
    for clause in _CLAUSE.finditer(text) if place is not None else ():
        last = clause.end()
        odd = None
        while place is not None and place < last:
            if odd is None and not explains(text, place):
                odd = place
            place = next(places, None)
        if odd is not None:
            yield clause.start(), last, odd
        if place is None:
            return


def _joined(edits: Iterator[Edit], text: str) -> Iterator[Edit]:
    """Edits with nothing but blanks between them made one."""
    last: Edit | None = None
    for start, end, words in edits:
        if last is not None and not text[last[1] : start].strip(" "):
            last = (last[0], end, last[2] + words)
            continue
        if last is not None:
            yield last
        last = (start, end, words)
    if last is not None:
        yield last


def _is_beside_another(text: str, first: int, last: int, odd: int) -> bool:
    """Whether near a character of a clause there is another one that no common word explains."""
    explains = common().explains
    near = chain(range(odd + 1, min(last, odd + _NEAR)), range(odd - 1, max(first - 1, odd - _NEAR), -1))
    return not all(explains(text, place) for place in near)


def _of_clause(text: str, first: int, last: int, odd: int) -> Iterator[Edit]:
    """Words of the same sound in a clause, where rare and unexplained characters stand together."""
    if not _is_beside_another(text, first, last, odd):
        return
    given = text[first:last]
    signs = sounds().of(given)
    if not _sounding_ours().differing(signs, given):
        return
    free = [_price(text, place) for place in range(first, last)]
    counted = text[first - 1 : first].isdigit()
    words = _decoded(signs, given, free, counted=counted)
    changed = [one for one in words if given[one.start : one.end] != one.word]
    if any(one.word in _ours() for one in changed):
        yield from ((first + start, first + end, word) for start, end, word in changed)


def _price(text: str, place: int) -> float:
    """What it costs to read a character otherwise: more where a common word holds it."""
    if common().holds(text, place):
        return _HELD
    return _LEFT if text[place] in common().alone else 0.0


def _of_pinyin(told: Sounded, text: str) -> Iterator[Edit]:
    signs, units, given = told
    for part in _SPOKEN.finditer(given):
        first, place = part.span()
        for latin in _groups([at for at in range(first, place) if given[at] == " " and units[at].latin]):
            start, end = max(first, latin[0] - _AROUND), min(place, latin[-1] + 1 + _AROUND)
            words = _decoded(
                signs[start:end],
                given[start:end],
                [0.0 if unit.latin else None for unit in units[start:end]],
                counted=text[: units[start].start].rstrip(" ")[-1:].isdigit(),
            )
            beside = _CLAUSE.match(text, units[end - 1].end) or _CLAUSE.match(text, units[start].start - 1)
            moved = [_Word(start + one, start + other, word) for one, other, word in words]
            yield from _whole_runs(units, moved, aloud=len(latin) >= _ALOUD_LEAST, beside=beside is not None)


def _groups(places: Sequence[int]) -> Iterator[Sequence[int]]:
    """Syllables of pinyin that have few others between them."""
    first = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] - places[at - 1] > _AROUND + 1:
            yield places[first:at]
            first = at


def _whole_runs(units: list[Unit], words: Sequence[_Word], *, aloud: bool, beside: bool) -> Iterator[Edit]:
    """Decoded words joined where one run of letters belongs to several, as edits of the text."""
    at = 0
    while at < len(words):
        start, end, said_here = words[at]
        known = end - start > 1
        at += 1
        while at < len(words) and units[end - 1].latin and units[end - 1].start == units[end].start:
            known = known and words[at].end - words[at].start > 1
            end, said_here = words[at].end, said_here + words[at].word
            at += 1
        mine = units[start:end]
        has_han = beside or any(not unit.latin for unit in mine)
        if any(unit.latin for unit in mine) and (aloud or (known and (has_han or len(mine) >= _ALOUD_LEAST))):
            yield mine[0].start, mine[-1].end, said_here


def _decoded(signs: str, given: str, free: Sequence[float | None], *, counted: bool) -> list[_Word]:
    """The most likely words of syllables; `given` holds blanks for pinyin, `free` what a change costs.

    `counted` says that a number stands before them.
    """
    words, usual, everyday, known = common().words, sounds().usual, common().everyday, _known()
    best: list[_Way] = [(0.0, 0, "")]
    for end in range(1, len(signs) + 1):
        one, sign = given[end - 1], signs[end - 1]
        unknown = one == " " or (free[end - 1] == 0.0 and one not in everyday)
        way: _Way = best[end - 1][0], end - 1, usual.get(sign, one) if unknown else one
        if counted and end == 1 and way[0] < _COUNT_WORTH and free[0] is not None and sign in _counts():
            way = _COUNT_WORTH, 0, _counts()[sign]
        for start in range(max(0, end - _WORD_MAX), end - 1):
            length = end - start
            if length <= _COMMON_MAX and given[start:end] in words:
                worth = best[start][0] + length**2
                way = way if way[0] >= worth else (worth, start, given[start:end])
            for word, each in known.get(signs[start:end], ()):
                worth = best[start][0] + each * length**2
                if worth > way[0] and (cost := _cost(word, given[start:end], free[start:end])) is not None:
                    way = way if way[0] >= worth - cost else (worth - cost, start, word)
        best.append(way)
    return _traced(best)


_Way = tuple[float, int, str]
"""What a way to read the beginning of a stretch is worth, where its last word begins, and that word."""


def _traced(best: Sequence[_Way]) -> list[_Word]:
    found: list[_Word] = []
    end = len(best) - 1
    while end:
        _, start, word = best[end]
        found.append(_Word(start, end, word))
        end = start
    return found[::-1]


def _cost(word: str, given: str, free: Sequence[float | None]) -> float | None:
    """What it costs to read a word where something else is given; None where it may not be."""
    cost = 0.0
    for meant, one, price in zip(word, given, free, strict=True):
        if one in {" ", meant}:
            continue
        if price is None:
            return None
        cost += price
    return cost


@lru_cache(maxsize=1)
def _known() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """By their sound, all words that are looked for, with what a stretch is worth that is read so."""
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for lexicon, worth in ((said(), 1.5), (_told(), 1.2), (by_sound(), 1.0)):
        for piece, word in lexicon.items():
            found[piece] = (*found.get(piece, ()), (word, worth))
    return found


@lru_cache(maxsize=1)
def _counts() -> Mapping[str, str]:
    """By their sound, what numbers count."""
    return {sounds().of(one): one for one in "分块元天点日月号"}


@lru_cache(maxsize=1)
def _ours() -> frozenset[str]:
    """Words for whose sake rare characters are read otherwise: of the lists and of their surroundings."""
    return frozenset(said().values()) | frozenset(_told().values())


@lru_cache(maxsize=1)
def _sounding_ours() -> Words:
    """By their sound, all words of `_ours` that may be put back: where none sounds, nothing is read."""
    lexicons = (said(), _told(), by_sound())
    return words_of((sign, word) for one in lexicons for sign, word in one.items() if word in _ours())


@lru_cache(maxsize=1)
def _told() -> Mapping[str, str]:
    """By their sound, words with which the lists tell uses apart: the surroundings of what is held back."""
    of = sounds().of
    return {of(word): word for word in sorted(vocabulary.shipped().han())}
