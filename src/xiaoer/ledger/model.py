"""The things of the ledger: accounts, postings, how a charge was met, and payouts."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

AccountKind = Literal[
    "buyer",
    "shop_balance",
    "shop_deposit",
    "shop_debt",
    "marketplace",
    "insurer",
    "provider",
    "held",
    "points",
]
"""Whose money: what is on its way to a buyer; a shop's balance, its deposit, what it owes (below zero); the
marketplace's own; the freight insurer's; the world outside, as the payment provider knows it; what is put
aside for one thing (its owner) until it is taken or goes back; and a person's points, in their own unit."""

POINTS: Final = "PTS"
"""The unit of points where else a currency stands; ISO 4217 has no such code."""

ShopAccount = Literal["balance", "deposit", "debt"]
Source = Literal["shop", "marketplace", "insurer", "held"]
"""Who bears a payout: the shop (balance, then deposit, the rest as debt), the marketplace, the insurer, or
what was put aside for its subject."""

PayoutState = Literal["ordered", "paying", "paid", "refused", "cancelled"]
CollectionState = Literal["ordered", "asking", "taken", "declined"]
WAITING: Final[frozenset[PayoutState]] = frozenset({"ordered", "paying"})


class AccountRef(msgspec.Struct, frozen=True):
    """An account; `owner` is a buyer, a shop, or the marketplace (its tenant id) for the other kinds."""

    kind: AccountKind
    owner: UUID


class Line(msgspec.Struct, frozen=True):
    """What one account gains by a posting; below zero it loses."""

    account: AccountRef
    amount_minor: int


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """Money moves between accounts; the lines sum to zero. The same id a second time does nothing."""

    id: UUID
    reason: str
    subject_kind: str
    subject: UUID
    lines: tuple[Line, ...] | list[Line]
    currency: str
    at: datetime
    author: UUID | None = None
    note: str = ""
    reverses: UUID | None = None


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """A shop is to bear an amount that goes to another account."""

    id: UUID
    shop: UUID
    amount_minor: int
    currency: str
    to: AccountRef
    reason: str
    subject_kind: str
    subject: UUID
    author: UUID | None = None
    note: str = ""


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """A shop gets money from another account (outside money: the provider's); its debt is paid first."""

    id: UUID
    shop: UUID
    account: Literal["balance", "deposit"]
    amount_minor: int
    currency: str
    reason: str
    subject_kind: str
    subject: UUID
    origin: AccountRef | None = None
    """Where it comes from; None = from outside, through the payment provider."""
    author: UUID | None = None
    note: str = ""


class Split(msgspec.Struct, frozen=True):
    """How a charge was met (T-031): from the balance, then the deposit; the rest is owed."""

    balance_minor: int = 0
    deposit_minor: int = 0
    debt_minor: int = 0

    @property
    def total_minor(self) -> int:
        """What was charged in all."""
        return self.balance_minor + self.deposit_minor + self.debt_minor


class PayoutWish(msgspec.Struct, frozen=True, kw_only=True):
    """A buyer is to be paid. The key is the wish's own: ordering it again gives the first payout back.

    `shop` is whose business it is; where it is no shop's, the marketplace's own id stands there.
    With `limit_minor` the payouts of the purchase that have a limit may not sum to more than it.
    """

    id: UUID
    key: str
    shop: UUID
    buyer: UUID
    purchase: UUID | None
    payment_ref: str | None
    amount_minor: int
    currency: str
    subject_kind: str
    subject: UUID
    source: Source = "shop"
    limit_minor: int | None = None


class Payout(msgspec.Struct, frozen=True, kw_only=True):
    """Money on its way to a buyer, and how far it has come."""

    id: UUID
    key: str
    shop: UUID
    buyer: UUID
    purchase: UUID | None
    payment_ref: str | None
    amount_minor: int
    currency: str
    source: Source
    is_refund: bool
    subject_kind: str
    subject: UUID
    state: PayoutState
    round: int
    attempts: int
    provider_ref: str | None
    trouble: str
    ordered_at: datetime
    asked_at: datetime | None
    paid_at: datetime | None
    ended_at: datetime | None


class CollectionWish(msgspec.Struct, frozen=True, kw_only=True):
    """A buyer is to pay, until a moment; what is taken is put aside for the subject.

    The key is the wish's own: ordering it again gives the first collection back. `payment_ref` is the way to
    pay that he chose, where he did.
    """

    id: UUID
    key: str
    shop: UUID
    buyer: UUID
    purchase: UUID | None
    payment_ref: str | None
    amount_minor: int
    currency: str
    subject_kind: str
    subject: UUID
    until: datetime


class Collection(CollectionWish, frozen=True, kw_only=True):
    """Money a buyer is asked for, and how far it has come; `confirm_url` is where he confirms it himself."""

    state: CollectionState
    attempts: int
    confirm_url: str
    provider_ref: str | None
    trouble: str
    ordered_at: datetime
    asked_at: datetime | None
    taken_at: datetime | None
    ended_at: datetime | None


class Balance(msgspec.Struct, frozen=True):
    """What an account holds."""

    kind: AccountKind
    owner: UUID
    currency: str
    balance_minor: int
    entries: int


class ShopFunds(msgspec.Struct, frozen=True):
    """What a shop has and owes in one currency; none of them is below zero."""

    currency: str
    balance_minor: int = 0
    deposit_minor: int = 0
    debt_minor: int = 0


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an account's statement, with the balance it led to."""

    number: int
    posting: UUID
    amount_minor: int
    balance_minor: int
    currency: str
    reason: str
    subject_kind: str
    subject: UUID
    at: datetime
    author: UUID | None
    note: str
    reverses: UUID | None


class Total(msgspec.Struct, frozen=True):
    """What all accounts of one kind hold together."""

    kind: AccountKind
    currency: str
    accounts: int
    balance_minor: int


# ── comparing with the provider ──────────────────────────────────────────


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A payout as it is compared with the provider's statement; a collection is one below zero."""

    id: UUID
    key: str
    round: int
    shop: UUID
    amount_minor: int
    currency: str
    state: PayoutState
    provider_ref: str | None
    paid_at: datetime | None


class ProviderLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the provider's statement; below zero: taken from a buyer."""

    ref: str
    key: str
    amount_minor: int
    currency: str
    at: datetime


DifferenceKind = Literal["paid_twice", "unknown_here", "not_recorded", "amount_differs", "missing_there"]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Where the provider and we do not agree.

    paid_twice: more than once for one payout · unknown_here: no payout of ours · not_recorded: paid there,
    and here not (any more) to be paid, or not yet · amount_differs · missing_there: paid only by our books.
    """

    kind: DifferenceKind
    key: str
    payout: UUID | None = None
    shop: UUID | None = None
    state: PayoutState | None = None
    ours_minor: int | None = None
    theirs_minor: int | None = None
    currency: str
    provider_ref: str | None = None


class DaySum(msgspec.Struct, frozen=True):
    """What one currency's payouts of the day come to on either side."""

    currency: str
    ours: int
    ours_minor: int
    theirs: int
    theirs_minor: int


class Reconciliation(msgspec.Struct, frozen=True, kw_only=True):
    """One day of the marketplace as the provider and we know it."""

    day: str
    agreed: int
    sums: list[DaySum]
    differences: list[Difference]
