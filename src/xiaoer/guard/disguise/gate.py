"""Which ways of hiding words a text could use at all, told without taking a step.

What leaves a mark that can be listed (a half of a character, a letter beside half of a word, a numeral in
writing beside a day) is looked for together with the terms of the lists, in the same walk over the text; the
rest by one look over the text (glance.py). A suspicion says only that a step is worth taking, never that
something is hidden; none is left out.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from string import ascii_lowercase
from typing import Final

from xiaoer.guard.disguise import bits
from xiaoer.guard.disguise.aloud import may_be_aloud
from xiaoer.guard.disguise.glance import of_run
from xiaoer.guard.disguise.numbers import FORMAL, NUMBERS, TLD, WRITTEN
from xiaoer.guard.disguise.shapes import SURE_HALVES, alike, inner_pairs
from xiaoer.guard.disguise.sounds import initial_pairs, initial_runs
from xiaoer.guard.disguise.words import hidden_words
from xiaoer.guard.readings import common, halves

_RUNS: Final = re.compile(r"[a-z][a-z]+")
_GAP: Final = re.compile(r"[ _\-.~/·\x1f](?<=([一-鿿]).)[ _\-.~/·\x1f]{0,2}(?=([一-鿿]))")
_COUNTED: Final = "个小天日号月点星分"
_AFTER_LETTERED: Final = "月号日天小%"
_LO: Final = "0123456789lo"


def suspicions(text: str, marks: int, seen: int) -> int:
    """The steps that could find something in a text in normal form, as `bits`.

    `marks` is what was walked over, `seen` what `glance` tells. What is said with other characters of the
    same sound is not told here: the step itself is as quick.
    """
    found = marks | seen | bits.SOUNDS
    if seen & bits.UNSURE:
        found |= bits.RARE | _at_length(text)
    if found & bits.RARE and may_be_aloud(text):
        found |= bits.ALOUD
    return found & (bits.ALL | bits.WEIGHED)


def _at_length(text: str) -> int:
    """What long numbers, gaps and letters are worth, each looked for alone."""
    found = 0
    if any(not match[0].isdigit() for match in NUMBERS.finditer(text)):
        found |= bits.IN_NUMBERS
    gaps = _GAP.findall(text)
    if gaps and not inner_pairs().isdisjoint(map("".join, gaps)):
        found |= bits.JOINED
    for run in _RUNS.findall(text):
        found |= of_run(run)
    return found


@lru_cache(maxsize=1)
def marks() -> dict[str, int]:
    """Every piece of writing that tells of a way of hiding words, in normal form, and of which."""
    found: dict[str, int] = {}
    for bit, pieces in (
        (bits.ADDRESSES, _addresses()),
        (bits.IN_NUMBERS, _numbers()),
        (bits.HALVED, _halves()),
        (bits.ALIKE, _alike()),
        (bits.INITIALS, _initials()),
    ):
        for piece in pieces:
            found[piece] = found.get(piece, 0) | bit
    return found


def _addresses() -> Iterator[str]:
    yield from ("艾特", "圈a", "(at)", "[at]", "@号", "at")
    for dot, blank, end in product(("点", "dot", "。", "、", "丶", "(.)", "[.]"), ("", " "), TLD.split("|")):
        yield dot + blank + end
    yield from ("微点信", "薇点信", "威点信", "微点x", "v点x", "v点信", "q点q")
    for name, blank, dot in product(("扣扣", "qq"), ("", " "), ("点", "dot")):
        yield name + blank + dot


def _numbers() -> Iterator[str]:
    yield from map("".join, product(FORMAL, _COUNTED))
    for left, right, after in product(("", *_LO), ("", *_LO), _AFTER_LETTERED):
        if "l" in left + right or "o" in left + right:
            yield left + right + after
    yield from map("".join, product("零〇壹幺贰叁肆伍陆柒捌玖", "%"))
    yield from ("第l", "第壹", "第幺")
    yield from map("".join, product(WRITTEN, "@."))
    yield from map("".join, product(f"{ascii_lowercase}@._-", WRITTEN))


def _halves() -> Iterator[str]:
    hidden = frozenset("".join(hidden_words()))
    for pair, whole in halves().items():
        if whole in hidden or not SURE_HALVES.isdisjoint(pair):
            yield pair


def _alike() -> Iterator[str]:
    """Pairs inside hidden words, with characters in them that are taken for those meant."""
    taken: dict[str, list[str]] = {}
    for code, meant in alike().items():
        taken.setdefault(meant, [meant]).append(chr(code))
    for pair in inner_pairs():
        for seen in map("".join, product(*(taken.get(one, (one,)) for one in pair))):
            if seen != pair and seen not in common().words:
                yield seen


def _initials() -> Iterator[str]:
    """Pairs inside hidden words, one of the two by its initial; and bare initials."""
    yield from initial_pairs()
    yield from initial_runs()
