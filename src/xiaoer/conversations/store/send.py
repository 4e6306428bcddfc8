"""The two statements of the message path: read the facts of a batch, append the batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from xiaoer.conversations.events import Added
from xiaoer.conversations.model.entry import Entry, Sealed
from xiaoer.conversations.model.thread import Facts, Relation, Thread
from xiaoer.conversations.rules.speak import Opening, Spoken
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Envelope, line
from xiaoer.plumbing.sql import Asked, Statements
from xiaoer.plumbing.together import Part

statements: Final = Statements(__file__, "send.sql")
_LOAD: Final = statements.text("load_facts")
_MANY: Final = "unnest($2::conversations.question[]) with ordinality as w"
_ONE: Final = "(select 1 as ordinality, (($2::conversations.question[])[1]).*) as w"
_LOAD_ONE: Final = _LOAD.replace(_MANY, _ONE)
"""The same about one wish. PostgreSQL expects ten rows of an array whose length it does not know, holds a
plan for any array to be dearer than one made anew, and so plans each time: ten times the look-up itself."""

_lock: Final = statements.value("lock_conversation", UUID)
_lock_thread: Final = statements.rows("lock_thread", Thread)
_lock_threads: Final = statements.rows("lock_threads", Thread)
_place_of_order: Final = statements.rows("place_of_order", Thread)
_known: Final = statements.value("known", UUID)
_announce: Final = statements.value("announce", int)
PLACE: Final = "conversations.conversation"

_THREAD: Final = len(Thread.__struct_fields__)
_RELATION: Final = len(Relation.__struct_fields__)
_RELATION_AT: Final = 1 + _THREAD
_FIRST_AT: Final = _RELATION_AT + _RELATION
_APPEND: Final = statements.text("append")
assert statements.parameters("load_facts") == ("tenant", "questions")
assert _MANY in _LOAD
Record = tuple[object, ...]
_json: Final = msgspec.json.Encoder().encode


class Question(Struct, frozen=True):
    """What is asked about one wish."""

    conversation: UUID
    person: UUID | None
    staff: bool
    client_id: str | None


class Write(Struct, frozen=True):
    """All that is written in one conversation: how it was read, and what was said in it, in order.

    `news` are events for reactions (name, JSON); `told` those for sockets.
    """

    was: Thread
    spoken: Sequence[Spoken]
    news: Sequence[tuple[str, str]] = ()
    told: Sequence[Envelope] = ()
    minds_reading: bool = False
    """Whether the write depends on how far the parties have read (recalls count unread lines)."""


async def load_facts(connection: Connection, tenant: UUID, asked: Sequence[Question]) -> list[Facts | None]:
    """The facts of each wish, None where no such conversation exists."""
    questions = [(one.conversation, one.person, one.staff, one.client_id) for one in asked]
    rows = await connection.fetch(_LOAD_ONE if len(asked) == 1 else _LOAD, tenant, questions)
    found: list[Facts | None] = [None] * len(asked)
    for row in rows:
        values = tuple(row)
        place: int = values[0]
        found[place] = Facts(
            Thread(*values[1:_RELATION_AT]),
            Relation(*values[_RELATION_AT:_FIRST_AT]),
            _first(values, asked[place].client_id) if values[_FIRST_AT] is not None else None,
        )
    return found


def _first(values: tuple[object, ...], client_id: str | None) -> Entry:
    version, entry_id, role, person, kind, text, body, at, consultation = values[_FIRST_AT:]
    return msgspec.convert(
        {
            "conversation_id": values[1],
            "version": version,
            "id": entry_id,
            "client_id": client_id,
            "role": role,
            "person_id": person,
            "name": "",
            "kind": kind,
            "text": text or "",
            "body": body or {},
            "at": at,
            "consultation": consultation,
        },
        Entry,
    )


async def lock(tx: Tx, conversation: UUID) -> bool:
    """Keep everybody else from writing in a conversation until the end; False when there is none."""
    return await _lock.first(tx, conversation=conversation) is not None


def thread_asked(tx: Tx, conversation: UUID) -> Asked[Thread]:
    """The same as `lock_thread`, to be asked together with something else."""
    return _lock_thread.asked(tx, conversation=conversation)


def place_asked(tx: Tx, purchase: UUID, id: UUID, now: datetime) -> Asked[Thread]:
    """The conversation of an order's buyer with its shop, locked or made, to be asked with something else."""
    return _place_of_order.asked(tx, purchase=purchase, id=id, now=now)


async def lock_thread(tx: Tx, conversation: UUID) -> Thread | None:
    """A conversation, kept from everybody else until the end; None when there is none."""
    return await _lock_thread.first_aside(tx, PLACE, conversation=conversation)


async def lock_threads(tx: Tx, conversations: Sequence[UUID]) -> tuple[list[Thread], set[UUID]]:
    """Those of the conversations that can be had at once, kept for oneself; and those somebody else has."""
    found = await _lock_threads.all(tx, conversations=list(conversations))
    missing = set(conversations) - {thread.id for thread in found}
    return found, set(await _known.all(tx, conversations=list(missing))) if missing else missing


