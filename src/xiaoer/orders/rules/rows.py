"""Rows as we understand them: what a shop, product, buyer, order, item, payment or parcel may say."""

from datetime import datetime
from typing import Literal

from msgspec import Raw, Struct

from xiaoer.orders.model import Marks, PaymentKind, State

ShopState = Literal["active", "closed"]
Kind = Literal["shop", "product", "buyer", "order", "item", "payment", "parcel"]

KINDS: tuple[Kind, ...] = ("shop", "buyer", "product", "order", "item", "payment", "parcel")
"""In the order in which rows of one batch are written: what is named comes before what names it."""


class ShopRow(Struct, frozen=True, tag="shop"):
    """A shop; what is None stays as it is."""

    id: str
    name: str | None
    language: str | None = None
    time_zone: str | None = None
    allowed_origins: list[str] | None = None
    state: ShopState | None = None


class PaymentMethodRow(Struct, frozen=True, omit_defaults=True):
    """A way in which a buyer pays; a gift card carries its balance."""

    id: str
    kind: str
    brand: str | None = None
    last_four: str | None = None
    balance_minor: int | None = None
    currency: str | None = None


class BuyerRow(Struct, frozen=True, tag="buyer"):
    """A buyer of the marketplace; what is None stays as it is."""

    id: str
    name: str | None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    address: dict[str, str] | None = None
    payment_methods: list[PaymentMethodRow] | None = None


class VariantRow(Struct, frozen=True):
    id: str
    options: dict[str, str]
    price_minor: int
    available: bool


class ProductRow(Struct, frozen=True, tag="product"):
    shop: str
    id: str
    title: str
    image_url: str | None
    flags: list[str]
    price_minor: int | None
    currency: str
    available: bool
    details: Raw
    variants: list[VariantRow]


class ItemRow(Struct, frozen=True, tag="item"):
    """A line of an order; `shop` and `order` are empty when it stands inside its order.

    `flags` None means those of the product, `line` 0 the next free one, `paid_minor` None not yet shared out.
    """

    shop: str
    order: str
    currency: str
    line: int
    id: str | None
    product: str | None
    variant: str | None
    title: str | None
    options: dict[str, str]
    quantity: int
    unit_price_minor: int
    paid_minor: int | None
    flags: list[str] | None
    confirmed_no_return: bool


class PaymentRow(Struct, frozen=True, tag="payment"):
    shop: str
    order: str
    id: str
    kind: PaymentKind
    method: str
    amount_minor: int
    currency: str
    at: datetime | None


class EventRow(Struct, frozen=True, omit_defaults=True):
    text: str
    at: datetime | None = None


class ParcelRow(Struct, frozen=True, tag="parcel"):
    """A parcel; `items` are line numbers or the sender's item numbers, None means all of the order."""

    shop: str
    order: str
    id: str
    carrier: str | None
    tracking_number: str | None
    items: list[str] | None
    dispatched_at: datetime | None
    signed_at: datetime | None
    events: list[EventRow]


class OrderRow(Struct, frozen=True, tag="order"):
    """An order; lists and marks that are None are not spoken of and stay as they are."""

    shop: str
    id: str
    buyer: str
    state: State
    source_state: str
    currency: str
    total_minor: int
    paid_minor: int
    freight_minor: int
    discount_minor: int
    on_time_insurance: bool
    freight_insurance: bool
    free_shipping: bool
    address: dict[str, str]
    placed_at: datetime | None
    dispatched_at: datetime | None
    signed_at: datetime | None
    details: Raw
    items: list[ItemRow] | None
    payments: list[PaymentRow] | None
    parcels: list[ParcelRow] | None
    marks: Marks | None = None


Row = ShopRow | BuyerRow | ProductRow | OrderRow | ItemRow | PaymentRow | ParcelRow
