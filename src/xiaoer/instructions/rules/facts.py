"""What the tables ask about a request, read from the order, the buyer's ways to pay and the shop's offers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast
from uuid import UUID

from xiaoer.identity.model import BuyerProfile
from xiaoer.instructions.model import (
    AddressBody,
    Body,
    CancelBody,
    ItemsBody,
    Kind,
    NewItem,
    PaymentBody,
    RefundBody,
    ReturnBody,
)
from xiaoer.instructions.rules.wallet import enough, method_of, paid_by_method
from xiaoer.orders.model import Offer, Purchase

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a request is judged by; `reasons` and `parts` are the book's (empty: any)."""

    purchase: Purchase | None
    profile: BuyerProfile
    offers: Mapping[UUID, Offer] = field(default_factory=dict[UUID, Offer])
    reasons: Sequence[str] = ()
    parts: Sequence[str] = ()

    @property
    def order(self) -> Purchase:
        """The order; a request about one never comes without."""
        assert self.purchase is not None
        return self.purchase


def of_order(purchase: Purchase) -> Facts:
    """What the order alone says, whatever is asked of it."""
    marks = purchase.marks
    return {
        "state": purchase.state,
        "items_changed": marks.items_changed,
        "asked": marks.return_items is not None or marks.exchange_items is not None,
        "payments": ("none", "one", "several")[min(len(purchase.payments), 2)],
    }


HOPEFUL: Final[Mapping[str, object]] = {
    "reason": "listed",
    "address": "complete",
    "lines": "known",
    "variants": "offered",
    "method": "known",
    "funds": "enough",
    "room": "within",
}
"""A request that is right in all that the order does not say."""


def price_difference_minor(purchase: Purchase, lines: Sequence[NewItem], offers: Mapping[UUID, Offer]) -> int:
    """What the new variants cost more than the old ones, minor units; lines not understood count nothing."""
    items = {item.id: item for item in purchase.items}
    return sum(
        items[line.item].quantity * (offers[line.new_variant].price_minor - items[line.item].unit_price_minor)
        for line in lines
        if line.item in items and line.new_variant in offers
    )


def _lines(purchase: Purchase, named: Sequence[UUID]) -> str:
    if not {*named} <= {item.id for item in purchase.items}:
        return "unknown"
    return "repeated" if len({*named}) < len(named) else "known"


def _variants(purchase: Purchase, lines: Sequence[NewItem], offers: Mapping[UUID, Offer]) -> str:
    products = {item.id: item.product_id for item in purchase.items}
    found = "offered"
    for line in lines:
        offer = offers.get(line.new_variant)
        if offer is None or not offer.available or offer.currency != purchase.currency:
            return "unavailable"
        if line.item in products and products[line.item] != offer.product:
            found = "elsewhere"
    return found


def _cancel(sight: Sight, body: Body) -> Facts:
    reason = cast(CancelBody, body).reason
    return {"reason": "listed" if not sight.reasons or reason in sight.reasons else "unlisted"}


def _address(sight: Sight, body: Body) -> Facts:
    address = cast(AddressBody, body).address
    said = {name for name, part in address.items() if part.strip()}
    return {"address": "complete" if said and said >= {*sight.parts} else "incomplete"}


def _swap(sight: Sight, body: Body) -> Facts:
    wish, order = cast(ItemsBody, body), sight.order
    method = method_of(sight.profile.payment_methods, wish.payment_method)
    difference_minor = price_difference_minor(order, wish.lines, sight.offers)
    unpaid = wish.payment_method is None and not order.payments  # then nothing goes to and fro yet
    return {
        "lines": _lines(order, [line.item for line in wish.lines]),
        "variants": _variants(order, wish.lines, sight.offers),
        "method": "known" if method or unpaid else "unknown",
        "funds": "enough" if enough(method, difference_minor) else "short",
    }


def _payment(sight: Sight, body: Body) -> Facts:
    wish, order = cast(PaymentBody, body), sight.order
    method = method_of(sight.profile.payment_methods, wish.payment_method)
    first = order.payments[0] if order.payments else None
    same = first is not None and first.method == wish.payment_method
    return {
        "method": "unknown" if method is None else "same" if same else "known",
        "funds": "enough" if enough(method, first.amount_minor if first else 0) else "short",
    }


def _return(sight: Sight, body: Body) -> Facts:
    wish, order = cast(ReturnBody, body), sight.order
    method = method_of(sight.profile.payment_methods, wish.payment_method)
    paid_with = {payment.method for payment in order.payments[:1]}
    if wish.payment_method is None or (wish.payment_method in paid_with and method is not None):
        kind = "original"
    elif method is None:
        kind = "unknown"
    else:
        kind = "other" if method.balance_minor is None else "gift_card"
    return {"lines": _lines(order, wish.items), "method": kind}


def _refund(sight: Sight, body: Body) -> Facts:
    wish = cast(RefundBody, body)
    held_minor = sum(paid_by_method(sight.order.payments).values())
    if not sight.order.payments:
        held_minor = sight.order.paid_minor
    return {"room": "within" if wish.amount_minor <= held_minor else "beyond"}


_READERS: Final[Mapping[Kind, Callable[[Sight, Body], Facts]]] = {
    "cancel": _cancel,
    "address": _address,
    "items": _swap,
    "payment": _payment,
    "buyer_address": _address,
    "return_requested": _return,
    "exchange_requested": _swap,
    "mark_refunded": _refund,
}


def facts(kind: Kind, sight: Sight, body: Body) -> Facts:
    """Everything the table of this kind asks."""
    about = of_order(sight.purchase) if sight.purchase else {}
    return about | _READERS[kind](sight, body)


def hopeful(kind: Kind, purchase: Purchase) -> Facts:
    """The facts of the best request that could be made of this order."""
    method = "original" if kind == "return_requested" else "known"
    return {**HOPEFUL, **of_order(purchase), "method": method}
