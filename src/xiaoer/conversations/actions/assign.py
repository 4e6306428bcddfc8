"""Handing conversations to agents: by itself, by their own choice, by a manager, and back into the line."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.conversations.actions.locked import lock_thread
from xiaoer.conversations.actions.move import move
from xiaoer.conversations.machine import Event
from xiaoer.conversations.model.thread import Thread
from xiaoer.conversations.store import assign as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.routing import actions as routing
from xiaoer.routing import queries as routes
from xiaoer.routing.model import Need, Queue
from xiaoer.routing.rules import choose, members_of, queue_for
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

IGNORED: Final = "ignored"
OVERFLOW: Final = "overflow"
OFFLINE: Final = "offline"
AT_ONCE: Final = 20


async def route(tx: Tx, conversation: UUID, now: datetime) -> Thread | None:
    """Give a queued conversation to the best free agent of its queue, or leave it in line (B4).

    Returns the thread as it stands then; None when there is no such conversation.
    """
    thread = await lock_thread(tx, conversation)
    if thread is None or thread.state != "queued":
        return thread
    book = await rulebook.book(tx, thread.shop, now)
    queues = await routing.ensure_queue(tx, thread.shop, now)
    need = await _need(tx, thread, book, now)
    queue = next((each for each in queues if each.id == thread.queue), None) or queue_for(queues, need)
    agents = members_of(await routes.agents(tx, thread.shop), queue)
    while (chosen := choose(agents, need)) is not None:
        if await routing.take(tx, thread.shop, chosen.person, now):
            return await _hand(tx, thread, chosen.person, queue=queue, book=book, now=now)
        agents = [agent for agent in agents if agent.person != chosen.person]
    return await _wait(tx, thread, queue, book, now)


async def _need(tx: Tx, thread: Thread, book: Book, now: datetime) -> Need:
    since = now - timedelta(days=book.integer("routing.last_agent_days"))
    asked_after = now - timedelta(seconds=book.integer("routing.ask_again_seconds"))
    stored = await store.need(tx, thread.id, since=since, asked_after=asked_after)
    return Need(
        language=stored.language or None,
        last_agent=stored.last_agent,
        not_agents=frozenset(stored.let_wait),
    )


async def _hand(
    tx: Tx, was: Thread, person: UUID, *, queue: Queue | None, book: Book, now: datetime
) -> Thread:
    """The agent has `ignore_seconds` to answer, else somebody else is asked."""
    seconds = (queue.ignore_seconds if queue else None) or book.integer("routing.ignore_seconds")
    assigned = structs.replace(was, assignee=person, queue=queue.id if queue else None)
    thread = await move(
        tx,
        was,
        Event.ASSIGN,
        kind="assigned",
        changed=assigned,
        person=person,
        body={"by": "routing"},
        at=now,
    )
    if thread.waiting_since is not None:
        await clocks.start(
            tx,
            owner=thread.id,
            name=IGNORED,
            shop=thread.shop,
            due_at=now + timedelta(seconds=seconds),
            body={"person": str(person)},
            now=now,
        )
    await clocks.stop(tx, thread.id, OVERFLOW)
    return thread


async def _wait(tx: Tx, was: Thread, queue: Queue | None, book: Book, now: datetime) -> Thread:
    """Nobody is free: it stands in its queue, and after a while in that queue's overflow."""
    thread = was
    if queue is not None and was.queue != queue.id:
        thread = await move(
            tx, was, Event.TRANSFER, kind="transferred", changed=structs.replace(was, queue=queue.id),
            person=None, body={"by": "routing", "queue": str(queue.id)}, at=now,
        )  # fmt: skip
    if queue is not None and queue.overflow_queue is not None and thread.queued_at is not None:
        seconds = queue.overflow_seconds or book.integer("routing.overflow_seconds")
        await clocks.start(
            tx,
            owner=thread.id,
            name=OVERFLOW,
            shop=thread.shop,
            due_at=max(thread.queued_at, now) + timedelta(seconds=seconds),
            body={"queue": str(queue.id)},
            now=now,
        )
    return thread


async def drain(tx: Tx, shop: UUID, person: UUID, now: datetime) -> int:
    """An agent has room: hand out what has waited longest in his queues; returns how many were handed out."""
    handed = 0
    queues = await routes.queues(tx, shop)
    his = [queue.id for queue in queues if not queue.members or person in queue.members]
    for conversation in await store.oldest_queued(tx, shop, his, AT_ONCE):
        agent = await routes.agent(tx, shop, person)
        if agent is None or agent.state != "online" or agent.load >= agent.capacity:
            break
        thread = await route(tx, conversation, now)
        handed += thread is not None and thread.state == "assigned"
    return handed


