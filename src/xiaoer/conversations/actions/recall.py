"""Taking words back: a recall entry hides them from the other party; they stay as evidence."""

from uuid import UUID

from xiaoer.conversations.actions.locked import write
from xiaoer.conversations.actions.move import lock
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.queries.shops import Shops
from xiaoer.conversations.rules.recall import may_recall
from xiaoer.conversations.rules.speak import Words, recall
from xiaoer.conversations.rules.standing import standing
from xiaoer.conversations.store import read as store
from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.plumbing.db import Tx


async def recall_entry(
    tx: Tx, speaker: Speaker, shops: Shops, *, conversation: UUID, version: int, words: Words
) -> Entry | None:
    """Recall an entry; None when that was done before. Raises Refusal (rules.recall).

    `words` bring the recall's own id, salt and moment.
    """
    known = await lock(tx, conversation, speaker.person, staff=speaker.role != "buyer")
    thread = known.thread
    where = standing(speaker, thread, known.relation)
    if where == "hidden":
        raise Refusal(Refused("not_found", "conversations.not_found"))
    target = await store.recall_target(tx, thread.shop, thread.id, version)
    rules = await shops.of(tx.tenant, thread.shop, words.at)
    granted(may_recall(speaker, thread, target, where, within_seconds=rules.recall_seconds, now=words.at))
    if target is None or target.recalled:
        return None
    spoken = recall(thread, words, version, of_role=target.role)
    await write(tx, thread, [spoken], minds_reading=True)
    return spoken.sealed.entry
