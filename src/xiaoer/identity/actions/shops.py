"""Marketplaces and their shops."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from xiaoer.identity import rules
from xiaoer.identity.events import AccessChanged
from xiaoer.identity.model import Marketplace, MarketplaceChange, Shop, ShopChange, ShopWish
from xiaoer.identity.store import shops as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.plumbing.faults import Duplicate

T = TypeVar("T")


async def create_marketplace(
    tx: Tx, *, slug: str, name: str, time_zone: str, currency: str, language: str, now: datetime
) -> Marketplace:
    """Open the marketplace of this transaction. Raises Refusal when its slug is taken."""
    _refuse_zone(time_zone)
    _refuse_if(rules.marketplace_flaw(slug, currency))
    try:
        async with tx.savepoint():
            await store.insert_marketplace(
                tx, slug=slug, name=name, time_zone=time_zone, currency=currency, language=language, now=now
            )
    except Duplicate as taken:
        raise Refusal(Refused("refused", "identity.slug_taken", facts={"slug": slug})) from taken
    return await store.find_marketplace(tx)


async def change_marketplace(tx: Tx, change: MarketplaceChange) -> Marketplace:
    """Change what is given. Raises Refusal for a time zone that does not exist."""
    if (zone := _given(change.time_zone)) is not None:
        _refuse_zone(zone)
    await store.change_marketplace(
        tx, name=_given(change.name), time_zone=_given(change.time_zone), language=_given(change.language)
    )
    return await store.find_marketplace(tx)


async def turn_widget_key(tx: Tx, now: datetime) -> None:
    """Make a new widget key; the old one is accepted for a day."""
    await store.turn_key(tx, now)


async def create_shop(tx: Tx, shop: UUID, wish: ShopWish, now: datetime) -> Shop:
    """Open a shop; language and time zone are the marketplace's unless given. Raises Refusal."""
    home = await store.find_marketplace(tx)
    zone = wish.time_zone or home.time_zone
    _refuse_zone(zone)
    try:
        async with tx.savepoint():
            await store.insert_shop(
                tx,
                shop,
                external_id=wish.external_id,
                name=wish.name,
                language=wish.language or home.language,
                time_zone=zone,
                allowed_origins=wish.allowed_origins,
                now=now,
            )
    except Duplicate as taken:
        facts = {"external_id": wish.external_id}
        raise Refusal(Refused("refused", "identity.external_id_taken", facts=facts)) from taken
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, shop=shop))
    return (await store.shops_by_ids(tx, [shop]))[0]


async def change_shop(tx: Tx, shop: UUID, change: ShopChange, now: datetime) -> Shop:
    """Change what is given. Raises Refusal."""
    if (zone := _given(change.time_zone)) is not None:
        _refuse_zone(zone)
    changed = await store.change_shop(
        tx,
        shop,
        name=_given(change.name),
        state=_given(change.state),
        language=_given(change.language),
        time_zone=_given(change.time_zone),
        allowed_origins=_given(change.allowed_origins),
    )
    if not changed:
        raise Refusal(Refused("not_found", "plumbing.unknown_shop"))
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, shop=shop))
    return (await store.shops_by_ids(tx, [shop]))[0]


def _refuse_zone(name: str) -> None:
    if not rules.is_time_zone(name):
        raise Refusal(Refused("invalid", "identity.unknown_time_zone", facts={"time_zone": name}))


def _refuse_if(refused: Refused | None) -> None:
    if refused is not None:
        raise Refusal(refused)


def _given(value: T | UnsetType) -> T | None:
    return None if value is UNSET else value
