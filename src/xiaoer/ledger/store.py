"""How accounts, postings, payouts and collections are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.ledger.model import (
    AccountKind,
    Balance,
    Collection,
    CollectionWish,
    Payout,
    PayoutState,
    PayoutWish,
    Posting,
    Recorded,
    StatementLine,
    Total,
)
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Held(msgspec.Struct, frozen=True):
    """What a locked account holds."""

    kind: AccountKind
    owner: UUID
    balance_minor: int


class StoredLine(msgspec.Struct, frozen=True):
    """A line of a posting."""

    kind: AccountKind
    owner: UUID
    amount_minor: int


class StoredPosting(msgspec.Struct, frozen=True):
    """A posting without its lines."""

    id: UUID
    reason: str
    subject_kind: str
    subject: UUID
    currency: str
    at: datetime
    author: UUID | None
    note: str
    reverses: UUID | None


class Claimed(msgspec.Struct, frozen=True):
    """A payout or a collection whose provider is to be asked, and whose it is."""

    tenant: UUID
    id: UUID


_statements: Final = Statements(__file__)
_lock_accounts = _statements.rows("lock_accounts", Held)
_insert_posting = _statements.value("insert_posting", bool)
_find_posting = _statements.rows("find_posting", StoredPosting)
_lines = _statements.rows("lines", StoredLine)
_is_reversed = _statements.value("is_reversed", bool)
_balances = _statements.rows("balances", Balance)
_totals = _statements.rows("totals", Total)
_wrong_accounts = _statements.rows("wrong_accounts", Balance)
_statement = _statements.rows("statement", StatementLine)
_insert_payout = _statements.command("insert_payout")
_find_payout = _statements.rows("find_payout", Payout)
_find_payout_by_key = _statements.rows("find_payout_by_key", Payout)
_lock_payout = _statements.rows("lock_payout", Payout)
_payouts_of_subject = _statements.rows("payouts_of_subject", Payout)
_payouts_of_shop = _statements.rows("payouts_of_shop", Payout)
_open_payouts = _statements.rows("open_payouts", Payout)
_lock_purchase = _statements.command("lock_purchase")
_given_back = _statements.value("given_back", int)
_ask_payout = _statements.command("ask_payout")
_retry_payout = _statements.command("retry_payout")
_end_payout = _statements.command("end_payout")
_note_trouble = _statements.command("note_trouble")
_claim = _statements.rows("claim", Claimed)
_paid_between = _statements.rows("paid_between", Recorded)
_payouts_with_keys = _statements.rows("payouts_with_keys", Recorded)
_insert_collection = _statements.command("insert_collection")
_find_collection = _statements.rows("find_collection", Collection)
_find_collection_by_key = _statements.rows("find_collection_by_key", Collection)
_lock_collection = _statements.rows("lock_collection", Collection)
_collections_of_subject = _statements.rows("collections_of_subject", Collection)
_ask_collection = _statements.command("ask_collection")
_end_collection = _statements.command("end_collection")
_note_collection = _statements.command("note_collection")
_claim_collections = _statements.rows("claim_collections", Claimed)


# ── accounts and postings ────────────────────────────────────────────────


async def lock_accounts(
    tx: Tx, accounts: Sequence[tuple[AccountKind, UUID]], currency: str
) -> Sequence[Held]:
    """Lock accounts, opening those that are missing."""
    return await _lock_accounts.all(
        tx, kinds=[kind for kind, _ in accounts], owners=[owner for _, owner in accounts], currency=currency
    )


async def insert_posting(tx: Tx, posting: Posting) -> bool:
    """Post, each account once; False when the posting is there already."""
    return await _insert_posting.one(
        tx,
        id=posting.id,
        reason=posting.reason,
        subject_kind=posting.subject_kind,
        subject=posting.subject,
        currency=posting.currency,
        at=posting.at,
        author=posting.author,
        note=posting.note,
        reverses=posting.reverses,
        kinds=[line.account.kind for line in posting.lines],
        owners=[line.account.owner for line in posting.lines],
        amounts=[line.amount_minor for line in posting.lines],
    )


async def find_posting(tx: Tx, posting: UUID) -> StoredPosting | None:
    """A posting without its lines."""
    return await _find_posting.first(tx, id=posting)


async def lines(tx: Tx, posting: UUID) -> Sequence[StoredLine]:
    """The lines of a posting."""
    return await _lines.all(tx, posting=posting)


async def is_reversed(tx: Tx, posting: UUID) -> bool:
    """Whether a posting has been taken back."""
    return await _is_reversed.one(tx, posting=posting)


async def balances(tx: Tx, owners: Sequence[UUID]) -> Sequence[Balance]:
    """What some owners' accounts hold."""
    return await _balances.all(tx, owners=list(owners))