async def take_back(tx: Tx, conversation: UUID, person: UUID, why: str, now: datetime) -> Thread | None:
    """Take a conversation from an agent who lets its buyer wait, and give it to somebody else."""
    was = await lock_thread(tx, conversation)
    if was is None or was.state not in {"assigned", "snoozed"} or was.assignee != person:
        return was
    if was.waiting_since is None and why != OFFLINE:
        return was
    await routing.release(tx, was.shop, person, now)
    event = Event.AGENT_GONE if why == OFFLINE else Event.TAKE_BACK
    await move(tx, was, event, kind="taken_back", person=person, body={"why": why}, at=now)
    return await route(tx, conversation, now)


async def overflow(tx: Tx, conversation: UUID, queue: UUID, now: datetime) -> Thread | None:
    """A conversation has waited too long in a queue: it goes to that queue's overflow and keeps its place."""
    was = await lock_thread(tx, conversation)
    if was is None or was.state != "queued" or was.queue != queue:
        return was
    target = next(
        (each.overflow_queue for each in await routes.queues(tx, was.shop) if each.id == queue), None
    )
    if target is None:
        return was
    await move(
        tx, was, Event.QUEUE_WAITED, kind="transferred", changed=structs.replace(was, queue=target),
        person=None, body={"by": "overflow", "queue": str(target)}, at=now,
    )  # fmt: skip
    return await route(tx, conversation, now)


async def hand_over(
    tx: Tx, was: Thread, *, to: UUID, kind: str, by: UUID, by_name: str, text: str = "", now: datetime
) -> Thread:
    """Put a locked conversation into somebody's hands by a person's decision, whatever his load is.

    Raises Refusal when he is no agent of the shop.
    """
    if was.assignee == to:
        raise Refusal(Refused("not_now", "conversations.already_his"))
    if await routing.take(tx, was.shop, to, now, whatever_load=True) is None:
        raise Refusal(Refused("not_found", "routing.unknown_agent"))
    if was.assignee is not None:
        await routing.release(tx, was.shop, was.assignee, now)
    thread = await move(
        tx, was, Event.ASSIGN, changed=structs.replace(was, assignee=to),
        kind="transferred" if kind == "transferred" else "stepped_in" if kind == "stepped_in" else "assigned",
        person=by, name=by_name, text=text, body={"to": str(to)}, at=now,
    )  # fmt: skip
    await clocks.stop(tx, thread.id, OVERFLOW)
    if to != by and thread.waiting_since is not None:
        book = await rulebook.book(tx, thread.shop, now)
        await clocks.start(
            tx,
            owner=thread.id,
            name=IGNORED,
            shop=thread.shop,
            due_at=now + timedelta(seconds=book.integer("routing.ignore_seconds")),
            body={"person": str(to)},
            now=now,
        )
    return thread


async def to_queue(
    tx: Tx,
    was: Thread,
    *,
    queue: UUID | None,
    kind: str,
    by: UUID,
    by_name: str,
    text: str = "",
    now: datetime,
) -> Thread:
    """Put a locked conversation back into a line by a person's decision; None keeps its queue.

    Raises Refusal for an unknown queue.
    """
    known = {each.id for each in await routes.queues(tx, was.shop)}
    if queue is not None and queue not in known:
        raise Refusal(Refused("not_found", "routing.unknown_queue"))
    if was.assignee is not None:
        await routing.release(tx, was.shop, was.assignee, now)
    target = queue or was.queue
    await move(
        tx, was, Event.RELEASE if kind == "released" else Event.TRANSFER,
        changed=structs.replace(was, queue=target),
        kind="released" if kind == "released" else "transferred",
        person=by, name=by_name, text=text, body={"queue": str(target) if target else None}, at=now,
    )  # fmt: skip
    return await route(tx, was.id, now) or was


async def take_back_from(tx: Tx, shop: UUID, person: UUID, now: datetime) -> None:
    """An agent is gone: what waits for him goes to somebody else; nothing where he has come back since."""
    agent = await routes.agent(tx, shop, person)
    if agent is not None and agent.state != OFFLINE:
        return
    for conversation in await store.left_behind(tx, shop, person):
        await take_back(tx, conversation, person, OFFLINE, now)


async def take_from_absent(tx: Tx, conversations: Collection[UUID], now: datetime) -> None:
    """Buyers wrote: where their agent is offline somebody else answers."""
    for conversation in await store.served_by_absent(tx, sorted(conversations)):
        thread = await lock_thread(tx, conversation)
        if thread is not None and thread.assignee is not None:
            await take_back(tx, conversation, thread.assignee, OFFLINE, now)
