"""What inspection does when it hears news."""

from collections.abc import Sequence
from datetime import datetime

from xiaoer.conversations.events import DeskEntryAdded, EntriesAdded
from xiaoer.inspection.actions import alerts
from xiaoer.inspection.actions.inspect import inspect_consultation
from xiaoer.inspection.model import HUMANS
from xiaoer.inspection.queries.alerts import guarded
from xiaoer.plumbing.db import Tx


async def on_desk_entry_added(tx: Tx, event: DeskEntryAdded, now: datetime) -> None:
    """A consultation was closed: it is inspected (S-019, G1). Abuse was held back: who leads is alerted."""
    if event.entry.kind == "closed":
        await inspect_consultation(tx, event.shop, event.conversation, None, cause="closed", now=now)
    elif event.entry.kind == "guard_blocked":
        await alerts.insult_held(tx, event.shop, event.conversation, now)


async def on_entries_added(tx: Tx, events: Sequence[EntriesAdded], now: datetime) -> None:
    """Somebody wrote: where the buyer did, or the guard had something to say to a person who serves, look."""
    added = [one for event in events for one in event.entries if one.kind != "system"]
    served = [(one.shop, one.conversation, one.version) for one in added if one.role in HUMANS]
    marked = await guarded(tx, served)
    news: alerts.Talks = {}
    for one in added:
        if one.role == "buyer" or (one.conversation, one.version) in marked:
            key = (one.shop, one.conversation)
            news[key] = min(one.version, news.get(key, one.version))
    await alerts.hear(tx, news, now)
