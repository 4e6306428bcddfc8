"""What routing does alone: notices who is connected and whose process has fallen silent."""

import asyncio
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock, log
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.hub import Hub
from xiaoer.plumbing.program import over_and_over
from xiaoer.routing import actions, store
from xiaoer.routing.events import AgentChanged
from xiaoer.routing.model import AgentState
from xiaoer.rulebook import queries as rulebook

BEAT_SECONDS: Final = 10.0
SILENT_AFTER: Final = timedelta(seconds=35)
_log = log.get("routing")


class Presence:
    """The sockets of agents in this process, kept in step with the database.

    `grace` is how long an agent may be without a connection before he is offline. Of one who is here already
    a further socket is only counted; `hub` tells when the database has come to think otherwise.
    """

    def __init__(self, database: Database, *, grace: timedelta, hub: Hub | None = None) -> None:
        self._database = database
        self._grace = grace
        self._process = clock.new_id()
        self._sockets: dict[tuple[UUID, UUID, UUID], int] = {}
        self._here: set[tuple[UUID, UUID, UUID]] = set()
        self._beaten: datetime | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._skips = hub is not None
        if hub is not None:
            hub.on(AgentChanged.name, self._changed)

    async def connected(self, tenant: UUID, shop: UUID, person: UUID) -> None:
        """One more socket of an agent."""
        key = (tenant, shop, person)
        self._sockets[key] = self._sockets.get(key, 0) + 1
        if key in self._here:
            return
        now = clock.now()

        async def arrive(tx: Tx) -> None:
            book = await rulebook.book(tx, shop, now)
            await actions.ensure_agent(tx, shop, person, book.integer("routing.default_capacity"), now)
            await actions.arrive(tx, shop, person, self._process, now)

        await self._database.run(tenant, arrive)
        if self._skips and key in self._sockets:
            self._here.add(key)

    def disconnected(self, tenant: UUID, shop: UUID, person: UUID) -> None:
        """One socket less; after the last one the agent has his grace, then he is offline."""
        key = (tenant, shop, person)
        left = self._sockets.get(key, 0) - 1
        if left > 0:
            self._sockets[key] = left
            return
        self._sockets.pop(key, None)
        self._here.discard(key)
        task = asyncio.create_task(self._settle_later(key))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    def _changed(self, news: Envelope | None) -> None:
        """Whoever is offline for the database arrives anew with his next socket; so do all after a gap."""
        if news is None or news.body is None:
            self._here.clear()
            return
        event = msgspec.json.decode(news.body, type=AgentChanged)
        if event.state == AgentState.OFFLINE:
            self._here.discard((event.tenant, event.shop, event.person))

    async def _settle_later(self, key: tuple[UUID, UUID, UUID]) -> None:
        await asyncio.sleep(self._grace.total_seconds())
        if key in self._sockets:
            return
        tenant, shop, person = key
        try:
            await self._database.run(tenant, lambda tx: actions.leave(tx, shop, person, self._process))
            await self._settle(tenant, shop, person)
        except Refusal as refusal:  # the database is away: the sweep comes again
            _log.warning("agent_not_settled", shop=str(shop), fault=str(refusal))
        except Exception:  # noqa: BLE001  the sweep comes again
            _log.exception("agent_not_settled", shop=str(shop))

    async def _settle(self, tenant: UUID, shop: UUID, person: UUID) -> None:
        now = clock.now()
        await self._database.run(
            tenant, lambda tx: actions.settle(tx, shop, person, grace=SILENT_AFTER, now=now)
        )

    async def run(self) -> None:
        """Beat for this process and sweep after the silent ones, until cancelled."""
        await over_and_over(
            self.beat, rest_seconds=BEAT_SECONDS, log=_log, interrupted="presence_beat_missed"
        )

    async def beat(self) -> None:
        """One beat and one sweep."""
        now = clock.now()
        if self._beaten is None or now - self._beaten > SILENT_AFTER:
            self._here.clear()  # others may have swept this process away
        async with self._database.system() as tx:
            await store.beat(tx, self._process, now)
            absent = await store.sweep(tx, now - SILENT_AFTER)
        self._beaten = now
        for each in absent:
            await self._settle(each.tenant, each.shop, each.person)

    async def close(self) -> None:
        """Forget this process's sockets at once: it stops."""
        for task in list(self._leaving):
            task.cancel()
        for tenant, shop, person in list(self._sockets):
            await self._database.run(
                tenant,
                lambda tx, shop=shop, person=person: actions.leave(tx, shop, person, self._process),
            )
