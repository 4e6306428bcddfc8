"""What evidence does alone: it closes the days of every marketplace."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from xiaoer.evidence.actions.days import close_next_day
from xiaoer.evidence.rules.sign import Signer
from xiaoer.identity import queries as identity
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.settings import Settings

LOOK_SECONDS: Final = 60.0
_log: Final = log.get("evidence")


class DayCloser:
    """Signs the root of every day that is over; any number of processes may do it side by side."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._database: Final = database
        self._settings: Final = settings
        self._now: Final = now

    async def run(self) -> None:
        """Close days until cancelled; what was missed is made good, day by day."""
        while True:
            try:
                await self.close_due()
            except Exception:  # noqa: BLE001  the database may be away; days wait
                _log.warning("days_interrupted")
            await asyncio.sleep(LOOK_SECONDS)

    async def close_due(self) -> int:
        """Close everything that is due now; how many days that were."""
        async with self._database.system() as tx:
            homes = [one.tenant for one in await identity.marketplaces(tx)]
        closed = 0
        for tenant in homes:
            signer = Signer(self._settings.key(f"evidence:{tenant}"))
            while await self._database.run(tenant, lambda tx, s=signer: close_next_day(tx, s, self._now())):
                closed += 1
        return closed
