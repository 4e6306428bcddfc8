"""Lists of disputes, and one of them."""

from uuid import UUID

from xiaoer.disputes.model.court import Dispute, Party
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import lists
from xiaoer.disputes.store.lists import Docket
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

__all__ = ["Docket", "dispute", "docket", "of_buyer", "of_case", "of_complaint", "of_shop"]

UNKNOWN = Refused("not_found", "disputes.unknown_dispute")


async def dispute(tx: Tx, dispute_id: UUID, *, party: Party | None = None) -> Dispute:
    """One dispute; for a party only its own. Raises Refusal."""
    found = await store.find_disputes(tx, [dispute_id])
    if not found or (party is not None and party not in {found[0].claimant, found[0].respondent}):
        raise Refusal(UNKNOWN)
    return found[0]


async def of_case(tx: Tx, case: UUID) -> Dispute | None:
    """The dispute about a case: the open one, else the last."""
    found = await store.find_of_case(tx, case)
    return (await store.find_disputes(tx, [found]))[0] if found is not None else None


async def of_complaint(tx: Tx, complaint: UUID) -> Dispute | None:
    """The last dispute about a complaint."""
    found = await store.find_of_complaint(tx, complaint)
    return (await store.find_disputes(tx, [found]))[0] if found is not None else None


async def docket(tx: Tx, wanted: Docket, *, after: UUID | None, limit: int) -> list[UUID]:
    """Open disputes by due time. Raises Refusal."""
    place = await lists.place_due(tx, after)
    if place is None:
        raise Refusal(UNKNOWN)
    return await lists.docket(tx, wanted, place, limit)


async def of_shop(
    tx: Tx, shop: UUID, *, by_due: bool, closed: bool | None, after: UUID | None, limit: int
) -> list[UUID]:
    """Disputes a shop is a party of: by due time only those that are open, else the newest first."""
    place = await (lists.place_due if by_due else lists.place_opened)(tx, after)
    if place is None:
        raise Refusal(UNKNOWN)
    if by_due:
        return await lists.of_shop_due(tx, shop, place, limit)
    return await lists.of_shop(tx, shop, place, limit, closed=closed)


async def of_buyer(tx: Tx, buyer: UUID, *, closed: bool | None, after: UUID | None, limit: int) -> list[UUID]:
    """A buyer's disputes, the newest first. Raises Refusal."""
    place = await lists.place_opened(tx, after)
    if place is None:
        raise Refusal(UNKNOWN)
    return await lists.of_buyer(tx, buyer, place, limit, closed=closed)
