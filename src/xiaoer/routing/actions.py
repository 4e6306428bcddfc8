"""What can be done with queues, agents and presence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.routing import store
from xiaoer.routing.events import AgentChanged, QueuesChanged
from xiaoer.routing.model import Agent, AgentState, Queue
from xiaoer.routing.rules import overflow_loops, shown_state

FIRST_QUEUE: Final = "默认队列"


class QueueFields(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says about a queue."""

    name: str
    position: int = 0
    skills: list[str] = []
    languages: list[str] = []
    overflow_queue: UUID | None = None
    overflow_seconds: int | None = None
    ignore_seconds: int | None = None


async def ensure_queue(tx: Tx, shop: UUID, now: datetime) -> Sequence[Queue]:
    """The shop's queues; a shop without any gets its first one."""
    found = await store.queues(tx, shop)
    if found:
        return found
    await store.lock_queues(tx, shop)
    found = await store.queues(tx, shop)
    if not found:
        await _add(tx, shop, QueueFields(name=FIRST_QUEUE), now)
        found = await store.queues(tx, shop)
    return found


async def add_queue(tx: Tx, shop: UUID, fields: QueueFields, now: datetime) -> Queue:
    """Open a queue. Raises Refusal for a name in use or an overflow that is unknown or runs in a circle."""
    await store.lock_queues(tx, shop)
    return await _add(tx, shop, fields, now)


async def _add(tx: Tx, shop: UUID, fields: QueueFields, now: datetime) -> Queue:
    queue = _queue(clock.new_id(), fields, archived_at=None, members=[])
    _check(queue, await store.queues(tx, shop))
    await store.insert_queue(tx, shop, queue, now)
    await publish(tx, QueuesChanged(tenant=tx.tenant, at=now, shop=shop))
    return queue


async def change_queue(tx: Tx, shop: UUID, queue_id: UUID, fields: QueueFields, now: datetime) -> Queue:
    """Change a queue's fields. Raises Refusal as `add_queue`, and for an unknown queue."""
    await store.lock_queues(tx, shop)
    before = await _existing(tx, shop, queue_id)
    queue = _queue(queue_id, fields, archived_at=None, members=before.members)
    _check(queue, await store.queues(tx, shop))
    await store.update_queue(tx, shop, queue)
    await publish(tx, QueuesChanged(tenant=tx.tenant, at=now, shop=shop))
    return queue


async def archive_queue(tx: Tx, shop: UUID, queue_id: UUID, now: datetime) -> None:
    """Close a queue for good; the last one stays, and so does one that others overflow into."""
    await store.lock_queues(tx, shop)
    queue = await _existing(tx, shop, queue_id)
    others = [other for other in await store.queues(tx, shop) if other.id != queue_id]
    if not others:
        raise Refusal(Refused("not_now", "routing.last_queue"))
    if any(other.overflow_queue == queue_id for other in others):
        raise Refusal(Refused("not_now", "routing.queue_is_overflow"))
    await store.update_queue(tx, shop, msgspec.structs.replace(queue, archived_at=now))
    await publish(tx, QueuesChanged(tenant=tx.tenant, at=now, shop=shop))


async def set_members(tx: Tx, shop: UUID, queue_id: UUID, people: Sequence[UUID], now: datetime) -> Queue:
    """Say who serves a queue. Raises Refusal for somebody who is not an agent of this shop."""
    await store.lock_queues(tx, shop)
    queue = await _existing(tx, shop, queue_id)
    known = {agent.person for agent in await store.agents(tx, shop)}
    if not set(people) <= known:
        raise Refusal(Refused("not_found", "routing.unknown_agent"))
    members = sorted(set(people))
    await store.replace_members(tx, shop, queue_id, members)
    await publish(tx, QueuesChanged(tenant=tx.tenant, at=now, shop=shop))
    return msgspec.structs.replace(queue, members=members)


def _queue(
    queue_id: UUID, fields: QueueFields, *, archived_at: datetime | None, members: list[UUID]
) -> Queue:
    return Queue(
        id=queue_id,
        name=fields.name.strip(),
        position=fields.position,
        skills=sorted(set(fields.skills)),
        languages=sorted(set(fields.languages)),
        overflow_queue=fields.overflow_queue,
        overflow_seconds=fields.overflow_seconds,
        ignore_seconds=fields.ignore_seconds,
        archived_at=archived_at,
        members=members,
    )


def _check(queue: Queue, existing: Sequence[Queue]) -> None:
    others = [other for other in existing if other.id != queue.id]
    if not queue.name:
        raise Refusal(Refused("invalid", "routing.queue_name_empty"))
    if any(other.name == queue.name for other in others):
        raise Refusal(Refused("refused", "routing.queue_name_taken", facts={"name": queue.name}))
    if queue.overflow_queue is not None and queue.overflow_queue not in {other.id for other in others}:
        raise Refusal(Refused("not_found", "routing.unknown_queue"))
    if overflow_loops(others, queue.id, queue.overflow_queue):
        raise Refusal(Refused("refused", "routing.overflow_circle"))


