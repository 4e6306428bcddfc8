"""Which ways of hiding words a text could use at all, told by its pairs of neighbouring characters.

Every disguise leaves a pair that ordinary language lacks: a sound of our words in other characters, a numeral
beside a gap, a letter beside half of a word. What a pair may be part of is found out the first time it is
met; after that most messages are cleared by one look at the set of harmless pairs. A suspicion says only
that a step is worth taking, never that something is hidden; none is left out.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import add
from typing import Final

from xiaoer.guard.disguise.numbers import NUMERALS, SPOKEN_RUN
from xiaoer.guard.disguise.shapes import SURE_HALVES, alike, inner_pairs
from xiaoer.guard.disguise.sounds import initial_runs, spelled
from xiaoer.guard.disguise.words import hidden_words, spelled_words
from xiaoer.guard.readings import common, halves, sounds

ADDRESSES: Final = 1
NUMBERS: Final = 2
JOINED: Final = 4
HALVED: Final = 8
ALIKE: Final = 16
ALOUD: Final = 32
HOMOPHONES: Final = 64
INITIALS: Final = 128
_LETTERS: Final = 256
"""Two letters: the whole run is looked at."""

_KEPT: Final = 200_000
_RUNS: Final = re.compile(r"[a-z]{2,}")
_FORMAL: Final = frozenset("壹贰叁肆伍陆柒捌玖幺〇")
_COUNTED: Final = frozenset("个小天日号月点星分")
_AFTER_LETTERED: Final = frozenset("0123456789lo月号日天小%")
_DIGITS: Final = frozenset("0123456789")
_GAP: Final = " _-.~/·\x1f"
_GAP_END: Final = 5
_NUMBER_GAP: Final = frozenset(" -_.,、·\x1f/~")
_ADDRESS_PAIR: Final = re.compile(r"[点。、丶][ctnovsmi\s]|[q\s]点|艾特|圈a|扣扣|@号|[(\[][.a]|\sa")


class _Pairs(dict[str, int]):
    """What a pair may be part of, found out the first time it is met; `harmless` are those of nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.harmless: Final[set[str]] = set()

    def __missing__(self, pair: str) -> int:
        found = _suspicion(*pair)
        if len(self) + len(self.harmless) >= _KEPT:
            return found
        if found:
            self[pair] = found
        else:
            self.harmless.add(pair)
        return found


_PAIRS: Final = _Pairs()


def suspicions(text: str) -> int:
    """The steps that could find something in a text in normal form, as bits."""
    found = 0
    for pair in {*map(add, text, text[1:])} - _PAIRS.harmless:
        bits = _PAIRS[pair]
        if bits & HOMOPHONES and not _may_go_on(text, pair):
            bits -= HOMOPHONES
        if bits & JOINED and not _may_join(text, pair):
            bits -= JOINED
        found |= bits
    if found & _LETTERS:
        for run in set(_RUNS.findall(text)):
            found |= _of_run(run)
    return found & ~_LETTERS


@lru_cache(maxsize=8192)
def _of_run(run: str) -> int:
    """What a run of letters may be part of."""
    found = ADDRESSES * ("dot" in run) | NUMBERS * (SPOKEN_RUN.search(run) is not None)
    if spelled(run):
        found |= ALOUD | HOMOPHONES
    return found | INITIALS * (run in initial_runs())


def _suspicion(one: str, other: str) -> int:
    pair = one + other
    if _is_letter(one) and _is_letter(other):
        return _LETTERS | NUMBERS * _is_number(one, other)
    found = (
        ADDRESSES * (_ADDRESS_PAIR.search(pair) is not None)
        | NUMBERS * _is_number(one, other)
        | JOINED * (other in _GAP and one in _first_of_inner())
        | INITIALS * (_is_letter(one) != _is_letter(other) and (one.lower(), other) in _by_initial())
    )
    if pair in halves():
        sure = not SURE_HALVES.isdisjoint(pair)
        found |= HALVED * (sure or halves()[pair] in _hidden_characters())
    if _is_rare(one) or _is_rare(other):
        found |= ALOUD
    if pair in common().words:
        return found
    seen = pair.translate(alike())
    found |= ALIKE * (seen != pair and seen in inner_pairs())
    return found | HOMOPHONES * bool(_borders(pair))


