"""Writes items, payments and parcels that come in rows of their own, for orders that are there."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from xiaoer.kernel.refusal import Refused
from xiaoer.orders.actions.naming import Moment, Names, Placed
from xiaoer.orders.actions.records import item_record, parcel_record, payment_record
from xiaoer.orders.rules.fields import fault
from xiaoer.orders.rules.places import line_numbers, places
from xiaoer.orders.rules.rows import ItemRow, ParcelRow, PaymentRow
from xiaoer.orders.rules.tally import Outcome
from xiaoer.orders.store import imports as store
from xiaoer.plumbing.db import Tx

Part = TypeVar("Part", ItemRow, PaymentRow, ParcelRow)
Orders = Mapping[store.Pair, store.KnownPurchase]
PartKey = tuple[UUID, str]
"""An order and the key of a part in it."""


async def lock_orders(tx: Tx, pairs: Sequence[store.Pair]) -> Orders:
    """The orders that parts name, kept from other imports until the end of the transaction."""
    return await store.lock_purchases(tx, sorted(set(pairs))) if pairs else {}


def _of_known_orders(
    parts: Sequence[Placed[Part]], orders: Orders, outcomes: dict[int, Outcome]
) -> list[tuple[Placed[Part], store.KnownPurchase]]:
    """The parts whose order is there and keeps the same currency; the others are refused."""
    found: list[tuple[Placed[Part], store.KnownPurchase]] = []
    for one in parts:
        order = orders.get((one.shop, one.row.order))
        currency = None if isinstance(one.row, ParcelRow) else one.row.currency
        if order is None:
            outcomes[one.place] = fault("order_unknown", "order", value=one.row.order)
        elif currency is not None and currency != order.currency:
            outcomes[one.place] = fault(
                "currency_differs", "currency", value=currency, currency=order.currency
            )
        else:
            found.append((one, order))
    return found


def _told(keys: Mapping[int, PartKey], put: Sequence[store.PutPart]) -> dict[int, Outcome]:
    done = {(one.purchase, one.key): one.created for one in put}
    return {
        place: "unchanged" if (created := done.get(key)) is None else "created" if created else "updated"
        for place, key in keys.items()
    }


async def put_items(
    tx: Tx, items: Sequence[Placed[ItemRow]], orders: Orders, names: Names, moment: Moment
) -> dict[int, Outcome]:
    """Write items of their own; each says which line it is, by number or by the sender's id."""
    outcomes: dict[int, Outcome] = {}
    found = _of_known_orders(items, orders, outcomes)
    lines = await store.known_items(tx, sorted({(order.shop, order.id) for _, order in found}))
    records: list[store.ItemRecord] = []
    keys: dict[int, PartKey] = {}
    for one, order in found:
        known = lines.setdefault(order.id, [])
        goods = names.goods(one.shop, one.row)
        if isinstance(goods, Refused):
            outcomes[one.place] = goods
            continue
        [line] = line_numbers([one.row], [(item.line, item.external_id) for item in known])
        key = (order.id, str(line))
        if key in keys.values():
            outcomes[one.place] = fault("repeated", "line", value=line)
            continue
        own = next((item.id for item in known if item.line == line), None) or moment.new_id()
        lines[order.id] = [item for item in known if item.line != line]
        lines[order.id].append(store.KnownItem(order.id, own, line, one.row.id))
        keys[one.place] = key
        records.append(item_record((one.shop, order.id), own, line, one.row, names))
    put = await store.put_items(tx, records) if records else []
    await _void(tx, put, orders, "items", moment)
    return outcomes | _told(keys, put)


async def put_payments(
    tx: Tx, payments: Sequence[Placed[PaymentRow]], orders: Orders, moment: Moment
) -> dict[int, Outcome]:
    """Write payments of their own; what an order has been paid is their sum from then on."""
    outcomes: dict[int, Outcome] = {}
    found = _of_known_orders(payments, orders, outcomes)
    records = [payment_record((one.shop, order.id), moment.new_id(), 0, one.row) for one, order in found]
    put = await store.put_payments(tx, records) if records else []
    if put:
        await store.settle_purchases(tx, _touched(put, orders), now=moment.now)
    await _void(tx, put, orders, "payments", moment)
    return outcomes | _told({one.place: (order.id, one.row.id) for one, order in found}, put)


async def put_parcels(
    tx: Tx, parcels: Sequence[Placed[ParcelRow]], orders: Orders, moment: Moment
) -> dict[int, Outcome]:
    """Write parcels of their own; one that names no items holds all of its order."""
    outcomes: dict[int, Outcome] = {}
    found = _of_known_orders(parcels, orders, outcomes)
    lines = await store.known_items(tx, sorted({(order.shop, order.id) for _, order in found}))
    records: list[store.ParcelRecord] = []
    keys: dict[int, PartKey] = {}
    for one, order in found:
        items = lines.get(order.id, [])
        inside = places(one.row.items, [(item.line, item.external_id) for item in items])
        if isinstance(inside, str):
            outcomes[one.place] = fault("item_unknown", "items", value=inside)
            continue
        ids = [items[index].id for index in inside]
        records.append(parcel_record((one.shop, order.id), moment.new_id(), 0, one.row, ids))
        keys[one.place] = (order.id, one.row.id)
    put = await store.put_parcels(tx, records) if records else []
    await _void(tx, put, orders, "parcels", moment)
    return outcomes | _told(keys, put)


def _touched(put: Sequence[store.PutPart], orders: Orders) -> list[tuple[UUID, UUID]]:
    ids = {one.purchase for one in put}
    return [(order.shop, order.id) for order in orders.values() if order.id in ids]


async def _void(tx: Tx, put: Sequence[store.PutPart], orders: Orders, list_name: str, moment: Moment) -> None:
    if put:
        await store.void_digests(tx, _touched(put, orders), list_name, now=moment.now)
