"""Reads orders, and the items, payments and parcels that stand inside them or in rows of their own."""

from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace

from xiaoer.kernel.money import decimal_text
from xiaoer.orders.model import Marks, PaymentKind, State
from xiaoer.orders.rules import amounts
from xiaoer.orders.rules.fields import Fields
from xiaoer.orders.rules.places import places
from xiaoer.orders.rules.rows import EventRow, ItemRow, OrderRow, ParcelRow, PaymentRow
from xiaoer.orders.rules.words import LIMITS, PAYMENT_KINDS, STATES, folded


def order(fields: Fields) -> OrderRow:
    """An order with what it says of its items, payments and parcels; its sums must add up."""
    number = fields.id("id", required=True) or ""
    currency = fields.currency("currency", fields.customs.currency) or fields.customs.currency
    word = fields.text("state", most=100, required=True)
    state = cast(State, fields.word("state", known=STATES, code="state_unknown") or "pending")
    items = _items(fields, currency)
    known = _sums(fields, currency, items)
    if items is not None:
        items = _shares(fields, items, known)
    stated_minor = fields.amount("paid", currency)
    due_minor = known.total_minor if stated_minor is None else stated_minor
    payments = _payments(fields, number, currency, due_minor)
    return OrderRow(
        shop=fields.shop(),
        id=number,
        buyer=fields.id("buyer", required=True) or "",
        state=state,
        source_state=fields.text("source_state", most=100) or word or state,
        currency=currency,
        total_minor=known.total_minor,
        paid_minor=_paid(fields, state, known.total_minor, stated_minor, payments),
        freight_minor=known.freight_minor,
        discount_minor=known.discount_minor,
        on_time_insurance=fields.yes("on_time_insurance", otherwise=False),
        freight_insurance=fields.yes("freight_insurance", otherwise=False),
        free_shipping=fields.yes("free_shipping", otherwise=False),
        address=fields.pairs("address", single="text") or {},
        placed_at=fields.time("placed_at"),
        dispatched_at=fields.time("dispatched_at"),
        signed_at=fields.time("signed_at"),
        details=fields.details("details"),
        items=items,
        payments=payments,
        parcels=_parcels(fields, number, items),
        marks=_marks(fields, currency),
    )


def _marks(fields: Fields, currency: str) -> Marks | None:
    inner = fields.inside("marks")
    if inner is None:
        return None
    marks = Marks(
        cancel_reason=inner.text("cancel_reason"),
        items_changed=inner.yes("items_changed", otherwise=False),
        return_items=inner.texts("return_items"),
        return_payment_method_id=inner.id("return_payment_method_id"),
        exchange_items=inner.texts("exchange_items"),
        exchange_new_items=inner.texts("exchange_new_items"),
        exchange_payment_method_id=inner.id("exchange_payment_method_id"),
        exchange_price_difference_minor=inner.amount("exchange_price_difference", currency, signed=True),
    )
    inner.finish()
    return marks


# ── items ────────────────────────────────────────────────────────────────


def item(fields: Fields) -> ItemRow:
    """A line in a row of its own; it must say which line it is, or sending it twice would add it twice."""
    currency = fields.currency("currency", fields.customs.currency) or fields.customs.currency
    line = _line(fields, currency, shop=fields.shop(), number=fields.id("order", required=True) or "")
    if not line.line and line.id is None:
        fields.wrong("line_or_id_missing", "line")
    paid_minor = line.quantity * line.unit_price_minor if line.paid_minor is None else line.paid_minor
    return replace(line, paid_minor=paid_minor)


def _items(fields: Fields, currency: str) -> list[ItemRow] | None:
    inner = fields.objects("items", most=LIMITS["lines_max"])
    if inner is None:
        return None
    items: list[ItemRow] = []
    for part in inner:
        items.append(_line(part, currency))
        part.finish()
    fields.each_once("items", [line.line for line in items if line.line])
    return items


def _line(fields: Fields, currency: str, shop: str = "", number: str = "") -> ItemRow:
    quantity = fields.whole("quantity", least=1, most=LIMITS["quantity_max"]) or 1
    if fields.get("price") is None:
        fields.wrong("field_missing", "price")
    unit_price_minor = fields.amount("price", currency) or 0
    if unit_price_minor * quantity > LIMITS["amount_minor_max"]:
        fields.wrong("amount_too_large", "price", currency=currency)
    title = fields.text("title", most=LIMITS["title_max"])
    product, variant = fields.id("product"), fields.id("variant")
    if title is None and product is None and variant is None:
        fields.wrong("field_missing", "title")
    return ItemRow(
        shop=shop,
        order=number,
        currency=currency,
        line=fields.whole("line", least=1, most=LIMITS["quantity_max"]) or 0,
        id=fields.id("id"),
        product=product,
        variant=variant,
        title=title,
        options=fields.pairs("options", single="option") or {},
        quantity=quantity,
        unit_price_minor=unit_price_minor,
        paid_minor=fields.amount("paid", currency),
        flags=fields.flags("flags"),
        confirmed_no_return=fields.yes("confirmed_no_return", otherwise=False),
    )


def _sums(fields: Fields, currency: str, items: Sequence[ItemRow] | None) -> amounts.Sums:
    goods_minor = None if items is None else sum(line.quantity * line.unit_price_minor for line in items)
    total_minor = fields.amount("total", currency)
    freight_minor = fields.amount("freight", currency)
    discount_minor = fields.amount("discount", currency)
    if fields.spoiled:  # an amount that was not understood says nothing about the others
        return amounts.Sums(0, 0, 0)
    if goods_minor is None and total_minor is None:
        fields.wrong("field_missing", "total")
        return amounts.Sums(0, 0, 0)
    found = amounts.sums(goods_minor, total_minor, freight_minor, discount_minor)
    if isinstance(found, amounts.Mismatch):
        return _differ(fields, "total", currency, found)
    return found


