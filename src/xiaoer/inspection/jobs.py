"""What inspection does alone: it looks at consultations that stay open for long, once a day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from xiaoer.identity import queries as identity
from xiaoer.inspection.actions.inspect import inspect_consultation
from xiaoer.inspection.queries.scores import long_open
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.program import Breather, over_and_over

LOOK_SECONDS: Final = 600.0
LONG: Final = timedelta(hours=24)
AGAIN: Final = timedelta(hours=20)
AT_ONCE: Final = 5
_log: Final = log.get("inspection")


class NightWatch:
    """Inspects long consultations day by day; any number of processes may do it side by side."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database: Final = database
        self._now: Final = now

    async def run(self) -> None:
        """Look until cancelled; the database may be away, consultations wait."""
        await over_and_over(
            self.inspect_due, rest_seconds=LOOK_SECONDS, log=_log, interrupted="night_interrupted"
        )

    async def inspect_due(self) -> int:
        """Inspect everything that is due now; how many consultations that were."""
        inspected, breather = 0, Breather()
        for tenant in await identity.homes(self._database):
            while found := await self._database.run(tenant, self._some):
                inspected += found
                await breather.rest()
        return inspected

    async def _some(self, tx: Tx) -> int:
        now = self._now()
        due = await long_open(tx, opened_before=now - LONG, inspected_after=now - AGAIN, limit=AT_ONCE)
        done = 0
        for one in due:
            kept = await inspect_consultation(
                tx, one.shop, one.conversation, one.number, cause="nightly", now=now
            )
            done += kept is not None
        return done