async def totals(tx: Tx) -> Sequence[Total]:
    """What all accounts of each kind hold."""
    return await _totals.all(tx)


async def wrong_accounts(tx: Tx) -> Sequence[Balance]:
    """Accounts whose balance is not the sum of their lines."""
    return await _wrong_accounts.all(tx)


async def statement(
    tx: Tx, kind: AccountKind, owner: UUID, currency: str, *, before: int | None, limit: int
) -> Sequence[StatementLine]:
    """Lines of an account, the newest first."""
    return await _statement.all(tx, kind=kind, owner=owner, currency=currency, before=before, limit=limit)


# ── payouts ──────────────────────────────────────────────────────────────


async def insert_payout(tx: Tx, wish: PayoutWish, now: datetime) -> bool:
    """Write the intent; False when its key or id is there already."""
    count = await _insert_payout.run(
        tx,
        id=wish.id,
        key=wish.key,
        shop=wish.shop,
        buyer=wish.buyer,
        purchase=wish.purchase,
        payment_ref=wish.payment_ref,
        amount_minor=wish.amount_minor,
        currency=wish.currency,
        source=wish.source,
        is_refund=wish.limit_minor is not None,
        subject_kind=wish.subject_kind,
        subject=wish.subject,
        state="ordered",
        ordered_at=now,
    )
    return count == 1


async def find_payout(tx: Tx, payout: UUID, shop: UUID | None = None) -> Payout | None:
    """A payout, of one shop when one is given."""
    return await _find_payout.first(tx, id=payout, shop=shop)


async def find_payout_by_key(tx: Tx, key: str) -> Payout | None:
    """The payout ordered with this key."""
    return await _find_payout_by_key.first(tx, key=key)


async def lock_payout(tx: Tx, payout: UUID) -> Payout | None:
    """A payout that nobody else changes until the commit."""
    return await _lock_payout.first(tx, id=payout)


async def payouts_of_subject(tx: Tx, subject_kind: str, subject: UUID) -> Sequence[Payout]:
    """The payouts of a case, the oldest first."""
    return await _payouts_of_subject.all(tx, subject_kind=subject_kind, subject=subject)


async def payouts_of_shop(
    tx: Tx, shop: UUID, states: Sequence[PayoutState] | None, *, before: UUID | None, limit: int
) -> Sequence[Payout]:
    """The payouts of a shop, the newest first."""
    listed = list(states) if states is not None else None
    return await _payouts_of_shop.all(tx, shop=shop, states=listed, before=before, limit=limit)


async def open_payouts(
    tx: Tx, *, stuck: bool, attempts: int, after: UUID | None, limit: int
) -> Sequence[Payout]:
    """Payouts of every shop that have not come to an end, the oldest first."""
    return await _open_payouts.all(tx, stuck=stuck, attempts=attempts, after=after, limit=limit)


async def lock_purchase(tx: Tx, purchase: UUID) -> None:
    """Let those who order payouts of a purchase go one after the other."""
    await _lock_purchase.run(tx, purchase=purchase)


