"""The doors of both parties: seal a stretch, see one's numbers, take the pack along, show other evidence."""

from typing import Literal
from uuid import UUID

from xiaoer.evidence import queries
from xiaoer.evidence.actions.items import show_item
from xiaoer.evidence.actions.open import UNKNOWN, is_own, take_own
from xiaoer.evidence.http import doors
from xiaoer.evidence.model import EvidenceItem, ItemWish, Seal, SealShown, SealWish
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Answer, Call, Limit, Page
from xiaoer.rulebook.queries import Books

SEAL = "evidence.seal"


async def post_my_seal(call: Call, conversation: UUID, data: SealWish) -> SealShown:
    """Seal a stretch of one's own conversation under an evidence number."""
    return await doors.seal(call, conversation, data, deed=SEAL, shop=None)


async def post_seal(call: Call, shop: UUID, conversation: UUID, data: SealWish) -> SealShown:
    """Seal a stretch of a conversation of the shop under an evidence number."""
    return await doors.seal(call, conversation, data, deed=SEAL, shop=shop)


async def list_my_seals(call: Call, limit: Limit = 50, starting_after: UUID | None = None) -> Page[SealShown]:
    """One's own evidence numbers, the newest first."""
    return await _page(call, None, limit, starting_after)


async def list_seals(
    call: Call, shop: UUID, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[SealShown]:
    """Evidence numbers one made for the shop; for a manager those of all its people."""
    return await _page(call, shop, limit, starting_after)


async def get_my_pack(call: Call, number: str) -> Answer:
    """The pack of one's own number: it can be checked without this server."""
    return await _pack(call, None, number)


async def get_pack(call: Call, shop: UUID, number: str) -> Answer:
    """The pack of a number made for the shop."""
    return await _pack(call, shop, number)


async def post_my_item(call: Call, number: str, data: ItemWish) -> EvidenceItem:
    """Show other evidence beside one's own number; a screenshot is compared with the server copy."""
    return await _show(call, None, number, data, "buyer")


async def post_item(call: Call, shop: UUID, number: str, data: ItemWish) -> EvidenceItem:
    """Show other evidence beside a number of the shop."""
    return await _show(call, shop, number, data, "shop")


async def list_my_items(call: Call, number: str) -> list[EvidenceItem]:
    """What was shown beside one's own number."""
    return await _items(call, None, number)


async def list_items(call: Call, shop: UUID, number: str) -> list[EvidenceItem]:
    """What was shown beside a number of the shop."""
    return await _items(call, shop, number)


def _team(call: Call, shop: UUID | None) -> bool:
    return shop is not None and call.actor.role_in(shop) == "manager"


async def _page(call: Call, shop: UUID | None, limit: int, before: UUID | None) -> Page[SealShown]:
    mine = None if _team(call, shop) else call.actor.person
    async with call.database.read(call.tenant) as tx:
        found = await queries.seals(tx, asked_by=mine, shop=shop, before=before, limit=limit + 1)
    more = len(found) > limit
    return Page(list(found[:limit]), more, str(found[limit - 1].id) if more else None)


async def _own(tx: Tx, call: Call, shop: UUID | None, number: str) -> Seal:
    seal = await queries.seal(tx, number)
    if not is_own(seal, call.actor, shop=shop, team=_team(call, shop)):
        raise Refusal(UNKNOWN)
    return seal


async def _pack(call: Call, shop: UUID | None, number: str) -> Answer:
    fresh, team = new_id(), _team(call, shop)
    seal = await call.database.run(
        call.tenant,
        lambda tx: take_own(tx, call.actor, number, shop=shop, team=team, id=fresh, now=call.now),
    )
    return await doors.pack(call, seal)


async def _show(
    call: Call, shop: UUID | None, number: str, wish: ItemWish, side: Literal["buyer", "shop"]
) -> EvidenceItem:
    ids = (new_id(), new_id())
    book = await call.service(Books).of(call.tenant, None, call.now)

    async def work(tx: Tx) -> EvidenceItem:
        seal = await _own(tx, call, shop, number)
        return await show_item(
            tx, book, seal, wish, person=call.actor.person, side=side, ids=ids, now=call.now
        )

    return await call.database.run(call.tenant, work)


async def _items(call: Call, shop: UUID | None, number: str) -> list[EvidenceItem]:
    async with call.database.read(call.tenant) as tx:
        return list(await queries.items(tx, await _own(tx, call, shop, number)))
