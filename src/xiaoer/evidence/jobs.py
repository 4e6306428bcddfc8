"""What evidence does alone: it closes the days of every marketplace, and has their roots stamped outside."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import httpx

from xiaoer.evidence.actions.days import close_next_day
from xiaoer.evidence.actions.stamps import stamp_days
from xiaoer.evidence.rules.sign import Signer
from xiaoer.evidence.rules.stamp import NoStamp, roots_of
from xiaoer.identity import queries as identity
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.program import Breather, over_and_over
from xiaoer.plumbing.settings import Settings

LOOK_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 20.0
ANSWER_MAX_BYTES: Final = 64 * 1024
_QUERY: Final = {"content-type": "application/timestamp-query"}
_log: Final = log.get("evidence")


class DayCloser:
    """Signs the root of every day that is over; any number of processes may do it side by side."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._database: Final = database
        self._settings: Final = settings
        self._now: Final = now

    async def run(self) -> None:
        """Close days until cancelled; what was missed is made good, day by day."""
        await over_and_over(self._look, rest_seconds=LOOK_SECONDS, log=_log, interrupted="days_interrupted")

    async def _look(self) -> None:
        await self.close_due()
        await self.stamp_due()

    async def close_due(self) -> int:
        """Close everything that is due now; how many days that were."""
        closed, breather = 0, Breather()
        for tenant in await identity.homes(self._database):
            signer = Signer(self._settings.key(f"evidence:{tenant}"))
            while await self._database.run(tenant, lambda tx, s=signer: close_next_day(tx, s, self._now())):
                closed += 1
                await breather.rest()
        return closed

    async def stamp_due(self) -> int:
        """Have the roots stamped that have no stamp yet, where an authority is named; how many were.

        What it refuses or does not answer is asked again at the next look, the oldest day first.
        """
        url, roots = self._settings.stamp_url, self._settings.stamp_roots
        if url is None:
            return 0
        trusted = roots_of(roots.read_bytes()) if roots else ()
        stamped = 0
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS, follow_redirects=False) as client:

            async def ask(question: bytes) -> bytes:
                return await _answer(client, url, question)

            for tenant in await identity.homes(self._database):
                try:
                    stamped += await stamp_days(self._database, tenant, ask, trusted, self._now)
                except NoStamp as fault:
                    _log.warning("day_not_stamped", marketplace=str(tenant), why=str(fault))
        return stamped


async def _answer(client: httpx.AsyncClient, url: str, question: bytes) -> bytes:
    """What an authority says. Raises NoStamp."""
    try:
        async with client.stream("POST", url, content=question, headers=_QUERY) as heard:
            heard.raise_for_status()
            answer = b""
            async for piece in heard.aiter_bytes():
                answer += piece
                if len(answer) > ANSWER_MAX_BYTES:
                    raise NoStamp("it is longer than a time stamp")
            return answer
    except httpx.HTTPError as fault:
        raise NoStamp(f"the authority did not answer: {type(fault).__name__}") from None
