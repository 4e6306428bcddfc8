"""The doors of people of the marketplace: open a number for a case, and see who opened it."""

from uuid import UUID

from xiaoer.evidence import queries
from xiaoer.evidence.actions.items import correct_item
from xiaoer.evidence.actions.open import open_number
from xiaoer.evidence.http import doors
from xiaoer.evidence.model import (
    CorrectWish,
    EvidenceItem,
    EvidenceOpening,
    Opened,
    OpenWish,
    SealShown,
    SealWish,
)
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Answer, Call, Limit, Page
from xiaoer.rulebook.queries import Books


async def post_seal(call: Call, conversation: UUID, data: SealWish) -> SealShown:
    """Seal a stretch for a case, however old it is."""
    return await doors.seal(call, conversation, data, deed="evidence.seal_any", shop=None)


async def post_open(call: Call, number: str, data: OpenWish, after: int = 0, limit: Limit = 200) -> Opened:
    """Open a number for its case; every opening is written down with its purpose."""
    fresh = new_id()

    async def work(tx: Tx) -> Opened:
        seal = await open_number(tx, call.actor, number, data, way="read", id=fresh, now=call.now)
        return await queries.opened(tx, seal, after=after, limit=limit)

    return await call.database.run(call.tenant, work)


async def post_pack(call: Call, number: str, data: OpenWish) -> Answer:
    """The pack of a number for its case; written down like every opening."""
    fresh = new_id()
    seal = await call.database.run(
        call.tenant,
        lambda tx: open_number(tx, call.actor, number, data, way="pack", id=fresh, now=call.now),
    )
    return await doors.pack(call, seal)


async def post_items(call: Call, number: str, data: OpenWish) -> list[EvidenceItem]:
    """What else was shown beside a number, for its case; written down like every opening."""
    fresh = new_id()

    async def work(tx: Tx) -> list[EvidenceItem]:
        seal = await open_number(tx, call.actor, number, data, way="read", id=fresh, now=call.now)
        return list(await queries.items(tx, seal))

    return await call.database.run(call.tenant, work)


async def post_correct(call: Call, number: str, item: UUID, data: CorrectWish) -> EvidenceItem:
    """Correct what an evidence shows or when it came, with the reason; D7 weighs it anew."""
    fresh, decision = new_id(), new_id()
    book = await call.service(Books).of(call.tenant, None, call.now)
    opening = OpenWish(data.purpose, data.case, data.reason)

    async def work(tx: Tx) -> EvidenceItem:
        seal = await open_number(tx, call.actor, number, opening, way="read", id=fresh, now=call.now)
        return await correct_item(
            tx, book, seal, item, data, person=call.actor.person, decision_id=decision, now=call.now
        )

    return await call.database.run(call.tenant, work)


async def list_openings(
    call: Call, number: str, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[EvidenceOpening]:
    """Who opened a number, when and for what, the newest first."""
    async with call.database.read(call.tenant) as tx:
        seal = await queries.seal(tx, number)
        found = await queries.openings(tx, seal, before=starting_after, limit=limit + 1)
    more = len(found) > limit
    return Page(list(found[:limit]), more, str(found[limit - 1].id) if more else None)
