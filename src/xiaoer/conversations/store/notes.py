"""How notes, mentions, tags and drafts are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.thread import Thread
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Mention(Struct, frozen=True):
    """Somebody was named in a note."""

    id: UUID
    shop_id: UUID
    conversation_id: UUID
    desk_version: int
    text: str
    mentioned_by: str
    at: datetime
    read_at: datetime | None


class Draft(Struct, frozen=True):
    """Unsent words of one person in one conversation."""

    text: str
    at: datetime


class TagUse(Struct, frozen=True):
    """A tag and how many conversations of the shop carry it."""

    name: str
    used: int


statements: Final = Statements(__file__, "notes.sql")
_insert_mentions: Final = statements.command("insert_mentions")
_share_with: Final = statements.command("share_with")
_mentions: Final = statements.rows("mentions", Mention)
_read_mentions: Final = statements.command("read_mentions")
_tags: Final = statements.value("tags", str)
_delete_tags: Final = statements.command("delete_tags")
_insert_tags: Final = statements.command("insert_tags")
_tags_of_shop: Final = statements.rows("tags_of_shop", TagUse)
_draft: Final = statements.rows("draft", Draft)
_save_draft: Final = statements.command("save_draft")
_delete_draft: Final = statements.command("delete_draft")


async def insert_mentions(
    tx: Tx, thread: Thread, mentions: Sequence[tuple[UUID, UUID]], by: UUID, at: datetime
) -> None:
    """Keep who was named in the note `thread.desk_version`, as (person, id); they may read from now on."""
    people = [person for person, _ in mentions]
    await _insert_mentions.run(
        tx,
        people=people,
        ids=[mention for _, mention in mentions],
        shop=thread.shop,
        conversation=thread.id,
        desk_version=thread.desk_version,
        mentioned_by=by,
        at=at,
    )
    await _share_with.run(tx, shop=thread.shop, conversation=thread.id, people=people, shared_by=by, at=at)


async def mentions(
    tx: Tx, shop: UUID, person: UUID, *, before: UUID | None, unread: bool, limit: int
) -> Sequence[Mention]:
    """Where somebody was named, newest first."""
    return await _mentions.all(tx, shop=shop, person=person, before=before, unread=unread, limit=limit)


async def read_mentions(tx: Tx, conversation: UUID, person: UUID, now: datetime) -> None:
    """Somebody has seen where he was named in a conversation."""
    await _read_mentions.run(tx, conversation=conversation, person=person, now=now)


async def tags(tx: Tx, conversation: UUID) -> Sequence[str]:
    """The tags of a conversation."""
    return await _tags.all(tx, conversation=conversation)


async def replace_tags(tx: Tx, thread: Thread, names: Sequence[str], person: UUID, at: datetime) -> None:
    """Give a conversation exactly these tags."""
    await _delete_tags.run(tx, conversation=thread.id, names=list(names))
    await _insert_tags.run(
        tx, shop=thread.shop, conversation=thread.id, names=list(names), person=person, at=at
    )


async def tags_of_shop(tx: Tx, shop: UUID) -> Sequence[TagUse]:
    """The tags in use in a shop, the commonest first."""
    return await _tags_of_shop.all(tx, shop=shop)


async def draft(tx: Tx, conversation: UUID, person: UUID) -> Draft | None:
    """Somebody's unsent words."""
    return await _draft.first(tx, conversation=conversation, person=person)


async def save_draft(tx: Tx, thread: Thread, person: UUID, text: str, at: datetime) -> bool:
    """Keep unsent words; False when newer ones are kept already."""
    return bool(
        await _save_draft.run(tx, shop=thread.shop, conversation=thread.id, person=person, text=text, at=at)
    )


async def delete_draft(tx: Tx, conversation: UUID, person: UUID) -> None:
    """Forget somebody's unsent words."""
    await _delete_draft.run(tx, conversation=conversation, person=person)
