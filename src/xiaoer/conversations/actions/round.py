"""One round of the committer: read the facts of a batch, decide it, write it. Two round trips."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.events import (
    ConsultationOpened,
    ConsultationWoken,
    ConversationChanged,
    EntryAdded,
    EntryMarked,
    OffHoursAsked,
    ServedChanged,
)
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.model.thread import Asked, Facts, Thread
from xiaoer.conversations.queries.shops import Shops
from xiaoer.conversations.rules.batch import Decision, NeedsLock, Repeats, decide_batch
from xiaoer.conversations.rules.speak import Spoken
from xiaoer.conversations.store import send as store
from xiaoer.conversations.store.send import Write
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Envelope, Event, envelope


class Again(Struct, frozen=True):
    """The wish is to be decided again: its conversation changed meanwhile, or waits for an earlier wish."""

    changed: bool


CHANGED: Final = Again(changed=True)
BEHIND: Final = Again(changed=False)
Outcome = Entry | Refused | NeedsLock | Again


class Round(Struct, frozen=True):
    """What came of a batch: an outcome for each wish, and what the sockets hear."""

    outcomes: list[Outcome]
    told: list[Envelope]
    threads: list[Thread | None]


async def run(
    connection: Connection, tenant: UUID, origin: str, asked: Sequence[Asked], shops: Shops
) -> Round:
    """Carry out a batch of wishes of one marketplace on a connection outside a transaction."""
    facts = await store.load_facts(connection, tenant, [question(one) for one in asked])
    now = max(one.at for one in asked)
    rules = {shop: await shops.of(tenant, shop, now) for shop in {one.thread.shop for one in facts if one}}
    decisions = decide_batch(asked, facts, rules)
    writes = writes_of(tenant, asked, facts, decisions)
    written = await store.append(connection, tenant, origin, now, writes) if writes else []
    fresh = {write.was.id: ok for write, ok in zip(writes, written, strict=True)}
    told = [one for write in writes if fresh[write.was.id] for one in write.told]
    return Round(_outcomes(asked, decisions, fresh), told, [one.thread if one else None for one in facts])


def question(one: Asked) -> store.Question:
    """What the database is asked about a wish."""
    return store.Question(
        one.message.conversation, one.speaker.person, one.speaker.role != "buyer", one.message.client_id
    )


def writes_of(
    tenant: UUID, asked: Sequence[Asked], facts: Sequence[Facts | None], decisions: Sequence[Decision]
) -> list[Write]:
    """The accepted wishes by conversation, in the order of ids; nothing behind a wish that needs the lock."""
    spoken: dict[UUID, list[Spoken]] = {}
    was: dict[UUID, Thread] = {}
    held: set[UUID] = set()
    for one, known, decision in zip(asked, facts, decisions, strict=True):
        conversation = one.message.conversation
        if isinstance(decision, NeedsLock):
            held.add(conversation)
        elif isinstance(decision, Spoken) and known is not None and conversation not in held:
            spoken.setdefault(conversation, []).append(decision)
            was.setdefault(conversation, known.thread)
    return [write_of(tenant, was[key], spoken[key]) for key in sorted(spoken)]


def write_of(tenant: UUID, was: Thread, spoken: Sequence[Spoken], *, minds_reading: bool = False) -> Write:
    """All that is written and told about one conversation."""
    news = [(type(event).name, envelope(event).body or "") for event in news_of(tenant, was, spoken)]
    told = [envelope(event) for event in told_of(tenant, was, spoken)]
    return Write(was, spoken, news, told, minds_reading)


def news_of(tenant: UUID, was: Thread, spoken: Sequence[Spoken]) -> list[Event]:
    """What reactions hear besides the entries."""
    events: list[Event] = []
    for one in spoken:
        entry, thread = one.sealed.entry, one.thread
        if one.opening is not None and thread.assignee is None:
            events.append(
                ConsultationOpened(
                    tenant=tenant, at=entry.at, shop=was.shop, conversation=was.id,
                    consultation=one.opening.number, buyer=was.buyer, off_hours=one.opening.off_hours,
                )
            )  # fmt: skip
        if one.off_hours:
            events.append(
                OffHoursAsked(
                    tenant=tenant,
                    at=entry.at,
                    shop=was.shop,
                    conversation=was.id,
                    consultation=thread.consultation,
                    entry_version=entry.version,
                )
            )
        if one.woken and thread.assignee is not None:
            events.append(
                ConsultationWoken(
                    tenant=tenant, at=entry.at, shop=was.shop, conversation=was.id,
                    consultation=thread.consultation, assignee=thread.assignee,
                )
            )  # fmt: skip
    return events


def told_of(tenant: UUID, was: Thread, spoken: Sequence[Spoken]) -> list[Event]:
    """What sockets hear: each entry; once for the conversation how it stands now."""
    events: list[Event] = []
    for one in spoken:
        entry = one.sealed.entry
        events.append(entry_added(tenant, one.thread, entry))
        if one.sealed.guard is not None:
            events.append(
                EntryMarked(
                    tenant=tenant, at=entry.at, conversation=was.id, entry_version=entry.version,
                    guard=one.sealed.guard,
                )
            )  # fmt: skip
    thread, at = spoken[-1].thread, spoken[-1].sealed.entry.at
    if (thread.state, thread.consultation) != (was.state, was.consultation):
        events.append(conversation_changed(tenant, thread, at))
        if thread.assignee is not None:
            events.append(served_changed(tenant, thread, thread.assignee, at))
    return events


def missed(tenant: UUID, thread: Thread, version: int) -> list[Envelope]:
    """Pokes for everybody who was to hear of an entry and may not have: "fetch what you are missing"."""
    ids = {"conversation": thread.id, "shop": thread.shop, "assignee": thread.assignee}
    kinds: list[type[Event]] = [EntryAdded, EntryMarked, ConversationChanged]
    if thread.assignee is not None:
        kinds.append(ServedChanged)
    return [
        Envelope(tenant, kind.name, kind.topic.format(**ids), version if kind is EntryAdded else None, None)
        for kind in kinds
    ]


def entry_added(tenant: UUID, thread: Thread, entry: Entry) -> EntryAdded:
    """A new line, with the reply clock as it stands after it."""
    return EntryAdded(
        tenant=tenant,
        at=entry.at,
        version=entry.version,
        conversation=thread.id,
        entry=entry,
        waiting_since=thread.waiting_since,
        reply_due_at=thread.reply_due_at,
        reply_warn_at=thread.reply_warn_at,
    )


def served_changed(tenant: UUID, thread: Thread, assignee: UUID, at: datetime) -> ServedChanged:
    """What the assignee's list needs."""
    return ServedChanged(
        tenant=tenant, at=at, assignee=assignee, shop=thread.shop, conversation=thread.id, state=thread.state,
        entry_version=thread.version, desk_version=thread.desk_version, waiting_since=thread.waiting_since,
        reply_due_at=thread.reply_due_at, reply_warn_at=thread.reply_warn_at,
        snoozed_until=thread.snoozed_until, last_at=thread.last_at, last_text=thread.last_text,
        last_kind=thread.last_kind, last_role=thread.last_role, unread=max(thread.unread_shop, 0),
    )  # fmt: skip


def conversation_changed(tenant: UUID, thread: Thread, at: datetime) -> ConversationChanged:
    """What every desk of the shop may know."""
    return ConversationChanged(
        tenant=tenant, at=at, shop=thread.shop, conversation=thread.id, state=thread.state,
        consultation=thread.consultation, queue=thread.queue, assignee=thread.assignee,
        entry_version=thread.version, desk_version=thread.desk_version, waiting_since=thread.waiting_since,
        reply_due_at=thread.reply_due_at, snoozed_until=thread.snoozed_until, last_at=thread.last_at,
    )  # fmt: skip


def _outcomes(
    asked: Sequence[Asked], decisions: Sequence[Decision], fresh: Mapping[UUID, bool]
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    held: set[UUID] = set()
    for one, decision in zip(asked, decisions, strict=True):
        conversation = one.message.conversation
        if isinstance(decision, Repeats):
            outcomes.append(outcomes[decision.place])
        elif conversation in held:
            outcomes.append(BEHIND)
        elif isinstance(decision, Spoken):
            outcomes.append(decision.sealed.entry if fresh[conversation] else CHANGED)
        else:
            if isinstance(decision, NeedsLock):
                held.add(conversation)
            outcomes.append(decision)
    return outcomes
