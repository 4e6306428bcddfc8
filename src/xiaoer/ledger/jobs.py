"""What the ledger does alone: it asks the provider about payouts and collections whose clock has rung."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import prometheus_client as prometheus

from xiaoer.ledger import store
from xiaoer.ledger.actions.collecting import Collector
from xiaoer.ledger.actions.paying import Payer
from xiaoer.ledger.events import CollectionAsked, PayoutAsked
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.hub import Hub

LOOK_SECONDS: Final = 1.0
"""How long a payout may go unseen when the news of it was lost."""
AT_ONCE: Final = 32
_failures: Final = prometheus.Counter("xiaoer_payouts_not_recorded", "Answers that could not be recorded")
_log = log.get("ledger")


class PayoutRunner:
    """Takes up payouts and collections, many side by side; any number of processes may do it."""

    def __init__(self, database: Database, payer: Payer, collector: Collector, hub: Hub) -> None:
        self._database = database
        self._payer = payer
        self._collector = collector
        self._wake = asyncio.Event()
        self._asking: set[asyncio.Task[None]] = set()
        for name in (PayoutAsked.name, CollectionAsked.name):
            hub.on(name, lambda _: self._wake.set())

    async def run(self) -> None:
        """Pay until cancelled; what is in hand then is asked for again when its clock rings."""
        try:
            while True:
                self._wake.clear()
                if not await self._take_if_room():
                    await self._pause()
        finally:
            for task in self._asking:
                task.cancel()

    async def pay_waiting(self) -> int:
        """Pay everything that waits now and return when it is answered; how many that were."""
        paid = 0
        while taken := await self._take():
            paid += taken
            await asyncio.gather(*self._asking)
        return paid

    async def _take_if_room(self) -> int:
        if len(self._asking) >= AT_ONCE:
            return 0
        try:
            return await self._take()
        except Exception:  # noqa: BLE001  the database may be away; payouts wait in it
            _log.warning("payouts_interrupted")
            return 0

    async def _take(self) -> int:
        async with self._database.system() as tx:
            payouts = await store.claim(tx, AT_ONCE - len(self._asking))
            collections = await store.claim_collections(tx, AT_ONCE)
        claimed: list[tuple[Callable[[UUID, UUID], Awaitable[None]], store.Claimed]] = []
        claimed += [(self._payer.pay, one) for one in payouts]
        claimed += [(self._collector.collect, one) for one in collections]
        for work, one in claimed:
            task = asyncio.create_task(self._ask(work, one.tenant, one.id))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        return len(claimed)

    async def _ask(self, work: Callable[[UUID, UUID], Awaitable[None]], tenant: UUID, subject: UUID) -> None:
        try:
            await work(tenant, subject)
        except Exception:  # noqa: BLE001 - its clock runs, the provider remembers the key
            _failures.inc()
            _log.exception("answer_not_recorded", subject=str(subject))
        finally:
            self._wake.set()  # there is room for another one

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass
