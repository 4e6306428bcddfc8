"""The doors of the buyer who says how it was."""

from uuid import UUID

from xiaoer.learning.actions import ratings
from xiaoer.learning.model import RatingShown, RatingWish
from xiaoer.learning.queries import ratings as queries
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call


async def get_rating(call: Call, conversation: UUID) -> RatingShown:
    """Whether one is asked about the last consultation, and what one said."""
    async with call.database.read(call.tenant) as tx:
        return await queries.shown(tx, conversation, call.actor.person)


async def post_rating(call: Call, conversation: UUID, data: RatingWish) -> RatingShown:
    """Say how the last consultation was; until the window closes one may think again."""

    async def work(tx: Tx) -> RatingShown:
        await ratings.rate(tx, call.actor.person, conversation, data, call.now)
        return await queries.shown(tx, conversation, call.actor.person)

    return await call.database.run(call.tenant, work)
