"""Cards the program puts into a timeline: something of this buyer and shop stands differently now."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.conversations.actions.locked import lock_thread, write
from xiaoer.conversations.model.entry import Body
from xiaoer.conversations.rules.chain import SALT_BYTES, is_plain
from xiaoer.conversations.rules.speak import Words, announce
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

ENDED: Final = "merged"


async def show(tx: Tx, conversation: UUID, card: Body, now: datetime) -> None:
    """Add a card to a timeline; nobody is kept waiting by it and nothing becomes unread.

    `card` has a `kind` and a `title` like every card, and is sealed as it stands.
    """
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
