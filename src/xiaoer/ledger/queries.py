"""What others may ask the ledger."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import store
from xiaoer.ledger.model import (
    AccountKind,
    Balance,
    Collection,
    Payout,
    PayoutState,
    ShopFunds,
    StatementLine,
    Total,
)
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.settings import Settings

UNKNOWN_PAYOUT: Final = Refused("not_found", "ledger.unknown_payout")


async def balances(tx: Tx, owner: UUID) -> Sequence[Balance]:
    """What the accounts of a buyer, a shop or the marketplace hold, in every currency."""
    return await store.balances(tx, [owner])


async def shop_funds(tx: Tx, shop: UUID) -> Sequence[ShopFunds]:
    """What a shop has and owes, by currency; nothing when no money ever moved."""
    amounts: dict[str, dict[str, int]] = {}
    for one in await store.balances(tx, [shop]):
        amounts.setdefault(one.currency, {})[one.kind] = one.balance_minor
    return [
        ShopFunds(
            currency, held.get("shop_balance", 0), held.get("shop_deposit", 0), -held.get("shop_debt", 0)
        )
        for currency, held in sorted(amounts.items())
    ]


async def statement(
    tx: Tx, kind: AccountKind, owner: UUID, currency: str, *, before: int | None = None, limit: int = 50
) -> Sequence[StatementLine]:
    """The lines of an account, the newest first, from below line number `before`."""
    return await store.statement(tx, kind, owner, currency, before=before, limit=limit)


async def totals(tx: Tx) -> Sequence[Total]:
    """What all accounts of each kind hold together; the sum over a currency is zero."""
    return await store.totals(tx)


async def wrong_accounts(tx: Tx) -> Sequence[Balance]:
    """Accounts whose kept balance is not the sum of their lines: the proof that there are none."""
    return await store.wrong_accounts(tx)


async def payout(tx: Tx, payout_id: UUID, shop: UUID | None = None) -> Payout:
    """One payout, of a shop when one is given. Raises Refusal."""
    found = await store.find_payout(tx, payout_id, shop)
    if found is None:
        raise Refusal(UNKNOWN_PAYOUT)
    return found


async def payout_with_key(tx: Tx, key: str) -> Payout | None:
    """The payout ordered with this key."""
    return await store.find_payout_by_key(tx, key)


async def payouts_of(tx: Tx, subject_kind: str, subject: UUID) -> Sequence[Payout]:
    """The payouts of a case, the oldest first."""
    return await store.payouts_of_subject(tx, subject_kind, subject)


async def given_back(tx: Tx, purchase: UUID) -> int:
    """What is given back of a purchase or on its way, in minor units (payouts with a limit only)."""
    return await store.given_back(tx, purchase)


async def payouts_of_shop(
    tx: Tx,
    shop: UUID,
    states: Sequence[PayoutState] | None = None,
    *,
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[Payout]:
    """The payouts of a shop, the newest first."""
    return await store.payouts_of_shop(tx, shop, states, before=before, limit=limit)


async def open_payouts(
    tx: Tx, *, stuck: bool, attempts: int, after: UUID | None = None, limit: int = 50
) -> Sequence[Payout]:
    """Payouts of every shop without an end, the oldest first; `stuck`: only those a person should look at."""
    return await store.open_payouts(tx, stuck=stuck, attempts=attempts, after=after, limit=limit)


async def collection(tx: Tx, collection_id: UUID) -> Collection | None:
    """One collection."""
    return await store.find_collection(tx, collection_id)


async def collections_of(tx: Tx, subject_kind: str, subject: UUID) -> Sequence[Collection]:
    """The collections of a case, the oldest first."""
    return await store.collections_of_subject(tx, subject_kind, subject)


def payments_key(settings: Settings, tenant: UUID) -> bytes:
    """The key a marketplace's payment provider and we know each other by: derived, kept nowhere."""
    return settings.key(f"payments:{tenant}")