async def _existing(tx: Tx, shop: UUID, queue_id: UUID) -> Queue:
    for queue in await store.queues(tx, shop):
        if queue.id == queue_id:
            return queue
    raise Refusal(Refused("not_found", "routing.unknown_queue"))


async def ensure_agent(tx: Tx, shop: UUID, person: UUID, capacity: int, now: datetime) -> Agent:
    """The agent's line in this shop, made with the given capacity when he is new."""
    found = await store.find_agent(tx, shop, person)
    if found is not None:
        return found
    await store.insert_agent(tx, shop, person, capacity, now)
    return await _locked(tx, shop, person)


async def remove_agent(tx: Tx, shop: UUID, person: UUID, now: datetime) -> None:
    """Somebody leaves the shop: he serves no queue and takes nothing more."""
    agent = await store.lock_agent(tx, shop, person)
    if agent is None:
        return
    await store.delete_agent(tx, shop, person)
    gone = msgspec.structs.replace(agent, state=AgentState.OFFLINE, capacity=0, load=0)
    await _tell(tx, shop, gone, now, state_is_new=True)


async def change_agent(
    tx: Tx,
    shop: UUID,
    person: UUID,
    *,
    capacity: int | None,
    skills: Sequence[str] | None,
    languages: Sequence[str] | None,
    now: datetime,
) -> Agent:
    """Change what an agent can do; None leaves a field as it is."""
    agent = await _locked(tx, shop, person)
    changed = msgspec.structs.replace(
        agent,
        capacity=agent.capacity if capacity is None else capacity,
        skills=agent.skills if skills is None else sorted(set(skills)),
        languages=agent.languages if languages is None else sorted(set(languages)),
    )
    await store.update_agent(tx, shop, changed, now)
    await _tell(tx, shop, changed, now)
    return changed


async def wish_state(
    tx: Tx, shop: UUID, person: UUID, wished: AgentState, *, grace: timedelta, now: datetime
) -> Agent:
    """The agent says whether he takes consultations; without a connection he stays offline."""
    agent = await _locked(tx, shop, person)
    connected = await store.is_present(tx, shop, person, now - grace)
    return await _show(tx, shop, agent, wished, connected=connected, now=now)


async def arrive(tx: Tx, shop: UUID, person: UUID, process: UUID, now: datetime) -> Agent | None:
    """A socket of this agent opened in a process; None when he is no agent of the shop."""
    agent = await store.lock_agent(tx, shop, person)
    if agent is None:
        return None
    await store.arrive(tx, shop, person, process, now)
    return await _show(tx, shop, agent, agent.wished_state, connected=True, now=now)


async def leave(tx: Tx, shop: UUID, person: UUID, process: UUID) -> None:
    """The last socket of this agent in a process closed; whether he is gone is asked after the grace."""
    await store.leave(tx, shop, person, process)


async def settle(tx: Tx, shop: UUID, person: UUID, *, grace: timedelta, now: datetime) -> Agent | None:
    """After the grace: an agent whom no process has seen is offline."""
    agent = await store.lock_agent(tx, shop, person)
    if agent is None:
        return None
    connected = await store.is_present(tx, shop, person, now - grace)
    return await _show(tx, shop, agent, agent.wished_state, connected=connected, now=now)


async def _show(
    tx: Tx, shop: UUID, agent: Agent, wished: AgentState, *, connected: bool, now: datetime
) -> Agent:
    shown = msgspec.structs.replace(
        agent, wished_state=wished, state=shown_state(wished, connected=connected)
    )
    if shown == agent:
        return agent
    await store.update_agent(tx, shop, shown, now)
    await _tell(tx, shop, shown, now, state_is_new=shown.state != agent.state)
    return shown


async def take(
    tx: Tx, shop: UUID, person: UUID, now: datetime, *, whatever_load: bool = False
) -> Agent | None:
    """Put one consultation more into an agent's hands, counted at once; None when he may not have it.

    A person's own decision (he takes it himself, a manager assigns it) goes through `whatever_load`.
    """
    taken = await store.take(tx, shop, person, now, whatever_load=whatever_load)
    if taken is not None:
        await _tell(tx, shop, taken, now)
    return taken


async def release(tx: Tx, shop: UUID, person: UUID, now: datetime) -> None:
    """Take one consultation out of an agent's hands; what waits may come to him."""
    released = await store.release(tx, shop, person)
    if released is not None:
        await _tell(tx, shop, released, now)


async def _locked(tx: Tx, shop: UUID, person: UUID) -> Agent:
    agent = await store.lock_agent(tx, shop, person)
    if agent is None:
        raise Refusal(Refused("not_found", "routing.unknown_agent"))
    return agent


async def _tell(tx: Tx, shop: UUID, agent: Agent, now: datetime, *, state_is_new: bool = False) -> None:
    await publish(
        tx,
        AgentChanged(
            tenant=tx.tenant,
            at=now,
            shop=shop,
            person=agent.person,
            state=agent.state,
            capacity=agent.capacity,
            load=agent.load,
            state_is_new=state_is_new,
        ),
    )
