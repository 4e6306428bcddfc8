"""The doors for finding words in a shop's history, and buyers."""

from datetime import datetime
from uuid import UUID

from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries import search as queries
from xiaoer.conversations.queries.search import BuyerHit, Found
from xiaoer.plumbing.http import Call, Limit, Page


async def get_search(  # noqa: PLR0917  the door hands them over by name
    call: Call,
    shop: UUID,
    q: str,
    conversation: UUID | None = None,
    before: datetime | None = None,
    limit: Limit = 20,
) -> Page[Found]:
    """Entries in which the words stand, newest first; ask on with `before=next_cursor`."""
    who = within(speaker_of(call.actor, "conversations.search"), shop)
    async with call.database.read(call.tenant) as tx:
        found = await queries.find_words(
            tx, who, shop, q, before=before or call.now, conversation=conversation, limit=limit
        )
    more = len(found) > limit
    return Page(found[:limit], more, found[limit - 1].at.isoformat() if more else None)


async def get_buyers_found(call: Call, shop: UUID, q: str, limit: Limit = 10) -> Page[BuyerHit]:
    """Conversations by the buyer's name, or by the number of his order or parcel; the nearest only."""
    who = within(speaker_of(call.actor, "conversations.search"), shop)
    async with call.database.read(call.tenant) as tx:
        return Page(await queries.find_buyers(tx, who, shop, q, limit=limit))
