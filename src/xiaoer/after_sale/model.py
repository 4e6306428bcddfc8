"""The things of a case: what is asked, what it costs, what is offered, what happened, and how it travels."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

Kind = Literal[
    "refund_before_dispatch",
    "refund_only",
    "return_refund",
    "exchange",
    "resend",
    "partial_refund",
    "price_difference",
    "freight_compensation",
    "compensation",
    "repair",
    "fraud_claim",
]
"""What a buyer may ask for."""

Side = Literal["buyer", "shop", "officer", "program"]
State = Literal[
    "new",
    "asked_refund",
    "asked_money",
    "asked_return",
    "asked_exchange",
    "asked_resend",
    "offered",
    "contested",
    "to_pay",
    "charging",
    "sending_back",
    "coming_back",
    "inspecting",
    "deducting",
    "coming_back_goods",
    "inspecting_goods",
    "repairing",
    "sending_out",
    "on_way",
    "paying",
    "payment_failed",
    "paid_ahead",
    "repaying",
    "with_people",
    "settled",
    "done",
    "withdrawn",
    "lapsed",
    "turned_down",
    "owing",
]
Payer = Literal["seller", "buyer", "insurer", "none"]
Harm = Literal["loss", "breakage"]
Bearer = Literal["seller", "buyer"]
Settlement = Literal["refund", "return_refund", "exchange", "resend", "repair"]
"""What an offer leads to: money, money for goods, other goods for goods, goods, the same goods mended."""

OfferState = Literal["open", "accepted", "declined", "lapsed", "replaced"]
Condition = Literal["intact", "opened", "unknown", "incomplete", "seal_broken", "altered", "soiled"]
Stage = Literal[0, 1, 2]
"""How urgent the present clock is: nothing yet, warned, with the supervisor."""

ENDED: Final[frozenset[str]] = frozenset({"done", "withdrawn", "lapsed", "turned_down", "owing"})
BEYOND: Final[frozenset[str]] = frozenset({"compensation", "fraud_claim"})
"""Kinds of cases whose money comes on top of what was paid for the order."""

HARM: Final = "purchase"
"""What a decision about harm to an order's own parcels is about."""

TEXT_MAX: Final = 2000

Text = Annotated[str, Meta(max_length=TEXT_MAX)]
Short = Annotated[str, Meta(max_length=200)]
Word = Annotated[str, Meta(min_length=1, max_length=40)]
Minor = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Quantity = Annotated[int, Meta(ge=1, le=1_000_000)]
ClientId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Files = Annotated[list[UUID], Meta(max_length=20)]


class Address(Struct, frozen=True, forbid_unknown_fields=True):
    """Where goods go back to: a true name, phone and place (L-015)."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    phone: Annotated[str, Meta(min_length=1, max_length=40)]
    text: Annotated[str, Meta(min_length=1, max_length=500)]


class Tracking(Struct, frozen=True):
    """A parcel of the case: its number, what it cost, and what its carrier said last."""

    carrier: str
    number: str
    way: Literal["courier", "mail"] = "courier"
    freight_minor: int = 0
    at: datetime | None = None
    arrived_at: datetime | None = None


class MoneyLine(Struct, frozen=True):
    """One line of what the buyer gets; below zero it is taken off. `row` names what it stands on."""

    kind: Literal[
        "goods",
        "outbound_freight",
        "return_freight",
        "threshold",
        "gift",
        "deduction",
        "compensation",
        "agreed",
    ]
    amount_minor: int
    payer: Payer = "seller"
    item: UUID | None = None
    basis: str = ""


class CaseLine(Struct, frozen=True):
    """One line of the order that the case is about; `amount_minor` is its exact share of what was paid.

    `becomes`: the form of the goods an exchange is for, as its options are called; empty when it has none.
    """

    item: UUID
    quantity: int
    amount_minor: int
    title: str
    image_url: str | None = None
    new_variant: UUID | None = None
    becomes: str = ""


class ParcelHarm(Struct, frozen=True):
    """What a carrier said of an order's own parcel before it was signed for, and who bears it (D14)."""

    number: str
    harm: Harm
    bearer: Bearer
    text: str
    at: datetime


class Freight(Struct, frozen=True):
    """Who bears which freight (D2); `insured`: the insurer pays the way back first (O-012)."""

    outbound: Payer = "seller"
    back: Payer = "buyer"
    again: Payer = "none"
    row: str = ""
    insured: bool = False


class PriceDifference(Struct, frozen=True):
    """What an exchange costs more (above zero, the buyer pays it) or less (he gets it back), and its row.

    due: to be settled · asked: the provider is asked for the buyer's money · taken: put aside until the
    exchange ends · given: the shop has it · back: the buyer gets it, or has it, back · cancelled: people
    called it off. `by` is until when he may pay, `unpaid` what follows when he does not.
    """

    amount_minor: int
    row: str
    unpaid: Literal["open_again", "return"] = "open_again"
    state: Literal["due", "asked", "taken", "given", "back", "cancelled"] = "due"
    by: datetime | None = None
    collection: UUID | None = None


