"""The doors of orders: what buyers see of theirs, what a shop sees of its own, and imports."""

from collections.abc import AsyncIterable
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.identity import queries as identity
from xiaoer.measures.queries.standing import Standings
from xiaoer.orders import queries
from xiaoer.orders.actions.batch import Right
from xiaoer.orders.actions.importing import Importer, customs_of
from xiaoer.orders.actions.naming import Moment
from xiaoer.orders.model import ImportSummary, Product, PurchaseLine
from xiaoer.orders.rules.reader import Format, reader
from xiaoer.orders.rules.retail import SHOP
from xiaoer.orders.rules.rows import Kind
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.plumbing.upload import Upload

Query = Annotated[str, Meta(min_length=1, max_length=200)]
Key = Annotated[str, Meta(min_length=1, max_length=128)]


class ShopName(Struct, frozen=True):
    """A shop as buyers see it."""

    id: UUID
    name: str
    language: str


# ── buyers ───────────────────────────────────────────────────────────────


async def list_my_orders(
    call: Call, *, shop: UUID | None = None, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[PurchaseLine]:
    """One's own orders, newest first, in one shop or in all."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.purchases_of_buyer(
            tx, shop, call.actor.person, after=starting_after, limit=limit + 1
        )
    return page_of(found, limit, lambda one: str(one.id))


async def list_open_shops(
    call: Call, *, q: Query | None = None, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[ShopName]:
    """The shops of the marketplace that are open, but for those a measure hides."""
    hidden = await call.service(Standings).hidden_shops(call.tenant, call.now)
    async with call.database.read(call.tenant) as tx:
        found = await identity.shops_page(
            tx, after=starting_after, limit=limit + 1, state="active", q=q, without=hidden
        )
    names = [ShopName(one.id, one.name, one.language) for one in found]
    return page_of(names, limit, lambda one: str(one.id))


async def list_goods(
    call: Call,
    shop: UUID,
    *,
    q: Query | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[Product]:
    """What a shop has on sale."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.products(tx, shop, on_sale=True, q=q, after=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


# ── the shop ─────────────────────────────────────────────────────────────


async def list_orders(
    call: Call,
    shop: UUID,
    *,
    buyer: UUID | None = None,
    q: Query | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[PurchaseLine]:
    """Orders of the shop, newest first; `q` is the beginning of an order's or the number of a parcel."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.purchases_of_shop(
            tx, shop, buyer=buyer, q=q, after=starting_after, limit=limit + 1
        )
    return page_of(found, limit, lambda one: str(one.id))


async def list_products(
    call: Call,
    shop: UUID,
    *,
    q: Query | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[Product]:
    """Products of the shop, on sale or not; `q` is part of the title or the marketplace's id."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.products(tx, shop, q=q, after=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def get_product(call: Call, shop: UUID, product: UUID) -> Product:
    """One product of the shop."""
    async with call.database.read(call.tenant) as tx:
        return await queries.product(tx, shop, product)


# ── imports ──────────────────────────────────────────────────────────────


async def post_import(
    call: Call,
    data: Upload,
    *,
    format: Format = "xiaoer",
    kind: Kind | None = None,
    shop: Key | None = None,
    strict: bool = False,
) -> ImportSummary:
    """Take over shops, products, buyers and orders; the body is the file, see docs/import.md.

    `kind` and `shop` are those of rows which name none, `strict` refuses rows with fields that nobody knows.
    Rows that are wrong are told one by one and the others go in.
    """
    shops = frozenset(call.actor.shops) if call.actor.role == "integration" and call.actor.shops else None
    return await _import(call, data, Right(shops), format=format, kind=kind, shop=shop, strict=strict)


async def post_shop_import(
    call: Call,
    shop: UUID,
    data: Upload,
    *,
    format: Format = "xiaoer",
    kind: Kind | None = None,
    strict: bool = False,
) -> ImportSummary:
    """Take over products, orders and new buyers of one shop; the body is the file, see docs/import.md."""
    right = Right(frozenset((shop,)))
    return await _import(call, data, right, format=format, kind=kind, shop=str(shop), strict=strict)


async def _import(
    call: Call,
    data: Upload,
    right: Right,
    *,
    format: Format,
    kind: Kind | None,
    shop: str | None,
    strict: bool,
) -> ImportSummary:
    async with call.database.read(call.tenant) as tx:
        customs = await customs_of(tx, shop)
    chunks: AsyncIterable[bytes] = data.chunks()
    async with Importer(
        call.database,
        call.tenant,
        right=right,
        customs=customs,
        moment=Moment(call.now, new_id),
        strict=strict,
    ) as importer:
        if format == "retail" and shop is None:
            await importer.take_own(SHOP)
        await importer.read(chunks, reader(format, kind, shop), kind=kind)
        tally = await importer.close()
    seconds = (call.services.clock() - call.now).total_seconds()
    return tally.summary(lambda refused: call.services.catalogue.sentence(refused, call.language), seconds)
