"""How the learned judge of abuse is made from labelled sentences: an open recipe in plain Python.

Every sentence is the set of its pieces of one and two characters in normal form. Each piece gets the log
ratio of how often it stands in abusive and in harmless sentences (Wang & Manning 2012), and a linear support
vector machine, trained by dual coordinate descent (Hsieh et al. 2008), weighs these ratios. The weights are
pruned and rounded to whole numbers, and the sum is calibrated on sentences the machine has not seen (Platt).
The same sentences in the same order give the same weights on every machine.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from xiaoer.guard.learned import Weights, pieces_of, probability
from xiaoer.guard.normal import fold

LEVELS: Final = 199
_FOLDS: Final = 5
_NEWTON_STEPS: Final = 25
_RIDGE: Final = 1e-6


def _silent(words: str) -> None:
    del words


class Example(NamedTuple):
    """A labelled sentence; `times` tells how much it counts."""

    text: str
    abusive: bool
    times: int = 1


class Recipe(NamedTuple):
    """What may be chosen about the training."""

    rounds: int = 6
    cost: float = 0.01
    least: int = 2
    pieces: int = 60_000
    seed: int = 7


class Scores(NamedTuple):
    """How right the judge is: F1 of both classes' mean, accuracy, and how far probabilities are off."""

    macro_f1: float
    accuracy: float
    calibration_error: float


def normal(text: str) -> str:
    """A sentence as the judge reads it: in normal form, without blanks and control characters."""
    return "".join(one for one in fold(text) if one > " " and one != "\x7f" and not one.isspace())


def train(examples: Sequence[Example], recipe: Recipe, tell: Callable[[str], None] = _silent) -> Weights:
    """Weights learned from examples; `tell` hears how far it is. Raises ValueError without both kinds."""
    if len({example.abusive for example in examples}) < 2:
        raise ValueError("abusive and harmless examples are both needed")
    texts = [normal(example.text) for example in examples]
    held = [place for place in range(len(examples)) if place % _FOLDS == 0]
    rest = [place for place in range(len(examples)) if place % _FOLDS]
    tell(f"calibration: {len(rest)} to learn from, {len(held)} to compare with")
    part = _fitted([examples[place] for place in rest], [texts[place] for place in rest], recipe, tell)
    sums = [(_sum(texts[place], part), len(texts[place]), examples[place].abusive) for place in held]
    slope, offset = _calibrated(sums)
    tell(f"weights: {len(examples)} to learn from")
    whole = _fitted(examples, texts, recipe, tell)
    return whole._replace(slope=slope, offset=offset)


def scores(texts: Sequence[str], abusive: Sequence[bool], weights: Weights) -> Scores:
    """How right some weights are on labelled sentences."""
    chances = [
        probability(_sum(text, weights), len(text), weights) for text in (normal(text) for text in texts)
    ]
    pairs = Counter((chance >= 0.5, truth) for chance, truth in zip(chances, abusive, strict=True))
    right = pairs[True, True] + pairs[False, False]
    wrong = pairs[True, False] + pairs[False, True]
    f1 = [2 * pairs[side, side] / max(1, 2 * pairs[side, side] + wrong) for side in (True, False)]
    return Scores(sum(f1) / 2, right / max(1, right + wrong), _calibration_error(chances, abusive))


def _calibration_error(chances: Sequence[float], abusive: Sequence[bool]) -> float:
    """The mean distance between what was said to be likely and how often it was so, in ten steps."""
    steps: dict[int, list[tuple[float, bool]]] = {}
    for chance, truth in zip(chances, abusive, strict=True):
        steps.setdefault(min(9, int(chance * 10)), []).append((chance, truth))
    off = sum(abs(sum(c for c, _ in step) - sum(t for _, t in step)) for step in steps.values())
    return off / max(1, len(chances))


def _sum(text: str, weights: Weights) -> float:
    return sum(weights.pieces.get(piece, 0) for piece in pieces_of(text)) * weights.unit + weights.bias


# ── learning ─────────────────────────────────────────────────────────────


