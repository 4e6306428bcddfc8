"""What the ledger does alone: it asks the payment provider for every payout whose clock has rung."""

import asyncio
from typing import Final
from uuid import UUID

import prometheus_client as prometheus

from xiaoer.ledger import store
from xiaoer.ledger.actions.paying import Payer
from xiaoer.ledger.events import PayoutAsked
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.hub import Hub

LOOK_SECONDS: Final = 1.0
"""How long a payout may go unseen when the news of it was lost."""
AT_ONCE: Final = 32
_failures: Final = prometheus.Counter("xiaoer_payouts_not_recorded", "Answers that could not be recorded")
_log = log.get("ledger")


class PayoutRunner:
    """Takes up payouts and pays them, many side by side; any number of processes may do it."""

    def __init__(self, database: Database, payer: Payer, hub: Hub) -> None:
        self._database = database
        self._payer = payer
        self._wake = asyncio.Event()
        self._asking: set[asyncio.Task[None]] = set()
        hub.on(PayoutAsked.name, lambda _: self._wake.set())

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
            claimed = await store.claim(tx, AT_ONCE - len(self._asking))
        for one in claimed:
            task = asyncio.create_task(self._pay(one.tenant, one.id))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        return len(claimed)

    async def _pay(self, tenant: UUID, payout: UUID) -> None:
        try:
            await self._payer.pay(tenant, payout)
        except Exception:  # noqa: BLE001 - its clock runs, the provider remembers the key
            _failures.inc()
            _log.exception("payout_not_recorded", payout=str(payout))
        finally:
            self._wake.set()  # there is room for another one

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass
