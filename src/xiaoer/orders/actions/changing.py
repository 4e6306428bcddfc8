"""Writes what was granted to an order: state, address, items, payments, marks."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from xiaoer.kernel.refusal import Refusal
from xiaoer.orders import queries
from xiaoer.orders.model import Change, Purchase
from xiaoer.orders.store import changing as store
from xiaoer.plumbing.db import Tx


async def lock(tx: Tx, shop: UUID | None, purchase: UUID, *, buyer: UUID | None = None) -> Purchase:
    """An order as it is, kept from others until the end of the transaction. Raises Refusal."""
    if not await store.lock_purchase(tx, purchase, shop=shop, buyer=buyer):
        raise Refusal(queries.UNKNOWN_ORDER)
    return await queries.purchase(tx, shop, purchase, buyer=buyer)


async def change(
    tx: Tx, purchase: Purchase, change: Change, *, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Write a change of an order that `lock` has given.

    What was paid for a changed line moves by the difference of the prices, and with it the order's total.
    """
    items = {item.id: item for item in purchase.items}
    rows: list[store.ItemChange] = []
    more_minor = 0
    for swap in change.swaps:
        item, offer = items[swap.item], swap.offer
        difference_minor = item.quantity * (offer.price_minor - item.unit_price_minor)
        more_minor += difference_minor
        rows.append(
            store.ItemChange(
                id=item.id,
                external_id=offer.external_id if item.external_id == swap.was else item.external_id,
                variant=offer.id,
                options=offer.options,
                unit_price_minor=offer.price_minor,
                paid_minor=max(0, item.paid_minor + difference_minor),
            )
        )
    if rows:
        await store.change_items(tx, purchase, rows)
    if change.flows:
        payments = [
            store.NewPayment(new_id(), place, flow.kind, flow.method, flow.amount_minor, purchase.currency)
            for place, flow in enumerate(change.flows, len(purchase.payments) + 1)
        ]
        await store.add_payments(tx, purchase, payments, now)
    await store.change_purchase(
        tx,
        purchase,
        state=change.state or purchase.state,
        source_state=change.source_state or purchase.source_state,
        total_minor=max(0, purchase.total_minor + more_minor),
        address=purchase.address if change.address is None else change.address,
        marks=change.marks or purchase.marks,
        now=now,
    )
