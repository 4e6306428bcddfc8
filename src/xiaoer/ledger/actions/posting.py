"""What moves money between accounts: postings, charges and credits of shops, and what takes one back."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.ledger import rules, store
from xiaoer.ledger.events import FundsMoved
from xiaoer.ledger.model import AccountRef, Charge, Credit, Line, Posting, ShopFunds, Split
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish

UNKNOWN_POSTING: Final = Refused("not_found", "ledger.unknown_posting")


async def post(tx: Tx, posting: Posting) -> bool:
    """Move money; False when this posting has been made before. Raises Refusal when it does not sum to zero.

    The database proves the sum again at the commit, and that neither a buyer's account nor a shop's balance
    or deposit falls below zero.
    """
    lines = granted(rules.merged(posting.lines))
    posted = await store.insert_posting(tx, structs.replace(posting, lines=lines))
    if posted:
        shops = {line.account.owner for line in lines if line.account.kind in rules.SHOP_KINDS}
        await publish(tx, *(FundsMoved(tenant=tx.tenant, at=posting.at, shop=shop) for shop in shops))
    return posted


async def charge_shop(tx: Tx, wish: Charge, now: datetime) -> Split:
    """Charge a shop: its balance first, then its deposit; the rest is its debt to the marketplace (T-031).

    The same id a second time charges nothing and answers as the first time. Nothing is paid out by this: a
    payout of source "shop" charges the shop by itself.
    """
    if (before := await _charged(tx, wish.id, wish.shop)) is not None:
        return before
    funds = await lock_shop(tx, wish.shop, wish.currency)
    split = rules.charge(funds, wish.amount_minor)
    lines = [*rules.shop_lines(wish.shop, split, sign=-1), Line(wish.to, wish.amount_minor)]
    if await post(tx, _posting_of(wish, lines, now)):
        return split
    return await _charged(tx, wish.id, wish.shop) or split


async def credit_shop(tx: Tx, wish: Credit, now: datetime) -> Split:
    """Give a shop money: its debt is paid first, the rest goes where it was meant to (J-011).

    The same id a second time gives nothing and answers as the first time.
    """
    if (before := await _charged(tx, wish.id, wish.shop)) is not None:
        return Split(-before.balance_minor, -before.deposit_minor, -before.debt_minor)
    funds = await lock_shop(tx, wish.shop, wish.currency)
    wished_minor = wish.amount_minor if wish.account == "deposit" else 0
    split = rules.credit(funds, wish.amount_minor, deposit_minor=wished_minor)
    origin = wish.origin or AccountRef("provider", tx.tenant)
    lines = [*rules.shop_lines(wish.shop, split, sign=1), Line(origin, -wish.amount_minor)]
    await post(tx, _posting_of(wish, lines, now))
    return split


def _posting_of(wish: Charge | Credit, lines: list[Line], now: datetime) -> Posting:
    return Posting(
        id=wish.id,
        reason=wish.reason,
        subject_kind=wish.subject_kind,
        subject=wish.subject,
        lines=lines,
        currency=wish.currency,
        at=now,
        author=wish.author,
        note=wish.note,
    )


async def reverse(
    tx: Tx,
    posting: UUID,
    *,
    id: UUID,
    reason: str,
    now: datetime,
    author: UUID | None = None,
    note: str = "",
) -> bool:
    """Take a posting back by a counter-posting; False when that has been done. Raises Refusal.

    Shops get back, or give back, the same sum; where it lies now follows from how they stand now.
    """
    found = await store.find_posting(tx, posting)
    if found is None:
        raise Refusal(UNKNOWN_POSTING)
    lines = [
        Line(AccountRef(one.kind, one.owner), one.amount_minor) for one in await store.lines(tx, posting)
    ]
    shops = sorted({line.account.owner for line in lines if line.account.kind in rules.SHOP_KINDS})
    funds = {shop: await lock_shop(tx, shop, found.currency) for shop in shops}
    if await store.is_reversed(tx, posting):
        return False
    return await post(
        tx,
        Posting(
            id=id,
            reason=reason,
            subject_kind=found.subject_kind,
            subject=found.subject,
            lines=rules.counter_lines(lines, funds),
            currency=found.currency,
            at=now,
            author=author,
            note=note,
            reverses=posting,
        ),
    )


async def reverse_top_up(
    tx: Tx,
    shop: UUID,
    posting: UUID,
    *,
    id: UUID,
    now: datetime,
    author: UUID,
    note: str,
) -> bool:
    """Take back a top-up of this shop that was entered wrongly; False when that has been done."""
    found = await store.find_posting(tx, posting)
    if found is None or found.reason != "top_up" or found.subject != shop:
        raise Refusal(UNKNOWN_POSTING)
    return await reverse(tx, posting, id=id, reason="top_up_reversed", now=now, author=author, note=note)


async def lock_shop(tx: Tx, shop: UUID, currency: str) -> ShopFunds:
    """What a shop has and owes, unchanged until the commit."""
    held = await store.lock_accounts(tx, [(kind, shop) for kind in rules.SHOP_KINDS], currency)
    amounts = {one.kind: one.balance_minor for one in held}
    return ShopFunds(currency, amounts["shop_balance"], amounts["shop_deposit"], -amounts["shop_debt"])


async def _charged(tx: Tx, posting: UUID, shop: UUID) -> Split | None:
    """How a posting that is there already was met by the shop."""
    if await store.find_posting(tx, posting) is None:
        return None
    lost = {one.kind: -one.amount_minor for one in await store.lines(tx, posting) if one.owner == shop}
    return Split(lost.get("shop_balance", 0), lost.get("shop_deposit", 0), lost.get("shop_debt", 0))
