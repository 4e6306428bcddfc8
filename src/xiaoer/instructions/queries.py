"""What others may ask about instructions."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict

from xiaoer.identity import queries as identity
from xiaoer.identity.model import BuyerProfile
from xiaoer.instructions import store
from xiaoer.instructions.model import Instructed, Order
from xiaoer.instructions.rules.decide import possible
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.settings import Settings
from xiaoer.rulebook.model import Book

UNKNOWN = Refused("not_found", "instructions.unknown_instruction")
FOREIGN_BUYER = Refused("not_found", "instructions.foreign_buyer")


async def instruction(tx: Tx, instruction_id: UUID, *, shop: UUID | None = None) -> Instructed:
    """One instruction, of this shop when one is given. Raises Refusal."""
    found = await store.find_instruction(tx, instruction_id)
    if found is None or (shop is not None and found.shop != shop):
        raise Refusal(UNKNOWN)
    return found


async def of_purchase(
    tx: Tx, shop: UUID, purchase: UUID, *, after: UUID | None = None, limit: int = 50
) -> Sequence[Instructed]:
    """What was asked of an order of this shop, in the order it was asked. Raises Refusal."""
    await orders.purchase(tx, shop, purchase)
    return await store.page_of_purchase(tx, purchase, after, limit)


async def stuck(tx: Tx, shop: UUID, *, after: UUID | None = None, limit: int = 50) -> Sequence[Instructed]:
    """What the order side has not answered and a person of this shop has to look at."""
    return await store.page_stuck(tx, shop, after, limit)


async def waiting(tx: Tx, purchase: UUID) -> Instructed | None:
    """The change of an order that waits for the buyer's money."""
    return await store.waiting_of_purchase(tx, purchase)


def with_changes(purchase: Purchase, book: Book, waits: Instructed | None = None) -> Order:
    """The order with what may be asked of it now."""
    return Order(**asdict(purchase), changes=possible(book, purchase), waiting=waits)


async def order(tx: Tx, book: Book, shop: UUID | None, purchase: UUID, *, buyer: UUID | None = None) -> Order:
    """An order with what may be asked of it now. Raises Refusal."""
    found = await orders.purchase(tx, shop, purchase, buyer=buyer)
    return with_changes(found, book, await waiting(tx, purchase))


async def buyer_of_shop(tx: Tx, shop: UUID, buyer: UUID) -> BuyerProfile:
    """A buyer's address and ways to pay, for a shop he bought in. Raises Refusal."""
    if not await store.buyer_of_shop(tx, shop, buyer):
        raise Refusal(FOREIGN_BUYER)
    return await identity.profile(tx, buyer)


def order_side_key(settings: Settings, tenant: UUID) -> bytes:
    """The key a marketplace's order side knows our requests by: derived, kept nowhere."""
    return settings.key(f"order_side:{tenant}")
