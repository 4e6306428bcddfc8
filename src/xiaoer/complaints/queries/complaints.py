"""Complaints as others may ask for them; a foreign one looks like one that does not exist."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.complaints.model import Complaint, Doer, HotlineCall, Side
from xiaoer.complaints.rules.types import types
from xiaoer.complaints.store import complaints as store
from xiaoer.complaints.store import lists
from xiaoer.complaints.store.lists import Filter
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

__all__ = ["Filter", "calls", "complaint", "find", "for_people", "of_party", "people_judge", "side_of"]

UNKNOWN = Refused("not_found", "complaints.unknown_complaint")
_NOT_TOLD = frozenset({"new", "lodged", "refused", "merged"})


def side_of(complaint: Complaint, doer: Doer) -> Side | None:
    """Which end somebody is; people of the marketplace are neither. What is not taken on stays untold."""
    if doer.by is None:
        return "program" if doer.person is None else "people"
    side = complaint.side_of(doer.by, doer.who)
    return None if side == "accused" and complaint.state in _NOT_TOLD else side


def people_judge(complaint: Complaint) -> bool:
    """Whether people decide it themselves, because no dispute does."""
    return complaint.dispute is None or types()[complaint.type].judged == "people"


async def find(tx: Tx, id: UUID) -> Complaint | None:
    """One complaint of the marketplace; None when there is none."""
    found = await store.find_complaints(tx, [id])
    return found[0] if found else None


async def deciders(tx: Tx, id: UUID) -> frozenset[UUID]:
    """The people of the marketplace who had a hand in a complaint: nobody of them looks at it again (D11)."""
    happened = await store.happenings(tx, id)
    return frozenset(one.person for one in happened if one.side == "people" and one.person is not None)


async def complaint(tx: Tx, id: UUID, doer: Doer) -> tuple[Complaint, Side]:
    """One complaint and which end of it somebody is. Raises Refusal."""
    found = await find(tx, id)
    side = side_of(found, doer) if found is not None else None
    if found is None or side is None or (side == "people" and _about(found, doer)):
        raise Refusal(UNKNOWN)
    return found, side


def _about(complaint: Complaint, doer: Doer) -> bool:
    return complaint.accused is not None and complaint.accused == doer.person


async def of_party(tx: Tx, doer: Doer, wanted: Filter, *, after: UUID | None, limit: int) -> list[UUID]:
    """What a buyer or a shop complained of or is complained of, the newest first. Raises Refusal."""
    before = await lists.place_lodged(tx, after)
    if before is None:
        raise Refusal(UNKNOWN)
    kind = "person" if doer.by == "buyer" else "shop"
    return await lists.page_of_party(tx, kind, doer.who, wanted, before=before, limit=limit)


async def for_people(
    tx: Tx, me: UUID, wanted: Filter, *, by_due: bool, after: UUID | None, limit: int
) -> list[UUID]:
    """What people of the marketplace see: what is due, or everything; never one about oneself."""
    if by_due:
        place = await lists.place_due(tx, after)
        if place is None or place.due_at is None:
            raise Refusal(UNKNOWN)
        return await lists.page_due(tx, me, wanted, place, limit)
    before = await lists.place_lodged(tx, after)
    if before is None:
        raise Refusal(UNKNOWN)
    return await lists.page_newest(tx, me, wanted, before, limit)


async def calls(tx: Tx, *, after: UUID | None, limit: int) -> Sequence[HotlineCall]:
    """Calls at the hotline, the newest first. Raises Refusal."""
    place = await lists.place_call(tx, after)
    if place is None:
        raise Refusal(Refused("not_found", "complaints.unknown_link"))
    return await lists.calls_page(tx, place, limit)