async def given_back(tx: Tx, purchase: UUID) -> int:
    """What is given back of a purchase or on its way, in minor units."""
    return await _given_back.one(tx, purchase=purchase)


async def ask_payout(tx: Tx, payout: UUID, state: str, now: datetime) -> None:
    """Count one more attempt."""
    await _ask_payout.run(tx, id=payout, state=state, now=now)


async def retry_payout(tx: Tx, payout: UUID, state: str) -> None:
    """Begin the next round."""
    await _retry_payout.run(tx, id=payout, state=state)


async def end_payout(
    tx: Tx,
    payout: UUID,
    state: str,
    *,
    now: datetime,
    trouble: str = "",
    provider_ref: str | None = None,
    paid_at: datetime | None = None,
) -> None:
    """Keep how a payout, or this round of it, ended."""
    await _end_payout.run(
        tx, id=payout, state=state, provider_ref=provider_ref, paid_at=paid_at, trouble=trouble, now=now
    )


async def note_trouble(tx: Tx, payout: UUID, trouble: str) -> None:
    """Keep what went wrong last."""
    await _note_trouble.run(tx, id=payout, trouble=trouble)


async def claim(tx: Tx, limit: int) -> Sequence[Claimed]:
    """Take up payouts whose provider is to be asked (system transaction)."""
    return await _claim.all(tx, limit=limit)


async def paid_between(tx: Tx, start: datetime, end: datetime) -> Sequence[Recorded]:
    """What we recorded as paid in a stretch of time."""
    return await _paid_between.all(tx, start=start, end=end)


async def payouts_with_keys(tx: Tx, keys: Sequence[str]) -> Sequence[Recorded]:
    """The payouts and collections of some keys, whatever their state."""
    return await _payouts_with_keys.all(tx, keys=list(keys))


# ── collections ──────────────────────────────────────────────────────────


async def insert_collection(tx: Tx, wish: CollectionWish, now: datetime) -> bool:
    """Write the intent; False when its key or id is there already."""
    count = await _insert_collection.run(tx, **msgspec.structs.asdict(wish), state="ordered", ordered_at=now)
    return count == 1


async def find_collection(tx: Tx, collection: UUID) -> Collection | None:
    """A collection."""
    return await _find_collection.first(tx, id=collection)


async def find_collection_by_key(tx: Tx, key: str) -> Collection | None:
    """The collection ordered with this key."""
    return await _find_collection_by_key.first(tx, key=key)


async def lock_collection(tx: Tx, collection: UUID) -> Collection | None:
    """A collection that nobody else changes until the commit."""
    return await _lock_collection.first(tx, id=collection)


async def collections_of_subject(tx: Tx, subject_kind: str, subject: UUID) -> Sequence[Collection]:
    """The collections of a case, the oldest first."""
    return await _collections_of_subject.all(tx, subject_kind=subject_kind, subject=subject)


async def ask_collection(tx: Tx, collection: UUID, state: str, now: datetime) -> None:
    """Count one more attempt."""
    await _ask_collection.run(tx, id=collection, state=state, now=now)


async def end_collection(
    tx: Tx,
    collection: UUID,
    state: str,
    *,
    now: datetime,
    trouble: str = "",
    provider_ref: str | None = None,
    taken_at: datetime | None = None,
) -> None:
    """Keep how a collection ended."""
    await _end_collection.run(
        tx,
        id=collection,
        state=state,
        provider_ref=provider_ref,
        taken_at=taken_at,
        trouble=trouble,
        now=now,
    )


async def note_collection(tx: Tx, collection: UUID, *, trouble: str, confirm_url: str) -> None:
    """Keep what the provider said last without an end."""
    await _note_collection.run(tx, id=collection, trouble=trouble, confirm_url=confirm_url)


async def claim_collections(tx: Tx, limit: int) -> Sequence[Claimed]:
    """Take up collections whose provider is to be asked (system transaction)."""
    return await _claim_collections.all(tx, limit=limit)
