"""Looking: everything a request is judged by, as it is now."""

from uuid import UUID

from xiaoer.identity.actions import buyers
from xiaoer.instructions.model import Body, ItemsBody
from xiaoer.instructions.rules.facts import Sight
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook.model import Book


async def look(tx: Tx, book: Book, body: Body, purchase: Purchase | None, buyer: UUID | None) -> Sight:
    """Everything a request is judged by, kept from change by others. Raises Refusal."""
    whose = purchase.buyer_id if purchase else buyer
    if whose is None:
        raise ValueError("an instruction is about an order or a buyer")
    profile = await buyers.lock_profile(tx, whose)
    offers = {}
    if purchase is not None and isinstance(body, ItemsBody):
        named = [line.new_variant for line in body.lines]
        present = [item.variant_id for item in purchase.items if item.variant_id is not None]
        offers = await orders.offers(tx, purchase.shop_id, [*named, *present])
    return Sight(
        purchase,
        profile,
        offers,
        reasons=book.words("instructions.cancel_reasons"),
        parts=book.words("instructions.address_parts"),
    )
