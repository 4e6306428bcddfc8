"""Writes one batch of rows: kind after kind, each in a few statements for all its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast
from uuid import UUID

import msgspec

from xiaoer.identity.actions import imports as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures.queries.standing import Limits
from xiaoer.orders.actions import goods, parts, purchases
from xiaoer.orders.actions.limits import read_limits, stopped_parcels
from xiaoer.orders.actions.naming import Moment, Placed, learn
from xiaoer.orders.rules.fields import fault
from xiaoer.orders.rules.rows import (
    BuyerRow,
    ItemRow,
    OrderRow,
    ParcelRow,
    PaymentRow,
    ProductRow,
    Row,
    ShopRow,
)
from xiaoer.orders.rules.tally import Outcome
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.faults import Rejected

Kind = TypeVar("Kind", bound=Row)
ShopThing = ProductRow | OrderRow | ItemRow | PaymentRow | ParcelRow

_CONSTRAINTS: Final = {
    "person_tenant_email_key": ("buyer_email_taken", "email"),
    "person_tenant_phone_key": ("buyer_phone_taken", "phone"),
}
_FLAWS: Final[Mapping[str, tuple[str, str]]] = {
    "email_taken": ("buyer_email_taken", "email"),
    "phone_taken": ("buyer_phone_taken", "phone"),
    "not_a_buyer": ("buyer_is_staff", "id"),
    "not_yours": ("buyer_not_yours", "id"),
}


@dataclass(frozen=True, slots=True)
class Right:
    """What an import may write: the things of some shops, or (None) of the whole marketplace.

    Kept to some shops it adds buyers but changes none, and neither opens nor changes shops.
    """

    shops: frozenset[UUID] | None = None


async def write_batch(tx: Tx, rows: Sequence[Row], right: Right, moment: Moment) -> list[Outcome]:
    """Write rows of any kinds and answer what became of each, in their order.

    No two rows may speak of one thing. When the database refuses the batch, its halves are tried alone, so
    that a row it will not have costs only itself.
    """
    try:
        async with tx.savepoint():
            return await _write(tx, rows, right, moment)
    except Rejected as rejected:
        code, name = _CONSTRAINTS.get(rejected.constraint, ("database_refused", ""))
        refused = fault(code, name, value=rejected.constraint)
    except Refusal as refusal:
        if refusal.refused.kind != "invalid":
            raise
        refused = refusal.refused
    if len(rows) == 1:
        return [refused]
    half = len(rows) // 2
    return [
        *await write_batch(tx, rows[:half], right, moment),
        *await write_batch(tx, rows[half:], right, moment),
    ]


async def _write(tx: Tx, rows: Sequence[Row], right: Right, moment: Moment) -> list[Outcome]:
    outcomes: dict[int, Outcome] = {}
    outcomes |= await _put_shops(tx, _numbered(rows, ShopRow), right, moment)
    outcomes |= await _put_buyers(tx, _numbered(rows, BuyerRow), right, moment)
    things = [(place, row) for place, row in enumerate(rows) if not isinstance(row, ShopRow | BuyerRow)]
    shops = await identity.ids_of_shops(tx, (row.shop for _, row in things))
    placed: list[Placed[Any]] = []
    for place, row in things:
        shop = shops.get(row.shop)
        if shop is None or (right.shops is not None and shop not in right.shops):
            outcomes[place] = fault("shop_unknown", "shop", value=row.shop)
        else:
            placed.append(Placed(place, shop, row))
    orders, items = _of(placed, OrderRow), _of(placed, ItemRow)
    buyers = await identity.ids_of_buyers(tx, (order.row.buyer for order in orders))
    limits = await read_limits(tx, placed, buyers.values(), moment)
    if products := _of(placed, ProductRow):
        outcomes |= await goods.put_products(tx, products, limits, moment)
    names = await learn(tx, orders, items, buyers)
    if orders:
        outcomes |= await purchases.put_orders(tx, orders, names, limits, moment)
    outcomes |= await _put_parts(tx, placed, names, limits, moment)
    return [outcomes[place] for place in range(len(rows))]


async def _put_parts(
    tx: Tx, placed: Sequence[Placed[Any]], names: Any, limits: Limits, moment: Moment
) -> dict[int, Outcome]:
    items, payments, parcels = _of(placed, ItemRow), _of(placed, PaymentRow), _of(placed, ParcelRow)
    if not (items or payments or parcels):
        return {}
    named = [(one.shop, one.row.order) for one in (*items, *payments, *parcels)]
    orders = await parts.lock_orders(tx, named)
    stopped: dict[int, Outcome] = {**stopped_parcels(limits, parcels, orders)}
    parcels = [one for one in parcels if one.place not in stopped]
    return (
        stopped
        | await parts.put_items(tx, items, orders, names, moment)
        | await parts.put_payments(tx, payments, orders, moment)
        | await parts.put_parcels(tx, parcels, orders, moment)
    )


def _numbered(rows: Sequence[Row], kind: type[Kind]) -> list[tuple[int, Kind]]:
    return [(place, row) for place, row in enumerate(rows) if isinstance(row, kind)]


def _of(placed: Sequence[Placed[Any]], kind: type[Kind]) -> list[Placed[Kind]]:
    return [cast("Placed[Kind]", one) for one in placed if isinstance(one.row, kind)]


async def _put_shops(
    tx: Tx, rows: Sequence[tuple[int, ShopRow]], right: Right, moment: Moment
) -> dict[int, Outcome]:
    if right.shops is not None:
        return {place: Refused("not_allowed", "orders.shop_not_yours") for place, _ in rows}
    if not rows:
        return {}
    facts = [
        identity.ShopFacts(row.id, row.name, row.state, row.language, row.time_zone, row.allowed_origins)
        for _, row in rows
    ]
    done = await identity.import_shops(tx, facts, moment.now, moment.new_id)
    return {place: outcome for (place, _), outcome in zip(rows, done, strict=True)}


async def _put_buyers(
    tx: Tx, rows: Sequence[tuple[int, BuyerRow]], right: Right, moment: Moment
) -> dict[int, Outcome]:
    if not rows:
        return {}
    facts = [
        identity.BuyerFacts(
            row.id,
            row.name,
            row.email,
            row.phone,
            row.language,
            row.address,
            None if row.payment_methods is None else msgspec.to_builtins(row.payment_methods),
        )
        for _, row in rows
    ]
    done = await identity.import_buyers(tx, facts, moment.now, moment.new_id, may_change=right.shops is None)
    outcomes: dict[int, Outcome] = {}
    for (place, row), outcome in zip(rows, done, strict=True):
        flaw = _FLAWS.get(outcome)
        outcomes[place] = cast("identity.Done", outcome) if flaw is None else fault(*flaw, value=row.id)
    return outcomes
