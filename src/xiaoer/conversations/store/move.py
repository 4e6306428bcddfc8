"""How a change of state is kept: the conversation, its consultation, and the staff line that says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.conversations.model.desk import DeskEntry
from xiaoer.conversations.model.thread import Thread
from xiaoer.conversations.store.send import PLACE
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "move.sql")
_json: Final = msgspec.json.Encoder().encode
_save_thread: Final = statements.value("save_thread", int)
_count_lines: Final = statements.value("count_lines", int)
_insert_desk_entry: Final = statements.command("insert_desk_entry")
_insert_desk_entries: Final = statements.command("insert_desk_entries")
_open_consultation: Final = statements.command("open_consultation")
_save_consultation: Final = statements.command("save_consultation")


async def save_thread(tx: Tx, was: Thread, now: Thread, at: datetime) -> None:
    """Keep a thread as it stands now, together with other writes; it is as it was read, for it is locked."""
    await _save_thread.later(
        tx,
        PLACE,
        None,
        RuntimeError(f"conversation {was.id} was moved without its lock"),
        desk_version=now.desk_version,
        state=now.state,
        consultation=now.consultation,
        queue=now.queue,
        assignee=now.assignee,
        answered=now.answered,
        opened_at=now.opened_at,
        queued_at=now.queued_at,
        at=at,
        waiting_since=now.waiting_since,
        reply_due_at=now.reply_due_at,
        reply_warn_at=now.reply_warn_at,
        snoozed_until=now.snoozed_until,
        merged_into=now.merged_into,
        shop=now.shop,
        id=now.id,
        version=was.version,
        was_desk_version=was.desk_version,
    )


async def count_lines(tx: Tx, threads: Sequence[Thread]) -> None:
    """Another staff line in each of these threads, which are locked and otherwise stay as they were read."""
    await _count_lines.later(
        tx,
        PLACE,
        None,
        RuntimeError("conversations were written in without their locks"),
        shops=[was.shop for was in threads],
        ids=[was.id for was in threads],
        versions=[was.version for was in threads],
        desk_versions=[was.desk_version for was in threads],
    )


async def insert_desk_entries(tx: Tx, lines: Sequence[tuple[UUID, DeskEntry]], at: datetime) -> None:
    """Keep staff lines the program wrote, each with its shop, at most one in a conversation."""
    entries = [entry for _, entry in lines]
    await _insert_desk_entries.later(
        tx,
        "conversations.desk_entry",
        None,
        at=at,
        shops=[shop for shop, _ in lines],
        conversations=[entry.conversation_id for entry in entries],
        versions=[entry.version for entry in entries],
        ids=[entry.id for entry in entries],
        kinds=[entry.kind for entry in entries],
        after_versions=[entry.after_version for entry in entries],
        bodies=[_json(entry.body).decode() for entry in entries],
    )


async def insert_desk_entry(tx: Tx, shop: UUID, entry: DeskEntry) -> None:
    """Keep a staff line."""
    await _insert_desk_entry.later(
        tx,
        "conversations.desk_entry",
        None,
        shop=shop,
        conversation=entry.conversation_id,
        version=entry.version,
        id=entry.id,
        kind=entry.kind,
        person=entry.person_id,
        text=entry.text,
        mentions=list(entry.mentions),
        after_version=entry.after_version,
        body=entry.body,
        at=entry.at,
    )


async def open_consultation(
    tx: Tx, thread: Thread, *, opened_by: str, channel: str, off_hours: bool, at: datetime
) -> None:
    """Keep the consultation a thread has just opened; its first entry is the next one."""
    await _open_consultation.run(
        tx,
        shop=thread.shop,
        conversation=thread.id,
        number=thread.consultation,
        at=at,
        version=thread.version + 1,
        opened_by=opened_by,
        channel=channel,
        off_hours=off_hours,
        queue=thread.queue,
        assignee=thread.assignee,
    )


async def save_consultation(
    tx: Tx, thread: Thread, *, person: UUID | None, closed: bool, at: datetime
) -> None:
    """Keep who serves the current consultation, and whether it is closed."""
    await _save_consultation.run(
        tx,
        queue=thread.queue,
        assignee=thread.assignee,
        closed=closed,
        at=at,
        version=thread.version,
        person=person,
        shop=thread.shop,
        conversation=thread.id,
        number=thread.consultation,
    )
