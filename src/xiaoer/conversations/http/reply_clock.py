"""The door behind the reply clock of the desk."""

from uuid import UUID

from xiaoer.conversations.actions.speaker import within
from xiaoer.conversations.http import doors
from xiaoer.conversations.queries import reply_clock, threads
from xiaoer.plumbing.http import Call
from xiaoer.rulebook.model import Explained


async def get_why(call: Call, shop: UUID, conversation: UUID) -> list[Explained]:
    """Why an answer is due when it is; nothing while nobody waits for one."""
    who = within(doors.me(call, "conversations.read"), shop)
    async with call.database.read(call.tenant) as tx:
        facts = await threads.readable(tx, who, conversation, shop=shop)
        return await reply_clock.why(tx, facts.thread, call.services.catalogue, call.language)
