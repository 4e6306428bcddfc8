"""What the ledger tells others."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from xiaoer.ledger.model import Collection, Payout
from xiaoer.plumbing.events import Event


class PayoutAsked(Event, frozen=True):
    """The provider is to be asked for a payout; whoever does the asking looks now."""

    name: ClassVar[str] = "ledger.payout_asked"
    kept: ClassVar[bool] = False
    payout: UUID


class _OfPayout(Event, frozen=True):
    """What is said of a payout whenever it ends or begins anew."""

    topic: ClassVar[str] = "shop:{shop}"
    payout: UUID
    key: str
    shop: UUID
    buyer: UUID
    subject_kind: str
    subject: UUID
    amount_minor: int
    currency: str

    @classmethod
    def of(cls, payout: Payout, tenant: UUID, now: datetime, **more: Any) -> Self:
        """The event about this payout; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            payout=payout.id,
            key=payout.key,
            shop=payout.shop,
            buyer=payout.buyer,
            subject_kind=payout.subject_kind,
            subject=payout.subject,
            amount_minor=payout.amount_minor,
            currency=payout.currency,
            **more,
        )


class PayoutPaid(_OfPayout, frozen=True):
    """A payout has reached its buyer."""

    name: ClassVar[str] = "ledger.payout_paid"


class PayoutFailed(_OfPayout, frozen=True):
    """The provider refuses a payout for good; a person has it tried again or calls it off."""

    name: ClassVar[str] = "ledger.payout_failed"
    trouble: str


class PayoutRetried(_OfPayout, frozen=True):
    """A person has a refused payout tried again."""

    name: ClassVar[str] = "ledger.payout_retried"


class PayoutCancelled(_OfPayout, frozen=True):
    """A person has called a payout off: the money went back to those who bore it."""

    name: ClassVar[str] = "ledger.payout_cancelled"


class PayoutStuck(Event, frozen=True):
    """A payout waits for a person or for a provider that does not answer, and should not any longer."""

    name: ClassVar[str] = "ledger.payout_stuck"
    topic: ClassVar[str] = "shop:{shop}"
    payout: UUID
    shop: UUID
    state: str
    attempts: int
    trouble: str


class CollectionAsked(Event, frozen=True):
    """The provider is to be asked for a collection; whoever does the asking looks now."""

    name: ClassVar[str] = "ledger.collection_asked"
    kept: ClassVar[bool] = False
    collection: UUID


class _OfCollection(Event, frozen=True):
    """What is said of a collection whenever there is news of it."""

    topic: ClassVar[str] = "shop:{shop}"
    collection: UUID
    shop: UUID
    buyer: UUID
    subject_kind: str
    subject: UUID
    amount_minor: int
    currency: str

    @classmethod
    def of(cls, collection: Collection, tenant: UUID, now: datetime, **more: Any) -> Self:
        """The event about this collection; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            collection=collection.id,
            shop=collection.shop,
            buyer=collection.buyer,
            subject_kind=collection.subject_kind,
            subject=collection.subject,
            amount_minor=collection.amount_minor,
            currency=collection.currency,
            **more,
        )


class CollectionTaken(_OfCollection, frozen=True):
    """A buyer has paid; the money is put aside for what it was asked for."""

    name: ClassVar[str] = "ledger.collection_taken"


class CollectionDeclined(_OfCollection, frozen=True):
    """A buyer's money was not taken, and by this wish never will be."""

    name: ClassVar[str] = "ledger.collection_declined"
    trouble: str


class CollectionWaits(_OfCollection, frozen=True):
    """The provider waits for the buyer to confirm it himself."""

    name: ClassVar[str] = "ledger.collection_waits"


class FundsMoved(Event, frozen=True):
    """What a shop has or owes is different now."""

    name: ClassVar[str] = "ledger.funds_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