async def append_later(tx: Tx, at: datetime, write: Write, missed: Exception) -> None:
    """The same as `append` of one locked conversation, untold and together with other writes.

    Raises `missed` where it is not as it was read.
    """
    if _adds_a_line(write):
        await _announced(tx, write.was, write.spoken[0].sealed, missed)
        return

    def proved(written: Sequence[bool]) -> None:
        if not all(written):
            raise missed

    values = _arguments(tx.tenant, "", at, [write], tell=False)
    await tx.connection.later(Part(_APPEND, values, PLACE, proved))


def _adds_a_line(write: Write) -> bool:
    """Whether all that is written is one line: whose turn it is, clocks and counts stay as they were."""
    if len(write.spoken) != 1 or write.minds_reading:
        return False
    (one,) = write.spoken
    then = structs.replace(write.was, version=one.thread.version, last_hash=one.thread.last_hash)
    return one.opening is None and not one.first_answer and one.thread == then


async def _announced(tx: Tx, was: Thread, sealed: Sealed, missed: Exception) -> None:
    entry = sealed.entry
    await _announce.later(
        tx,
        PLACE,
        None,
        missed,
        shop=was.shop,
        conversation=was.id,
        was_version=was.version,
        was_desk_version=was.desk_version,
        version=entry.version,
        entry=entry.id,
        client_id=entry.client_id,
        role=entry.role,
        person=entry.person_id,
        kind=entry.kind,
        consultation=entry.consultation,
        at=entry.at,
        recalls=sealed.recalls,
        text=entry.text,
        body=entry.body,
        guard=sealed.guard,
        salt=sealed.salt,
        inner_hash=sealed.inner,
        hash=sealed.hash,
    )


async def append(
    connection: Connection,
    tenant: UUID,
    origin: str,
    at: datetime,
    writes: Sequence[Write],
    *,
    tell: bool = True,
) -> list[bool]:
    """Write them, in one transaction; for each whether it was written.

    A conversation that is not as it was read is left alone. `writes` are in the order of the conversations'
    ids. Without `tell` the caller publishes the events himself. The tuples are rows of the composite types
    of migration 0007: asyncpg carries an array of rows far cheaper than an array for each column.
    """
    written: list[bool] = await connection.fetchval(
        _APPEND, *_arguments(tenant, origin, at, writes, tell=tell)
    )
    return written


def _arguments(
    tenant: UUID, origin: str, at: datetime, writes: Sequence[Write], *, tell: bool
) -> tuple[object, ...]:
    changes: list[Record] = []
    entries: list[Record] = []
    openings: list[Record] = []
    answers: list[Record] = []
    news: list[Record] = []
    for c, write in enumerate(writes, 1):
        changes.append(_change(write, tell=tell))
        place = (c, write.was.shop, write.was.id)
        for one in write.spoken:
            entries.append((*place, *_new_entry(one.sealed)))
            if one.opening is not None:
                openings.append((*place, *_opening(one.sealed.entry, one.opening)))
            if one.first_answer:
                answers.append((*place, *_answer(one.sealed.entry)))
        if tell:
            news += [(c, *one) for one in write.news]
    return tenant, origin, at, changes, entries, openings, answers, news


def added(shop: UUID, entry: Entry) -> Added:
    """An entry as reactions hear of it."""
    return Added(shop, entry.conversation_id, entry.version, entry.role, entry.kind, entry.consultation)


def _change(write: Write, *, tell: bool) -> Record:
    was, now = write.was, write.spoken[-1].thread
    waits = None
    if now.waiting_since != was.waiting_since:
        waits = "stop" if now.waiting_since is None else "start"
    return (
        was.id,
        was.shop,
        was.version,
        was.desk_version,
        was.buyer_read if write.minds_reading else None,
        was.shop_read if write.minds_reading else None,
        now.version,
        now.last_hash,
        now.state,
        now.consultation,
        now.answered,
        _seconds(now.opened_at) if now.consultation > was.consultation else None,
        now.state != "snoozed" and was.state == "snoozed",
        waits,
        *(_wait(now) if waits == "start" else _NO_WAIT),
        None if now.last_at is was.last_at else _seconds(now.last_at),
        now.last_text,
        now.last_kind,
        now.last_role,
        now.last_version,
        now.unread_shop - was.unread_shop,
        now.unread_buyer - was.unread_buyer,
        _json([added(was.shop, one.sealed.entry) for one in write.spoken])[1:-1].decode() if tell else "",
        "\n".join([line(one) for one in write.told]) if tell else "",
    )


def _wait(now: Thread) -> tuple[float | None, float | None, float | None]:
    return _seconds(now.waiting_since), _seconds(now.reply_due_at), _seconds(now.reply_warn_at)


_NO_WAIT: Final = (None, None, None)


def _seconds(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()


def _new_entry(sealed: Sealed) -> Record:
    entry = sealed.entry
    return (
        entry.version,
        entry.id,
        entry.client_id,
        entry.role,
        entry.person_id,
        entry.kind,
        entry.consultation,
        entry.at.timestamp(),
        sealed.recalls,
        entry.text,
        _json(entry.body).decode() if entry.body else "{}",
        _json(sealed.guard).decode() if sealed.guard else None,
        sealed.salt,
        sealed.inner,
        sealed.hash,
    )


def _opening(entry: Entry, opening: Opening) -> Record:
    return opening.number, entry.at.timestamp(), entry.version, opening.by, opening.off_hours


def _answer(entry: Entry) -> Record:
    return entry.consultation, entry.at.timestamp(), entry.person_id
