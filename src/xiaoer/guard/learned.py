"""A small learned judge of abuse: weighed pieces of one and two characters, summed; no library, no server.

The weights are made by `xiaoer guard train` (see training.py) and read when first asked for. The same sum
tells which words weighed, so that a finding can show its reasons.
"""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import repeat
from operator import add
from typing import Final, NamedTuple

LONGEST: Final = 2
"""Pieces have up to so many characters."""
_SHOWN: Final = 4
_READ: Final = 120
"""Longer texts are judged by their worst stretch of so many characters, so that nothing hides in length."""
_STEP: Final = 60
_FLOOR: Final = 1e-9
_HEAVY: Final = 0.12


class Weights(NamedTuple):
    """What was learned: the weight of each piece, and how a sum becomes a probability."""

    pieces: Mapping[str, int]
    unit: float
    bias: float
    slope: float
    offset: float


class Part(NamedTuple):
    """A stretch of the text and how much it weighed, in log-odds."""

    start: int
    end: int
    weight: float


class Opinion(NamedTuple):
    """How likely a text is abusive, where that is said, and the parts that weighed most."""

    likelihood: float
    start: int
    end: int
    parts: tuple[Part, ...]


def heavy(weights: Weights) -> Iterator[str]:
    """Pieces without one of which hardly any text is likely abusive.

    Of 12,700 posts that the shipped weights call abusive 22 have none; of shops' messages one in six has.
    """
    return (piece for piece, weight in weights.pieces.items() if weight * weights.unit >= _HEAVY)


def closed_up(text: str) -> tuple[str, list[int]]:
    """A text in normal form without blanks and signs, and the place of each character kept."""
    places = [place for place, one in enumerate(text) if one > " " and one != "\x7f"]
    return "".join([text[place] for place in places]), places


def pieces_of(text: str) -> set[str]:
    """Every different piece of a text in normal form without blanks."""
    return {*text, *map(add, text, text[1:])}


def likelihood(text: str, weights: Weights) -> float:
    """How likely a text in normal form is abusive, 0 to 1; of a long text its worst stretch decides."""
    text = "".join(text.split())
    if len(text) <= _READ:
        return _of_stretch(text, weights)
    stretches = (text[at : at + _READ] for at in range(0, len(text) - _READ + _STEP, _STEP))
    return max(_of_stretch(stretch, weights) for stretch in stretches)


_NOTHING: Final = repeat(0)


def _of_stretch(text: str, weights: Weights) -> float:
    known = weights.pieces
    total = sum(map(known.get, pieces_of(text), _NOTHING))
    return probability(total * weights.unit + weights.bias, len(text), weights)


def probability(score: float, length: int, weights: Weights) -> float:
    """A calibrated probability; a long text gathers weight by its length alone, which is held against it."""
    even = score / math.sqrt(max(length, 8))
    return 1 / (1 + math.exp(min(60.0, -(weights.slope * even + weights.offset))))


def opinion(text: str, weights: Weights) -> Opinion:
    """What is thought of a text in normal form, with its reasons; asked only of texts that are likely."""
    bare, places = closed_up(text)
    gains = _gains(bare, weights)
    start, end = _heaviest(gains)
    if end <= start:
        return Opinion(likelihood(text, weights), 0, len(text), ())
    parts = sorted(_parts(gains, places), key=lambda part: -part.weight)[:_SHOWN]
    return Opinion(likelihood(text, weights), places[start], places[end - 1] + 1, tuple(sorted(parts)))


def _gains(text: str, weights: Weights) -> list[float]:
    """What each character adds: every piece shares its weight among its characters."""
    gains = [0.0] * len(text)
    seen: set[str] = set()
    for size in range(1, LONGEST + 1):
        for at in range(len(text) - size + 1):
            piece = text[at : at + size]
            weight = weights.pieces.get(piece, 0)
            if not weight or piece in seen:
                continue
            seen.add(piece)
            for place in range(at, at + size):
                gains[place] += weight * weights.unit / size
    return gains


def _heaviest(gains: list[float]) -> tuple[int, int]:
    """The stretch whose sum is greatest."""
    best, span, total, first = 0.0, (0, 0), 0.0, 0
    for place, gain in enumerate(gains):
        if total <= 0:
            total, first = 0.0, place
        total += gain
        if total > best:
            best, span = total, (first, place + 1)
    return span


def _parts(gains: list[float], places: list[int]) -> list[Part]:
    """Runs of characters that all speak for abuse."""
    parts: list[Part] = []
    first = 0
    for place in range(len(gains) + 1):
        if place < len(gains) and gains[place] > _FLOOR:
            continue
        if place > first:
            weight = round(sum(gains[first:place]), 3)
            parts.append(Part(places[first], places[place - 1] + 1, weight))
        first = place + 1
    return parts


# ── the file ─────────────────────────────────────────────────────────────


def written(weights: Weights) -> str:
    """Weights as text: a heading, then one line for each weight with its pieces."""
    by_weight: dict[int, list[str]] = {}
    for piece, weight in weights.pieces.items():
        by_weight.setdefault(weight, []).append(piece)
    heading = "\t".join(str(round(value, 6)) for value in weights[1:])
    lines = ["\t".join([str(weight), *sorted(by_weight[weight])]) for weight in sorted(by_weight)]
    return "\n".join(["unit\tbias\tslope\toffset", heading, *lines]) + "\n"


def read(text: str) -> Weights:
    """Weights from their text; raises ValueError for anything else."""
    heading, values, *lines = text.split("\n")
    if heading != "unit\tbias\tslope\toffset":
        raise ValueError("no weights of the guard")
    unit, bias, slope, offset = map(float, values.split("\t"))
    pieces: dict[str, int] = {}
    for line in filter(None, lines):
        weight, *those = line.split("\t")
        pieces.update(dict.fromkeys(those, int(weight)))
    return Weights(pieces, unit, bias, slope, offset)


@lru_cache(maxsize=1)
def shipped() -> Weights | None:
    """The shipped weights, read once in a process when first asked for; None where there are none."""
    file = files("xiaoer.guard") / "lists" / "abuse_weights.tsv"
    return read(file.read_text("utf-8")) if file.is_file() else None
