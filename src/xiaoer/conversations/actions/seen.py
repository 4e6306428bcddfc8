"""Sent, delivered, read: marks are gathered for a moment and kept many at a time."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from prometheus_client import Counter

from xiaoer.conversations.events import Seen
from xiaoer.conversations.model.entry import Side
from xiaoer.conversations.model.thread import Reading
from xiaoer.conversations.store import seen as store
from xiaoer.conversations.store.seen import Marks
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import Event, publish

GATHER_SECONDS: Final = 0.05
AT_ONCE: Final = 200
WAITING_MAX: Final = 50_000
_LOST = Counter("xiaoer_marks_lost_total", "Reading marks given up because the database was away")
_log: Final = log.get("conversations")


async def mark(tx: Tx, readings: list[Reading], now: datetime) -> list[Marks]:
    """Keep how far people have read, and tell both sides."""
    moved = await store.mark(tx, readings)
    for one in moved:
        await publish(tx, *told(tx.tenant, one, now))
    return moved


def told(tenant: UUID, marks: Marks, now: datetime) -> list[Event]:
    """What the sockets hear of a change."""
    events: list[Event] = []
    if marks.buyer_moved:
        events.append(
            Seen(
                tenant=tenant, at=now, conversation=marks.id, side="buyer", read=marks.buyer_read,
                delivered=marks.buyer_delivered, unread=marks.unread_buyer,
            )
        )  # fmt: skip
    if marks.shop_moved:
        events.append(
            Seen(
                tenant=tenant, at=now, conversation=marks.id, side="shop", read=marks.shop_read,
                delivered=marks.shop_delivered, unread=marks.unread_shop,
            )
        )  # fmt: skip
    return events


class Marker:
    """Gathers the marks that come by the sockets; losing one in a crash costs a late tick, not a word."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._waiting: dict[UUID, dict[tuple[UUID, UUID, Side], tuple[int, int]]] = {}
        self._count = 0
        self._task: asyncio.Task[None] | None = None

    def note(
        self,
        tenant: UUID,
        conversation: UUID,
        person: UUID,
        side: Side,
        *,
        delivered: int = 0,
        read: int = 0,
    ) -> None:
        """One more mark; the highest counts."""
        if self._count >= WAITING_MAX:
            _LOST.inc()
            return
        marks = self._waiting.setdefault(tenant, {})
        key = (conversation, person, side)
        before = marks.get(key)
        if before is None:
            self._count += 1
            marks[key] = (delivered, read)
        else:
            marks[key] = (max(before[0], delivered), max(before[1], read))
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        """Keep what is still waiting."""
        while self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        try:
            await asyncio.sleep(GATHER_SECONDS)
            while self._waiting:
                tenant, marks = self._waiting.popitem()
                self._count -= len(marks)
                readings = [
                    Reading(conversation, person, side, delivered, read)
                    for (conversation, person, side), (delivered, read) in marks.items()
                ]
                for start in range(0, len(readings), AT_ONCE):
                    await self._keep(tenant, readings[start : start + AT_ONCE])
        finally:
            self._task = None
            if self._waiting:
                self._task = asyncio.get_running_loop().create_task(self._run())

    async def _keep(self, tenant: UUID, readings: list[Reading]) -> None:
        now = self._now()
        try:
            await self._database.run(tenant, lambda tx: mark(tx, readings, now))
        except Refusal:
            _LOST.inc(len(readings))
        except Exception:  # noqa: BLE001 - marks must not stop the marks of others
            _log.exception("marks_failed")
            _LOST.inc(len(readings))
