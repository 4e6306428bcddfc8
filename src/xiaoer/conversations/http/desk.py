"""The doors through which staff move conversations."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.conversations.actions import desk, merge, notes
from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.model.thread import Speaker, State, Thread
from xiaoer.conversations.queries import notes as note_queries
from xiaoer.conversations.queries import threads
from xiaoer.conversations.queries.notes import Draft, Mention, TagUse
from xiaoer.conversations.rules.desk import Allowed, deeds
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class HandOver(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """To whom it goes: a colleague or a queue, and what he should know."""

    person_id: UUID | None = None
    queue_id: UUID | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Until(msgspec.Struct, forbid_unknown_fields=True):
    """When it comes back."""

    until: datetime


class Colleague(msgspec.Struct, forbid_unknown_fields=True):
    """A colleague of the shop."""

    person_id: UUID


class Into(msgspec.Struct, forbid_unknown_fields=True):
    """The conversation that goes on."""

    into: UUID


class NoteWish(msgspec.Struct, forbid_unknown_fields=True):
    """A note and who is named in it."""

    text: Text
    mentions: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []


class WhisperWish(msgspec.Struct, forbid_unknown_fields=True):
    """Words to whoever serves the conversation."""

    text: Text


class TagsWish(msgspec.Struct, forbid_unknown_fields=True):
    """All tags the conversation shall have."""

    tags: Annotated[list[Annotated[str, msgspec.Meta(max_length=100)]], msgspec.Meta(max_length=100)]


class DraftWish(msgspec.Struct, forbid_unknown_fields=True):
    """Unsent words; none forgets the draft."""

    text: Annotated[str, msgspec.Meta(max_length=20_000)]


class Stands(msgspec.Struct):
    """How a conversation stands after a deed, and what may be done next."""

    id: UUID
    shop_id: UUID
    state: State
    consultation: int
    queue_id: UUID | None
    assignee_id: UUID | None
    version: int
    desk_version: int
    waiting_since: datetime | None
    reply_due_at: datetime | None
    snoozed_until: datetime | None
    deeds: list[Allowed]


class Tags(msgspec.Struct):
    """Tags of a conversation."""

    tags: list[str]


class TagUses(msgspec.Struct):
    """Tags in use in a shop."""

    data: list[TagUse]


async def post_take(call: Call, shop: UUID, conversation: UUID) -> Stands:
    """Take a waiting conversation into one's own hands."""
    return await _do(
        call,
        shop,
        "conversations.take",
        conversation,
        lambda tx, who: desk.take(tx, who, conversation, call.now),
    )


async def post_step_in(call: Call, shop: UUID, conversation: UUID) -> Stands:
    """Take over what a colleague serves."""
    return await _do(
        call,
        shop,
        "conversations.step_in",
        conversation,
        lambda tx, who: desk.step_in(tx, who, conversation, call.now),
    )


async def post_assign(call: Call, shop: UUID, conversation: UUID, data: HandOver) -> Stands:
    """Assign a conversation to a colleague or a queue."""
    return await _do(
        call,
        shop,
        "conversations.assign",
        conversation,
        lambda tx, who: desk.pass_on(
            tx,
            who,
            conversation,
            deed="assign",
            person=data.person_id,
            queue=data.queue_id,
            text=data.note,
            now=call.now,
        ),
    )


async def post_transfer(call: Call, shop: UUID, conversation: UUID, data: HandOver) -> Stands:
    """Hand a conversation over, with a note."""
    return await _do(
        call,
        shop,
        "conversations.transfer",
        conversation,
        lambda tx, who: desk.pass_on(
            tx,
            who,
            conversation,
            deed="transfer",
            person=data.person_id,
            queue=data.queue_id,
            text=data.note,
            now=call.now,
        ),
    )


async def post_release(call: Call, shop: UUID, conversation: UUID) -> Stands:
    """Give a conversation back into its queue."""
    return await _do(
        call,
        shop,
        "conversations.release",
        conversation,
        lambda tx, who: desk.release(tx, who, conversation, call.now),
    )


async def post_snooze(call: Call, shop: UUID, conversation: UUID, data: Until) -> Stands:
    """Put a conversation aside until a time or until the buyer writes."""
    return await _do(
        call,
        shop,
        "conversations.snooze",
        conversation,
        lambda tx, who: desk.snooze(tx, who, conversation, data.until, call.now),
    )


async def post_wake(call: Call, shop: UUID, conversation: UUID) -> Stands:
    """End a snooze before its time."""
    return await _do(
        call,
        shop,
        "conversations.snooze",
        conversation,
        lambda tx, who: desk.wake(tx, who, conversation, call.now),
    )


async def post_close(call: Call, shop: UUID, conversation: UUID) -> Stands:
    """End the consultation."""
    return await _do(
        call,
        shop,
        "conversations.close",
        conversation,
        lambda tx, who: desk.close(tx, who, conversation, call.now),
    )


async def post_reopen(call: Call, shop: UUID, conversation: UUID) -> Stands:
    """Begin another consultation from the shop's side."""
    return await _do(
        call,
        shop,
        "conversations.reopen",
        conversation,
        lambda tx, who: desk.reopen(tx, who, conversation, call.now),
    )


