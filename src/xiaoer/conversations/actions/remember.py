"""Keeping the words of entries so that they are found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xiaoer.conversations.events import ConsultationOpened, EntriesAdded
from xiaoer.conversations.rules.search import fold, grams
from xiaoer.conversations.store import naming
from xiaoer.conversations.store import search as store
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.program import ShortSlice

AT_ONCE: Final = 500


async def remember_words(tx: Tx, events: Sequence[EntriesAdded]) -> None:
    """Keep the pieces of what was written; doing it again changes nothing."""
    added = [entry for event in events for entry in event.entries if entry.kind not in {"system", "recall"}]
    if not added:
        return
    texts = await store.texts_of(tx, added)
    if texts:
        await store.insert_grams(tx, texts, await _pieces(texts))


async def _pieces(texts: Sequence[store.Text]) -> list[frozenset[str]]:
    """The pieces of each text; others come in between."""
    mine = ShortSlice()
    found: list[frozenset[str]] = []
    for text in texts:
        found.append(grams(fold(text.text)))
        await mine.pause()
    return found


async def remember_name(tx: Tx, event: ConsultationOpened, now: datetime) -> None:
    """Keep the pieces of the buyer's name as it is now, so that the conversation is found by it."""
    name = await store.name_of_buyer(tx, event.buyer)
    await store.put_name(tx, event.shop, event.conversation, now, grams(fold(name)))


async def remember_old_names(tx: Tx, now: datetime, limit: int = AT_ONCE) -> int:
    """Go on through the conversations, keep what their buyers are called; how many that were."""
    walk = await naming.walk(tx)
    if walk is None:
        return 0
    passed = await naming.next_stretch(tx, walk.reached, limit)
    missing = [store.Text(one.shop, one.conversation, 0, one.at, one.name) for one in passed if not one.kept]
    if missing:
        await store.insert_grams(tx, missing, [grams(fold(one.text)) for one in missing])
    over = len(passed) < limit
    await naming.reach(tx, passed[-1].conversation if passed else walk.reached, now if over else None)
    return len(passed)
