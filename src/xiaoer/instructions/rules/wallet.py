"""A buyer's ways to pay: which one it is, whether it has enough, and what money does to its balance."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from xiaoer.identity.model import PaymentMethod
from xiaoer.orders.model import Flow, Payment


def method_of(methods: Iterable[PaymentMethod], name: str | None) -> PaymentMethod | None:
    """The way to pay with this id."""
    return next((one for one in methods if one.id == name), None)


def enough(method: PaymentMethod | None, amount_minor: int) -> bool:
    """Whether it can pay so much: only one with a balance can fall short."""
    return method is None or method.balance_minor is None or method.balance_minor >= amount_minor


def settled(methods: Sequence[PaymentMethod], flows: Sequence[Flow]) -> list[PaymentMethod] | None:
    """The ways to pay after money went through them; None when no balance has changed."""
    moved: dict[str, int] = {}
    for flow in flows:
        sign = -1 if flow.kind == "payment" else 1
        moved[flow.method] = moved.get(flow.method, 0) + sign * flow.amount_minor
    after = [
        replace(one, balance_minor=one.balance_minor + moved.get(one.id, 0))
        if one.balance_minor is not None
        else one
        for one in methods
    ]
    return after if after != list(methods) else None


def paid_by_method(payments: Iterable[Payment]) -> dict[str, int]:
    """What each way to pay has paid and not got back, in the order they were first used; minor units."""
    held: dict[str, int] = {}
    for payment in payments:
        sign = 1 if payment.kind == "payment" else -1
        held[payment.method] = held.get(payment.method, 0) + sign * payment.amount_minor
    return {method: minor for method, minor in held.items() if minor > 0}
