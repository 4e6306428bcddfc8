"""Speaking under a conversation's lock: what needs more than a batch can give, and words of the program."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import structs

from xiaoer.conversations.actions.move import move
from xiaoer.conversations.actions.own import decided
from xiaoer.conversations.actions.round import news_of, question, told_of
from xiaoer.conversations.events import EntriesAdded
from xiaoer.conversations.machine import Event
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.model.thread import Asked, Facts, Thread
from xiaoer.conversations.queries.shops import Shops
from xiaoer.conversations.rules.batch import NOT_FOUND, NeedsLock
from xiaoer.conversations.rules.speak import Spoken
from xiaoer.conversations.store import send as store
from xiaoer.conversations.store.send import Write
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.routing import actions as routing


async def say_locked(tx: Tx, asked: Asked, shops: Shops) -> Entry | Refused:
    """Carry out one wish in this transaction; whoever answers a waiting conversation takes it.

    Raises Refusal where the conversation was moved already, so that the move is undone.
    """
    if not await store.lock(tx, asked.message.conversation):
        return NOT_FOUND
    (known,) = await store.load_facts(tx.connection, tx.tenant, [question(asked)])
    if known is None:
        return NOT_FOUND
    rules = await shops.of(tx.tenant, known.thread.shop, asked.at)
    decision = await decided(tx, asked, known, rules, thread=known.thread, first=known.first)
    thread = known.thread
    if isinstance(decision, NeedsLock):
        thread = await _serve(tx, asked, known, decision.deed)
        decision = await decided(tx, asked, known, rules, thread=thread, first=None)
        if not isinstance(decision, Spoken):
            raise Refusal(decision) if isinstance(decision, Refused) else RuntimeError(repr(decision))
    if isinstance(decision, Spoken):
        await write(tx, thread, [decision])
        return decision.sealed.entry
    return decision


async def _serve(tx: Tx, asked: Asked, known: Facts, deed: str) -> Thread:
    """Make the speaker the one who serves; his own decision, so whatever his load is."""
    was, person = known.thread, asked.speaker.person
    if person is None:
        raise ValueError("the program serves nobody")
    await routing.take(tx, was.shop, person, asked.at, whatever_load=True)
    resumes = deed == "resume"
    return await move(
        tx,
        was,
        Event.FOLLOW_UP if resumes else Event.ASSIGN,
        kind="reopened" if resumes else "assigned",
        changed=structs.replace(was, assignee=person, consultation=was.consultation + resumes),
        person=person,
        name=asked.speaker.name,
        at=asked.at,
    )


async def write(tx: Tx, was: Thread, spoken: Sequence[Spoken], *, minds_reading: bool = False) -> None:
    """Write entries into a locked conversation and tell everybody when the transaction commits."""
    at = spoken[-1].sealed.entry.at
    missed = RuntimeError(f"conversation {was.id} was written without its lock")
    await store.append_later(tx, at, Write(was, spoken, (), (), minds_reading), missed)
    added = tuple(store.added(was.shop, one.sealed.entry) for one in spoken)
    await publish(
        tx,
        *told_of(tx.tenant, was, spoken),
        *news_of(tx.tenant, was, spoken),
        EntriesAdded(tenant=tx.tenant, at=at, entries=added),
    )


async def lock_thread(tx: Tx, conversation: UUID) -> Thread | None:
    """A conversation, locked until the end of the transaction."""
    return await store.lock_thread(tx, conversation)


async def lock_threads(tx: Tx, conversations: Sequence[UUID]) -> tuple[list[Thread], set[UUID]]:
    """Of some conversations those nobody else is writing in, locked as above; and the ids of those others."""
    return await store.lock_threads(tx, conversations)
