"""Who complains of whom about what: looked up from what is named, and nobody else's is found."""

from uuid import UUID

from msgspec import Struct

from xiaoer.complaints.model import ComplaintType, ComplaintWish, Doer, Party
from xiaoer.complaints.store import complaints as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Tx

NAME_IT = Refused("invalid", "complaints.name_it")


class Between(Struct, frozen=True):
    """The two ends of a complaint and what lies between them."""

    complainant: Party
    accused: Party
    shop: UUID | None
    buyer: UUID | None
    purchase: Purchase | None
    conversation: UUID | None


async def between(tx: Tx, doer: Doer, kind: ComplaintType, wish: ComplaintWish) -> Between:
    """The ends of a complaint. Raises Refusal: what is named is not his, or nothing is named."""
    found = await _buyers(tx, doer, wish) if doer.by == "buyer" else await _shops(tx, doer, wish)
    shop, buyer, purchase = found
    me = Party("person" if doer.by == "buyer" else "shop", doer.who)
    accused = _accused(kind, doer, wish, shop, buyer)
    if purchase is not None and {*wish.items} - {item.id for item in purchase.items}:
        raise Refusal(Refused("not_found", "complaints.unknown_item"))
    return Between(me, accused, shop, buyer, purchase, wish.conversation)


def _accused(
    kind: ComplaintType, doer: Doer, wish: ComplaintWish, shop: UUID | None, buyer: UUID | None
) -> Party:
    if kind.of == "marketplace":
        return Party("marketplace", None)
    if kind.of == "officer":
        return Party("officer", wish.officer)
    of = kind.of if kind.of != "other" else ("shop" if doer.by == "buyer" else "buyer")
    who = shop if of == "shop" else buyer
    if who is None:
        raise Refusal(NAME_IT)
    return Party("shop" if of == "shop" else "person", who)


async def _buyers(
    tx: Tx, doer: Doer, wish: ComplaintWish
) -> tuple[UUID | None, UUID | None, Purchase | None]:
    """What a buyer names: his order, his conversation, a shop."""
    purchase, shop = None, wish.shop
    if wish.purchase is not None:
        purchase = await orders.purchase(tx, None, wish.purchase, buyer=doer.who)
        shop = purchase.shop_id
    if wish.conversation is not None:
        talk = await store.talk(tx, wish.conversation)
        if talk is None or talk.buyer != doer.who or (purchase is not None and talk.shop != shop):
            raise Refusal(Refused("not_found", "complaints.unknown_conversation"))
        shop = talk.shop
    if shop is not None and purchase is None and wish.conversation is None:
        shop = (await identity.shop(tx, shop)).id
    return shop, doer.who, purchase


async def _shops(tx: Tx, doer: Doer, wish: ComplaintWish) -> tuple[UUID | None, UUID | None, Purchase | None]:
    """What a shop names: an order of its own, a conversation of its own, a buyer it has to do with."""
    purchase, buyer = None, wish.buyer
    if wish.purchase is not None:
        purchase = await orders.purchase(tx, doer.who, wish.purchase)
        buyer = purchase.buyer_id
    if wish.conversation is not None:
        talk = await store.talk(tx, wish.conversation)
        if talk is None or talk.shop != doer.who or (purchase is not None and talk.buyer != buyer):
            raise Refusal(Refused("not_found", "complaints.unknown_conversation"))
        buyer = talk.buyer
    if (
        buyer is not None
        and purchase is None
        and wish.conversation is None
        and not await store.knows(tx, doer.who, buyer)
    ):
        raise Refusal(Refused("not_found", "complaints.unknown_buyer"))
    return doer.who, buyer, purchase
