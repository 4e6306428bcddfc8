"""How often somebody may ask: token buckets, in the process at once and in the database for all processes."""

import asyncio
import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.sql import Statements

if TYPE_CHECKING:
    from xiaoer.plumbing.db import Database

SETTLE_EVERY_SECONDS: Final = 1.0
_KEEP_SECONDS: Final = 120.0
_PRUNE_EVERY: Final = timedelta(minutes=10)


class Budget(Struct, frozen=True):
    """A bucket of `capacity` tokens that gets `per_second` new ones."""

    capacity: float
    per_second: float

    def wait_seconds(self, tokens: float) -> float:
        """How long until there is one token."""
        return max(0.0, 1.0 - tokens) / self.per_second

    def times(self, factor: float) -> "Budget":
        """The same bucket, larger or smaller."""
        return Budget(self.capacity * factor, self.per_second * factor)


class Budgets(Struct, frozen=True):
    """The budgets of `limits.toml`, by whom they are counted against."""

    person: Budget
    address: Budget
    unknown: Budget
    sign_in_login: Budget
    sign_in_address: Budget
    visit_address: Budget

    @classmethod
    def shipped(cls, factor: float = 1.0) -> "Budgets":
        """The budgets that lie in the package, all multiplied by `factor`."""
        text = Path(__file__).with_name("limits.toml").read_text("utf-8")
        read = msgspec.toml.decode(text, type=dict[str, Budget])
        return cls(**{name: budget.times(factor) for name, budget in read.items()})


class Granted(Struct, frozen=True):
    """The answer of a shared bucket."""

    granted: bool
    tokens: float


class Balance(Struct, frozen=True):
    """What a shared bucket holds after settling."""

    key: str
    tokens: float


_statements = Statements(__file__, "limits.sql")
_take_one = _statements.rows("take_one", Granted)
_settle = _statements.rows("settle", Balance)
_forget_full = _statements.command("forget_full")


@dataclass(slots=True)
class _Bucket:
    budget: Budget
    tokens: float
    filled_at: datetime
    unsettled: float = 0.0

    def refill(self, now: datetime) -> None:
        passed = (now - self.filled_at).total_seconds()
        if passed > 0:
            self.tokens = min(self.budget.capacity, self.tokens + passed * self.budget.per_second)
            self.filled_at = now


class Limits:
    """The buckets of one process.

    `spend` never waits: it counts here, and `run` settles with the other processes once a second, so that
    all of them together let through what one may. `spend_strictly` asks the database itself.
    """

    def __init__(self, database: "Database", clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}
        self._pruned_at: datetime | None = None

    def spend(self, key: str, budget: Budget, now: datetime) -> float:
        """Take one token; the seconds to wait when there is none, otherwise 0."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(budget, budget.capacity, now)
        bucket.refill(now)
        if bucket.tokens < 1:
            return bucket.budget.wait_seconds(bucket.tokens)
        bucket.tokens -= 1
        bucket.unsettled += 1
        return 0.0

    def empty(self, key: str, now: datetime) -> bool:
        """Whether a bucket of this process has no token left; takes none."""
        bucket = self._buckets.get(key)
        if bucket is None:
            return False
        bucket.refill(now)
        return bucket.tokens < 1

    async def spend_strictly(self, key: str, budget: Budget, now: datetime) -> float:
        """Take one token from the bucket all processes share; the seconds to wait when there is none."""
        async with self._database.system() as tx:
            answer = await _take_one.one(
                tx, key=key, capacity=budget.capacity, rate=budget.per_second, now=now
            )
        return 0.0 if answer.granted else budget.wait_seconds(answer.tokens)

    async def settle(self, now: datetime) -> None:
        """Tell the shared buckets what was let through here and learn what the others did."""
        due = {key: bucket for key, bucket in self._buckets.items() if bucket.unsettled}
        if due:
            amounts = {key: bucket.unsettled for key, bucket in due.items()}
            async with self._database.system() as tx:
                balances = await _settle.all(
                    tx,
                    keys=list(due),
                    capacities=[bucket.budget.capacity for bucket in due.values()],
                    rates=[bucket.budget.per_second for bucket in due.values()],
                    amounts=list(amounts.values()),
                    now=now,
                )
            for balance in balances:
                bucket = due[balance.key]
                bucket.unsettled -= amounts[balance.key]
                bucket.tokens = min(bucket.tokens, balance.tokens)
        if self._pruned_at is None or now - self._pruned_at > _PRUNE_EVERY:
            self._pruned_at = now
            async with self._database.system() as tx:
                await _forget_full.run(tx, now=now)
        keep_from = now - timedelta(seconds=_KEEP_SECONDS)
        for key in [
            key for key, one in self._buckets.items() if one.filled_at < keep_from and not one.unsettled
        ]:
            del self._buckets[key]

    async def run(self) -> None:
        """Settle once a second until cancelled; a database that is away is asked again later."""
        while True:
            await asyncio.sleep(SETTLE_EVERY_SECONDS)
            with contextlib.suppress(Refusal):
                await self.settle(self._clock())


def too_many(wait_seconds: float) -> Refused:
    """The refusal of somebody who asks too often."""
    seconds = max(1, math.ceil(wait_seconds))
    return Refused("too_many", "plumbing.too_many", facts={"retry_after_seconds": seconds})
