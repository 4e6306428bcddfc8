"""A process that pays what waits and is killed on the way: `before` or `after` paying, or `never`."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from xiaoer.clocks.jobs import Ringer, Timer
from xiaoer.ledger import reactions
from xiaoer.ledger.actions.collecting import Collector
from xiaoer.ledger.actions.paying import Payer
from xiaoer.ledger.jobs import PayoutRunner
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.hub import Hub
from xiaoer.plumbing.payments import ProviderAnswer
from xiaoer.plumbing.payments_development import DevelopmentPayments
from xiaoer.rulebook.queries import Books

BEFORE: Final = "before"
AFTER: Final = "after"
CLOCKS: Final[dict[str, Timer]] = {"ledger.payout_retry": reactions.on_retry_rang}


class Deadly:
    """Kills its own process, as a power cut would, before or after it has paid."""

    def __init__(self, inner: DevelopmentPayments, when: str) -> None:
        self._inner = inner
        self._when = when

    async def refund(
        self, *, account: str, key: str, payment_ref: str | None, amount_minor: int, currency: str
    ) -> ProviderAnswer:
        if self._when == BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = await self._inner.refund(
            account=account,
            key=key,
            payment_ref=payment_ref,
            amount_minor=amount_minor,
            currency=currency,
        )
        if self._when == AFTER:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    async def charge(
        self,
        *,
        account: str,
        key: str,
        payment_ref: str | None,
        amount_minor: int,
        currency: str,
        until: datetime,
    ) -> ProviderAnswer:
        return await self._inner.charge(
            account=account,
            key=key,
            payment_ref=payment_ref,
            amount_minor=amount_minor,
            currency=currency,
            until=until,
        )

    async def find(self, account: str, key: str) -> ProviderAnswer | None:
        return await self._inner.find(account, key)

    async def statement(self, account: str, start: datetime, end: datetime) -> Sequence[ProviderAnswer]:
        return await self._inner.statement(account, start, end)


async def pay(url: str, file: Path, when: str, now: datetime) -> int:
    database = await Database.open(url)
    hub = Hub()
    provider = Deadly(DevelopmentPayments(file, now=lambda: now), when)
    books = Books(database, hub)
    payer = Payer(database, provider, books, lambda: now)
    collector = Collector(database, payer, books, lambda: now)
    try:
        ringer = Ringer(database, CLOCKS)
        while await ringer.ring_awake(now):
            pass
        return await PayoutRunner(database, payer, collector, hub).pay_waiting()
    finally:
        await database.close()


if __name__ == "__main__":
    _, where, remembered, moment_of_death, at = sys.argv
    asyncio.run(pay(where, Path(remembered), moment_of_death, datetime.fromisoformat(at)))
