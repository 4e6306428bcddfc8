"""What may be asked about notes, tags, mentions and drafts."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.conversations.store import notes as store
from xiaoer.conversations.store.notes import Draft, Mention, TagUse
from xiaoer.plumbing.db import Tx

__all__ = ["Draft", "Mention", "TagUse", "draft", "mentions", "tags", "tags_of_shop"]


async def tags(tx: Tx, conversation: UUID) -> Sequence[str]:
    """The tags of a conversation."""
    return await store.tags(tx, conversation)


async def tags_of_shop(tx: Tx, shop: UUID) -> Sequence[TagUse]:
    """The tags in use in a shop, the commonest first."""
    return await store.tags_of_shop(tx, shop)


async def draft(tx: Tx, conversation: UUID, person: UUID) -> Draft | None:
    """Somebody's unsent words in a conversation."""
    return await store.draft(tx, conversation, person)


async def mentions(
    tx: Tx, shop: UUID, person: UUID, *, before: UUID | None, unread: bool, limit: int
) -> Sequence[Mention]:
    """Where somebody was named, newest first."""
    return await store.mentions(tx, shop, person, before=before, unread=unread, limit=limit)
