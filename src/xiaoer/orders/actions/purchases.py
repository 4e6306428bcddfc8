"""Writes the orders of a batch, with the items, payments and parcels that stand inside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from xiaoer.kernel.refusal import Refused
from xiaoer.measures.queries.standing import Limits
from xiaoer.orders.actions.goods import digest
from xiaoer.orders.actions.limits import of_order
from xiaoer.orders.actions.naming import Moment, Names, Placed
from xiaoer.orders.actions.records import item_record, parcel_record, payment_record
from xiaoer.orders.model import Marks
from xiaoer.orders.rules.fields import fault
from xiaoer.orders.rules.places import Known, line_numbers, places
from xiaoer.orders.rules.rows import OrderRow
from xiaoer.orders.rules.tally import Outcome
from xiaoer.orders.store import imports as store
from xiaoer.plumbing.db import Tx

Lines = dict[UUID, list[store.KnownItem]]
"""The items of orders, by order."""


@dataclass(frozen=True, slots=True)
class Written:
    """An order that has been written and whose lists are still to be."""

    shop: UUID
    id: UUID
    row: OrderRow
    created: bool

    @property
    def pair(self) -> tuple[UUID, UUID]:
        """Its shop and id."""
        return self.shop, self.id


async def put_orders(
    tx: Tx, orders: Sequence[Placed[OrderRow]], names: Names, limits: Limits, moment: Moment
) -> dict[int, Outcome]:
    """Write orders, answering by place; those that are as they were cost nothing."""
    outcomes: dict[int, Outcome] = {}
    known = await store.known_purchases(tx, [(one.shop, one.row.id) for one in orders])
    changed: list[Placed[OrderRow]] = []
    for one in orders:
        was = known.get((one.shop, one.row.id))
        if was is not None and was.digest == digest(one.row):
            outcomes[one.place] = "unchanged"
        elif refused := names.refuse(one) or of_order(
            limits, one, names.buyers[one.row.buyer], known=was is not None, moment=moment
        ):
            outcomes[one.place] = refused
        else:
            changed.append(one)
    refused_parcels = await _strange_parcels(tx, changed, known)
    outcomes |= refused_parcels
    changed = [one for one in changed if one.place not in refused_parcels]
    if not changed:
        return outcomes
    changed.sort(key=lambda one: (one.shop, one.row.id))  # every import locks in this order
    records = [_record(one, names, moment) for one in changed]
    put = {(one.shop, one.external_id): one for one in await store.put_purchases(tx, records, now=moment.now)}
    written: list[Written] = []
    for one in changed:
        done = put[one.shop, one.row.id]
        written.append(Written(one.shop, done.id, one.row, done.created))
        outcomes[one.place] = "created" if done.created else "updated"
    await _put_lists(tx, written, names, moment)
    return outcomes


async def _strange_parcels(
    tx: Tx, orders: Sequence[Placed[OrderRow]], known: Mapping[store.Pair, store.KnownPurchase]
) -> dict[int, Refused]:
    """Refuse parcels that name items of an order which came, or comes, without its items."""
    asked = [one for one in orders if one.row.items is None and any(b.items for b in one.row.parcels or ())]
    if not asked:
        return {}
    ids = {one.place: was.id for one in asked if (was := known.get((one.shop, one.row.id)))}
    lines = await store.known_items(tx, [(one.shop, ids[one.place]) for one in asked if one.place in ids])
    refused: dict[int, Refused] = {}
    for one in asked:
        have = _known(lines.get(ids[one.place], ()) if one.place in ids else ())
        for number, parcel in enumerate(one.row.parcels or (), 1):
            if isinstance(name := places(parcel.items, have), str):
                refused[one.place] = fault("item_unknown", f"parcels[{number}].items", value=name)
    return refused


def _known(items: Sequence[store.KnownItem]) -> list[Known]:
    return [(item.line, item.external_id) for item in items]


def _record(one: Placed[OrderRow], names: Names, moment: Moment) -> store.PurchaseRecord:
    row = one.row
    return store.PurchaseRecord(
        shop=one.shop,
        id=moment.new_id(),
        external_id=row.id,
        buyer=names.buyers[row.buyer],
        state=row.state,
        source_state=row.source_state,
        currency=row.currency,
        total_minor=row.total_minor,
        paid_minor=row.paid_minor,
        freight_minor=row.freight_minor,
        discount_minor=row.discount_minor,
        on_time_insurance=row.on_time_insurance,
        freight_insurance=row.freight_insurance,
        free_shipping=row.free_shipping,
        address=row.address,
        placed_at=row.placed_at,
        dispatched_at=row.dispatched_at,
        signed_at=row.signed_at,
        details=row.details,
        marks=row.marks or Marks(),
        lists=[
            name
            for name in ("items", "payments", "parcels", "marks")
            if cast("object", getattr(row, name)) is not None
        ],
        digest=digest(row).hex(),
    )


async def _put_lists(tx: Tx, written: Sequence[Written], names: Names, moment: Moment) -> None:
    """Items first, for parcels point at them; what a list no longer names is removed."""
    old = [one for one in written if not one.created]
    lines = await store.known_items(tx, [one.pair for one in old]) if old else {}
    lines = await _put_items(tx, written, lines, names, moment)
    await _put_payments(tx, written, moment)
    await _put_parcels(tx, written, lines, moment)


async def _put_items(tx: Tx, written: Sequence[Written], lines: Lines, names: Names, moment: Moment) -> Lines:
    """Write the items and answer the lines of every order as they are now, in the order they were sent."""
    now_lines = dict(lines)
    records: list[store.ItemRecord] = []
    for one in written:
        if one.row.items is None:
            continue
        known = lines.get(one.id, [])
        ids = {item.line: item.id for item in known}
        numbers = line_numbers(one.row.items, _known(known))
        now_lines[one.id] = []
        for item, line in zip(one.row.items, numbers, strict=True):
            record = item_record(one.pair, ids.get(line) or moment.new_id(), line, item, names)
            records.append(record)
            now_lines[one.id].append(store.KnownItem(one.id, record.id, line, item.id))
    if records:
        await store.put_items(tx, records)
    told = [one.pair for one in written if one.row.items is not None and not one.created]
    if told:
        await store.drop_items(tx, told, [(record.purchase, record.line) for record in records])
    return now_lines


async def _put_payments(tx: Tx, written: Sequence[Written], moment: Moment) -> None:
    records = [
        payment_record(one.pair, moment.new_id(), place, payment)
        for one in written
        for place, payment in enumerate(one.row.payments or (), 1)
    ]
    if records:
        await store.put_payments(tx, records)
    told = [one.pair for one in written if one.row.payments is not None and not one.created]
    if told:
        await store.drop_payments(tx, told, [(record.purchase, record.external_id) for record in records])


async def _put_parcels(tx: Tx, written: Sequence[Written], lines: Lines, moment: Moment) -> None:
    records: list[store.ParcelRecord] = []
    for one in written:
        items = lines.get(one.id, [])
        for place, parcel in enumerate(one.row.parcels or (), 1):
            inside = places(parcel.items, _known(items))
            ids = [] if isinstance(inside, str) else [items[index].id for index in inside]
            records.append(parcel_record(one.pair, moment.new_id(), place, parcel, ids))
    if records:
        await store.put_parcels(tx, records)
    told = [one.pair for one in written if one.row.parcels is not None and not one.created]
    if told:
        await store.drop_parcels(tx, told, [(record.purchase, record.external_id) for record in records])
