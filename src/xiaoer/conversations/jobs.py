"""What conversations do alone: old ones learn their buyers' names, so that a search finds them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from xiaoer.conversations.actions import remember
from xiaoer.identity import queries as identity
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.program import Breather, over_and_over

AGAIN_SECONDS: Final = 600.0
_log: Final = log.get("conversations")


class NameWalk:
    """Walks once through all conversations in small steps; any number of processes may do it side by side."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database: Final = database
        self._now: Final = now

    async def run(self) -> None:
        """Walk to the end, then rest until cancelled; what broke off goes on from where it came to."""
        await over_and_over(
            self.walk_to_end, rest_seconds=AGAIN_SECONDS, log=_log, interrupted="names_interrupted"
        )

    async def walk_to_end(self) -> int:
        """Keep the names that are missing; how many conversations were looked at."""
        looked, breather = 0, Breather()
        for tenant in await identity.homes(self._database):
            while passed := await self._database.run(tenant, self._step):
                looked += passed
                await breather.rest()
        return looked

    async def _step(self, tx: Tx) -> int:
        return await remember.remember_old_names(tx, self._now())
