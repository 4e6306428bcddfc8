"""The hotline: an operator writes down order and words, the caller gets a link to the prepared form."""

from datetime import datetime
from uuid import UUID

from xiaoer.after_sale.rules.deadlines import term
from xiaoer.complaints.actions.lodge import lodge
from xiaoer.complaints.model import By, CallWish, Complaint, ComplaintWish, Doer, HotlineCall
from xiaoer.complaints.queries.ground import ground
from xiaoer.complaints.rules import prepared as links
from xiaoer.complaints.rules.types import types
from xiaoer.complaints.store import complaints as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Tx


async def write_down(tx: Tx, operator: UUID, wish: CallWish, *, id: UUID, now: datetime) -> HotlineCall:
    """Keep what a caller says; the order is found by its number. Raises Refusal."""
    by: By = "shop" if wish.for_shop is not None else "buyer"
    kind = types().get(wish.type)
    if kind is None or by not in kind.by:
        raise Refusal(Refused("invalid", "complaints.unknown_type", facts={"type": wish.type}))
    order = await _order(tx, wish)
    who = wish.for_shop or wish.buyer or (order.buyer_id if order else None)
    if who is None:
        raise Refusal(Refused("invalid", "complaints.name_it"))
    if wish.for_shop is not None:
        await identity.shop(tx, wish.for_shop)
    else:
        await identity.person(tx, who)
    under = await ground(tx, wish.for_shop, now)
    call = HotlineCall(
        id=id,
        operator=operator,
        for_kind="shop" if by == "shop" else "person",
        for_id=who,
        type=wish.type,
        purchase=order.id if order else None,
        text=wish.text,
        caller=wish.caller,
        expires_at=term(under.book, "complaints.hotline_link", now, under.days),
        complaint=None,
        at=now,
    )
    await store.insert_call(tx, call)
    return call


async def _order(tx: Tx, wish: CallWish) -> Purchase | None:
    """The order of that number, in the shop named or in any shop of the marketplace."""
    if wish.order_number is None:
        return None
    shops = [wish.for_shop] if wish.for_shop else list(await identity.shops(tx))
    for shop in shops:
        ids = await orders.ids_of(tx, shop, [wish.order_number])
        if wish.order_number in ids:
            found = await orders.purchase(tx, shop, ids[wish.order_number])
            if wish.buyer is None or found.buyer_id == wish.buyer:
                return found
    raise Refusal(orders.UNKNOWN_ORDER)


async def opened(tx: Tx, doer: Doer, call: UUID, now: datetime) -> HotlineCall:
    """What the operator wrote down, for the one it was written for. Raises Refusal."""
    found = await store.find_call(tx, call)
    kind = "shop" if doer.by == "shop" else "person"
    if found is None or (found.for_kind, found.for_id) != (kind, doer.who):
        raise Refusal(links.UNKNOWN)
    refused = links.still_opens(found.expires_at, found.complaint, now)
    if refused is not None:
        raise Refusal(refused)
    return found


async def lodge_prepared(
    tx: Tx, doer: Doer, wish: ComplaintWish, call: UUID, *, id: UUID, now: datetime
) -> Complaint:
    """Lodge what the operator prepared, as its owner has put it. A link is used once."""
    await opened(tx, doer, call, now)
    made = await lodge(tx, doer, wish, id=id, intake=call, now=now)
    if not await store.use_call(tx, call, made.id):
        raise Refusal(Refused("not_now", "complaints.link_used"))
    return made
