"""The things of compensation: what is wished, given, what happened to it, what a wrong block costs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

GrantKind = Literal["coupon", "points", "red_packet", "money"]
Bearer = Literal["shop", "marketplace"]
Receiver = Literal["person", "shop"]
GrantSide = Literal["receiver", "shop", "officer", "program"]
GrantState = Literal[
    "made",
    "offered",
    "contested",
    "waiting",
    "held",
    "paying",
    "given",
    "used",
    "returned",
    "undone",
]
PacketPurpose = Literal["price_difference", "postage", "comfort", "gift", "campaign"]
"""What a shop may send a red packet for (R-003); a review is not among it (R-007)."""

GrantPurpose = Literal[
    "price_difference",
    "postage",
    "comfort",
    "gift",
    "campaign",
    "economic",
    "reputation",
    "time",
    "distress",
    "ruling",
    "freight",
    "test_cost",
    "exchange",
]
OVER: Final[frozenset[GrantState]] = frozenset({"returned", "undone"})

Text = Annotated[str, Meta(max_length=2000)]
Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Amount = Annotated[int, Meta(ge=1, le=10**12)]
PacketNote = Annotated[str, Meta(max_length=200)]


class GrantWish(Struct, frozen=True, kw_only=True):
    """Something is to be given. The key is the wish's own: giving it again answers with the first grant.

    `shop` bears it, or is where it was when the marketplace bears it. `amount_minor` of points is their
    number; a point is worth one minor unit. `is_offer`: it may be contested, and is taken by silence. The
    subject is what it makes good. `rules_at`: by which rules; None = by those of now.
    """

    id: UUID
    key: str
    kind: GrantKind
    bearer: Bearer
    to_kind: Receiver
    receiver: UUID
    amount_minor: int
    currency: str
    purpose: GrantPurpose
    subject_kind: str
    subject: UUID
    shop: UUID | None = None
    purchase: UUID | None = None
    is_offer: bool = False
    note: str = ""
    made_by: UUID | None = None
    rules_at: datetime | None = None


class Grant(Struct, frozen=True, kw_only=True):
    """Something given, and how far it has come."""

    id: UUID
    key: str
    kind: GrantKind
    bearer: Bearer
    shop: UUID | None
    to_kind: Receiver
    receiver: UUID
    amount_minor: int
    currency: str
    purpose: GrantPurpose
    purchase: UUID | None
    subject_kind: str
    subject: UUID
    is_offer: bool
    note: str
    state: GrantState
    version: int
    contests: int
    attempt: int
    payout: UUID | None
    postings: tuple[UUID, ...]
    used_shop: UUID | None
    used_purchase: UUID | None
    made_by: UUID | None
    clock: str | None
    due_at: datetime | None
    rules_at: datetime
    rules_version: str
    made_at: datetime
    moved_at: datetime


class GrantHappening(Struct, frozen=True, kw_only=True):
    """One thing that happened to a grant."""

    version: int
    at: datetime
    event: str
    side: GrantSide
    person: UUID | None
    from_state: str
    state: GrantState
    amount_minor: int
    text: str


class By(Struct, frozen=True):
    """Whoever does something with a grant."""

    side: GrantSide
    person: UUID | None = None
    text: str = ""


PROGRAM: Final = By("program")


class Sent(Struct, frozen=True):
    """What an agent and the shop have sent in red packets since the day began."""

    agent_minor: int
    agent_count: int
    shop_minor: int


class PacketCount(Struct, frozen=True):
    """How many red packets stand in one state, and their sum."""

    state: GrantState
    packets: int
    amount_minor: int


# ── what a wrong block costs ─────────────────────────────────────────────

Harm = Literal["economic", "reputation", "time", "distress"]
Shown = Literal["none", "shown", "grave"]
Remedy = Literal["nothing", "money", "coupon", "points", "apology", "public_apology", "apology_and_money"]
HARMS: Final[tuple[Harm, ...]] = ("economic", "reputation", "time", "distress")


class LostOrder(Struct, frozen=True):
    """An order that was cancelled or came late because of a block."""

    purchase: UUID
    number: str
    outcome: Literal["cancelled", "late"]
    amount_minor: int


class Wrong(Struct, frozen=True, kw_only=True):
    """What a wrong measure did: the orders it spoiled, receipts accepted, time spent, how one was spoken to.

    `harms`: those that are made good; all four after a block.
    """

    who: Receiver
    bearer: Bearer
    public: bool
    orders: tuple[LostOrder, ...] = ()
    receipts_minor: int = 0
    minutes: int = 0
    contacts: int = 0
    insult: Shown = "none"
    harms: tuple[Harm, ...] = HARMS


class Good(Struct, frozen=True, kw_only=True):
    """How one harm is made good, by which row, with what it was computed from."""

    harm: Harm
    remedy: Remedy
    row: str
    amount_minor: int = 0
    legal_way: bool = False
    inputs: Mapping[str, int] = {}


class PacketWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A red packet for an order; `id` is the caller's, so that it is sent once."""

    id: UUID
    amount_minor: Amount
    purpose: PacketPurpose
    note: PacketNote = ""


class ExchangeWish(Struct, frozen=True, forbid_unknown_fields=True):
    """So many points are to become a coupon; `id` is the caller's, so that it happens once."""

    id: UUID
    points: Amount
