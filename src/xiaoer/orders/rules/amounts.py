"""The sums of an order: what follows from what, and whether it adds up to the last minor unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from xiaoer.kernel.money import split_minor
from xiaoer.orders.model import State

_BOUGHT: frozenset[State] = frozenset(("paid", "dispatched", "delivered", "completed"))


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of an order in minor units; goods − discount + freight = total."""

    total_minor: int
    freight_minor: int
    discount_minor: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two sums that should be equal and are not; `code` names which."""

    code: str
    left_minor: int
    right_minor: int


def sums(
    goods_minor: int | None, total_minor: int | None, freight_minor: int | None, discount_minor: int | None
) -> Sums | Mismatch:
    """Complete the sums of an order from those that are given.

    `goods_minor` is the sum of quantity × price, None when the order came without its items: then nothing can
    be compared. One unnamed part takes the difference: freight when the total is above the goods, discount
    when below.
    """
    freight, discount = freight_minor or 0, discount_minor or 0
    if goods_minor is None:
        return Sums(total_minor or 0, freight, discount)
    total = goods_minor + freight - discount if total_minor is None else total_minor
    rest = total - goods_minor - freight + discount
    if rest > 0 and freight_minor is None:
        freight = rest
    elif rest < 0 and discount_minor is None:
        discount = -rest
    elif rest != 0:
        return Mismatch("total_differs", total, total - rest)
    if total < 0:
        return Mismatch("discount_too_large", discount, goods_minor + freight)
    return Sums(total, freight, discount)


def paid_for_lines(
    list_minor: Sequence[int], given_minor: Sequence[int | None], known: Sums
) -> list[int] | Mismatch:
    """What the buyer really paid for each line (L-019): as given, or the goods' share of the total.

    The shares are in proportion to the list prices and add up to the total without freight exactly.
    """
    goods_minor = max(0, known.total_minor - known.freight_minor)
    given = [paid for paid in given_minor if paid is not None]
    if not given:
        if not list_minor:
            return []
        return list(split_minor(goods_minor, list_minor if any(list_minor) else [1] * len(list_minor)))
    if len(given) < len(given_minor):
        return Mismatch("paid_for_some_items", len(given), len(given_minor))
    if sum(given) != goods_minor:
        return Mismatch("paid_items_differ", sum(given), goods_minor)
    return given


def paid(
    state: State, total_minor: int, stated_minor: int | None, payments_minor: int | None
) -> int | Mismatch:
    """What has been paid: the sum of the payments, or as stated, or the total once the order is paid."""
    if payments_minor is not None:
        if stated_minor is not None and stated_minor != payments_minor:
            return Mismatch("payments_differ", stated_minor, payments_minor)
        return payments_minor
    if stated_minor is not None:
        return stated_minor
    return total_minor if state in _BOUGHT else 0
