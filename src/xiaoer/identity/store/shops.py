"""Marketplaces and shops."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.identity.model import Marketplace, Shop
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__, "shops.sql")
_find_marketplace = _statements.rows("find_marketplace", Marketplace)
_marketplace_by_slug = _statements.rows("marketplace_by_slug", Marketplace)
_marketplaces = _statements.rows("marketplaces", Marketplace)
_insert_marketplace = _statements.command("insert_marketplace")
_change_marketplace = _statements.command("change_marketplace")
_turn_key = _statements.command("turn_key")
_shops_page = _statements.rows("shops_page", Shop)
_shops_by_ids = _statements.rows("shops_by_ids", Shop)
_shop_by_external_id = _statements.rows("shop_by_external_id", Shop)
_insert_shop = _statements.command("insert_shop")
_change_shop = _statements.command("change_shop")
_tenant_of_shop = _statements.value("tenant_of_shop", UUID)
_frame_origins = _statements.value("frame_origins", str)
_origin_known = _statements.value("origin_known", bool)


async def find_marketplace(tx: Tx) -> Marketplace:
    """The marketplace of this transaction. Raises LookupError when there is none."""
    return await _find_marketplace.one(tx)


async def marketplace_by_slug(tx: Tx, slug: str) -> Marketplace | None:
    """The marketplace with this name in addresses; in a system transaction."""
    return await _marketplace_by_slug.first(tx, slug=slug)


async def marketplaces(tx: Tx, *, limit: int | None) -> Sequence[Marketplace]:
    """The oldest marketplaces, all of them without a limit; in a system transaction."""
    return await _marketplaces.all(tx, limit=limit)


async def insert_marketplace(
    tx: Tx, *, slug: str, name: str, time_zone: str, currency: str, language: str, now: datetime
) -> None:
    """Add the marketplace of this transaction. Raises Duplicate when the slug is taken."""
    await _insert_marketplace.run(
        tx, slug=slug, name=name, time_zone=time_zone, currency=currency, language=language, now=now
    )


async def change_marketplace(
    tx: Tx, *, name: str | None, time_zone: str | None, language: str | None
) -> None:
    """Change what is given."""
    await _change_marketplace.run(tx, name=name, time_zone=time_zone, language=language)


async def turn_key(tx: Tx, now: datetime) -> None:
    """Make the next widget key the current one."""
    await _turn_key.run(tx, now=now)


async def shops_page(
    tx: Tx,
    *,
    after: UUID | None,
    limit: int,
    state: str | None = None,
    q: str | None = None,
    without: Collection[UUID] = (),
) -> Sequence[Shop]:
    """Shops in the order they came, but for those `without` names."""
    return await _shops_page.all(tx, after=after, limit=limit, state=state, q=q, without=list(without))


async def shops_by_ids(tx: Tx, ids: Sequence[UUID]) -> Sequence[Shop]:
    """The shops among these ids."""
    return await _shops_by_ids.all(tx, ids=list(ids))


async def shop_by_external_id(tx: Tx, external_id: str) -> Shop | None:
    """The shop the marketplace calls by this id."""
    return await _shop_by_external_id.first(tx, external_id=external_id)


async def insert_shop(
    tx: Tx,
    shop: UUID,
    *,
    external_id: str | None,
    name: str,
    language: str,
    time_zone: str,
    allowed_origins: Sequence[str],
    now: datetime,
) -> None:
    """Add a shop. Raises Duplicate when its external id is taken."""
    await _insert_shop.run(
        tx,
        id=shop,
        external_id=external_id,
        name=name,
        language=language,
        time_zone=time_zone,
        allowed_origins=list(allowed_origins),
        now=now,
    )


async def change_shop(
    tx: Tx,
    shop: UUID,
    *,
    name: str | None,
    state: str | None,
    language: str | None,
    time_zone: str | None,
    allowed_origins: Sequence[str] | None,
) -> bool:
    """Change what is given; False when there is no such shop."""
    origins = None if allowed_origins is None else list(allowed_origins)
    return bool(
        await _change_shop.run(
            tx,
            id=shop,
            name=name,
            state=state,
            language=language,
            time_zone=time_zone,
            allowed_origins=origins,
        )
    )


async def tenant_of_shop(tx: Tx, shop: UUID) -> UUID | None:
    """The marketplace of an open shop; in a system transaction."""
    return await _tenant_of_shop.first(tx, shop=shop)


async def frame_origins(tx: Tx, shop: UUID) -> Sequence[str]:
    """The origins a shop's widget may stand on; in a system transaction."""
    return await _frame_origins.all(tx, shop=shop)


async def origin_known(tx: Tx, origin: str) -> bool:
    """Whether any shop has named this origin; in a system transaction."""
    return await _origin_known.one(tx, origin=origin)
