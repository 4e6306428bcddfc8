"""Rulings, who judged, and what a ruling did."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.disputes.model.court import Dispute, Effect, Ruling
from xiaoer.disputes.queries import disputes
from xiaoer.disputes.store import judges as judge_store
from xiaoer.disputes.store import rulings as store
from xiaoer.disputes.store.judges import Conflict, Officer
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

__all__ = ["Conflict", "Officer", "conflicts", "effects", "judges", "officers", "ruling", "rulings"]


async def ruling(tx: Tx, ruling_id: UUID) -> Ruling:
    """One ruling. Raises Refusal."""
    found = await store.ruling(tx, ruling_id)
    if found is None:
        raise Refusal(Refused("not_found", "disputes.unknown_ruling"))
    return found


async def rulings(tx: Tx, dispute: UUID) -> Sequence[Ruling]:
    """The rulings of a dispute, in order; one a second reader gave back is not among them."""
    return await store.rulings(tx, dispute)


async def effects(tx: Tx, ruling_id: UUID) -> Sequence[Effect]:
    """What a ruling had made elsewhere, and what of it was undone."""
    return await store.effects(tx, ruling_id)


async def dispute(tx: Tx, dispute_id: UUID) -> Dispute:
    """One dispute. Raises Refusal."""
    return await disputes.dispute(tx, dispute_id)


async def judges(tx: Tx, dispute_id: UUID) -> frozenset[UUID]:
    """Everybody who judged, read, voted or left a dispute: nobody of them looks at it again (D11)."""
    sat = {one.person for one in await judge_store.judges(tx, dispute_id)}
    for one in await store.rulings(tx, dispute_id):
        sat |= {person for person in (one.officer, one.second_reader, one.reversed_by) if person}
    return frozenset(sat)


async def officers(tx: Tx) -> Sequence[Officer]:
    """Who judges here."""
    return await judge_store.officers(tx)


async def conflicts(tx: Tx) -> Sequence[Conflict]:
    """Whom which officer may not judge."""
    return await judge_store.conflicts(tx)
