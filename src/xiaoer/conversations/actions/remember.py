"""Keeping the words of entries so that they are found."""

from collections.abc import Sequence
from datetime import datetime

from xiaoer.conversations.events import ConsultationOpened, EntriesAdded
from xiaoer.conversations.rules.search import fold, grams
from xiaoer.conversations.store import search as store
from xiaoer.plumbing.db import Tx


async def remember_words(tx: Tx, events: Sequence[EntriesAdded]) -> None:
    """Keep the pieces of what was written; doing it again changes nothing."""
    added = [entry for event in events for entry in event.entries if entry.kind not in {"system", "recall"}]
    if not added:
        return
    texts = await store.texts_of(tx, added)
    if texts:
        await store.insert_grams(tx, texts, [grams(fold(text.text)) for text in texts])


async def remember_name(tx: Tx, event: ConsultationOpened, now: datetime) -> None:
    """Keep the pieces of the buyer's name as it is now, so that the conversation is found by it."""
    name = await store.name_of_buyer(tx, event.buyer)
    await store.put_name(tx, event.shop, event.conversation, now, grams(fold(name)))
