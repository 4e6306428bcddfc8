"""Shares of small numbers: what they show for sure, and who stands out from all the others."""

from math import sqrt
from typing import Final

_Z: Final = 1.96


def at_least(part: int, whole: int) -> float:
    """The lower Wilson bound (95 %) of a share, between 0 and 1; 0 of nothing."""
    if whole == 0:
        return 0.0
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    spread = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return max((middle - spread) / (1 + square / whole), 0.0)


def stands_out(part: int, whole: int, others_part: int, others_whole: int, *, minimum: int) -> bool:
    """Whether even the lower bound of somebody's share is above the others'; never where either is few."""
    if whole < minimum or others_whole < max(minimum, 1):
        return False
    return at_least(part, whole) > others_part / others_whole