def _shares(fields: Fields, items: list[ItemRow], known: amounts.Sums) -> list[ItemRow]:
    if fields.spoiled:
        return items
    listed = [line.quantity * line.unit_price_minor for line in items]
    found = amounts.paid_for_lines(listed, [line.paid_minor for line in items], known)
    if isinstance(found, amounts.Mismatch):
        _differ(fields, "items", items[0].currency, found)
        return items
    return [replace(line, paid_minor=minor) for line, minor in zip(items, found, strict=True)]


def _differ(fields: Fields, name: str, currency: str, found: amounts.Mismatch) -> amounts.Sums:
    left, right = (decimal_text(minor, currency) for minor in (found.left_minor, found.right_minor))
    fields.wrong(found.code, name, left=left, right=right)
    return amounts.Sums(0, 0, 0)


# ── payments ─────────────────────────────────────────────────────────────


def payment(fields: Fields) -> PaymentRow:
    """A payment or refund in a row of its own."""
    currency = fields.currency("currency", fields.customs.currency) or fields.customs.currency
    number = fields.id("order", required=True) or ""
    external = fields.id("id", required=True) or ""
    return _payment(fields, shop=fields.shop(), number=number, external=external, currency=currency)


def _payments(fields: Fields, number: str, currency: str, due_minor: int) -> list[PaymentRow] | None:
    inner = fields.objects("payments")
    if inner is None:
        return None
    payments: list[PaymentRow] = []
    for place, part in enumerate(inner, 1):
        own = part.currency("currency", currency)
        if own is not None and own != currency:
            part.wrong("currency_differs", "currency", value=own, currency=currency)
        external = part.id("id") or f"{number}/{place}"
        # One payment without an amount paid what was due.
        otherwise = due_minor if len(inner) == 1 else None
        payments.append(
            _payment(
                part,
                shop="",
                number=number,
                external=external,
                currency=currency,
                otherwise_minor=otherwise,
            )
        )
        part.finish()
    fields.each_once("payments", [one.id for one in payments])
    return payments


def _payment(
    fields: Fields,
    *,
    shop: str,
    number: str,
    external: str,
    currency: str,
    otherwise_minor: int | None = None,
) -> PaymentRow:
    amount_minor = fields.amount("amount", currency)
    if fields.get("amount") is None:
        amount_minor = otherwise_minor
        if otherwise_minor is None:
            fields.wrong("field_missing", "amount")
    kind = fields.word("payment_kind", known=PAYMENT_KINDS, code="payment_kind_unknown")
    if kind is None:
        kind = PAYMENT_KINDS.get(folded(str(fields.get("kind"))), "payment")
    return PaymentRow(
        shop=shop,
        order=number,
        id=external,
        kind=cast(PaymentKind, kind),
        method=fields.text("method", most=100) or "",
        amount_minor=amount_minor or 0,
        currency=currency,
        at=fields.time("at"),
    )


def _paid(
    fields: Fields,
    state: State,
    total_minor: int,
    stated_minor: int | None,
    payments: Sequence[PaymentRow] | None,
) -> int:
    came_minor = (
        sum(one.amount_minor for one in payments if one.kind == "payment") if payments is not None else None
    )
    found = amounts.paid(state, total_minor, stated_minor, came_minor)
    if isinstance(found, amounts.Mismatch):
        if not fields.spoiled:
            _differ(fields, "paid", payments[0].currency if payments else fields.customs.currency, found)
        return 0
    return found


# ── parcels ──────────────────────────────────────────────────────────────


def parcel(fields: Fields) -> ParcelRow:
    """A parcel in a row of its own."""
    return _parcel(fields, fields.shop(), fields.id("order", required=True) or "", None)


def _parcels(fields: Fields, number: str, items: Sequence[ItemRow] | None) -> list[ParcelRow] | None:
    inner = fields.objects("parcels")
    if inner is None:
        return None
    parcels: list[ParcelRow] = []
    for place, part in enumerate(inner, 1):
        one = _parcel(part, "", number, f"{number}/{place}")
        if items is not None and isinstance(unknown := _places(one.items, items), str):
            part.wrong("item_unknown", "items", value=unknown)
        parcels.append(one)
        part.finish()
    fields.each_once("parcels", [one.id for one in parcels])
    return parcels


def _parcel(fields: Fields, shop: str, number: str, otherwise: str | None) -> ParcelRow:
    tracking_number = fields.id("tracking_number")
    external = fields.id("id") or tracking_number or otherwise
    if external is None:
        fields.wrong("field_missing", "id")
    return ParcelRow(
        shop=shop,
        order=number,
        id=external or "",
        carrier=fields.text("carrier", most=100),
        tracking_number=tracking_number,
        items=fields.texts("items"),
        dispatched_at=fields.time("dispatched_at"),
        signed_at=fields.time("signed_at"),
        events=[_event(event) for event in fields.objects("events") or []],
    )


def _event(fields: Fields) -> EventRow:
    event = EventRow(text=fields.text("text", required=True) or "", at=fields.time("at"))
    fields.finish()
    return event


def _places(named: Sequence[str] | None, items: Sequence[ItemRow]) -> list[int] | str:
    return places(named, [(line.line or place, line.id) for place, line in enumerate(items, 1)])