async def post_share(call: Call, shop: UUID, conversation: UUID, data: Colleague) -> Stands:
    """Let a colleague read and help."""
    return await _do(
        call,
        shop,
        "conversations.share",
        conversation,
        lambda tx, who: desk.share(tx, who, conversation, data.person_id, call.now),
    )


async def post_merge(call: Call, shop: UUID, conversation: UUID, data: Into) -> Stands:
    """Merge a conversation into another one of the shop; answers how the other one stands."""
    who = _speaker(call, shop, "conversations.merge")

    async def work(tx: Tx) -> Stands:
        await merge.merge(tx, who, conversation, data.into, call.now)
        facts = await desk.known(tx, who, data.into)
        return _stands(facts.thread, deeds(who, facts.thread, facts.relation))

    return await call.database.run(call.tenant, work)


async def post_note(call: Call, shop: UUID, conversation: UUID, data: NoteWish) -> Stands:
    """Write a note that only staff see."""
    return await _do(
        call,
        shop,
        "conversations.note",
        conversation,
        lambda tx, who: notes.write_note(
            tx, who, conversation, text=data.text, mentions=data.mentions, now=call.now
        ),
    )


async def post_whisper(call: Call, shop: UUID, conversation: UUID, data: WhisperWish) -> Stands:
    """Say something to whoever serves the conversation, unseen by the buyer."""
    return await _do(
        call,
        shop,
        "conversations.whisper",
        conversation,
        lambda tx, who: notes.whisper(tx, who, conversation, data.text, call.now),
    )


async def _do(
    call: Call, shop: UUID, right: str, conversation: UUID, deed: Callable[[Tx, Speaker], Awaitable[Thread]]
) -> Stands:
    who = _speaker(call, shop, right)

    async def work(tx: Tx) -> Stands:
        await deed(tx, who)
        facts = await desk.known(tx, who, conversation)
        return _stands(facts.thread, deeds(who, facts.thread, facts.relation))

    return await call.database.run(call.tenant, work)


def _speaker(call: Call, shop: UUID, right: str) -> Speaker:
    """Whoever calls, in this shop only: conversations of other shops do not exist under its address."""
    return within(speaker_of(call.actor, right), shop)


def _stands(thread: Thread, allowed: list[Allowed]) -> Stands:
    return Stands(
        id=thread.id,
        shop_id=thread.shop,
        state=thread.state,
        consultation=thread.consultation,
        queue_id=thread.queue,
        assignee_id=thread.assignee,
        version=thread.version,
        desk_version=thread.desk_version,
        waiting_since=thread.waiting_since,
        reply_due_at=thread.reply_due_at,
        snoozed_until=thread.snoozed_until,
        deeds=allowed,
    )


async def put_tags(call: Call, shop: UUID, conversation: UUID, data: TagsWish) -> Tags:
    """Give a conversation exactly these tags."""
    await _do(
        call,
        shop,
        "conversations.tag",
        conversation,
        lambda tx, who: notes.set_tags(tx, who, conversation, data.tags, call.now),
    )
    async with call.database.read(call.tenant) as tx:
        return Tags(list(await note_queries.tags(tx, conversation)))


async def list_tags(call: Call, shop: UUID) -> TagUses:
    """The tags in use in a shop, the commonest first."""
    async with call.database.read(call.tenant) as tx:
        return TagUses(list(await note_queries.tags_of_shop(tx, shop)))


async def get_draft(call: Call, shop: UUID, conversation: UUID) -> Draft:
    """My unsent words in a conversation."""
    async with call.database.read(call.tenant) as tx:
        await threads.readable(tx, _speaker(call, shop, "conversations.draft"), conversation)
        return await note_queries.draft(tx, conversation, call.actor.person) or Draft("", call.now)


async def put_draft(call: Call, shop: UUID, conversation: UUID, data: DraftWish) -> Draft:
    """Keep my unsent words."""
    who = _speaker(call, shop, "conversations.draft")

    async def work(tx: Tx) -> Draft:
        return await notes.save_draft(tx, who, conversation, data.text, call.now)

    return await call.database.run(call.tenant, work)


async def list_mentions(
    call: Call, shop: UUID, unread: bool = False, starting_after: UUID | None = None, limit: Limit = 50
) -> Page[Mention]:
    """Where colleagues named me, newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await note_queries.mentions(
            tx, shop, call.actor.person, before=starting_after, unread=unread, limit=limit + 1
        )
    more = len(found) > limit
    return Page(list(found[:limit]), more, str(found[limit - 1].id) if more else None)


async def post_mentions_read(call: Call, shop: UUID, conversation: UUID) -> None:
    """I have seen where I was named in a conversation."""
    who = _speaker(call, shop, "mentions.read")

    async def work(tx: Tx) -> None:
        await threads.readable(tx, who, conversation)
        await notes.read_mentions(tx, conversation, call.actor.person, call.now)

    await call.database.run(call.tenant, work)