def _is_letter(one: str) -> bool:
    return "a" <= one <= "z"


def _is_number(one: str, other: str) -> bool:
    """Part of a number in words, in shapes, or with a sign between its digits."""
    if one in _FORMAL and other in _COUNTED:
        return True
    if one in "lo" and other in _AFTER_LETTERED:
        return True
    if one in _DIGITS and other in _DIGITS:
        return False
    numerals = [each in NUMERALS or each in _DIGITS for each in (one, other)]
    return any(numerals) and all(
        is_numeral or each in _NUMBER_GAP for each, is_numeral in zip((one, other), numerals, strict=True)
    )


def _is_rare(one: str) -> bool:
    """A Han character that is seldom written: some of them together may say something aloud."""
    return "一" <= one <= "鿿" and one not in common().everyday


def _may_go_on(text: str, pair: str) -> bool:
    """Whether the neighbours of a pair sound as those in the hidden words it may be part of."""
    codes, borders = sounds().codes, _borders(pair)
    place = text.find(pair)
    while place >= 0:
        before = codes.get(ord(text[place - 1])) if place else None
        after = codes.get(ord(text[place + 2])) if place + 2 < len(text) else None
        for left, right in borders:
            if left in {0, before} and right in {0, after}:
                return True
        place = text.find(pair, place + 1)
    return False


def _may_join(text: str, pair: str) -> bool:
    """Whether what stands behind a gap follows the character before it in a hidden word."""
    place = text.find(pair)
    while place >= 0:
        if pair[0] + text[place + 1 : place + _GAP_END].lstrip(_GAP)[:1] in inner_pairs():
            return True
        place = text.find(pair, place + 1)
    return False


@lru_cache(maxsize=8192)
def _borders(pair: str) -> frozenset[tuple[int, int]]:
    """Which sounds must stand beside a pair in the hidden words that it could be part of; 0 where none must.

    One of the characters that differ must be no word by itself; of a short word only one may differ.
    """
    one, other = pair
    alone = common().alone
    found: set[tuple[int, int]] = set()
    for first, second, left, right in _by_sound().get(sounds().of(pair), ()):
        differs, also = first != one, second != other
        short = not (left or right) and first + second not in spelled_words()
        if short and differs and also:
            continue
        if (differs and one not in alone) or (also and other not in alone):
            found.add((left, right))
    return frozenset(found)


@lru_cache(maxsize=1)
def _by_sound() -> Mapping[str, set[tuple[str, str, int, int]]]:
    """Pairs inside hidden words by their sound, and the sounds that stand before and after them there."""
    found: dict[str, set[tuple[str, str, int, int]]] = {}
    of = sounds().of
    for word in hidden_words():
        signs = [0, *map(ord, of(word)), 0]
        for place in range(len(word) - 1):
            pair = (word[place], word[place + 1], signs[place], signs[place + 3])
            found.setdefault(of(word[place : place + 2]), set()).add(pair)
    return found


@lru_cache(maxsize=1)
def _by_initial() -> frozenset[tuple[str, str]]:
    """Pairs inside hidden words, one of the two by its initial."""
    initials = sounds().initials
    found: set[tuple[str, str]] = set()
    for first, second in inner_pairs():
        found.add((first.translate(initials).lower(), second))
        found.add((first, second.translate(initials).lower()))
    return frozenset(found)


@lru_cache(maxsize=1)
def _first_of_inner() -> frozenset[str]:
    return frozenset(pair[0] for pair in inner_pairs())


@lru_cache(maxsize=1)
def _hidden_characters() -> frozenset[str]:
    return frozenset("".join(hidden_words()))
