"""The things of an order: products, purchases, items, payments, parcels, and the cards that show them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

State = Literal["pending", "paid", "dispatched", "delivered", "completed", "cancelled"]
"""How far an order is; `pending` waits for its payment, `paid` for its dispatch."""

PaymentKind = Literal["payment", "refund"]
CardKind = Literal["order", "product"]


class Variant(Struct, frozen=True):
    """One form of a product that can be bought, such as red in size M."""

    id: UUID
    external_id: str
    options: dict[str, str]
    price_minor: int
    currency: str
    available: bool


class Offer(Struct, frozen=True):
    """A variant with the product it is a form of: what an item may become."""

    id: UUID
    product: UUID
    external_id: str
    options: dict[str, str]
    price_minor: int
    currency: str
    available: bool


class Product(Struct, frozen=True):
    """What a shop sells; `price_minor` is the lowest of its variants when the shop names none."""

    id: UUID
    shop_id: UUID
    external_id: str
    title: str
    image_url: str | None
    flags: list[str]
    price_minor: int | None
    currency: str
    available: bool
    variants: list[Variant]


class Item(Struct, frozen=True):
    """One line of an order; `paid_minor` is what the buyer really paid for the whole line (L-019)."""

    id: UUID
    line: int
    external_id: str | None
    product_id: UUID | None
    variant_id: UUID | None
    title: str
    image_url: str | None
    options: dict[str, str]
    quantity: int
    unit_price_minor: int
    paid_minor: int
    flags: list[str]
    confirmed_no_return: bool


class Payment(Struct, frozen=True):
    """Money that went to the shop (`payment`) or back to the buyer (`refund`); always positive."""

    id: UUID
    kind: PaymentKind
    method: str
    amount_minor: int
    currency: str
    at: datetime | None


class Marks(Struct, frozen=True, kw_only=True):
    """What was asked of an order and granted, as its owner keeps it; items by the sender's numbers.

    `items_changed`: items were changed before dispatch. The price difference is what the new items cost more.
    """

    cancel_reason: str | None = None
    items_changed: bool = False
    return_items: list[str] | None = None
    return_payment_method_id: str | None = None
    exchange_items: list[str] | None = None
    exchange_new_items: list[str] | None = None
    exchange_payment_method_id: str | None = None
    exchange_price_difference_minor: int | None = None


class ParcelEvent(Struct, frozen=True):
    """One line of a carrier's log."""

    text: str
    at: datetime | None = None


class Parcel(Struct, frozen=True):
    """What was sent in one piece; `items` are ids of the order's items."""

    id: UUID
    external_id: str
    carrier: str | None
    tracking_number: str | None
    items: list[UUID]
    dispatched_at: datetime | None
    signed_at: datetime | None
    events: list[ParcelEvent]


class PurchaseLine(Struct, frozen=True):
    """An order as a list shows it: without its payments and parcels."""

    id: UUID
    shop_id: UUID
    shop_name: str
    external_id: str
    buyer_id: UUID
    buyer_name: str
    state: State
    source_state: str
    currency: str
    total_minor: int
    paid_minor: int
    refunded_minor: int
    placed_at: datetime | None
    listed_at: datetime
    items: list[Item]


class Purchase(Struct, frozen=True):
    """An order with everything that belongs to it.

    `paid_minor` counts payments and `refunded_minor` refunds, so what the shop holds is their difference.
    Times the sender does not know are None; `listed_at` always stands and orders the lists.
    """

    id: UUID
    shop_id: UUID
    shop_name: str
    external_id: str
    buyer_id: UUID
    buyer_name: str
    state: State
    source_state: str
    currency: str
    total_minor: int
    paid_minor: int
    refunded_minor: int
    freight_minor: int
    discount_minor: int
    on_time_insurance: bool
    freight_insurance: bool
    free_shipping: bool
    address: dict[str, str]
    marks: Marks
    placed_at: datetime | None
    dispatched_at: datetime | None
    signed_at: datetime | None
    listed_at: datetime
    items: list[Item]
    payments: list[Payment]
    parcels: list[Parcel]


class Swap(Struct, frozen=True):
    """One line of an order that becomes another variant; `was` is the sender's number of the present one."""

    item: UUID
    offer: Offer
    was: str | None


class Flow(Struct, frozen=True):
    """Money that goes to the shop or back to the buyer, by one of his ways to pay."""

    kind: PaymentKind
    method: str
    amount_minor: int


class Change(Struct, frozen=True):
    """What becomes of an order; what is None or empty stays as it is."""

    state: State | None = None
    source_state: str | None = None
    address: dict[str, str] | None = None
    marks: Marks | None = None
    swaps: tuple[Swap, ...] = ()
    flows: tuple[Flow, ...] = ()


class Card(Struct, frozen=True):
    """An order or product as it is now, small enough to stand in a conversation as it was then."""

    kind: CardKind
    id: UUID
    title: str
    image_url: str | None
    lines: list[str]
    amount_minor: int | None
    currency: str
    state: str


# ── imports ──────────────────────────────────────────────────────────────


class ImportCounts(Struct):
    """What became of the rows of one kind."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0


class ImportFault(Struct, frozen=True):
    """Why a row did not go in; `line` is where it begins, `field` its place in the row."""

    line: int
    kind: str | None
    field: str | None
    code: str
    message: str
    file: str | None = None


class ImportSummary(Struct, frozen=True):
    """What became of an import; faults beyond the first thousand are only counted in `failed`.

    `unknown_fields` counts, by kind and field, what was sent and is not understood; its rows went in without.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    failed: int
    kinds: dict[str, ImportCounts]
    errors: list[ImportFault]
    errors_left_out: int
    unknown_fields: dict[str, int]
    seconds: float
