"""What may be asked about messages that wait for their time."""

from collections.abc import Sequence

from xiaoer.conversations.model.scheduled import Scheduled
from xiaoer.conversations.model.thread import Speaker, Thread
from xiaoer.conversations.store import scheduled as store
from xiaoer.plumbing.db import Tx


async def listed(tx: Tx, speaker: Speaker, thread: Thread) -> Sequence[Scheduled]:
    """What waits in a conversation, the next first: one's own, for who leads the shop everybody's."""
    return await store.listed(tx, thread.id, None if thread.shop in speaker.leads else speaker.person)
