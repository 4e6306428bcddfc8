"""Runs the reactions: takes events from the outbox and does, in one transaction, what follows from them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from prometheus_client import Counter, Gauge, Histogram

from xiaoer.plumbing import clock, log, outbox_store
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import APP, SYSTEM
from xiaoer.plumbing.events import Envelope, Event, event_names
from xiaoer.plumbing.outbox_store import Retry, Taken

BACK_OFF: Final = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600, 3_600, 21_600))
"""How long a failed reaction waits before each next try; after the last it becomes a dead letter."""

TAKE_EVENTS: Final = 500
TAKE_RETRIES: Final = 50
REACTION_SECONDS: Final = 20.0
GATHER_SECONDS: Final = 0.005
REST_SECONDS: Final = 0.05
CROWD: Final = 128
CROWD_REST_SECONDS: Final = 0.2
"""From one transaction to the next: what comes first after a rest is not kept waiting, what comes in swarms
waits for the others. A rest is short, for a long one ends in much work at once that holds up whoever asks
meanwhile; it is long where even a short one ends with a crowd of events, who cost less the more they are."""

POLL_SECONDS: Final = 5.0
COUNT_EVERY: Final = timedelta(seconds=15)
FAULT_CHARACTERS: Final = 500
PROVE: Final = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""Deferred constraints are proved with the rights of the reaction that must hold them, and fail it alone."""

AGAIN_SECONDS: Final = (0.1, 0.5, 1.0, 2.0, 5.0)

_DONE = Counter("xiaoer_reactions_total", "Events a reaction has dealt with", ["reaction"])
_FAILED = Counter("xiaoer_reactions_failed_total", "Failures of reactions", ["reaction"])
_DEAD = Counter("xiaoer_reactions_dead_total", "Reactions given up", ["reaction"])
_LETTERS = Gauge("xiaoer_dead_letters", "Reactions given up that nobody has tried again or dropped yet")
_LAG = Histogram(
    "xiaoer_outbox_lag_seconds",
    "From the event until its reactions ran",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
)
_log = log.get("outbox")


class Batch:
    """A reaction that takes several events of one kind and one tenant at once."""

    def __init__(self, react: Callable[[Tx, Sequence[Any], datetime], Awaitable[None]]) -> None:
        self.react = react


Single = Callable[[Tx, Any, datetime], Awaitable[None]]
Reactions = Mapping[type[Event], Sequence[Single | Batch]]


class _Reaction:
    """A reaction with the name under which its failures are remembered."""

    def __init__(self, kind: type[Event], given: Single | Batch) -> None:
        self.kind = kind
        self.batch = given if isinstance(given, Batch) else None
        self.single = None if isinstance(given, Batch) else given
        react: Any = given.react if isinstance(given, Batch) else given
        self.name = f"{react.__module__}.{react.__qualname__}".removeprefix("xiaoer.")
        self._read = msgspec.json.Decoder(kind).decode

    def read(self, one: Taken | Retry) -> Event:
        return self._read(one.body)

    async def run(self, tx: Tx, events: Sequence[Event], now: datetime) -> None:
        if self.batch is not None:
            await self.batch.react(tx, events, now)
        elif self.single is not None:
            for event in events:
                await self.single(tx, event, now)


class _Job:
    """One reaction and the events it is to hear."""

    __slots__ = ("events", "reaction", "rows")

    def __init__(self, reaction: _Reaction, rows: list[Taken], events: list[Event]) -> None:
        self.reaction = reaction
        self.rows = rows
        self.events = events

    def parts(self) -> "list[_Job]":
        """The same work, event by event."""
        pairs = zip(self.rows, self.events, strict=True)
        return [_Job(self.reaction, [row], [event]) for row, event in pairs]


