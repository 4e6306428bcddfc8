"""What people at the desk do with a conversation; every deed asks tables/desk.toml first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.clocks.ring import Ring
from xiaoer.conversations.actions import assign
from xiaoer.conversations.actions.locked import lock_thread, lock_threads
from xiaoer.conversations.actions.move import Note, lock, move, note, note_all
from xiaoer.conversations.machine import Event
from xiaoer.conversations.model.thread import Facts, Speaker, Thread
from xiaoer.conversations.queries import threads
from xiaoer.conversations.rules.desk import DeskDeed, may
from xiaoer.conversations.store import assign as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.routing import actions as routing
from xiaoer.routing import queries as routes
from xiaoer.rulebook import queries as rulebook


async def allowed(tx: Tx, speaker: Speaker, conversation: UUID, deed: DeskDeed) -> Thread:
    """The conversation, locked, if this person may do this deed with it now; raises Refusal otherwise."""
    facts = await lock(tx, conversation, speaker.person)
    refused = may(deed, speaker, facts.thread, facts.relation)
    if refused is not None:
        raise Refusal(refused)
    return facts.thread


async def known(tx: Tx, speaker: Speaker, conversation: UUID) -> Facts:
    """A conversation as it stands, without a lock. Raises Refusal(not_found)."""
    found = await threads.known(tx, speaker, conversation)
    if found is None:
        raise Refusal(Refused("not_found", "conversations.not_found"))
    return found[0]


def person_of(speaker: Speaker) -> UUID:
    """Whoever works at the desk is a person; programs have no desk."""
    if speaker.person is None:
        raise TypeError("a program does nothing at the desk")
    return speaker.person


async def take(tx: Tx, speaker: Speaker, conversation: UUID, now: datetime) -> Thread:
    """Take a waiting conversation into one's own hands."""
    was = await allowed(tx, speaker, conversation, "take")
    return await assign.hand_over(
        tx, was, to=person_of(speaker), kind="assigned", by=person_of(speaker), by_name=speaker.name, now=now
    )


async def step_in(tx: Tx, speaker: Speaker, conversation: UUID, now: datetime) -> Thread:
    """A manager takes over what somebody else serves."""
    was = await allowed(tx, speaker, conversation, "step_in")
    return await assign.hand_over(
        tx,
        was,
        to=person_of(speaker),
        kind="stepped_in",
        by=person_of(speaker),
        by_name=speaker.name,
        now=now,
    )


async def pass_on(
    tx: Tx,
    speaker: Speaker,
    conversation: UUID,
    *,
    deed: DeskDeed,
    person: UUID | None,
    queue: UUID | None,
    text: str,
    now: datetime,
) -> Thread:
    """Give a conversation to a colleague or into a queue, with a hand-over note.

    `deed` is transfer (whoever serves it) or assign (a manager). Raises Refusal unless exactly one target
    is named.
    """
    if (person is None) == (queue is None):
        raise Refusal(Refused("invalid", "conversations.one_target"))
    was = await allowed(tx, speaker, conversation, deed)
    kind = "transferred" if deed == "transfer" else "assigned"
    if person is not None:
        return await assign.hand_over(
            tx,
            was,
            to=person,
            kind=kind,
            by=person_of(speaker),
            by_name=speaker.name,
            text=text,
            now=now,
        )
    return await assign.to_queue(
        tx,
        was,
        queue=queue,
        kind="transferred",
        by=person_of(speaker),
        by_name=speaker.name,
        text=text,
        now=now,
    )


async def release(tx: Tx, speaker: Speaker, conversation: UUID, now: datetime) -> Thread:
    """Give a conversation back into its queue."""
    was = await allowed(tx, speaker, conversation, "release")
    return await assign.to_queue(
        tx, was, queue=None, kind="released", by=person_of(speaker), by_name=speaker.name, now=now
    )


