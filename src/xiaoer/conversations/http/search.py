"""The doors for finding words in a shop's history, and buyers."""

from uuid import UUID

from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries import search as queries
from xiaoer.conversations.queries.search import BuyerHit, Found
from xiaoer.conversations.rules.search import Line, cursor, read_cursor
from xiaoer.kernel.refusal import granted
from xiaoer.plumbing.http import Call, Limit, Page, page_of


async def get_search(  # noqa: PLR0917  the door hands them over by name
    call: Call,
    shop: UUID,
    q: str,
    conversation: UUID | None = None,
    before: str | None = None,
    limit: Limit = 20,
) -> Page[Found]:
    """Entries in which the words stand, newest first; ask on with `before=next_cursor`, or name a moment."""
    who = within(speaker_of(call.actor, "conversations.search"), shop)
    after = Line(call.now) if before is None else granted(read_cursor(before))
    async with call.database.read(call.tenant) as tx:
        found = await queries.find_words(
            tx, who, shop, q, after=after, conversation=conversation, limit=limit
        )
    return page_of(found, limit, lambda last: cursor(Line(last.at, last.conversation_id, last.version)))


async def get_buyers_found(call: Call, shop: UUID, q: str, limit: Limit = 10) -> Page[BuyerHit]:
    """Conversations by the buyer's name, or by the number of his order or parcel; the nearest only."""
    who = within(speaker_of(call.actor, "conversations.search"), shop)
    async with call.database.read(call.tenant) as tx:
        return Page(await queries.find_buyers(tx, who, shop, q, limit=limit))
