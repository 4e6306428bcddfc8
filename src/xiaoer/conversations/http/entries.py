"""The doors of the desk to conversations and their timelines."""

from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.conversations.actions import open as opening
from xiaoer.conversations.actions.packet import PacketCardWish, say_packet
from xiaoer.conversations.actions.seen import mark
from xiaoer.conversations.actions.speaker import within
from xiaoer.conversations.http import doors
from xiaoer.conversations.http.doors import RecallDone, SeenWish, Stretch
from xiaoer.conversations.model.desk import DeskEntry
from xiaoer.conversations.model.entry import Entry, Version, Wish
from xiaoer.conversations.model.thread import Reading, Speaker
from xiaoer.conversations.model.wire import Summary
from xiaoer.conversations.queries import lists, threads
from xiaoer.conversations.queries.lists import Filter, View
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.conversations.queries.threads import Acquaintance
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Answer, Call, Limit, Page

READ = "conversations.read"
Tag = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class StartWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To whom the shop turns."""

    buyer_id: UUID


async def list_conversations(
    call: Call,
    shop: UUID,
    *,
    view: View = "mine",
    queue: UUID | None = None,
    tag: Tag | None = None,
    assignee: UUID | None = None,
    limit: Limit = 50,
    starting_after: str | None = None,
) -> Page[Summary]:
    """One of the desk's lists: mine, queue, snoozed, mentions, all, closed."""
    speaker = _here(call, READ, shop)
    wanted = Filter(view, queue, tag, assignee)
    async with call.database.read(call.tenant) as tx:
        found, following = await lists.list_conversations(
            tx, speaker, shop, wanted, after=starting_after, limit=limit
        )
    return Page(found, following is not None, following)


async def post_conversation(call: Call, shop: UUID, data: StartWish) -> Summary:
    """Turn to a buyer: a consultation opens with the caller, unless one is open already."""
    speaker = _here(call, "conversations.start", shop)
    reader = _here(call, READ, shop)
    fresh = new_id()

    async def work(tx: Tx) -> Summary:
        thread = await opening.start(tx, speaker, shop, fresh, buyer=data.buyer_id, now=call.now)
        (found,) = await lists.summaries(tx, reader, [thread.id])
        return found

    return await call.database.run(call.tenant, work)


async def get_conversation(call: Call, shop: UUID, conversation: UUID) -> Summary:
    """One conversation as the desk lists it, with what the caller may do now."""
    speaker = _here(call, READ, shop)
    async with call.database.read(call.tenant) as tx:
        await threads.readable(tx, speaker, conversation)
        (found,) = await lists.summaries(tx, speaker, [conversation])
    return found


async def get_buyer(call: Call, shop: UUID, conversation: UUID) -> Acquaintance:
    """Since when the buyer of a conversation talks with the shop, and his latest consultations."""
    speaker = _here(call, READ, shop)
    async with call.database.read(call.tenant) as tx:
        return await threads.acquaintance(tx, speaker, shop, conversation)


async def list_entries(
    call: Call,
    shop: UUID,
    conversation: UUID,
    *,
    after: Version | None = None,
    before: Version | None = None,
    limit: Limit = 50,
) -> Stretch:
    """A stretch of the timeline, in order: after a version, before one, or the newest."""
    speaker = _here(call, READ, shop)
    async with call.database.read(call.tenant) as tx:
        thread = (await threads.readable(tx, speaker, conversation)).thread
        found, more = await threads.entries(
            tx, thread.shop, thread.id, side="shop", after=after, before=before, limit=limit
        )
    return stretch(found, more=more, forward=after is not None)


async def post_entry(call: Call, shop: UUID, conversation: UUID, data: Wish) -> Entry | Answer:
    """Send a message to the buyer. The same client_id gets the same answer, however often it is sent.

    With `hold_seconds` or `send_at` it is kept and answered 202 with a `Scheduled`.
    """
    return await doors.send(call, _here(call, "conversations.send", shop), conversation, data)


async def post_packet(call: Call, shop: UUID, conversation: UUID, data: PacketCardWish) -> Entry:
    """Send the buyer a red packet as a card of the conversation; sent twice it is one."""
    speaker = _here(call, "conversations.send", shop)
    shops = call.service(KeptShops)
    return await call.database.run(
        call.tenant, lambda tx: say_packet(tx, speaker, shops, conversation, data, now=call.now)
    )


async def post_recall(call: Call, shop: UUID, conversation: UUID, version: int) -> RecallDone:
    """Take a message back: the buyer no longer sees its words, they stay as evidence."""
    return await doors.recall(call, _here(call, "conversations.recall", shop), conversation, version)


async def post_seen(call: Call, shop: UUID, conversation: UUID, data: SeenWish) -> None:
    """Say how far the shop has read. Only whoever serves the conversation reads for it."""
    speaker = _here(call, "conversations.seen", shop)

    async def work(tx: Tx) -> None:
        await threads.readable(tx, speaker, conversation)
        reading = Reading(conversation, call.actor.person, "shop", data.delivered, data.version)
        await mark(tx, [reading], call.now)

    await call.database.run(call.tenant, work)


async def list_desk_entries(
    call: Call, shop: UUID, conversation: UUID, after: Version = 0, limit: Limit = 50
) -> Page[DeskEntry]:
    """What only staff see: notes and what was done with the conversation, in order."""
    speaker = _here(call, READ, shop)
    async with call.database.read(call.tenant) as tx:
        thread = (await threads.readable(tx, speaker, conversation)).thread
        found, more = await threads.desk_entries(
            tx,
            thread.shop,
            thread.id,
            leads=thread.shop in speaker.leads,
            person=speaker.person,
            after=after,
            limit=limit,
        )
    return Page(found, more, str(found[-1].version) if more else None)


def stretch(found: list[Entry], *, more: bool, forward: bool) -> Stretch:
    """A stretch of a timeline; the cursor is the version to go on after, or before."""
    edge = (found[-1] if forward else found[0]) if found else None
    return Stretch(found, more, str(edge.version) if more and edge else None)


def _here(call: Call, deed: str, shop: UUID) -> Speaker:
    return within(doors.me(call, deed), shop)
