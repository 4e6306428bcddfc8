"""The doors of the buyer who says how it was."""

from typing import Final
from uuid import UUID

from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.conversations.queries import threads
from xiaoer.learning.actions import ratings
from xiaoer.learning.model import RatingShown, RatingWish
from xiaoer.learning.queries import ratings as queries
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call

READ: Final = "conversations.read"


async def get_rating(call: Call, conversation: UUID) -> RatingShown:
    """Whether one is asked about the last consultation, and what one said."""
    async with call.database.read(call.tenant) as tx:
        await threads.readable(tx, speaker_of(call.actor, READ), conversation)
        return await queries.shown(tx, conversation, call.actor.person)


async def post_rating(call: Call, conversation: UUID, data: RatingWish) -> RatingShown:
    """Say how the last consultation was; until the window closes one may think again."""

    async def work(tx: Tx) -> RatingShown:
        await ratings.rate(tx, call.actor.person, conversation, data, call.now)
        return await queries.shown(tx, conversation, call.actor.person)

    return await call.database.run(call.tenant, work)