def _fitted(
    examples: Sequence[Example], texts: Sequence[str], recipe: Recipe, tell: Callable[[str], None]
) -> Weights:
    names, rows = _rows(texts, recipe.least)
    ratios = _ratios(rows, examples, len(names))
    learned, bias = _descent(rows, examples, ratios, recipe, tell)
    weighed = [weight * ratio for weight, ratio in zip(learned, ratios, strict=True)]
    keep = sorted(range(len(names)), key=lambda index: -abs(weighed[index]))[: recipe.pieces]
    unit = max((abs(weighed[index]) for index in keep), default=1.0) / LEVELS
    pieces = {names[index]: round(weighed[index] / unit) for index in keep}
    return Weights({name: weight for name, weight in pieces.items() if weight}, unit, bias, 1.0, 0.0)


def _rows(texts: Sequence[str], least: int) -> tuple[list[str], list[list[int]]]:
    """The pieces that count and, for each sentence, which of them it has."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(pieces_of(text))
    names = sorted(piece for piece, count in counts.items() if count >= least)
    index = {name: place for place, name in enumerate(names)}
    rows = [sorted(index[piece] for piece in pieces_of(text) if piece in index) for text in texts]
    return names, rows


def _ratios(rows: Sequence[Sequence[int]], examples: Sequence[Example], size: int) -> list[float]:
    for_it, against = [1.0] * size, [1.0] * size
    for row, example in zip(rows, examples, strict=True):
        side = for_it if example.abusive else against
        for place in row:
            side[place] += example.times
    total_for, total_against = sum(for_it), sum(against)
    return [math.log((a / total_for) / (b / total_against)) for a, b in zip(for_it, against, strict=True)]


def _descent(
    rows: Sequence[Sequence[int]],
    examples: Sequence[Example],
    ratios: Sequence[float],
    recipe: Recipe,
    tell: Callable[[str], None],
) -> tuple[list[float], float]:
    """Dual coordinate descent for a linear machine with squared hinge loss; the last weight is the bias."""
    weights, bias = [0.0] * len(ratios), 0.0
    alphas = [0.0] * len(rows)
    diagonal = [0.5 / (recipe.cost * example.times) for example in examples]
    norms = [
        1.0 + sum(ratios[place] ** 2 for place in row) + diagonal[number] for number, row in enumerate(rows)
    ]
    order = list(range(len(rows)))
    draw = random.Random(recipe.seed)
    for turn in range(recipe.rounds):
        draw.shuffle(order)
        for number in order:
            row, sign = rows[number], 1.0 if examples[number].abusive else -1.0
            score = bias + sum([weights[place] * ratios[place] for place in row])
            gradient = sign * score - 1 + diagonal[number] * alphas[number]
            alpha = max(0.0, alphas[number] - gradient / norms[number])
            step = (alpha - alphas[number]) * sign
            if step:
                alphas[number] = alpha
                bias += step
                for place in row:
                    weights[place] += step * ratios[place]
        tell(f"round {turn + 1} of {recipe.rounds}")
    return weights, bias


def _calibrated(sums: Sequence[tuple[float, int, bool]]) -> tuple[float, float]:
    """Slope and offset that make sums into probabilities: logistic regression by Newton's method."""
    slope: float = 1.0
    offset: float = 0.0
    evens = [(score / math.sqrt(max(length, 8)), truth) for score, length, truth in sums]
    for _ in range(_NEWTON_STEPS):
        chances = [1 / (1 + math.exp(-max(-60.0, min(60.0, slope * even + offset)))) for even, _ in evens]
        misses = [(chance - truth, even) for chance, (even, truth) in zip(chances, evens, strict=True)]
        spreads = [(chance * (1 - chance), even) for chance, (even, _) in zip(chances, evens, strict=True)]
        across, along = sum(miss * even for miss, even in misses), sum(miss for miss, _ in misses)
        square = sum(spread * even * even for spread, even in spreads) + _RIDGE
        mixed = sum(spread * even for spread, even in spreads)
        plain = sum(spread for spread, _ in spreads) + _RIDGE
        size = square * plain - mixed**2
        slope -= (plain * across - mixed * along) / size
        offset -= (square * along - mixed * across) / size
    return slope, offset


def spread(examples: Sequence[Example], seed: int) -> Iterator[Example]:
    """Examples in an order that depends on nothing but them and a seed."""
    yield from random.Random(seed).sample(sorted(examples), len(examples))
