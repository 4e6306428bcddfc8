"""What exactly is due: shares of lines that add up, lost thresholds, gifts, freight."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.model import CaseLine, MoneyLine
from xiaoer.kernel.refusal import Refused
from xiaoer.orders.model import Item, Offer, Purchase


class Threshold(Struct, frozen=True):
    """So much off from so much on, as the shop had it when the order was placed."""

    from_minor: int
    off_minor: int


class Promotions(Struct, frozen=True):
    """What an order got for its size; the sender says it in the order's details."""

    thresholds: tuple[Threshold, ...] = ()
    free_shipping_from_minor: int | None = None


NOTHING: Final = Promotions()


def share_minor(paid_minor: int, quantity: int, taken: int, wanted: int) -> int:
    """The share of `wanted` pieces of a line of which `taken` went before; all sum to what was paid."""
    return paid_minor * (taken + wanted) // quantity - paid_minor * taken // quantity


def difference_minor(items: Sequence[Item], lines: Sequence[CaseLine], offers: Mapping[UUID, Offer]) -> int:
    """What the new variants cost more than the old ones (below zero: less), at the prices they are offered
    for; a line without another variant, or one nobody offers, counts nothing.
    """
    prices = {item.id: item.unit_price_minor for item in items}
    return sum(
        line.quantity * (offers[line.new_variant].price_minor - prices[line.item])
        for line in lines
        if line.new_variant is not None and line.new_variant in offers and line.item in prices
    )


def left(items: Sequence[Item], taken: Mapping[UUID, int]) -> dict[UUID, int]:
    """How many of each item no case is about."""
    return {item.id: max(item.quantity - taken.get(item.id, 0), 0) for item in items}


def list_minor(items: Sequence[Item], counts: Mapping[UUID, int]) -> int:
    """What so many of the items cost before discounts."""
    return sum(item.unit_price_minor * counts.get(item.id, 0) for item in items)


def off_minor(promotions: Promotions, size_minor: int) -> int:
    """The discount an order of this size earns."""
    return max((one.off_minor for one in promotions.thresholds if size_minor >= one.from_minor), default=0)


def threshold_minor(
    items: Sequence[Item], before: Mapping[UUID, int], after: Mapping[UUID, int], promotions: Promotions
) -> int:
    """What the recalculation of a threshold discount adds to the shares of the lines (L-019); mostly below 0.

    `before` and `after` are the pieces the buyer keeps. What has been settled sums up over the cases of an
    order, so that in the end exactly the discount the kept goods earn by themselves is left to him.
    """
    whole = list_minor(items, {item.id: item.quantity for item in items})
    earned = off_minor(promotions, whole)
    return _correction(items, after, promotions, whole, earned) - _correction(
        items, before, promotions, whole, earned
    )


def _correction(
    items: Sequence[Item], kept: Mapping[UUID, int], promotions: Promotions, whole: int, earned: int
) -> int:
    size = list_minor(items, kept)
    if not size or not whole:
        return 0
    return off_minor(promotions, size) - earned * size // whole


def gift_minor(
    items: Sequence[Item], after: Mapping[UUID, int], before: Mapping[UUID, int]
) -> Mapping[UUID, int]:
    """What gifts that are kept cost when everything paid for goes back (L-016, T-023), by item.

    A gift is a line nothing was paid for; its value is the price it was marked with.
    """
    gifts = [item for item in items if item.paid_minor == 0 and item.unit_price_minor > 0]
    paid = [item for item in items if item.paid_minor > 0]
    if any(after.get(item.id, 0) for item in paid) or not any(before.get(item.id, 0) for item in paid):
        return {}
    return {item.id: item.unit_price_minor * after[item.id] for item in gifts if after.get(item.id)}


def shipping(purchase: Purchase, after: Mapping[UUID, int], promotions: Promotions) -> str:
    """How the order was shipped, as D2 asks: free, paid, or free only above what is kept (L-022)."""
    edge = promotions.free_shipping_from_minor
    if purchase.freight_minor > 0:
        return "paid"
    if edge is not None and 0 < list_minor(purchase.items, after) < edge:
        return "threshold_lost"
    return "free"


def goes_back_whole(purchase: Purchase, after: Mapping[UUID, int]) -> bool:
    """Whether nothing that was paid for is kept."""
    return not any(after.get(item.id, 0) for item in purchase.items if item.paid_minor > 0)


def total_minor(lines: Sequence[MoneyLine]) -> int:
    """What the lines come to, never below zero."""
    return max(sum(line.amount_minor for line in lines), 0)


def compensation_minor(
    base_minor: int, *, percent: int | None, least_minor: int | None, most_minor: int | None
) -> int:
    """A share in per cent, half a unit rounded up, within its bounds (D6)."""
    amount = (base_minor * percent + 50) // 100 if percent is not None else base_minor
    if least_minor is not None:
        amount = max(amount, least_minor)
    return amount if most_minor is None else min(amount, most_minor)


def more_than_paid(most_minor: int, currency: str, row: str | None = None) -> Refused:
    """Never more goes back than was paid; how much may."""
    facts = {"most_minor": most_minor, "currency": currency}
    return Refused("refused", "after_sale.more_than_paid", row, facts)
