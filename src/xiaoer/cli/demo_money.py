"""What the shops of the demonstration have with their marketplace."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from xiaoer.cli.demo_trade import CURRENCY
from xiaoer.ledger.actions.posting import credit_shop
from xiaoer.ledger.model import Credit
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

Account = Literal["balance", "deposit"]
BALANCE_MINOR: Final = 5_000_000
DEPOSIT_MINOR: Final = 1_000_000
PAID_IN: Final = timedelta(days=60)
"""So long ago, before anything the shops of the demonstration have paid."""


async def build(tx: Tx, shops: Iterable[UUID], now: datetime) -> None:
    """Each shop has a balance, and a deposit for when that is used up."""
    for shop in shops:
        await _top_up(tx, shop, "balance", BALANCE_MINOR, now - PAID_IN)
        await _top_up(tx, shop, "deposit", DEPOSIT_MINOR, now - PAID_IN)


async def _top_up(tx: Tx, shop: UUID, account: Account, amount_minor: int, at: datetime) -> None:
    wish = Credit(
        id=new_id(),
        shop=shop,
        account=account,
        amount_minor=amount_minor,
        currency=CURRENCY,
        reason="top_up",
        subject_kind="shop",
        subject=shop,
    )
    await credit_shop(tx, wish, at)
