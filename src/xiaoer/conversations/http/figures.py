"""The doors of response figures on the wire."""

from datetime import datetime
from uuid import UUID

from xiaoer.conversations.queries import figures as queries
from xiaoer.conversations.queries.figures import ProfileName, ResponseFigures
from xiaoer.plumbing.http import Call


async def get_response_figures(
    call: Call,
    shop: UUID,
    profile: ProfileName | None = None,
    from_: datetime | None = None,
    to: datetime | None = None,
) -> ResponseFigures:
    """How a shop and its agents answered, by a response profile; an agent sees the shop and himself."""
    only = call.actor.person if call.reach == "own" else None
    async with call.database.read(call.tenant) as tx:
        return await queries.response_figures(
            tx, shop, profile=profile, since=from_, until=to, only=only, now=call.now
        )
