"""What penalties do alone: they close the year of every marketplace."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.identity import queries as identity
from xiaoer.penalties.actions import year as actions
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.program import over_and_over

LOOK_SECONDS: Final = 60.0
_log: Final = log.get("penalties")


class YearCloser:
    """Closes a year soon after its end on the marketplace's wall; any number of processes may do it."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database: Final = database
        self._now: Final = now

    async def run(self) -> None:
        """Look every minute until cancelled; what was missed is made good."""
        await over_and_over(
            self.close_due, rest_seconds=LOOK_SECONDS, log=_log, interrupted="year_interrupted"
        )

    async def close_due(self) -> int:
        """Close what is over in every marketplace; how many years that were."""
        closed = 0
        for tenant in await identity.homes(self._database):
            now = self._now()
            years = await self._database.run(tenant, lambda tx, at=now: actions.years_to_close(tx, at))
            if years:
                closed += await self._close(tenant, years, now)
        return closed

    async def _close(self, tenant: UUID, years: Sequence[int], now: datetime) -> int:
        """In pieces, so that nobody waits for long; done twice it comes to the same."""
        after: UUID | None = None
        while True:
            after = await self._database.run(tenant, lambda tx, last=after: actions.close_some(tx, last, now))
            if after is None:
                return await self._database.run(tenant, lambda tx: actions.close_years(tx, years, now))
