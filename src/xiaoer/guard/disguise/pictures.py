"""Emoji that stand for what they show or for what it sounds like: 你🐴死了, 辣🐔, 加我🧣信."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from xiaoer.guard.disguise.words import Edit
from xiaoer.guard.normal import SIGN, Passage

_MOST: Final = 40
"""Of more pictures in a text only the first are read: nobody writes so many words with them."""


def drawn(passage: Passage) -> Iterator[tuple[Passage, list[tuple[int, int]]]]:
    """The passage with its pictures read as words, once for each reading, and the spans of the pictures."""
    if SIGN not in passage.text or not _any().search(passage.given):
        return
    known, given, origin = _readings(), passage.given, passage.origin
    places = [
        place for place, one in enumerate(passage.text) if one == SIGN and given[origin[place]] in known
    ]
    readings = [known[given[origin[place]]] for place in places[:_MOST]]
    spans = [passage.span(place, place + 1) for place in places[:_MOST]]
    for turn in range(max(map(len, readings), default=0)):
        edits: list[Edit] = [
            (place, place + 1, words[min(turn, len(words) - 1)])
            for place, words in zip(places, readings, strict=False)
        ]
        yield passage.replaced(edits), spans


@lru_cache(maxsize=1)
def _readings() -> Mapping[str, tuple[str, ...]]:
    """The shipped pictures with their readings, read once."""
    text = (files("xiaoer.guard") / "lists" / "pictures.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {picture: tuple(words) for picture, *words in lines}


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_readings())}]")
