"""What the ledger tells others."""

from typing import ClassVar
from uuid import UUID

from xiaoer.plumbing.events import Event


class PayoutAsked(Event, frozen=True):
    """The provider is to be asked for a payout; whoever does the asking looks now."""

    name: ClassVar[str] = "ledger.payout_asked"
    kept: ClassVar[bool] = False
    payout: UUID


class PayoutPaid(Event, frozen=True):
    """A payout has reached its buyer."""

    name: ClassVar[str] = "ledger.payout_paid"
    topic: ClassVar[str] = "shop:{shop}"
    payout: UUID
    key: str
    shop: UUID
    buyer: UUID
    subject_kind: str
    subject: UUID
    amount_minor: int
    currency: str


class PayoutFailed(Event, frozen=True):
    """The provider refuses a payout for good; a person has it tried again or calls it off."""

    name: ClassVar[str] = "ledger.payout_failed"
    topic: ClassVar[str] = "shop:{shop}"
    payout: UUID
    key: str
    shop: UUID
    buyer: UUID
    subject_kind: str
    subject: UUID
    amount_minor: int
    currency: str
    trouble: str


class PayoutRetried(Event, frozen=True):
    """A person has a refused payout tried again."""

    name: ClassVar[str] = "ledger.payout_retried"
    topic: ClassVar[str] = "shop:{shop}"
    payout: UUID
    key: str
    shop: UUID
    subject_kind: str
    subject: UUID


class PayoutCancelled(Event, frozen=True):
    """A person has called a payout off: the money went back to those who bore it."""

    name: ClassVar[str] = "ledger.payout_cancelled"
    topic: ClassVar[str] = "shop:{shop}"
    payout: UUID
    key: str
    shop: UUID
    buyer: UUID
    subject_kind: str
    subject: UUID
    amount_minor: int
    currency: str


class PayoutStuck(Event, frozen=True):
    """A payout waits for a person or for a provider that does not answer, and should not any longer."""

    name: ClassVar[str] = "ledger.payout_stuck"
    topic: ClassVar[str] = "shop:{shop}"
    payout: UUID
    shop: UUID
    state: str
    attempts: int
    trouble: str


class FundsMoved(Event, frozen=True):
    """What a shop has or owes is different now."""

    name: ClassVar[str] = "ledger.funds_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
