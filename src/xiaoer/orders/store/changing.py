"""How an order is changed on request: one function per statement of `changing.sql`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.orders.model import Marks, Offer, PaymentKind, Purchase
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class ItemChange(Struct, frozen=True):
    """An item as it is from now on."""

    id: UUID
    external_id: str | None
    variant: UUID
    options: dict[str, str]
    unit_price_minor: int
    paid_minor: int


class NewPayment(Struct, frozen=True):
    """A payment or refund to be added; `place` orders those of one moment."""

    id: UUID
    place: int
    kind: PaymentKind
    method: str
    amount_minor: int
    currency: str


_statements: Final = Statements(__file__, "changing.sql")
_lock_purchase = _statements.value("lock_purchase", UUID)
_change_purchase = _statements.command("change_purchase")
_change_items = _statements.command("change_items")
_add_payments = _statements.command("add_payments")
_variants_of = _statements.rows("variants_of", Offer)


async def lock_purchase(tx: Tx, purchase: UUID, *, shop: UUID | None, buyer: UUID | None) -> bool:
    """Keep an order from others until the end of the transaction; False when there is none."""
    return await _lock_purchase.first(tx, id=purchase, shop=shop, buyer=buyer) is not None


async def change_purchase(
    tx: Tx,
    purchase: Purchase,
    *,
    state: str,
    source_state: str,
    total_minor: int,
    address: dict[str, str],
    marks: Marks,
    now: datetime,
) -> None:
    """Write an order's head; what has been paid becomes the sum of its payments."""
    await _change_purchase.run(
        tx,
        shop=purchase.shop_id,
        id=purchase.id,
        state=state,
        source_state=source_state,
        total_minor=total_minor,
        address=address,
        marks=marks,
        now=now,
    )


async def change_items(tx: Tx, purchase: Purchase, rows: Sequence[ItemChange]) -> None:
    """Write items of an order anew."""
    await _change_items.run(tx, shop=purchase.shop_id, purchase=purchase.id, rows=rows)


async def add_payments(tx: Tx, purchase: Purchase, rows: Sequence[NewPayment], now: datetime) -> None:
    """Add payments and refunds to an order."""
    await _add_payments.run(tx, shop=purchase.shop_id, purchase=purchase.id, rows=rows, now=now)


async def variants_of(tx: Tx, shop: UUID, ids: Sequence[UUID]) -> dict[UUID, Offer]:
    """The variants among these ids that the shop has, on sale or not."""
    return {one.id: one for one in await _variants_of.all(tx, shop=shop, ids=list(ids))}
