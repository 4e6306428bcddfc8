"""What clocks do alone: ring, once each, when they fall due."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

import prometheus_client as prometheus

from xiaoer.clocks import store
from xiaoer.clocks.ring import Ring
from xiaoer.clocks.rules.crowds import in_steps
from xiaoer.clocks.store import Awake, Running
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock, log
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.faults import AWAY

Timer = Callable[[Tx, Ring, datetime], Awaitable[None]]
"""What happens when a clock of some name warns or falls due; runs in the transaction that takes the clock."""


class Crowd:
    """A timer that hears many rings of one name and one tenant at once.

    It gives back those whose owners somebody else holds just now: their clocks ring a moment later. One that
    sets the very clocks `anew` that have warned is heard behind their being passed over, as a single timer
    is, and gives none back.
    """

    def __init__(
        self,
        ring: Callable[[Tx, Sequence[Ring], datetime], Awaitable[Sequence[Ring]]],
        *,
        anew: bool = False,
    ) -> None:
        self.ring = ring
        self.anew = anew


LOOK_SECONDS: Final = 0.1
"""How long a clock that was set meanwhile may go unseen."""
GATHER_SECONDS: Final = 0.02
"""What falls due in swarms waits for the others: after some have rung, for so long."""

AT_ONCE: Final = 256
TOGETHER: Final = 64
PARTS: Final = 16
"""Into how many parts those that ring together fall when one of them fails."""

_log = log.get("clocks")
_lateness: Final = prometheus.Histogram(
    "xiaoer_clock_lateness_seconds",
    "How long after its time a clock rang",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30, 300, 3600),
)
_failures: Final = prometheus.Counter("xiaoer_clock_failures", "Timers that failed", ["name"])


class Ringer:
    """Rings the clocks of every tenant; any number of processes may do it side by side."""

    def __init__(
        self,
        database: Database,
        timers: Mapping[str, Timer | Crowd],
        *,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._database = database
        self._timers = {name: timer for name, timer in timers.items() if not isinstance(timer, Crowd)}
        self._crowds = {name: timer for name, timer in timers.items() if isinstance(timer, Crowd)}
        self._now = now
        self._next: datetime | None = None

    async def run(self) -> None:
        """Ring until cancelled; what fell due while nobody ran is rung first, the oldest ahead."""
        while True:
            try:
                rung = await self.ring_awake(self._now())
                pause = self._pause(rung)
            except Exception:  # noqa: BLE001  the database may be away; clocks wait in it
                _log.warning("ringer_interrupted")
                pause = 1.0
            await asyncio.sleep(pause)

    def _pause(self, rung: int) -> float:
        if rung:
            return 0.0 if rung >= AT_ONCE else GATHER_SECONDS
        if self._next is None:
            return LOOK_SECONDS
        return min(max((self._next - self._now()).total_seconds(), 0.0), LOOK_SECONDS)

    async def ring_awake(self, now: datetime) -> int:
        """Ring what is to be rung at `now`, at most `AT_ONCE` clocks; returns how many of them it had."""
        async with self._database.glance() as tx:
            found = await store.awake(tx, now, AT_ONCE)
        awake = [each for each in found if each.wake_at <= now]
        self._next = found[-1].wake_at if len(found) > len(awake) else None
        by_tenant = sorted(awake, key=lambda each: each.tenant)
        rung = 0
        for tenant, group in groupby(by_tenant, key=lambda each: each.tenant):
            clocks = list(group)
            for start in range(0, len(clocks), TOGETHER):
                rung += await self._ring_together(tenant, clocks[start : start + TOGETHER], now)
        return rung

    async def _ring_together(self, tenant: UUID, clocks: Sequence[Awake], now: datetime) -> int:
        """In one transaction; if one of them fails, in smaller ones, so that it spoils nobody."""
        try:
            return await self._database.run(tenant, lambda tx: self._ring(tx, clocks, now))
        except Exception as fault:
            if isinstance(fault, Refusal) and fault.refused == AWAY:
                raise  # no fault of these clocks: all of them wait in the database
            if len(clocks) == 1:
                await self._put_off(tenant, clocks[0], now)
                return 1
        size = max(len(clocks) // PARTS, 1)
        parts = [clocks[start : start + size] for start in range(0, len(clocks), size)]
        return sum([await self._ring_together(tenant, part, now) for part in parts])

    async def _put_off(self, tenant: UUID, each: Awake, now: datetime) -> None:
        """It fails alone: it is tried again later."""
        _failures.labels(each.name).inc()
        _log.exception("timer_failed", clock=each.name, owner=str(each.owner))
        await self._database.run(tenant, lambda tx: store.put_off(tx, each.owner, each.name, now))

    async def _ring(self, tx: Tx, clocks: Sequence[Awake], now: datetime) -> int:
        rings = [ring_of(running, now) for running in await store.lock_awake(tx, clocks, now)]
        if first := [ring for ring in rings if ring.name not in self._crowds or self._crowds[ring.name].anew]:
            await store.pass_over(tx, first)
        had = len(rings)
        for step in in_steps(rings, self._crowds):
            left = await self._ring_step(tx, step, now)
            had -= left
        return had

    async def _ring_step(self, tx: Tx, step: Sequence[Ring], now: datetime) -> int:
        """One clock, or a crowd of one name; how many of it are left for the next look."""
        crowd = self._crowds.get(step[0].name)
        if crowd is None:
            (ring,) = rung = step
            await self._timers[ring.name](tx, ring, now)
        else:
            left = {ring.owner for ring in await crowd.ring(tx, step, now)}
            rung = [ring for ring in step if ring.owner not in left]
            if rung and not crowd.anew:
                await store.pass_over(tx, rung)
        for ring in rung:
            _lateness.observe(max((self._now() - ring.at).total_seconds(), 0.0))
        return len(step) - len(rung)


def ring_of(running: Running, now: datetime) -> Ring:
    """What a clock says at `now`: its warning while the due time is ahead, else that it is due."""
    is_warning = running.warn_at is not None and running.due_at > now
    return Ring(
        kind="warn" if is_warning else "due",
        owner=running.owner,
        name=running.name,
        shop=running.shop,
        at=running.warn_at if is_warning and running.warn_at else running.due_at,
        due_at=running.due_at,
        body=running.body,
    )
