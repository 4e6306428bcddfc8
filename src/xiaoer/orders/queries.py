"""Orders and products as others may ask for them; a foreign one looks like one that does not exist."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders.model import Card, CardKind, Offer, Product, Purchase, PurchaseLine
from xiaoer.orders.rules import cards
from xiaoer.orders.store import changing
from xiaoer.orders.store import reading as store
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Asked

UNKNOWN_ORDER = Refused("not_found", "orders.unknown_order")
UNKNOWN_PRODUCT = Refused("not_found", "orders.unknown_product")


async def purchases_of_shop(
    tx: Tx,
    shop: UUID,
    *,
    buyer: UUID | None = None,
    q: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[PurchaseLine]:
    """Orders of a shop, newest first; `q` is the beginning of an order's or the number of a parcel.

    Raises Refusal when `after` is no order.
    """
    place = await _behind(tx, after)
    if q is not None and q.strip():
        ids = await store.page_of_number(tx, shop, q.strip(), buyer, place, limit=limit)
    elif buyer is not None:
        ids = await store.page_of_buyer(tx, buyer, shop, place, limit)
    else:
        ids = await store.page_of_shop(tx, shop, place, limit)
    return await store.find_lines(tx, ids)


async def purchases_of_buyer(
    tx: Tx, shop: UUID | None, buyer: UUID, *, after: UUID | None = None, limit: int = 50
) -> Sequence[PurchaseLine]:
    """A buyer's orders, newest first, in one shop or in all. Raises Refusal when `after` is no order."""
    ids = await store.page_of_buyer(tx, buyer, shop, await _behind(tx, after), limit)
    return await store.find_lines(tx, ids)


async def _behind(tx: Tx, after: UUID | None) -> store.Behind:
    place = await store.behind(tx, after)
    if place is None:
        raise Refusal(UNKNOWN_ORDER)
    return place


async def purchase(tx: Tx, shop: UUID | None, purchase_id: UUID, *, buyer: UUID | None = None) -> Purchase:
    """One order of a shop (None: of any), of a buyer when one is given. Raises Refusal."""
    return known_purchase(await store.find_purchase(tx, purchase_id, shop=shop, buyer=buyer))


def purchase_asked(
    tx: Tx, shop: UUID | None, purchase_id: UUID, *, buyer: UUID | None = None
) -> Asked[Purchase]:
    """The same, to be asked together with something else; `known_purchase` says what it found."""
    return store.purchase_asked(tx, purchase_id, shop=shop, buyer=buyer)


def known_purchase(found: Purchase | None) -> Purchase:
    """An order that must be there. Raises Refusal."""
    if found is None:
        raise Refusal(UNKNOWN_ORDER)
    return found


async def products(
    tx: Tx,
    shop: UUID,
    *,
    on_sale: bool = False,
    q: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Product]:
    """Products of a shop, with their variants; `q` is part of the title or the marketplace's id."""
    words = q.strip() if q else None
    return await store.products_page(tx, shop, on_sale=on_sale, q=words or None, after=after, limit=limit)


async def product(tx: Tx, shop: UUID, product_id: UUID) -> Product:
    """One product of a shop. Raises Refusal."""
    found = await store.find_product(tx, shop, product_id)
    if found is None:
        raise Refusal(UNKNOWN_PRODUCT)
    return found


async def offers(tx: Tx, shop: UUID, variants: Sequence[UUID]) -> dict[UUID, Offer]:
    """The variants of a shop among these ids, on sale or not."""
    return await changing.variants_of(tx, shop, variants) if variants else {}


async def card(tx: Tx, shop: UUID, kind: CardKind, thing: UUID, *, buyer: UUID | None = None) -> Card:
    """An order or product of a shop as a card; of this buyer only, when one is given. Raises Refusal."""
    if kind == "order":
        return cards.order_card(await purchase(tx, shop, thing, buyer=buyer))
    return cards.product_card(await product(tx, shop, thing))


async def awaits_insured(tx: Tx, shop: UUID, buyer: UUID) -> bool:
    """Whether a buyer still waits for an order of this shop that is insured to arrive on time (D10)."""
    return await store.awaits_insured(tx, shop, buyer)


async def ids_of(tx: Tx, shop: UUID, external_ids: Sequence[str]) -> dict[str, UUID]:
    """Our ids of products and orders of a shop, by the marketplace's."""
    return await store.ids_of(tx, shop, external_ids)
