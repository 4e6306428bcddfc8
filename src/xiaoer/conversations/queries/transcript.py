"""A whole timeline to take along, a stretch at a time."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.queries import threads
from xiaoer.plumbing.db import Database

AT_ONCE: Final = 500


async def timeline(
    database: Database, tenant: UUID, shop: UUID, conversation: UUID, upto: int
) -> AsyncIterator[Entry]:
    """The entries up to a version as the shop sees them; no connection is held while they are sent."""
    after, more = 0, True
    while more and after < upto:
        async with database.read(tenant) as tx:
            found, more = await threads.entries(
                tx, shop, conversation, side="shop", after=after, limit=AT_ONCE
            )
        for entry in found:
            if entry.version > upto:
                return
            yield entry
            after = entry.version
