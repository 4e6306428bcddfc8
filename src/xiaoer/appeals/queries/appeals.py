"""Appeals and lists of them: a party's own, what people have to look at, what is closed."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from xiaoer.appeals.model import Appeal, Party, Target, TargetKind
from xiaoer.appeals.store import appeals as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

UNKNOWN = Refused("not_found", "appeals.unknown_appeal")
View = Literal["queue", "mine", "all", "closed"]


async def appeal(tx: Tx, id: UUID, *, party: Party | None = None) -> Appeal:
    """One appeal, of this party when one is named. Raises Refusal."""
    found = await store.find_appeals(tx, [id])
    if not found or (party is not None and party.id not in {found[0].appellant, found[0].other}):
        raise Refusal(UNKNOWN)
    return found[0]


async def talk_about(tx: Tx, target: Target, person: UUID | None) -> UUID | None:
    """Where photos for an appeal can be kept; `person` appeals for himself, None: a shop's people."""
    if person is not None:
        return await store.find_talk(tx, target.shop, person, alone=True)
    others = [one for one in (*target.parties, target.other) if one is not None and one.kind == "person"]
    return await store.find_talk(tx, target.shop, others[0].id, alone=False) if others else None


async def of_party(
    tx: Tx, party: Party, *, closed: bool | None, after: UUID | None, limit: int
) -> list[UUID]:
    """Appeals somebody lodged or is the other side of, the newest first."""
    return await store.page_of_party(tx, party, closed=closed, before=after, limit=limit)


async def of_people(tx: Tx, view: View, *, person: UUID, after: UUID | None, limit: int) -> list[UUID]:
    """Nobody's yet, one's own, all open ones by due time, or the closed ones. Raises Refusal."""
    if view == "closed":
        return await store.page_closed(tx, await _closed_place(tx, after), limit)
    place = await _due_place(tx, after)
    judge = person if view == "mine" else None
    return await store.page_due(tx, judge=judge, free=view == "queue", after=place, limit=limit)


async def against(tx: Tx, kind: TargetKind, target: UUID) -> Sequence[Appeal]:
    """Every appeal against a decision, in order."""
    return await store.of_target(tx, kind, target)


async def _due_place(tx: Tx, after: UUID | None) -> store.Place:
    if after is None:
        return store.FIRST
    place = await store.place_of(tx, after)
    if place is None or place.due_at is None:
        raise Refusal(UNKNOWN)
    return place.due_at, after


async def _closed_place(tx: Tx, after: UUID | None) -> store.Place:
    if after is None:
        return store.LAST
    place = await store.place_of(tx, after)
    if place is None or place.closed_at is None:
        raise Refusal(UNKNOWN)
    return place.closed_at, after
