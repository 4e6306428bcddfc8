"""The one door through which messages reach the database, many at a time.

What waits is taken together: at most `BATCH` wishes, at once when nothing is in flight, otherwise soon after
the batch before is kept; so batches are as large as there is much to say. One statement reads the facts of a
batch, pure rules decide each wish, one statement writes all of them. A conversation is in one batch at a
time, so that nobody overtakes himself. What somebody else changed in between is decided again.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from prometheus_client import Counter, Histogram

from xiaoer.conversations.actions import round as rounds
from xiaoer.conversations.actions.breath import Breath
from xiaoer.conversations.actions.locked import say_locked
from xiaoer.conversations.actions.round import Again, Outcome
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.model.thread import Asked, Thread
from xiaoer.conversations.queries.shops import Shops
from xiaoer.conversations.rules.batch import NeedsLock
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Channel, Database, TryAgain
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.faults import BUSY

BATCH: Final = 128
GATHER_SECONDS: Final = 0.008
CONNECTIONS: Final = 1
"""With more of them the rest go on when a batch is full or has waited `GATHER_SECONDS`: smaller batches, and
dearer ones, for most of what a batch costs it costs once."""

TRIES: Final = 4
"""How often a wish is decided again before it waits for the conversation's lock."""

PATIENCE_SECONDS: Final = 3.0
"""How long a wish is tried again while the database is away; then its sender is told and may ask again."""

ANSWER_SECONDS: Final = 5.0
"""How long the database may take over a batch where no setting says otherwise: it may also hang."""

PAUSE_SECONDS: Final = 0.1
UNAVAILABLE: Final = Refused("unavailable", "conversations.not_sent")
_PLANNER: Final = (
    "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; "
    "set enable_hashjoin = off; set enable_mergejoin = off"
)
"""The statements of this path go from the batch into the tables by index, whatever statistics say."""

Answer = Entry | Refused
Tell = Callable[[Answer], object]
Hear = Callable[[Sequence[Envelope]], object]
OnRefused = Callable[[Asked, Thread, Refused], object]

_log = log.get("conversations")
_BATCHES = Histogram("xiaoer_committer_batch", "Wishes in a batch", buckets=(1, 2, 4, 8, 16, 32, 64, 128))
_ANSWERS = Counter("xiaoer_committer_answers_total", "Wishes answered, by outcome", ["outcome"])
_AGAIN = Counter("xiaoer_committer_again_total", "Wishes decided again, by cause", ["cause"])
_SENT = _ANSWERS.labels("sent")


class Ticket:
    """One wish on its way: what is asked, and who is told the answer, once."""

    __slots__ = ("asked", "doubtful", "settled", "since", "tell", "tries")

    def __init__(self, asked: Asked, tell: Tell, since: float) -> None:
        self.asked = asked
        self.tell = tell
        self.since = since
        self.doubtful = False
        """Whether it may be kept already, without an answer and without anybody having heard of it."""
        self.settled = False
        self.tries = 0

    @property
    def conversation(self) -> UUID:
        return self.asked.message.conversation

    def settle(self, answer: Answer) -> None:
        """Give the answer."""
        if self.settled:
            return
        self.settled = True
        if isinstance(answer, Entry):
            _SENT.inc()
        else:
            _ANSWERS.labels(answer.code).inc()
        try:
            self.tell(answer)
        except Exception:  # noqa: BLE001 - whoever cannot hear an answer must not keep the others from theirs
            _log.exception("answer_not_heard")