async def snooze(tx: Tx, speaker: Speaker, conversation: UUID, until: datetime, now: datetime) -> Thread:
    """Put a conversation aside until a time, or until the buyer writes."""
    was = await allowed(tx, speaker, conversation, "snooze")
    book = await rulebook.book(tx, was.shop, now)
    days = book.integer("conversation.snooze_days")
    if not now < until <= now + timedelta(days=days):
        raise Refusal(Refused("refused", "conversations.snooze_when", facts={"days": days}))
    return await move(
        tx,
        was,
        Event.SNOOZE,
        kind="snoozed",
        changed=structs.replace(was, snoozed_until=until),
        person=speaker.person,
        name=speaker.name,
        body={"until": until.isoformat()},
        at=now,
    )


async def wake(tx: Tx, speaker: Speaker, conversation: UUID, now: datetime) -> Thread:
    """End a snooze before its time."""
    was = await allowed(tx, speaker, conversation, "wake")
    return await woken(tx, was, speaker.person, speaker.name, now)


async def woken(tx: Tx, was: Thread, person: UUID | None, name: str, now: datetime) -> Thread:
    """Bring a locked, snoozed conversation back to its agent."""
    return await move(tx, was, Event.WAKE, kind="woken", person=person, name=name, at=now)


async def close(tx: Tx, speaker: Speaker, conversation: UUID, now: datetime) -> Thread:
    """End the consultation; the buyer's next words open another one."""
    was = await allowed(tx, speaker, conversation, "close")
    if was.assignee is not None:
        await routing.release(tx, was.shop, was.assignee, now)
    await clocks.stop(tx, was.id, assign.IGNORED)
    await clocks.stop(tx, was.id, assign.OVERFLOW)
    return await move(tx, was, Event.CLOSE, kind="closed", person=speaker.person, name=speaker.name, at=now)


async def reopen(tx: Tx, speaker: Speaker, conversation: UUID, now: datetime) -> Thread:
    """Begin another consultation from the shop's side, in one's own hands."""
    was = await allowed(tx, speaker, conversation, "reopen")
    if await routing.take(tx, was.shop, person_of(speaker), now, whatever_load=True) is None:
        raise Refusal(Refused("not_found", "routing.unknown_agent"))
    return await move(
        tx,
        was,
        Event.FOLLOW_UP,
        kind="reopened",
        changed=structs.replace(was, assignee=speaker.person, consultation=was.consultation + 1),
        person=speaker.person,
        name=speaker.name,
        at=now,
    )


async def share(tx: Tx, speaker: Speaker, conversation: UUID, person: UUID, now: datetime) -> Thread:
    """Let a colleague of the shop read and help."""
    was = await allowed(tx, speaker, conversation, "share")
    if await routes.agent(tx, was.shop, person) is None:
        raise Refusal(Refused("not_found", "routing.unknown_agent"))
    if not await store.insert_share(tx, was, person, person_of(speaker), now):
        return was
    return await note(
        tx,
        was,
        kind="shared",
        person=speaker.person,
        name=speaker.name,
        mentions=[person],
        body={"to": str(person)},
        at=now,
    )


async def replies_overdue(tx: Tx, rings: Sequence[Ring], now: datetime) -> list[Ring]:
    """Buyers still wait: the desks are warned, or the breaches are counted and written down (B1).

    Gives back what rang for conversations that somebody is just writing in: nobody waits for those.
    """
    found, held = await lock_threads(tx, [ring.owner for ring in rings])
    threads = {thread.id: thread for thread in found}
    overdue = [
        (threads[ring.owner], ring)
        for ring in rings
        if ring.owner in threads and threads[ring.owner].reply_due_at == ring.due_at
    ]
    if breached := [thread for thread, ring in overdue if ring.kind == "due"]:
        await store.count_breaches(tx, breached)
    if overdue:
        await note_all(tx, [_overdue(thread, ring) for thread, ring in overdue], now)
    return [ring for ring in rings if ring.owner in held]


def _overdue(thread: Thread, ring: Ring) -> Note:
    kind = "breached" if ring.kind == "due" else "warned"
    return Note(thread, kind, {"due_at": ring.due_at.isoformat()})


async def snooze_over(tx: Tx, conversation: UUID, until: datetime, now: datetime) -> None:
    """A snooze has run out."""
    thread = await lock_thread(tx, conversation)
    if thread is not None and thread.state == "snoozed" and thread.snoozed_until == until:
        await woken(tx, thread, None, "", now)
