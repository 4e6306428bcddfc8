"""How imports are kept: one function per statement of `imports.sql`; `tenant` is the transaction's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Raw, Struct

from xiaoer.orders.model import Marks, State
from xiaoer.orders.rules.rows import EventRow
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

Pair = tuple[UUID, str]
"""A shop and the sender's id of something in it."""


class KnownProduct(Struct, frozen=True):
    shop: UUID
    external_id: str
    id: UUID
    digest: bytes | None


class KnownVariant(Struct, frozen=True):
    shop: UUID
    external_id: str
    id: UUID
    product: UUID


class KnownPurchase(Struct, frozen=True):
    shop: UUID
    external_id: str
    id: UUID
    digest: bytes | None
    currency: str
    placed_at: datetime


class KnownItem(Struct, frozen=True):
    purchase: UUID
    id: UUID
    line: int
    external_id: str | None


class Put(Struct, frozen=True):
    """A product or order that was written."""

    shop: UUID
    external_id: str
    id: UUID
    created: bool


class PutPart(Struct, frozen=True):
    """An item, payment or parcel that was new or has changed; `key` is its line or external id."""

    purchase: UUID
    key: str
    created: bool


class ProductRecord(Struct, frozen=True):
    shop: UUID
    id: UUID
    external_id: str
    title: str
    image_url: str | None
    flags: list[str]
    price_minor: int | None
    currency: str
    available: bool
    details: Raw
    digest: str


class VariantRecord(Struct, frozen=True):
    shop: UUID
    id: UUID
    product: UUID
    external_id: str
    place: int
    options: dict[str, str]
    price_minor: int
    currency: str
    available: bool


class PurchaseRecord(Struct, frozen=True):
    shop: UUID
    id: UUID
    external_id: str
    buyer: UUID
    state: State
    source_state: str
    currency: str
    total_minor: int
    paid_minor: int
    freight_minor: int
    discount_minor: int
    on_time_insurance: bool
    freight_insurance: bool
    free_shipping: bool
    address: dict[str, str]
    placed_at: datetime | None
    dispatched_at: datetime | None
    signed_at: datetime | None
    details: Raw
    marks: Marks
    lists: list[str]
    digest: str


class ItemRecord(Struct, frozen=True):
    shop: UUID
    purchase: UUID
    id: UUID
    line: int
    external_id: str | None
    product: UUID | None
    variant: UUID | None
    title: str | None
    options: dict[str, str]
    quantity: int
    unit_price_minor: int
    paid_minor: int
    flags: list[str] | None
    confirmed_no_return: bool


class PaymentRecord(Struct, frozen=True):
    shop: UUID
    purchase: UUID
    id: UUID
    external_id: str
    place: int
    kind: str
    method: str
    amount_minor: int
    currency: str
    at: datetime | None


class ParcelRecord(Struct, frozen=True):
    shop: UUID
    purchase: UUID
    id: UUID
    external_id: str
    place: int
    carrier: str | None
    tracking_number: str | None
    items: list[UUID]
    dispatched_at: datetime | None
    signed_at: datetime | None
    events: list[EventRow]


_statements: Final = Statements(__file__, "imports.sql")
_known_products = _statements.rows("known_products", KnownProduct)
_known_variants = _statements.rows("known_variants", KnownVariant)
_put_products = _statements.rows("put_products", Put)
_put_variants = _statements.command("put_variants")
_retire_variants = _statements.command("retire_variants")
_known_purchases = _statements.rows("known_purchases", KnownPurchase)
_lock_purchases = _statements.rows("lock_purchases", KnownPurchase)
_put_purchases = _statements.rows("put_purchases", Put)
_void_digests = _statements.command("void_digests")
_settle_purchases = _statements.command("settle_purchases")
_known_items = _statements.rows("known_items", KnownItem)
_put_items = _statements.rows("put_items", PutPart)
_drop_items = _statements.command("drop_items")
_put_payments = _statements.rows("put_payments", PutPart)
_drop_payments = _statements.command("drop_payments")
_put_parcels = _statements.rows("put_parcels", PutPart)
_drop_parcels = _statements.command("drop_parcels")


def _columns(pairs: Sequence[tuple[UUID, object]]) -> tuple[list[UUID], list[object]]:
    return [first for first, _ in pairs], [second for _, second in pairs]


async def known_products(tx: Tx, pairs: Sequence[Pair]) -> dict[Pair, KnownProduct]:
    """The products among these ids."""
    shops, ids = _columns(pairs)
    found = await _known_products.all(tx, shops=shops, external_ids=ids)
    return {(one.shop, one.external_id): one for one in found}


async def known_variants(tx: Tx, pairs: Sequence[Pair]) -> dict[Pair, KnownVariant]:
    """The variants among these ids."""
    shops, ids = _columns(pairs)
    found = await _known_variants.all(tx, shops=shops, external_ids=ids)
    return {(one.shop, one.external_id): one for one in found}


