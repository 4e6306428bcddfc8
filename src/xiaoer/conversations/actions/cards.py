"""Cards the program puts into a timeline: something of this buyer and shop stands differently now."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.conversations.actions.locked import lock_thread, write
from xiaoer.conversations.model.entry import Body
from xiaoer.conversations.model.thread import Thread
from xiaoer.conversations.rules.chain import SALT_BYTES, is_plain
from xiaoer.conversations.rules.speak import Words, announce
from xiaoer.conversations.store import send as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Asked

ENDED: Final = "merged"


def place(tx: Tx, conversation: UUID) -> Asked[Thread]:
    """Where a card will stand, to be locked together with something else and handed to `show` at once."""
    return store.thread_asked(tx, conversation)


async def show(
    tx: Tx, conversation: UUID, card: Body, now: datetime, *, thread: Thread | None = None
) -> None:
    """Add a card to a timeline; nobody is kept waiting by it and nothing becomes unread.

    `card` has a `kind` and a `title` like every card, and is sealed as it stands. `thread` is the
    conversation where it is locked already and nothing has been said in it since.
    """
    if thread is None or thread.id != conversation:
        thread = await lock_thread(tx, conversation)
    while thread is not None and thread.state == ENDED and thread.merged_into is not None:
        thread = await lock_thread(tx, thread.merged_into)
    if thread is None:
        return
    body: Body = {"card": card}
    if not is_plain(body):
        raise TypeError("what is sealed must have one spelling only")
    words = Words(
        id=new_id(),
        client_id=None,
        role="system",
        person=None,
        name="",
        kind="card",
        text="",
        body=body,
        at=now,
        salt=secrets.token_bytes(SALT_BYTES),
    )
    await write(tx, thread, [announce(thread, words)])