class _Line:
    """A connection of the committer, set up for its statements whenever it is a new one."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._known: Connection | None = None

    async def close(self) -> None:
        await self._channel.close()

    @asynccontextmanager
    async def use(self, tenant: UUID) -> AsyncGenerator[Connection]:
        async with self._channel.use(tenant) as connection:
            if connection is not self._known:
                await connection.execute(_PLANNER)
                self._known = connection
            yield connection


class Committer:
    """Takes wishes and answers each with its entry or a refusal; one runs in each process.

    `hear` gets what sockets of this process are to hear; `on_refused` what the rules refused in an existing
    conversation.
    """

    def __init__(
        self,
        database: Database,
        shops: Shops,
        *,
        hear: Hear,
        on_refused: OnRefused | None = None,
        connections: int = CONNECTIONS,
        patience_seconds: float = PATIENCE_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._database = database
        self._shops = shops
        self._hear = hear
        self._on_refused = on_refused
        self._connections = connections
        self._patience_seconds = patience_seconds
        self._answer_seconds = answer_seconds
        self._idle = [_Line(database.committer_connection()) for _ in range(connections)]
        self._waiting: dict[UUID, deque[Ticket]] = {}
        self._count = 0
        self._busy: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._soon: asyncio.Handle | None = None
        self._gather: asyncio.TimerHandle | None = None
        self._breath = Breath()
        self._awaited = self._before = 0
        self._closed = False

    def submit(self, asked: Asked) -> "asyncio.Future[Answer]":
        """Queue a wish; the future is its answer and never raises."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def tell(said: Answer) -> None:
            if not answer.done():  # whoever asked may have gone
                answer.set_result(said)

        self.hand_in(asked, tell)
        return answer

    def hand_in(self, asked: Asked, tell: Tell) -> None:
        """Queue a wish; `tell` is called with its answer, in the step in which the others hear of it."""
        ticket = Ticket(asked, tell, asyncio.get_running_loop().time())
        if self._closed:
            ticket.settle(UNAVAILABLE)
            return
        self._queue(asked.speaker.tenant).append(ticket)
        self._count += 1
        self._schedule()

    async def close(self) -> None:
        """Answer what is in flight, refuse what still waits, take no more."""
        self._closed = True
        self._start()
        while self._tasks:
            await asyncio.wait(self._tasks)
        for waiting in self._waiting.values():
            for ticket in waiting:
                ticket.settle(UNAVAILABLE)
        for line in self._idle:
            await line.close()

    def _queue(self, tenant: UUID) -> deque[Ticket]:
        waiting = self._waiting.get(tenant)
        if waiting is None:
            waiting = self._waiting[tenant] = deque()
        return waiting

    def _schedule(self) -> None:
        """Start a batch as soon as the rule above allows it."""
        if not self._idle or self._soon is not None:
            return
        loop = asyncio.get_running_loop()
        if self._awaited:
            if self._count >= self._awaited:
                self._start()
        elif len(self._idle) == self._connections:
            self._soon = loop.call_soon(self._start)  # what else this turn of the loop brings comes along
        elif self._count >= BATCH:
            self._start()
        elif self._gather is None:
            self._gather = loop.call_later(GATHER_SECONDS, self._start)

    def _start(self) -> None:
        """Give every idle connection a batch, as far as there are wishes that need not wait for others."""
        if self._gather is not None:
            self._gather.cancel()
        if self._awaited:
            self._breath.drawn(self._count - self._before)
        self._soon = self._gather = None
        self._awaited = 0
        for tenant in list(self._waiting):
            if not self._idle:
                return
            if batch := self._take(tenant):
                self._spawn(self._run(self._idle.pop(), tenant, batch))

    def _take(self, tenant: UUID) -> list[Ticket]:
        """The next batch of a tenant: first come, first served, but none whose conversation is in flight."""
        waiting = self._waiting.pop(tenant)
        batch: list[Ticket] = []
        left: deque[Ticket] = deque()
        while waiting and len(batch) < BATCH:
            ticket = waiting.popleft()
            (left if ticket.conversation in self._busy else batch).append(ticket)
        left.extend(waiting)
        if left:
            self._waiting[tenant] = left  # now last: the next tenant's turn comes first
        self._busy.update(ticket.conversation for ticket in batch)
        self._count -= len(batch)
        return batch

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, line: _Line, tenant: UUID, batch: list[Ticket]) -> None:
        _BATCHES.observe(len(batch))
        kept: set[UUID] = set()
        began = asyncio.get_running_loop().time()
        try:
            kept = await self._commit(line, tenant, batch)
        finally:
            self._busy.difference_update({ticket.conversation for ticket in batch} - kept)
            self._idle.append(line)
            self._breathe(len(batch), asyncio.get_running_loop().time() - began)

    def _breathe(self, answered: int, seconds: float) -> None:
        """A batch is kept: the next one starts, in a crowd with those who were just answered."""
        pause = self._breath.after(answered, seconds)
        if self._closed or not pause or self._count >= BATCH:
            if self._count:
                self._start()
        elif self._gather is None:
            self._before, self._awaited = self._count, min(self._count + answered, BATCH)
            self._gather = asyncio.get_running_loop().call_later(pause, self._start)

    async def _commit(self, line: _Line, tenant: UUID, batch: list[Ticket]) -> set[UUID]:
        """Carry out a batch; the conversations that stay busy, because work in them goes on elsewhere."""
        try:
            async with asyncio.timeout(self._answer_seconds), line.use(tenant) as connection:
                done = await rounds.run(
                    connection, tenant, self._database.origin, [ticket.asked for ticket in batch], self._shops
                )
        except Refusal as refusal:
            if refusal.refused.kind != "unavailable":
                return await self._apart(line, tenant, batch, refusal)
            return self._put_off(tenant, batch, refusal.refused)
        except TimeoutError:
            return self._put_off(tenant, batch, BUSY)
        except TryAgain:
            outcomes: list[Outcome] = [rounds.CHANGED] * len(batch)
            return self._settle(tenant, batch, outcomes, [None] * len(batch))
        except Exception as fault:  # noqa: BLE001 - one bad wish must not spoil its neighbours
            return await self._apart(line, tenant, batch, fault)
        kept = self._settle(tenant, batch, done.outcomes, done.threads)
        # after the answers: a sender's own socket gets both in one frame
        self._hear([*done.told, *_unheard(tenant, batch, done)])
        return kept

    def _settle(
        self,
        tenant: UUID,
        batch: list[Ticket],
        outcomes: Sequence[Outcome],
        threads: Sequence[Thread | None],
    ) -> set[UUID]:
        """Give the answers; put back what is to be decided again, and send off what needs its lock."""
        again: list[Ticket] = []
        alone: set[UUID] = set()
        for ticket, outcome, thread in zip(batch, outcomes, threads, strict=True):
            if isinstance(outcome, Again):
                ticket.tries += outcome.changed
                if ticket.tries <= TRIES or ticket.conversation in alone:
                    again.append(ticket)
                    continue
            if isinstance(outcome, (Again, NeedsLock)):
                alone.add(ticket.conversation)
                self._spawn(self._alone(tenant, ticket))
                continue
            ticket.settle(outcome)
            if isinstance(outcome, Refused) and thread is not None and self._on_refused is not None:
                self._on_refused(ticket.asked, thread, outcome)
        if again:
            _AGAIN.labels("changed").inc(len(again))
            self._put_back(tenant, again)
        return alone

    async def _alone(self, tenant: UUID, ticket: Ticket) -> None:
        """Carry out one wish in its own transaction, under its conversation's lock."""
        try:
            async with asyncio.timeout(self._answer_seconds):
                answer = await self._database.run(
                    tenant, lambda tx: say_locked(tx, ticket.asked, self._shops)
                )
        except Refusal as refusal:
            answer = refusal.refused
        except TimeoutError:
            answer = UNAVAILABLE
        except Exception as fault:  # noqa: BLE001 - whoever asked gets an answer
            _log.error("wish_failed", conversation=str(ticket.conversation), fault=repr(fault))
            answer = UNAVAILABLE
        ticket.settle(answer)
        self._busy.discard(ticket.conversation)
        if self._count:
            self._start()

    def _put_back(self, tenant: UUID, tickets: list[Ticket]) -> None:
        """Back to the head of the queue, in their order."""
        self._queue(tenant).extendleft(reversed(tickets))
        self._count += len(tickets)

    def _put_off(self, tenant: UUID, batch: list[Ticket], refused: Refused) -> set[UUID]:
        """The database is away: whether the batch was written is not known, so it is asked again soon."""
        now = asyncio.get_running_loop().time()
        again: list[Ticket] = []
        for ticket in batch:
            ticket.doubtful = True
            if now - ticket.since < self._patience_seconds and not self._closed:
                again.append(ticket)
            else:
                ticket.settle(UNAVAILABLE)
        if again:
            _AGAIN.labels(refused.code).inc(len(again))
            self._spawn(self._pause(tenant, again))
        return {ticket.conversation for ticket in again}

    async def _pause(self, tenant: UUID, tickets: list[Ticket]) -> None:
        await asyncio.sleep(PAUSE_SECONDS)
        self._busy.difference_update(ticket.conversation for ticket in tickets)
        self._put_back(tenant, tickets)
        self._schedule()

    async def _apart(self, line: _Line, tenant: UUID, batch: list[Ticket], fault: Exception) -> set[UUID]:
        """Something in the batch cannot be written: each wish is tried for itself."""
        if len(batch) == 1:
            _log.error("wish_failed", conversation=str(batch[0].conversation), fault=repr(fault))
            batch[0].settle(fault.refused if isinstance(fault, Refusal) else UNAVAILABLE)
            return set()
        _AGAIN.labels("fault").inc(len(batch))
        kept: set[UUID] = set()
        behind: list[Ticket] = []
        for ticket in batch:
            if ticket.conversation in kept:
                behind.append(ticket)
            else:
                kept |= await self._commit(line, tenant, [ticket])
        self._put_back(tenant, behind)
        return kept


def _unheard(tenant: UUID, batch: Sequence[Ticket], done: rounds.Round) -> list[Envelope]:
    """What was kept by an earlier try that got no answer: nobody in this process has heard of it."""
    return [
        one
        for ticket, outcome, thread in zip(batch, done.outcomes, done.threads, strict=True)
        if ticket.doubtful and isinstance(outcome, Entry) and thread is not None
        for one in rounds.missed(tenant, thread, outcome.version)
    ]
