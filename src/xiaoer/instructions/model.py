"""The things of instructions: what is asked, how it stands, and what may be asked now."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.orders.model import Purchase

Kind = Literal[
    "cancel",
    "address",
    "items",
    "payment",
    "buyer_address",
    "return_requested",
    "exchange_requested",
    "mark_refunded",
]
SUBJECT: Final = "instruction"
"""How the decisions about instructions are kept."""

Standing = Literal[
    "to_pay", "charging", "asked", "retried", "stuck", "confirmed", "refused", "withdrawn", "expired"
]

Method = Annotated[str, Meta(min_length=1, max_length=128)]
Part = Annotated[str, Meta(max_length=500)]
PartName = Annotated[str, Meta(min_length=1, max_length=64)]
Address = Annotated[dict[PartName, Part], Meta(min_length=1, max_length=30)]


class CancelBody(Struct, frozen=True):
    """Cancel the whole order and pay back what was paid."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class AddressBody(Struct, frozen=True):
    """Send the order elsewhere, or (of a buyer) everything from now on."""

    address: Address


class NewItem(Struct, frozen=True):
    """A line of the order and the variant it becomes."""

    item: UUID
    new_variant: UUID


class ItemsBody(Struct, frozen=True):
    """Other variants; the difference of the prices is paid, or paid back, by `payment_method`."""

    lines: Annotated[list[NewItem], Meta(min_length=1, max_length=500)]
    payment_method: Method | None = None


class PaymentBody(Struct, frozen=True):
    """Pay by other means; what was paid goes back."""

    payment_method: Method


class ReturnBody(Struct, frozen=True):
    """Lines the buyer sends back; the money goes to `payment_method`, or to the way it was paid."""

    items: Annotated[list[UUID], Meta(min_length=1, max_length=500)]
    payment_method: Method | None = None


class RefundBody(Struct, frozen=True):
    """Money that has been paid back, for the order's own books; `reason` is kept when it ends the order."""

    amount_minor: Annotated[int, Meta(ge=1)]
    payment_method: Method | None = None
    cancels: bool = False
    reason: Annotated[str, Meta(max_length=200)] | None = None


Body = CancelBody | AddressBody | ItemsBody | PaymentBody | ReturnBody | RefundBody

BODIES: Final[dict[Kind, type[Struct]]] = {
    "cancel": CancelBody,
    "address": AddressBody,
    "items": ItemsBody,
    "payment": PaymentBody,
    "buyer_address": AddressBody,
    "return_requested": ReturnBody,
    "exchange_requested": ItemsBody,
    "mark_refunded": RefundBody,
}


class Instruction(Struct, frozen=True, kw_only=True):
    """Something to ask of the order side; asking twice with one `key` asks once.

    Either of an order (`shop` or None for any, and `purchase`) or of a `buyer`; a buyer beside a purchase
    means: only if it is his. `subject` is for whom it is asked (a case, say), the order itself by default.
    """

    id: UUID
    key: str
    kind: Kind
    body: Body
    shop: UUID | None = None
    purchase: UUID | None = None
    buyer: UUID | None = None
    actor: UUID | None = None
    subject_kind: str = "order"
    subject: UUID | None = None


class ItemsDifference(Struct, frozen=True):
    """What other items cost more (the buyer pays it first) or less (it goes back to him), by row `row`.

    due: to be paid · asked: he is paying · taken: put aside until the order side has answered · given: the
    shop has it · back: it went back to him · cancelled: people called that off. `by`: until when he may pay;
    `declined`: his last payment was not taken; `confirm_url`: where he confirms it himself.
    """

    amount_minor: int
    currency: str
    method: str
    row: str
    state: Literal["due", "asked", "taken", "given", "back", "cancelled"] = "due"
    by: datetime | None = None
    collection: UUID | None = None
    declined: bool = False
    confirm_url: str = ""


class Instructed(Struct, frozen=True):
    """An instruction as it stands; `row_id` of its table (in the wording `rules`) let it through."""

    id: UUID
    key: str
    shop: UUID | None
    purchase: UUID | None
    buyer: UUID
    kind: Kind
    body: dict[str, object]
    state: Standing
    row_id: str
    rules: str
    subject_kind: str
    subject: UUID
    actor: UUID | None
    answer: str | None
    attempts: int
    asked_at: datetime
    settled_at: datetime | None
    difference: ItemsDifference | None = None


class Possible(Struct, frozen=True):
    """Whether something may be asked of an order now; else the code and row that say no."""

    kind: Kind
    possible: bool
    code: str | None = None
    row: str | None = None


class Order(Purchase, frozen=True, kw_only=True):
    """An order with what may be asked of it now, and the change that waits for the buyer's money."""

    changes: list[Possible]
    waiting: Instructed | None = None