class CaseHead(Struct, frozen=True, kw_only=True):
    """As much of a case as lists show; `buyer_name` is read along with it."""

    id: UUID
    shop: UUID
    purchase: UUID
    order_number: str
    buyer: UUID
    kind: Kind
    reason: str
    state: State
    version: int
    currency: str
    lines: tuple[CaseLine, ...]
    asked_minor: int
    refund_minor: int
    refunded_minor: int
    rounds: int
    conversation: UUID | None
    clock: str | None
    due_at: datetime | None
    stage: int
    rules_at: datetime
    rules_version: str
    opened_at: datetime
    moved_at: datetime
    closed_at: datetime | None
    difference: PriceDifference | None
    buyer_name: str


class Case(CaseHead, frozen=True, kw_only=True):
    """A case as it is kept.

    `asked_minor` is what the buyer asks, `refund_minor` what is due as things stand and held back on the
    order, `refunded_minor` what has been paid. `path` is how it is asked again after an offer. `zone` is read
    along with it: where its days are counted.
    """

    path: str
    condition: Condition
    text: str
    opened_by: UUID
    opened_side: Side
    client_id: str | None
    money: tuple[MoneyLine, ...]
    freight: Freight
    payment_method: str
    ahead: bool
    held_minor: int
    repairs: int
    return_address: Address | None
    back: Tracking | None
    out: Tracking | None
    payout: UUID | None
    attempt: int
    answered_at: datetime | None
    zone: str


def extra_minor(case: Case) -> int:
    """What the buyer gets on top of what he paid for the order: the way back, where the shop bears it."""
    return sum(line.amount_minor for line in case.money if line.kind == "return_freight")


class Offer(Struct, frozen=True, kw_only=True):
    """What one side would settle for, until it expires."""

    number: int
    side: Side
    person: UUID | None
    settlement: Settlement
    amount_minor: int
    back_payer: Payer
    text: str
    state: OfferState
    expires_at: datetime
    at: datetime


class Happening(Struct, frozen=True, kw_only=True):
    """One line of the timeline of a case."""

    version: int
    at: datetime
    event: str
    side: Side
    person: UUID | None
    from_state: State
    state: State
    text: str
    amount_minor: int | None
    files: tuple[UUID, ...]
    body: dict[str, Any]
    name: str


class Doer(Struct, frozen=True):
    """Whoever does something with a case: a side, a person of it, and for the shop's side which shop."""

    side: Side
    person: UUID | None
    shop: UUID | None = None

    @property
    def buyer(self) -> UUID | None:
        """Whose cases alone he may touch; None for those who touch others'."""
        return self.person if self.side == "buyer" else None


PROGRAM: Final = Doer("program", None)


# ── wishes ───────────────────────────────────────────────────────────────


class LineWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Which line of the order, how many of it, and for an exchange what instead."""

    item: UUID
    quantity: Quantity = 1
    new_variant: UUID | None = None


class CaseWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody wants to open; `client_id` is his own key: the second time he gets the first answer."""

    kind: Kind
    lines: Annotated[list[LineWish], Meta(max_length=100)] = []
    reason: Word = "no_reason"
    condition: Condition = "unknown"
    text: Text = ""
    payment_method: Short = ""
    asked_minor: Minor | None = None
    files: Files = []
    client_id: ClientId | None = None


class AgreeWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The shop agrees; with goods to come back, where to (its standing address when left out)."""

    return_address: Address | None = None
    text: Text = ""


class OfferWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What the shop would settle for."""

    settlement: Settlement = "refund"
    amount_minor: Minor = 0
    back_payer: Literal["buyer", "seller"] = "seller"
    text: Text = ""
    files: Files = []


class AskWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What the buyer asks instead: another kind, another sum; a counter-offer is the same."""

    kind: Kind | None = None
    asked_minor: Minor | None = None
    reason: Word | None = None
    text: Text = ""
    files: Files = []


class RefuseWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why the shop refuses: a word of the list, its own words, pictures."""

    reason: Word
    text: Annotated[str, Meta(min_length=1, max_length=TEXT_MAX)]
    files: Files = []


class TrackingWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A parcel somebody has sent, entered by hand."""

    carrier: Annotated[str, Meta(min_length=1, max_length=100)]
    number: Annotated[str, Meta(min_length=1, max_length=100)]
    way: Literal["courier", "mail"] = "courier"
    freight_minor: Minor = 0
    text: Text = ""
    files: Files = []


class InspectWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What the shop found when the goods came back; less than all only with the buyer's consent."""

    result: Literal["fine", "deduct", "object"]
    deduct_minor: Minor = 0
    text: Text = ""
    files: Files = []


class CaseWordsWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Something said with a deed."""

    text: Text = ""
    files: Files = []


class PayWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The buyer pays what the other goods cost more; with which way to pay, the order's own when left out."""

    payment_method: Short = ""


class SettledWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to the follow-up question: is it settled?"""

    settled: bool
    text: Text = ""


class CaseDecideWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person of the marketplace decides."""

    outcome: Literal["refund", "return_refund", "resend", "turn_down"]
    amount_minor: Minor | None = None
    text: Annotated[str, Meta(min_length=1, max_length=TEXT_MAX)]
