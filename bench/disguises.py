"""Ways people write words so that no machine should know them: one function each, from a seed alone.

A disguise is put on the words that were found, not on the whole message, as people do it. Where it changes
nothing (no digit to spell, no character with halves) the sentence is left out of that disguise's figure.
"""

import random
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from opencc import OpenCC

from xiaoer.guard import vocabulary
from xiaoer.guard.readings import common, halves, sounds

Draw = random.Random
Disguise = Callable[[str, Draw], str]


def _han(text: str) -> list[int]:
    return [place for place, one in enumerate(text) if "一" <= one <= "鿿"]


def _some(text: str, draw: Draw, share: float, change: Callable[[str], str]) -> str:
    """Change so many of the Han characters, at least one."""
    places = _han(text)
    if not places:
        return text
    chosen = set(draw.sample(places, max(1, round(len(places) * share))))
    return "".join(change(one) if place in chosen else one for place, one in enumerate(text))


def _each(change: Callable[[str], str]) -> Disguise:
    return lambda text, draw: _some(text, draw, 1.0, change)


@lru_cache(maxsize=1)
def _alike_in_sound() -> dict[str, list[str]]:
    """For each character the everyday characters of the same syllable."""
    everyday = {one for word in common().words for one in word}
    by_code: dict[int, list[str]] = {}
    for code, sign in sounds().codes.items():
        if chr(code) in everyday:
            by_code.setdefault(sign, []).append(chr(code))
    return {
        chr(code): [one for one in by_code.get(sign, []) if one != chr(code)]
        for code, sign in sounds().codes.items()
    }


@lru_cache(maxsize=1)
def _syllables() -> dict[int, str]:
    return {ord(sign): syllable for syllable, sign in sounds().syllables.items()}


def syllable(one: str) -> str:
    """The pinyin of a character, without tone."""
    sign = sounds().codes.get(ord(one))
    return _syllables()[sign] if sign else one


def _homophone(draw: Draw) -> Callable[[str], str]:
    return lambda one: draw.choice(_alike_in_sound().get(one) or [one])


@lru_cache(maxsize=1)
def _shapes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in vocabulary.shipped().words("unmask.alike"):
        found.setdefault(pair[1], []).append(pair[0])
    return found


@lru_cache(maxsize=1)
def _apart() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair, whole in halves().items():
        found.setdefault(whole, []).append(pair)
    return found


def _look_alike(text: str, draw: Draw) -> str:
    return "".join(draw.choice(_shapes().get(one, [one])) for one in text)


def _halved(text: str, draw: Draw) -> str:
    return "".join(draw.choice(_apart().get(one, [one])) for one in text)


_WORDS: Final = ("零〇", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_SHAPES: Final = str.maketrans({"0": "o", "1": "l"})
_CIRCLED: Final = str.maketrans({str(one): chr(0x245F + one) for one in range(1, 10)} | {"0": "⓪"})


def _numbers_in_words(text: str, draw: Draw) -> str:
    return "".join(draw.choice(_WORDS[int(one)]) if one in "0123456789" else one for one in text)


def _address_in_words(text: str, draw: Draw) -> str:
    del draw
    return text.replace("@", "艾特").replace(".", "点") if "@" in text or "." in text else text


_TRADITIONAL: Final = OpenCC("s2t")

DISGUISES: Final[dict[str, Disguise]] = {
    "full width": lambda text, _: text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    "traditional": lambda text, _: _TRADITIONAL.convert(text),
    "zero width": lambda text, _: "\u200b".join(text),
    "stars between": lambda text, _: "*".join(text),
    "dots between": lambda text, _: "·".join(text),
    "emoji between": lambda text, draw: draw.choice("❤😀🔥✨🌹").join(text),
    "spaces between": lambda text, _: " ".join(text),
    "underscores between": lambda text, _: "_".join(text),
    "readings in brackets": _each(lambda one: f"{one}({syllable(one)})"),
    "struck through": lambda text, _: "".join(one + "\u0336" for one in text),
    "pinyin, all": _each(syllable),
    "pinyin, apart": lambda text, _: " ".join(syllable(one) for one in text) if _han(text) else text,
    "pinyin, one": lambda text, draw: _some(text, draw, 0.01, syllable),
    "pinyin, half": lambda text, draw: _some(text, draw, 0.5, syllable),
    "initial of one": lambda text, draw: _some(text, draw, 0.01, lambda one: syllable(one)[0]),
    "homophone, one": lambda text, draw: _some(text, draw, 0.01, _homophone(draw)),
    "homophones, half": lambda text, draw: _some(text, draw, 0.5, _homophone(draw)),
    "homophones, all": lambda text, draw: _some(text, draw, 1.0, _homophone(draw)),
    "look-alikes": _look_alike,
    "halves apart": _halved,
    "numbers in words": _numbers_in_words,
    "numbers in shapes": lambda text, _: text.translate(_SHAPES),
    "numbers in circles": lambda text, _: text.translate(_CIRCLED),
    "addresses in words": _address_in_words,
}


def disguised(text: str, spans: list[tuple[int, int]], name: str, seed: int) -> str:
    """A text with some spans (sorted, not overlapping) disguised; itself where there is nothing to change."""
    draw = random.Random(f"{seed} {name} {text}")
    parts: list[str] = []
    kept = 0
    for start, end in spans:
        parts += [text[kept:start], DISGUISES[name](text[start:end], draw)]
        kept = end
    return "".join(parts) + text[kept:]
