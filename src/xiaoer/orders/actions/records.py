"""Rows as they are written: the sender's names are ours by now."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.kernel.refusal import Refused
from xiaoer.orders.actions.naming import Names
from xiaoer.orders.rules.rows import ItemRow, ParcelRow, PaymentRow
from xiaoer.orders.store import imports as store


def item_record(
    order: tuple[UUID, UUID], id: UUID, line: int, row: ItemRow, names: Names
) -> store.ItemRecord:
    """An item of an order (its shop and id); whose goods are not known has been refused before."""
    goods = names.goods(order[0], row)
    product, variant = (None, None) if isinstance(goods, Refused) else goods
    return store.ItemRecord(
        shop=order[0],
        purchase=order[1],
        id=id,
        line=line,
        external_id=row.id,
        product=product,
        variant=variant,
        title=row.title,
        options=row.options,
        quantity=row.quantity,
        unit_price_minor=row.unit_price_minor,
        paid_minor=row.quantity * row.unit_price_minor if row.paid_minor is None else row.paid_minor,
        flags=row.flags,
        confirmed_no_return=row.confirmed_no_return,
    )


def payment_record(order: tuple[UUID, UUID], id: UUID, place: int, row: PaymentRow) -> store.PaymentRecord:
    """A payment; `place` orders those without a time."""
    return store.PaymentRecord(
        shop=order[0],
        purchase=order[1],
        id=id,
        external_id=row.id,
        place=place,
        kind=row.kind,
        method=row.method,
        amount_minor=row.amount_minor,
        currency=row.currency,
        at=row.at,
    )


def parcel_record(
    order: tuple[UUID, UUID], id: UUID, place: int, row: ParcelRow, items: Sequence[UUID]
) -> store.ParcelRecord:
    """A parcel with the ids of the items in it."""
    return store.ParcelRecord(
        shop=order[0],
        purchase=order[1],
        id=id,
        external_id=row.id,
        place=place,
        carrier=row.carrier,
        tracking_number=row.tracking_number,
        items=list(items),
        dispatched_at=row.dispatched_at,
        signed_at=row.signed_at,
        events=row.events,
    )
