"""The manager's board on the wire."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaoer.clocks import queries as clocks
from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries import live as queries
from xiaoer.conversations.queries.live import Live
from xiaoer.plumbing.http import Call


async def get_live(call: Call, shop: UUID) -> Live:
    """How the desk of a shop stands now: queues, agents, who waits, what is served, the day so far."""
    speaker = within(speaker_of(call.actor, "live.read"), shop)
    async with call.database.read(call.tenant) as tx:
        zone = (await clocks.calendar(tx, shop)).calendar().zone
        return await queries.live(tx, shop, speaker, since=_midnight(call.now, zone), now=call.now)


def _midnight(now: datetime, zone: str) -> datetime:
    return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
