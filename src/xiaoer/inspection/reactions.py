"""What inspection does when it hears news."""

from datetime import datetime

from xiaoer.conversations.events import DeskEntryAdded
from xiaoer.inspection.actions.inspect import inspect_consultation
from xiaoer.plumbing.db import Tx


async def on_desk_entry_added(tx: Tx, event: DeskEntryAdded, now: datetime) -> None:
    """A consultation was closed: it is inspected (S-019, G1)."""
    if event.entry.kind == "closed":
        await inspect_consultation(tx, event.shop, event.conversation, None, cause="closed", now=now)
