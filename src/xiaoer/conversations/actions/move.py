"""The only writer of a conversation's state outside the message path, and of its staff lines.

Where an event leads is said by the machine (machine.py), for both.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.clocks import actions as clocks
from xiaoer.conversations.actions.round import conversation_changed, served_changed
from xiaoer.conversations.events import ConsultationOpened, DeskEntryAdded
from xiaoer.conversations.machine import Event
from xiaoer.conversations.model.desk import DeskEntry, DeskKind
from xiaoer.conversations.model.thread import Facts, Thread
from xiaoer.conversations.queries.threads import without_held_words
from xiaoer.conversations.rules.speak import REPLY, SNOOZE
from xiaoer.conversations.rules.states import stepped
from xiaoer.conversations.store import move as store
from xiaoer.conversations.store import send
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.plumbing.program import Slice

_SERVED: Final = frozenset({"assigned", "snoozed"})
_OPEN: Final = frozenset({"queued", "assigned", "snoozed"})


async def lock(tx: Tx, conversation: UUID, person: UUID | None, *, staff: bool = True) -> Facts:
    """Lock a conversation and read it, with what one person is to it. Raises Refusal(not_found)."""
    if await send.lock(tx, conversation):
        (found,) = await send.load_facts(
            tx.connection, tx.tenant, [send.Question(conversation, person, staff, None)]
        )
        if found is not None:
            return found
    raise Refusal(Refused("not_found", "conversations.not_found"))


async def move(
    tx: Tx,
    was: Thread,
    event: Event,
    *,
    kind: DeskKind,
    changed: Thread | None = None,
    person: UUID | None,
    name: str = "",
    text: str = "",
    mentions: Sequence[UUID] = (),
    body: Mapping[str, object] | None = None,
    at: datetime,
) -> Thread:
    """Let an event happen to a locked conversation and say so to the staff.

    `changed` is `was` with its new queue, assignee, consultation, snooze and so on; the state comes from the
    machine, and what follows from it is set here: versions, clocks, the consultation's row. Returns the
    thread as it stands, ready for `actions.locked.say` in the same transaction. The load of agents is the
    caller's (routing.actions). Raises IllegalStep where the state does not take the event.
    """
    now = stepped(changed or was, event)
    return await _keep(
        tx, was, now, kind=kind, person=person, name=name, text=text, mentions=mentions, body=body, at=at
    )


async def _keep(
    tx: Tx,
    was: Thread,
    now: Thread,
    *,
    kind: DeskKind,
    person: UUID | None,
    name: str,
    text: str,
    mentions: Sequence[UUID],
    body: Mapping[str, object] | None,
    at: datetime,
) -> Thread:
    """Write how it stands now, with everything that follows from the state."""
    now = _settled(was, now, at)
    await store.save_thread(tx, was, now, at)
    await _consultation(tx, was, now, person, at)
    await _clocks(tx, was, now, at)
    entry = _line(
        now, kind=kind, person=person, name=name, text=text, mentions=mentions, body=body or {}, at=at
    )
    await store.insert_desk_entry(tx, now.shop, entry)
    await _tell_staff(tx, was, now, entry, at)
    return now


async def note(
    tx: Tx,
    thread: Thread,
    *,
    kind: DeskKind,
    person: UUID | None,
    name: str = "",
    text: str = "",
    mentions: Sequence[UUID] = (),
    body: Mapping[str, object] | None = None,
    at: datetime,
) -> Thread:
    """Add a staff line to a locked conversation without changing how it stands."""
    return await _keep(
        tx,
        thread,
        thread,
        kind=kind,
        person=person,
        name=name,
        text=text,
        mentions=mentions,
        body=body,
        at=at,
    )


class Note(Struct, frozen=True):
    """What the program has to say to the staff of a locked conversation."""

    thread: Thread
    kind: DeskKind
    body: Mapping[str, object]


async def note_all(tx: Tx, notes: Sequence[Note], at: datetime) -> None:
    """The same in many conversations, at most once in each, with as many trips as in one."""
    told: list[Note] = []
    lines: list[tuple[UUID, DeskEntry]] = []
    mine = Slice()
    for one in notes:
        was, now = one.thread, _settled(one.thread, one.thread, at)
        if now != structs.replace(was, desk_version=now.desk_version):  # more follows than a line
            await note(tx, was, kind=one.kind, person=None, body=one.body, at=at)
            continue
        line = _line(now, kind=one.kind, person=None, body=one.body, at=at)
        told.append(one)
        lines.append((now.shop, line))
        await _tell_staff(tx, was, now, line, at)
        await mine.pause()
    if told:
        await store.count_lines(tx, [one.thread for one in told])
        await store.insert_desk_entries(tx, lines, at)


def _settled(was: Thread, now: Thread, at: datetime) -> Thread:
    """What the state implies for the other fields."""
    served, is_open = now.state in _SERVED, now.state in _OPEN
    opens = now.consultation > was.consultation
    return structs.replace(
        now,
        version=was.version,
        desk_version=was.desk_version + 1,
        assignee=now.assignee if served else None,
        queue=now.queue if is_open else None,
        opened_at=at if opens else now.opened_at,
        queued_at=_queued_at(was, now, at),
        answered=now.answered and not opens,
        waiting_since=now.waiting_since if is_open else None,
        reply_due_at=now.reply_due_at if is_open else None,
        reply_warn_at=now.reply_warn_at if is_open else None,
        snoozed_until=now.snoozed_until if now.state == "snoozed" else None,
    )


def _queued_at(was: Thread, now: Thread, at: datetime) -> datetime | None:
    """The place in the queue: kept when it only changes queues, kept too when it comes back while waiting."""
    if now.state != "queued":
        return was.queued_at
    if was.state == "queued":
        return was.queued_at or at
    return now.waiting_since or at


async def _consultation(tx: Tx, was: Thread, now: Thread, person: UUID | None, at: datetime) -> None:
    if now.consultation > was.consultation:
        await store.open_consultation(tx, now, opened_by="shop", channel="chat", off_hours=False, at=at)
    elif (was.state, was.queue, was.assignee) != (now.state, now.queue, now.assignee) and now.consultation:
        await store.save_consultation(tx, now, person=person, closed=now.state in {"closed", "merged"}, at=at)


async def _clocks(tx: Tx, was: Thread, now: Thread, at: datetime) -> None:
    """The reply clock ends with the consultation; the snooze clock runs while it is snoozed."""
    if was.reply_due_at is not None and now.reply_due_at is None:
        await clocks.stop(tx, now.id, REPLY)
    elif now.reply_due_at is not None and now.reply_due_at != was.reply_due_at:
        await clocks.start(
            tx,
            owner=now.id,
            name=REPLY,
            shop=now.shop,
            due_at=now.reply_due_at,
            warn_at=now.reply_warn_at,
            now=at,
        )
    if was.snoozed_until is not None and now.snoozed_until is None:
        await clocks.stop(tx, now.id, SNOOZE)
    elif now.snoozed_until is not None and now.snoozed_until != was.snoozed_until:
        await clocks.start(tx, owner=now.id, name=SNOOZE, shop=now.shop, due_at=now.snoozed_until, now=at)


def _line(
    thread: Thread,
    *,
    kind: DeskKind,
    person: UUID | None,
    name: str = "",
    text: str = "",
    mentions: Sequence[UUID] = (),
    body: Mapping[str, object],
    at: datetime,
) -> DeskEntry:
    return DeskEntry(
        conversation_id=thread.id,
        version=thread.desk_version,
        id=new_id(),
        kind=kind,
        person_id=person,
        name=name,
        text=text,
        mentions=tuple(mentions),
        after_version=thread.version,
        body=dict(body),
        at=at,
    )


async def _tell_staff(tx: Tx, was: Thread, now: Thread, entry: DeskEntry, at: datetime) -> None:
    """The new line, and how the conversation stands after it."""
    await publish(
        tx,
        DeskEntryAdded(
            tenant=tx.tenant,
            at=at,
            version=entry.version,
            shop=now.shop,
            conversation=now.id,
            entry=without_held_words(entry, None),
        ),
    )
    await publish(tx, conversation_changed(tx.tenant, now, at))
    for assignee in {was.assignee, now.assignee} - {None}:
        assert assignee is not None
        await publish(tx, served_changed(tx.tenant, now, assignee, at))
    if now.consultation > was.consultation and now.assignee is None:
        await publish(
            tx,
            ConsultationOpened(
                tenant=tx.tenant, at=at, shop=now.shop, conversation=now.id, consultation=now.consultation,
                buyer=now.buyer, off_hours=False,
            ),
        )  # fmt: skip