async def put_products(tx: Tx, rows: Sequence[ProductRecord], *, now: datetime) -> list[Put]:
    """Write products, new or not."""
    return await _put_products.all(tx, rows=rows, now=now)


async def put_variants(tx: Tx, rows: Sequence[VariantRecord]) -> None:
    """Write variants, new or not."""
    await _put_variants.run(tx, rows=rows)


async def retire_variants(tx: Tx, products: Sequence[tuple[UUID, UUID]], kept: Sequence[Pair]) -> None:
    """Take every variant of these (shop, product) off sale that is not among those kept."""
    shops, ids = _columns(products)
    kept_shops, kept_ids = _columns(kept)
    await _retire_variants.run(
        tx, shops=shops, products=ids, kept_shops=kept_shops, kept_external_ids=kept_ids
    )


async def known_purchases(tx: Tx, pairs: Sequence[Pair]) -> dict[Pair, KnownPurchase]:
    """The orders among these numbers."""
    shops, ids = _columns(pairs)
    found = await _known_purchases.all(tx, shops=shops, external_ids=ids)
    return {(one.shop, one.external_id): one for one in found}


async def lock_purchases(tx: Tx, pairs: Sequence[Pair]) -> dict[Pair, KnownPurchase]:
    """The orders among these numbers, kept from other imports until the end of the transaction."""
    shops, ids = _columns(pairs)
    found = await _lock_purchases.all(tx, shops=shops, external_ids=ids)
    return {(one.shop, one.external_id): one for one in found}


async def put_purchases(tx: Tx, rows: Sequence[PurchaseRecord], *, now: datetime) -> list[Put]:
    """Write orders, new or not."""
    return await _put_purchases.all(tx, rows=rows, now=now)


async def void_digests(
    tx: Tx, purchases: Sequence[tuple[UUID, UUID]], list_name: str, *, now: datetime
) -> None:
    """Forget what these (shop, order) were imported from when this list came inside them."""
    shops, ids = _columns(purchases)
    await _void_digests.run(tx, shops=shops, purchases=ids, list=list_name, now=now)


async def settle_purchases(tx: Tx, purchases: Sequence[tuple[UUID, UUID]], *, now: datetime) -> None:
    """Make what has been paid for these (shop, order) the sum of their payments."""
    shops, ids = _columns(purchases)
    await _settle_purchases.run(tx, shops=shops, purchases=ids, now=now)


async def known_items(tx: Tx, purchases: Sequence[tuple[UUID, UUID]]) -> dict[UUID, list[KnownItem]]:
    """The items of these (shop, order), by order, in the order of their lines."""
    shops, ids = _columns(purchases)
    found: dict[UUID, list[KnownItem]] = {}
    for item in await _known_items.all(tx, shops=shops, purchases=ids):
        found.setdefault(item.purchase, []).append(item)
    return found


async def put_items(tx: Tx, rows: Sequence[ItemRecord]) -> list[PutPart]:
    """Write items; answers those that were new or have changed."""
    return await _put_items.all(tx, rows=rows)


async def put_payments(tx: Tx, rows: Sequence[PaymentRecord]) -> list[PutPart]:
    """Write payments; answers those that were new or have changed."""
    return await _put_payments.all(tx, rows=rows)


async def put_parcels(tx: Tx, rows: Sequence[ParcelRecord]) -> list[PutPart]:
    """Write parcels; answers those that were new or have changed."""
    return await _put_parcels.all(tx, rows=rows)


async def drop_items(
    tx: Tx, purchases: Sequence[tuple[UUID, UUID]], kept: Sequence[tuple[UUID, int]]
) -> None:
    """Remove the items of these (shop, order) whose (order, line) is not among those kept."""
    shops, ids = _columns(purchases)
    kept_ids, lines = _columns(kept)
    await _drop_items.run(tx, shops=shops, purchases=ids, kept_purchases=kept_ids, kept_lines=lines)


async def drop_payments(tx: Tx, purchases: Sequence[tuple[UUID, UUID]], kept: Sequence[Pair]) -> None:
    """Remove the payments of these (shop, order) whose (order, id) is not among those kept."""
    shops, ids = _columns(purchases)
    kept_ids, numbers = _columns(kept)
    await _drop_payments.run(
        tx, shops=shops, purchases=ids, kept_purchases=kept_ids, kept_external_ids=numbers
    )


async def drop_parcels(tx: Tx, purchases: Sequence[tuple[UUID, UUID]], kept: Sequence[Pair]) -> None:
    """Remove the parcels of these (shop, order) whose (order, id) is not among those kept."""
    shops, ids = _columns(purchases)
    kept_ids, numbers = _columns(kept)
    await _drop_parcels.run(
        tx, shops=shops, purchases=ids, kept_purchases=kept_ids, kept_external_ids=numbers
    )
