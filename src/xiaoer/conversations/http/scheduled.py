"""The doors of messages that wait: for later, or for the moment in which they can be undone."""

from uuid import UUID

import msgspec

from xiaoer.conversations.actions.schedule import is_kept_back, take_back
from xiaoer.conversations.actions.speaker import within
from xiaoer.conversations.http import doors
from xiaoer.conversations.model.entry import Entry, Wish
from xiaoer.conversations.model.scheduled import Scheduled
from xiaoer.conversations.queries import scheduled as queries
from xiaoer.conversations.queries import threads
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.http import Call

DEED = "conversations.schedule"


class ScheduledList(msgspec.Struct):
    """What waits in a conversation, the next first."""

    data: list[Scheduled]


async def list_scheduled(call: Call, shop: UUID, conversation: UUID) -> ScheduledList:
    """My messages that wait in a conversation; for its managers everybody's."""
    speaker = within(doors.me(call, DEED), shop)
    async with call.database.read(call.tenant) as tx:
        thread = (await threads.readable(tx, speaker, conversation)).thread
        return ScheduledList(list(await queries.listed(tx, speaker, thread)))


async def post_scheduled(call: Call, shop: UUID, conversation: UUID, data: Wish) -> Scheduled:
    """Keep a message until `send_at`, or for `hold_seconds` in which it can be undone."""
    if not is_kept_back(data):
        raise Refusal(Refused("invalid", "conversations.wish_incomplete", facts={"field": "send_at"}))
    speaker = within(doors.me(call, "conversations.send"), shop)
    kept = await doors.keep(call, speaker, conversation, data)
    if isinstance(kept, Entry):
        raise Refusal(Refused("not_now", "conversations.already_sent"))
    return kept


async def delete_scheduled(call: Call, shop: UUID, conversation: UUID, scheduled: UUID) -> None:
    """Take a waiting message back; refused when it went already."""
    speaker = within(doors.me(call, DEED), shop)
    await call.database.run(call.tenant, lambda tx: take_back(tx, speaker, conversation, scheduled))
