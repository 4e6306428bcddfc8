"""How orders are read: one function per statement of `reading.sql`; `tenant` is always the transaction's."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.orders.model import Product, Purchase, PurchaseLine
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Asked, Statements

Behind = tuple[datetime, UUID]
"""Where a page goes on: behind this moment and id."""

START: Final[Behind] = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


class Named(Struct, frozen=True):
    """The sender's id of something and ours."""

    external_id: str
    id: UUID


_statements: Final = Statements(__file__, "reading.sql")
_page_of_shop = _statements.value("page_of_shop", UUID)
_page_of_buyer = _statements.value("page_of_buyer", UUID)
_page_of_number = _statements.value("page_of_number", UUID)
_place_of = _statements.value("place_of", datetime)
_find_lines = _statements.rows("find_lines", PurchaseLine)
_find_purchase = _statements.rows("find_purchase", Purchase)
_products_page = _statements.rows("products_page", Product)
_find_product = _statements.rows("find_product", Product)
_ids_of = _statements.rows("ids_of", Named)
_awaits_insured = _statements.value("awaits_insured", bool)


async def behind(tx: Tx, purchase: UUID | None) -> Behind | None:
    """The place behind an order, the beginning without one; None when there is no such order."""
    if purchase is None:
        return START
    at = await _place_of.first(tx, id=purchase)
    return None if at is None else (at, purchase)


async def page_of_shop(tx: Tx, shop: UUID, place: Behind, limit: int) -> list[UUID]:
    """Orders of a shop, newest first."""
    return await _page_of_shop.all(tx, shop=shop, before_at=place[0], before_id=place[1], limit=limit)


async def page_of_buyer(tx: Tx, buyer: UUID, shop: UUID | None, place: Behind, limit: int) -> list[UUID]:
    """Orders of a buyer, newest first; of one shop only when it is given."""
    return await _page_of_buyer.all(
        tx, buyer=buyer, shop=shop, before_at=place[0], before_id=place[1], limit=limit
    )


async def page_of_number(
    tx: Tx, shop: UUID, number: str, buyer: UUID | None, place: Behind, *, limit: int
) -> list[UUID]:
    """Orders of a shop whose number begins so, or that have a parcel of this number."""
    return await _page_of_number.all(
        tx,
        shop=shop,
        low=number,
        high=f"{number}\U0010ffff",
        buyer=buyer,
        before_at=place[0],
        before_id=place[1],
        limit=limit,
    )


async def find_lines(tx: Tx, ids: Sequence[UUID]) -> list[PurchaseLine]:
    """These orders as lists show them, newest first."""
    return await _find_lines.all(tx, ids=list(ids)) if ids else []


def purchase_asked(
    tx: Tx, purchase: UUID, *, shop: UUID | None = None, buyer: UUID | None = None
) -> Asked[Purchase]:
    """The same as `find_purchase`, to be asked together with something else."""
    return _find_purchase.asked(tx, id=purchase, shop=shop, buyer=buyer)


async def find_purchase(
    tx: Tx, purchase: UUID, *, shop: UUID | None = None, buyer: UUID | None = None
) -> Purchase | None:
    """One order with everything; None when it is not of this shop or buyer."""
    return await _find_purchase.first(tx, id=purchase, shop=shop, buyer=buyer)


async def products_page(
    tx: Tx, shop: UUID, *, on_sale: bool, q: str | None, after: UUID | None, limit: int
) -> list[Product]:
    """Products of a shop in the order they came."""
    return await _products_page.all(tx, shop=shop, on_sale=on_sale, q=q, after=after, limit=limit)


async def find_product(tx: Tx, shop: UUID, product: UUID) -> Product | None:
    """One product of a shop."""
    return await _find_product.first(tx, shop=shop, id=product)


async def awaits_insured(tx: Tx, shop: UUID, buyer: UUID) -> bool:
    """Whether a buyer still waits for an order of this shop that is insured to arrive on time."""
    return await _awaits_insured.one(tx, shop=shop, buyer=buyer)


async def ids_of(tx: Tx, shop: UUID, external_ids: Sequence[str]) -> dict[str, UUID]:
    """Our ids of these products and orders of a shop."""
    found = await _ids_of.all(tx, shop=shop, external_ids=list(external_ids))
    return {one.external_id: one.id for one in found}