class Outbox:
    """The worker. Several of them, in one process or many, share the work row by row."""

    def __init__(
        self,
        database: Database,
        reactions: Reactions,
        *,
        now: Callable[[], datetime] = clock.now,
        take_events: int = TAKE_EVENTS,
        poll_seconds: float = POLL_SECONDS,
        reaction_seconds: float = REACTION_SECONDS,
    ) -> None:
        self._database = database
        self._now = now
        self._take_events = take_events
        self._poll_seconds = poll_seconds
        self._reaction_seconds = reaction_seconds
        self._awake = asyncio.Event()
        self._stopping = False
        names = event_names(list(reactions))
        self._by_event = {
            name: [_Reaction(kind, given) for given in reactions[kind]] for name, kind in names.items()
        }
        self._counted: datetime | None = None
        self._retries_from = 0.0
        self._has_failed = False
        self._by_name: dict[tuple[str, str], _Reaction] = {}
        for name, found in self._by_event.items():
            for reaction in found:
                if self._by_name.setdefault((name, reaction.name), reaction) is not reaction:
                    raise ValueError(f"{reaction.name} reacts to {name} twice")

    def wake(self) -> None:
        """There may be something to do."""
        self._awake.set()

    def hear(self, told: Iterable[Envelope]) -> None:
        """Somebody has committed this: wake for what a reaction waits for."""
        if any(one.name in self._by_event for one in told):
            self._awake.set()

    @property
    def is_awake(self) -> bool:
        """Whether there may be something to do that nobody has looked for yet."""
        return self._awake.is_set()

    def stop(self) -> None:
        """Ends `run` after the work in hand."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Works until stopped or cancelled; a database that is away is waited for."""
        failures = 0
        while not self._stopping:
            self._awake.clear()
            try:
                worked = await self._work(retries=self._clock() >= self._retries_from)
                failures = 0
            except Exception as fault:  # noqa: BLE001 - the work was undone and will be done again
                _log.warning("outbox_failed", fault=_told(fault))
                seconds = AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)]
                failures += 1
                await self._sleep(seconds)
                continue
            if worked < self._take_events:
                await asyncio.sleep(CROWD_REST_SECONDS if worked >= CROWD else REST_SECONDS)
                await self._sleep(max(0.0, self._retries_from - self._clock()))
                await asyncio.sleep(GATHER_SECONDS)  # news comes in swarms: one transaction for all of it

    async def drain(self) -> int:
        """Works until nothing is due; how many events and retries that were. For tests and commands."""
        total = 0
        while worked := await self._work(retries=True):
            total += worked
        return total

    @staticmethod
    def _clock() -> float:
        return asyncio.get_running_loop().time()

    def _until(self, next_at: datetime | None) -> float:
        """When to look for retries again, on the loop's own clock."""
        pause = self._poll_seconds
        if next_at is not None:
            pause = min(pause, max(0.0, (next_at - self._now()).total_seconds()))
        return self._clock() + pause

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._awake.wait()
        except TimeoutError:
            pass

    async def _work(self, *, retries: bool) -> int:
        """One transaction; how many events and retries were taken.

        Retries are looked for when one is due and as often as the worker polls.
        """
        now = self._now()
        async with self._database.system() as tx:
            if self._counted is None or abs(now - self._counted) >= COUNT_EVERY:
                self._counted = now
                _LETTERS.set(await outbox_store.count_dead(tx))
            taken = await outbox_store.take_events(tx, self._take_events)
            due = await outbox_store.take_retries(tx, now, TAKE_RETRIES) if retries else []
            for one in taken:
                _LAG.observe(max(0.0, (now - one.at).total_seconds()))
            for tenant, rows in _grouped(taken).items():
                jobs = await self._jobs(tx, rows, now)
                if jobs:
                    await self._as_tenant(tx, tenant, jobs, now)
            for one in due:
                await self._again(tx, one, now)
            if retries or self._has_failed:
                self._retries_from = self._until(await outbox_store.next_retry(tx))
                self._has_failed = False
        return len(taken) + len(due)

    async def _jobs(self, tx: Tx, rows: list[Taken], now: datetime) -> list[_Job]:
        """Which reaction hears which events; an event that cannot be read is buried at once."""
        batches: dict[_Reaction, _Job] = {}
        jobs: list[_Job] = []
        for row in rows:
            for reaction in self._by_event.get(row.name, ()):
                try:
                    event = reaction.read(row)
                except msgspec.MsgspecError as fault:
                    _log.error("event_unreadable", name=row.name, reaction=reaction.name)
                    _DEAD.labels(reaction.name).inc()
                    await outbox_store.bury_at_once(tx, row, reaction.name, now, _told(fault))
                    continue
                if reaction.batch is None:
                    jobs.append(_Job(reaction, [row], [event]))
                elif reaction in batches:
                    batches[reaction].rows.append(row)
                    batches[reaction].events.append(event)
                else:
                    batches[reaction] = _Job(reaction, [row], [event])
        return [*jobs, *batches.values()]

    async def _as_tenant(self, tx: Tx, tenant: UUID, jobs: list[_Job], now: datetime) -> None:
        """Reactions work with the rights of the program and see their tenant only."""
        await _become(tx, APP, tenant)
        failed = await self._together(tx.of(tenant), jobs, now)
        await _become(tx, SYSTEM, None)
        for job, fault in failed:
            _FAILED.labels(job.reaction.name).inc()
            _log.warning("reaction_failed", reaction=job.reaction.name, fault=fault)
            self._has_failed = True
            await outbox_store.add_retry(tx, job.rows[0], job.reaction.name, now + BACK_OFF[0], fault)

    async def _together(self, tx: Tx, jobs: list[_Job], now: datetime) -> list[tuple[_Job, str]]:
        """Runs all in one savepoint; if one fails, each alone, so that none spoils its neighbours."""
        try:
            async with tx.savepoint(), asyncio.timeout(self._reaction_seconds):
                for job in jobs:
                    await job.reaction.run(tx, job.events, now)
                await tx.connection.execute(PROVE)
        except Exception as fault:
            if tx.connection.is_closed():
                raise
            parts = jobs if len(jobs) > 1 else jobs[0].parts()
            if len(parts) == 1:
                return [(parts[0], _told(fault))]
            return [failure for part in parts for failure in await self._together(tx, [part], now)]
        for job in jobs:
            _DONE.labels(job.reaction.name).inc(len(job.events))
        return []

    async def _again(self, tx: Tx, one: Retry, now: datetime) -> None:
        """One more try of a reaction that failed before."""
        reaction = self._by_name.get((one.name, one.reaction))
        if reaction is None:
            await self._give_up(tx, one, now, "this program has no such reaction")
            return
        try:
            event = reaction.read(one)
        except msgspec.MsgspecError as fault:
            await self._give_up(tx, one, now, _told(fault))
            return
        await _become(tx, APP, one.tenant)
        row = Taken(one.id, one.tenant, one.name, one.topic, one.version, one.body, one.at)
        failed = await self._together(tx.of(one.tenant), [_Job(reaction, [row], [event])], now)
        await _become(tx, SYSTEM, None)
        if not failed:
            await outbox_store.drop_retry(tx, one.id)
        elif one.attempts >= len(BACK_OFF):
            await self._give_up(tx, one, now, failed[0][1])
        else:
            _FAILED.labels(one.reaction).inc()
            next_at = now + BACK_OFF[one.attempts]
            await outbox_store.postpone_retry(tx, one.id, next_at, failed[0][1])

    async def _give_up(self, tx: Tx, one: Retry, now: datetime, fault: str) -> None:
        _DEAD.labels(one.reaction).inc()
        _log.error("reaction_given_up", reaction=one.reaction, name=one.name, fault=fault)
        await outbox_store.bury(tx, one.id, now, fault)


async def _become(tx: Tx, role: str, tenant: UUID | None) -> None:
    await tx.connection.execute(f"SET LOCAL ROLE {role}; SET LOCAL xiaoer.tenant TO '{tenant or ''}'")


def _grouped(rows: Sequence[Taken]) -> dict[UUID, list[Taken]]:
    groups: dict[UUID, list[Taken]] = {}
    for row in rows:
        groups.setdefault(row.tenant, []).append(row)
    return groups


def _told(fault: BaseException) -> str:
    text = f"{type(fault).__name__}: {fault}"
    return text if len(text) <= FAULT_CHARACTERS else f"{text[:FAULT_CHARACTERS]}…"
