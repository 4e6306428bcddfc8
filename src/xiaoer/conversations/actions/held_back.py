"""When the guard holds back abuse, whoever leads the shop hears of it (S-016, S-061)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from xiaoer.conversations.actions.locked import lock_thread
from xiaoer.conversations.actions.move import note
from xiaoer.conversations.events import GuardBlocked
from xiaoer.conversations.model.thread import Asked, Thread
from xiaoer.conversations.rules.batch import is_blocked_abuse
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import publish

AGAIN_AFTER: Final = timedelta(seconds=10)
"""Trying the same words again and again makes one line, not twenty."""

_KEPT: Final = 1_000
_log: Final = log.get("conversations")


async def record(tx: Tx, asked: Asked, refused: Refused, now: datetime) -> None:
    """Write a staff line about words held back; only managers and their author can read the words."""
    thread = await lock_thread(tx, asked.message.conversation)
    if thread is None:
        return
    speaker = asked.speaker
    after = await note(
        tx,
        thread,
        kind="guard_blocked",
        person=speaker.person,
        name=speaker.name,
        text=asked.message.text,
        body={"kinds": refused.facts.get("kinds", []), "row": refused.row},
        at=now,
    )
    await publish(
        tx,
        GuardBlocked(
            tenant=tx.tenant,
            at=now,
            shop=thread.shop,
            conversation=thread.id,
            person=speaker.person,
            person_name=speaker.name,
            desk_entry_version=after.desk_version,
        ),
    )


class HeldBack:
    """Hears from the committer what was refused and writes down what a manager should see."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._lately: dict[tuple[UUID, UUID | None], datetime] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def __call__(self, asked: Asked, thread: Thread, refused: Refused) -> None:
        """One refusal."""
        if asked.speaker.role == "buyer" or not is_blocked_abuse(refused):
            return
        now, key = self._now(), (thread.id, asked.speaker.person)
        if (before := self._lately.get(key)) is not None and now - before < AGAIN_AFTER:
            return
        if len(self._lately) >= _KEPT:
            self._lately.clear()
        self._lately[key] = now
        task = asyncio.get_running_loop().create_task(self._record(asked, refused, now))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _record(self, asked: Asked, refused: Refused, now: datetime) -> None:
        try:
            await self._database.run(asked.speaker.tenant, lambda tx: record(tx, asked, refused, now))
        except Exception:  # noqa: BLE001 - the refusal itself has been given
            _log.exception("held_back_not_recorded")

    async def close(self) -> None:
        """Finish what is in hand."""
        if self._tasks:
            await asyncio.wait(self._tasks)
