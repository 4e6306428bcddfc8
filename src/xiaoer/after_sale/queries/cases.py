"""Lists of cases: the shop's board, the buyer's own, what people of the marketplace look at."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.model import Case, CaseHead, ParcelHarm
from xiaoer.after_sale.store import cases as store
from xiaoer.after_sale.store import lists, parcels
from xiaoer.after_sale.store.lists import EVERYTHING, BoardCount, Filter
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.plumbing.db import Tx

__all__ = ["BoardCount", "Filter", "board", "case", "harms", "of_buyer", "of_shop", "with_people"]

UNKNOWN = Refused("not_found", "after_sale.unknown_case")


async def case(tx: Tx, case_id: UUID, *, shop: UUID | None = None, buyer: UUID | None = None) -> Case:
    """One case, of this shop or buyer. Raises Refusal."""
    found = await store.find_whole(tx, case_id)
    if found is None or (shop and found.shop != shop) or (buyer and found.buyer != buyer):
        raise Refusal(UNKNOWN)
    return found


async def harms(
    tx: Tx, purchase: UUID, *, shop: UUID | None = None, buyer: UUID | None = None
) -> Sequence[ParcelHarm]:
    """What carriers told of the parcels of a buyer's or shop's order, the newest first. Raises Refusal."""
    bought = await orders.purchase(tx, shop, purchase, buyer=buyer)
    return await parcels.harms_told(tx, bought.shop_id, bought.id)


async def of_shop(
    tx: Tx, shop: UUID, wanted: Filter, *, by_due: bool, after: UUID | None, limit: int
) -> Sequence[CaseHead]:
    """A shop's cases: by due time only those that are open, else the newest first. Raises Refusal."""
    place = await (lists.place_due(tx, after) if by_due else lists.place_opened(tx, after))
    if place is None:
        raise Refusal(UNKNOWN)
    if by_due and structs.replace(wanted, closed=None) == EVERYTHING:
        return await lists.heads_due(tx, shop, place, limit)
    if wanted == EVERYTHING:
        return await lists.heads_of_shop(tx, shop, place, limit)
    page = lists.page_due if by_due else lists.page_of_shop
    return await lists.heads(tx, await page(tx, shop, wanted, place, limit))


async def of_buyer(
    tx: Tx, buyer: UUID, wanted: Filter, *, after: UUID | None, limit: int
) -> Sequence[CaseHead]:
    """A buyer's cases, the newest first. Raises Refusal."""
    before = await lists.place_opened(tx, after)
    if before is None:
        raise Refusal(UNKNOWN)
    return await lists.heads(tx, await lists.page_of_buyer(tx, buyer, wanted, before, limit))


async def with_people(tx: Tx, *, after: UUID | None, limit: int) -> Sequence[CaseHead]:
    """What people of the marketplace have to look at. Raises Refusal."""
    place = await lists.place_due(tx, after)
    if place is None:
        raise Refusal(UNKNOWN)
    return await lists.heads(tx, await lists.page_with_people(tx, place, limit))


async def board(tx: Tx, shop: UUID) -> Sequence[BoardCount]:
    """How many open cases of a shop stand in each state."""
    return await lists.count_board(tx, shop)
