"""What becomes of an order, and of a buyer's balances, when a request is granted."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, cast

from msgspec.structs import replace

from xiaoer.identity.model import PaymentMethod
from xiaoer.instructions.model import (
    AddressBody,
    Body,
    CancelBody,
    ItemsBody,
    Kind,
    PaymentBody,
    RefundBody,
    ReturnBody,
)
from xiaoer.instructions.rules.facts import Sight, price_difference_minor
from xiaoer.instructions.rules.wallet import paid_by_method, settled
from xiaoer.orders.model import Change, Flow, Item, Swap


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written; None stays as it is."""

    change: Change | None = None
    address: dict[str, str] | None = None
    payment_methods: list[PaymentMethod] | None = None


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The embedded order side's own words, and how it is asked again."""
    return tomllib.loads((files("xiaoer.instructions") / "tables" / "words.toml").read_text("utf-8"))


def plan(kind: Kind, sight: Sight, body: Body) -> Plan:
    """What a granted request writes."""
    return _PLANS[kind](sight, body)


def _flowing(sight: Sight, change: Change) -> Plan:
    return Plan(change, None, settled(sight.profile.payment_methods, change.flows))


def _number(item: Item) -> str:
    return item.external_id or str(item.line)


def _cancel(sight: Sight, body: Body) -> Plan:
    order = sight.order
    back = tuple(Flow("refund", method, minor) for method, minor in paid_by_method(order.payments).items())
    marks = replace(order.marks, cancel_reason=cast(CancelBody, body).reason)
    return _flowing(
        sight, Change(state="cancelled", source_state=words()["cancelled"], marks=marks, flows=back)
    )


def _address(_sight: Sight, body: Body) -> Plan:
    return Plan(Change(address=cast(AddressBody, body).address))


def _buyer_address(_sight: Sight, body: Body) -> Plan:
    return Plan(address=cast(AddressBody, body).address)


def _items(sight: Sight, body: Body) -> Plan:
    wish, order = cast(ItemsBody, body), sight.order
    items = {item.id: item for item in order.items}
    swaps: list[Swap] = []
    for line in wish.lines:
        variant = items[line.item].variant_id
        present = sight.offers.get(variant) if variant else None
        swaps.append(
            Swap(line.item, sight.offers[line.new_variant], present.external_id if present else None)
        )
    difference_minor = price_difference_minor(order, wish.lines, sight.offers)
    flows: tuple[Flow, ...] = ()
    if wish.payment_method is not None and order.payments:  # a difference of nothing is on record too
        kind = "payment" if difference_minor > 0 else "refund"
        flows = (Flow(kind, wish.payment_method, abs(difference_minor)),)
    change = Change(
        source_state=str(words()["items_changed"]).format(state=order.source_state),
        marks=replace(order.marks, items_changed=True),
        swaps=tuple(swaps),
        flows=flows,
    )
    return _flowing(sight, change)


def _payment(sight: Sight, body: Body) -> Plan:
    [paid] = sight.order.payments
    method = cast(PaymentBody, body).payment_method
    there_and_back = (
        Flow("payment", method, paid.amount_minor),
        Flow("refund", paid.method, paid.amount_minor),
    )
    return _flowing(sight, Change(flows=there_and_back))


def _return(sight: Sight, body: Body) -> Plan:
    wish, order = cast(ReturnBody, body), sight.order
    method = wish.payment_method or (order.payments[0].method if order.payments else None)
    marks = replace(
        order.marks,
        return_items=sorted(_number(item) for item in order.items if item.id in wish.items),
        return_payment_method_id=method,
    )
    return Plan(Change(source_state=words()["return_requested"], marks=marks))


def _exchange(sight: Sight, body: Body) -> Plan:
    wish, order = cast(ItemsBody, body), sight.order
    items = {item.id: item for item in order.items}
    marks = replace(
        order.marks,
        exchange_items=sorted(_number(items[line.item]) for line in wish.lines),
        exchange_new_items=sorted(sight.offers[line.new_variant].external_id for line in wish.lines),
        exchange_payment_method_id=wish.payment_method,
        exchange_price_difference_minor=price_difference_minor(order, wish.lines, sight.offers),
    )
    return Plan(Change(source_state=words()["exchange_requested"], marks=marks))


def _refund(sight: Sight, body: Body) -> Plan:
    wish, order = cast(RefundBody, body), sight.order
    method = wish.payment_method or (order.payments[0].method if order.payments else "")
    change = Change(flows=(Flow("refund", method, wish.amount_minor),))
    if wish.cancels:
        change = replace(
            change,
            state="cancelled",
            source_state=words()["cancelled"],
            marks=replace(order.marks, cancel_reason=wish.reason or order.marks.cancel_reason),
        )
    return _flowing(sight, change)


_PLANS: Final[Mapping[Kind, Callable[[Sight, Body], Plan]]] = {
    "cancel": _cancel,
    "address": _address,
    "items": _items,
    "payment": _payment,
    "buyer_address": _buyer_address,
    "return_requested": _return,
    "exchange_requested": _exchange,
    "mark_refunded": _refund,
}
