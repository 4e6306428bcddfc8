"""What conversations do alone: old ones learn their buyers' names, so that a search finds them."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from xiaoer.conversations.actions import remember
from xiaoer.identity import queries as identity
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.program import Breather

AGAIN_SECONDS: Final = 600.0
_log: Final = log.get("conversations")


class NameWalk:
    """Walks once through all conversations in small steps; any number of processes may do it side by side."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database: Final = database
        self._now: Final = now

    async def run(self) -> None:
        """Walk to the end, then rest until cancelled; the database may be away, or not up to date yet."""
        while True:
            try:
                await self.walk_to_end()
            except Exception:  # noqa: BLE001  tried again later, from where it came to
                _log.warning("names_interrupted")
            await asyncio.sleep(AGAIN_SECONDS)

    async def walk_to_end(self) -> int:
        """Keep the names that are missing; how many conversations were looked at."""
        async with self._database.system() as tx:
            homes = [one.tenant for one in await identity.marketplaces(tx)]
        looked, breather = 0, Breather()
        for tenant in homes:
            while passed := await self._database.run(tenant, self._step):
                looked += passed
                await breather.rest()
        return looked

    async def _step(self, tx: Tx) -> int:
        return await remember.remember_old_names(tx, self._now())
