"""What measures stop among the rows of an import: new goods, new orders, parcels; history comes in as it was.

An order placed before a measure began is running business, whatever the measure: it is never stopped (L-050).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoer.kernel.refusal import Refused
from xiaoer.measures.queries.standing import Limits, limits_of
from xiaoer.orders.actions.naming import Moment, Placed
from xiaoer.orders.rules.rows import OrderRow, ParcelRow, ProductRow
from xiaoer.orders.store.imports import KnownPurchase, Pair
from xiaoer.plumbing.db import Tx


async def read_limits(
    tx: Tx, placed: Iterable[Placed[Any]], buyers: Iterable[UUID], moment: Moment
) -> Limits:
    """What binds the shops and buyers a batch speaks of."""
    return await limits_of(tx, {*(one.shop for one in placed), *buyers}, moment.now)


def of_product(limits: Limits, one: Placed[ProductRow], moment: Moment) -> Refused | None:
    """Why new goods are not taken: their shop may not publish."""
    return _named(limits.stopped(one.shop, "publish", "self", shop=one.shop, at=moment.now), "shop")


def of_order(
    limits: Limits, one: Placed[OrderRow], buyer: UUID, *, known: bool, moment: Moment
) -> Refused | None:
    """Why an order is not taken: its buyer may not buy, its shop may not sell or not send."""
    at = one.row.placed_at or moment.now
    if not known:
        by_buyer = limits.stopped(buyer, "buy", "self", shop=one.shop, at=at)
        if by_buyer is not None:
            return _named(by_buyer, "buyer")
        by_shop = limits.stopped(one.shop, "buy", "other", shop=one.shop, at=at)
        if by_shop is not None:
            return _named(by_shop, "shop")
    return _of_parcels(limits, one.shop, at) if one.row.parcels else None


def stopped_parcels(
    limits: Limits, parcels: Sequence[Placed[ParcelRow]], orders: Mapping[Pair, KnownPurchase]
) -> dict[int, Refused]:
    """The parcels that are not taken, by place: their shop may not send what was ordered since."""
    found: dict[int, Refused] = {}
    for one in parcels:
        order = orders.get((one.shop, one.row.order))
        refused = None if order is None else _of_parcels(limits, one.shop, order.placed_at)
        if refused is not None:
            found[one.place] = refused
    return found


def _of_parcels(limits: Limits, shop: UUID, placed_at: datetime) -> Refused | None:
    return _named(limits.stopped(shop, "dispatch", "self", shop=shop, at=placed_at), "parcels")


def _named(refused: Refused | None, field: str) -> Refused | None:
    """The same refusal with the field of the row it is about."""
    return None if refused is None else replace(refused, facts={**refused.facts, "field": field})
