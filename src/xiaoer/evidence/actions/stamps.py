"""Asking an authority outside for the time of the days' roots: asked outside any transaction, kept once."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.x509 import Certificate

from xiaoer.evidence import store
from xiaoer.evidence.model import DayStamp
from xiaoer.evidence.rules import stamp as rules
from xiaoer.plumbing.db import Database

AT_ONCE: Final = 31
"""Days asked for in one go, the oldest first; whoever had no authority catches up month by month."""

Ask = Callable[[bytes], Awaitable[bytes]]
"""Sends a question (DER) to the authority and gives its answer. Raises NoStamp when there is none."""


async def stamp_days(
    database: Database, tenant: UUID, ask: Ask, roots: Sequence[Certificate], now: Callable[[], datetime]
) -> int:
    """Have the days stamped that have no stamp yet; how many were. Raises NoStamp; what was kept stays.

    Two processes may do it at once: the second one's answer is left out, and says the same.
    """
    async with database.read(tenant) as tx:
        days = await store.unstamped_days(tx, AT_ONCE)
    for one in days:
        asked = rules.question(one.statement)
        answer = await ask(asked.as_bytes())
        said = rules.read(answer, one.statement, roots, asked=asked)
        kept = DayStamp(one.day, answer, said.at, said.authority, now())
        await database.run(tenant, lambda tx, kept=kept: store.add_stamp(tx, kept))
    return len(days)
