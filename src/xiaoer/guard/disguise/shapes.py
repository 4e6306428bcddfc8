"""Characters pulled apart, cut in halves, or put for others that look like them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from xiaoer.guard import vocabulary
from xiaoer.guard.disguise.words import Edit, apart, by_shape, hidden_words, is_odd, pairs_of_halves
from xiaoer.guard.readings import common

_GAP: Final = re.compile(r"(?<=[一-鿿])[ _\-.~/·\x1f]{1,3}(?=[一-鿿])")
SURE_HALVES: Final = frozenset("亻讠钅纟氵扌忄犭礻衤饣刂阝彳攵冫糸")


def joined(text: str) -> Iterator[Edit]:
    """Words of our lists with a gap inside."""
    gaps = [gap.span() for gap in _GAP.finditer(text)]
    for number, (start, end) in enumerate(gaps):
        if text[start - 1] + text[end] not in inner_pairs():
            continue
        first = gaps[number - 1] if number else (0, 0)
        last = gaps[number + 1] if number + 1 < len(gaps) else (len(text), len(text))
        left, right = (
            text[max(first[1], start - _HALF_WORD) : start],
            text[end : min(last[0], end + _HALF_WORD)],
        )
        if len(left) == 1 and first[1] == start - 1 and number:
            left = text[max(0, first[0] - _HALF_WORD) : first[0]] + left
        for before in range(1, len(left) + 1):
            for after in range(1, len(right) + 1):
                word = left[-before:] + right[:after]
                if word in hidden_words():
                    shift = first[1] - first[0] if start - before < first[1] else 0
                    yield start - before - shift, end + after, word


_HALF_WORD: Final = 4


@lru_cache(maxsize=1)
def inner_pairs() -> frozenset[str]:
    """Every two characters that follow one another in a hidden word."""
    return frozenset(word[at : at + 2] for word in hidden_words() for at in range(len(word) - 1))


def halved(text: str) -> Iterator[Edit]:
    """Characters written as their two halves."""
    found = pairs_of_halves().find(text)
    if not found:
        return
    pairs = apart(found)
    joined: list[str] = []
    merged: dict[int, Edit] = {}
    kept = size = 0
    for pair in pairs:
        joined += [text[kept : pair[0]], pair[2]]
        size += pair[0] - kept + 1
        merged[size - 1] = pair
        kept = pair[1]
    for start, end, _ in by_shape().find("".join(joined) + text[kept:]):
        mine = [merged[place] for place in range(start, end) if place in merged]
        if len(mine) > 1 or (mine and text[slice(*mine[0][:2])] not in common().words):
            yield from mine
    yield from (pair for pair in pairs if not SURE_HALVES.isdisjoint(text[pair[0] : pair[1]]))


@lru_cache(maxsize=1)
def alike() -> dict[int, str]:
    """Characters by what they are taken for."""
    return {ord(word[0]): word[1] for word in vocabulary.shipped().words("unmask.alike")}


@lru_cache(maxsize=1)
def _any_alike() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, alike()))}]")


def look_alike(text: str) -> list[Edit]:
    """Characters taken for others that look like them: 徽信 for 微信."""
    if not _any_alike().search(text):
        return []
    seen = text.translate(alike())
    return [
        (place, place + 1, seen[place])
        for start, end, word in by_shape().find(seen)
        if text[start:end] != word and is_odd(text, start, end, word)
        for place in range(start, end)
        if text[place] != seen[place]
    ]
