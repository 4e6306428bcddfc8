"""Who stands out: reversal rates with a guard against small numbers (F7)."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.kernel.shares import at_least, stands_out

LookedAt = Literal["officer", "agent", "shop"]


class Tally(Struct, frozen=True):
    """How many appeals against somebody's decisions were decided, and how many of them upheld."""

    subject: UUID
    appeals: int
    upheld: int


class Standing(Struct, frozen=True, kw_only=True):
    """Somebody's reversal rate beside that of all the others; shares in percent to one decimal.

    `small`: too few appeals to say anything. `at_least_percent` is the lower bound of what his true rate may
    be (Wilson, 95 %): he stands out when even that is above the others.
    """

    subject: UUID
    appeals: int
    upheld: int
    share_percent: float | None
    at_least_percent: float | None
    others_appeals: int
    others_upheld: int
    others_percent: float | None
    small: bool
    stands_out: bool


def standings(tallies: Sequence[Tally], *, minimum: int) -> list[Standing]:
    """Everybody beside the others, who stands out first."""
    appeals, upheld = sum(one.appeals for one in tallies), sum(one.upheld for one in tallies)
    found = [_standing(one, appeals - one.appeals, upheld - one.upheld, minimum) for one in tallies]
    return sorted(found, key=lambda one: (not one.stands_out, -(one.at_least_percent or 0), one.subject))


def _standing(one: Tally, others: int, others_upheld: int, minimum: int) -> Standing:
    bound = at_least(one.upheld, one.appeals)
    small = one.appeals < minimum or others < minimum
    return Standing(
        subject=one.subject,
        appeals=one.appeals,
        upheld=one.upheld,
        share_percent=_percent(one.upheld, one.appeals),
        at_least_percent=round(100 * bound, 1),
        others_appeals=others,
        others_upheld=others_upheld,
        others_percent=_percent(others_upheld, others),
        small=small,
        stands_out=stands_out(one.upheld, one.appeals, others_upheld, others, minimum=minimum),
    )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
