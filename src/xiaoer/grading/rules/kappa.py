"""Cohen's κ: how far two who put the same things into the same categories agree beyond chance.

Cohen (1960), weighted Cohen (1968); the interval from the large-sample variance of Fleiss, Cohen and
Everitt (1969). Worked examples with figures from the literature: tests/grading/test_kappa.py.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final, Literal

from xiaoer.grading.model import Kappa

Weights = Literal["none", "linear", "quadratic"]
Z95: Final = 1.959963984540054


def kappa(
    pairs: Sequence[tuple[int, int]], categories: int, *, weights: Weights = "none", least: int = 1
) -> Kappa:
    """κ of pairs of categories 0…categories-1; below `least` pairs only their number is told.

    With weights, categories are ordinal and a near miss counts for more than a far one. κ is not defined
    (None) when both put everything into one category. Raises ValueError for a category out of range.
    """
    count = len(pairs)
    if any(not 0 <= one < categories for pair in pairs for one in pair):
        raise ValueError(f"categories are 0…{categories - 1}")
    if count < max(least, 1):
        return Kappa(count, enough=False)
    cells = [(one, other) for one in range(categories) for other in range(categories)]
    share = {cell: sum(1 for pair in pairs if pair == cell) / count for cell in cells}
    rows = [sum(share[one, other] for other in range(categories)) for one in range(categories)]
    columns = [sum(share[other, one] for other in range(categories)) for one in range(categories)]
    weight = {cell: _weight(cell[0], cell[1], categories, weights) for cell in cells}
    observed = sum(weight[cell] * share[cell] for cell in cells)
    expected = sum(weight[one, other] * rows[one] * columns[other] for one, other in cells)
    agreed = round(100 * sum(share[one, one] for one in range(categories)), 1)
    if expected >= 1:
        return Kappa(count, enough=True, agreed_percent=agreed)
    value = (observed - expected) / (1 - expected)
    row_mean = [sum(columns[o] * weight[one, o] for o in range(categories)) for one in range(categories)]
    column_mean = [sum(rows[o] * weight[o, one] for o in range(categories)) for one in range(categories)]
    spread = sum(
        share[one, other] * (weight[one, other] - (row_mean[one] + column_mean[other]) * (1 - value)) ** 2
        for one, other in cells
    )
    variance = (spread - (value - expected * (1 - value)) ** 2) / (count * (1 - expected) ** 2)
    error = Z95 * sqrt(max(variance, 0.0))
    return Kappa(
        count,
        enough=True,
        agreed_percent=agreed,
        kappa=round(value, 4),
        low=round(max(value - error, -1.0), 4),
        high=round(min(value + error, 1.0), 4),
    )


def _weight(one: int, other: int, categories: int, weights: Weights) -> float:
    """How far a pair of categories counts as agreement, 0…1."""
    if weights == "none" or categories < 2:
        return float(one == other)
    apart = abs(one - other) / (categories - 1)
    return 1 - (apart if weights == "linear" else apart**2)
