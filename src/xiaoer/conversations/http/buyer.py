"""The doors of the buyer to his conversations."""

from uuid import UUID

from xiaoer.conversations.actions import open as opening
from xiaoer.conversations.actions.seen import mark
from xiaoer.conversations.http import doors
from xiaoer.conversations.http.doors import RecallDone, SeenWish, Stretch
from xiaoer.conversations.http.entries import stretch
from xiaoer.conversations.model.entry import Entry, Version, Wish
from xiaoer.conversations.model.thread import Reading
from xiaoer.conversations.model.wire import Conversation, PlaceInLine
from xiaoer.conversations.queries import lists, threads
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Answer, Call, Limit, Page

READ = "conversations.read"


async def list_conversations(
    call: Call, limit: Limit = 50, starting_after: str | None = None
) -> Page[Conversation]:
    """The caller's conversations with all shops, the latest words first."""
    async with call.database.read(call.tenant) as tx:
        found, following = await lists.of_buyer(
            tx, call.actor.person, after=starting_after, limit=limit, now=call.now
        )
    return Page(found, following is not None, following)


async def post_conversation(call: Call, shop: UUID) -> Conversation:
    """The caller's conversation with a shop; it begins now when there is none."""
    fresh, actor = new_id(), call.actor

    async def work(tx: Tx) -> Conversation:
        conversation = await opening.ensure(
            tx, shop, fresh, buyer=actor.person, visitor=actor.visitor, language=call.language, now=call.now
        )
        (found,) = await lists.for_buyer(tx, actor.person, [conversation], call.now)
        return found

    return await call.database.run(call.tenant, work)


async def get_conversation(call: Call, conversation: UUID) -> Conversation:
    """One of the caller's conversations."""
    async with call.database.read(call.tenant) as tx:
        await threads.readable(tx, doors.me(call, READ), conversation)
        (found,) = await lists.for_buyer(tx, call.actor.person, [conversation], call.now)
    return found


async def get_place(call: Call, conversation: UUID) -> PlaceInLine | None:
    """Where the caller stands in line and how long it may take; empty when he waits in none."""
    async with call.database.read(call.tenant) as tx:
        thread = (await threads.readable(tx, doors.me(call, READ), conversation)).thread
        return await lists.place(tx, thread.shop, thread.id, call.now)


async def list_entries(
    call: Call,
    conversation: UUID,
    *,
    after: Version | None = None,
    before: Version | None = None,
    limit: Limit = 50,
) -> Stretch:
    """A stretch of the timeline, in order: after a version, before one, or the newest."""
    async with call.database.read(call.tenant) as tx:
        thread = (await threads.readable(tx, doors.me(call, READ), conversation)).thread
        found, more = await threads.entries(
            tx, thread.shop, thread.id, side="buyer", after=after, before=before, limit=limit
        )
    return stretch(found, more=more, forward=after is not None)


async def post_entry(call: Call, conversation: UUID, data: Wish) -> Entry | Answer:
    """Send a message to the shop. The same client_id gets the same answer, however often it is sent."""
    return await doors.send(call, doors.me(call, "conversations.send"), conversation, data)


async def post_recall(call: Call, conversation: UUID, version: int) -> RecallDone:
    """Take one's own message back: the shop no longer sees its words, they stay as evidence."""
    return await doors.recall(call, doors.me(call, "conversations.recall"), conversation, version)


async def post_seen(call: Call, conversation: UUID, data: SeenWish) -> None:
    """Say how far the caller has read."""
    speaker = doors.me(call, "conversations.seen")

    async def work(tx: Tx) -> None:
        await threads.readable(tx, speaker, conversation)
        reading = Reading(conversation, call.actor.person, "buyer", data.delivered, data.version)
        await mark(tx, [reading], call.now)

    await call.database.run(call.tenant, work)
