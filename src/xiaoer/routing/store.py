"""How queues, agents and presence are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements
from xiaoer.routing.model import Agent, Queue


class Absent(msgspec.Struct, frozen=True):
    """Somebody whose process has gone silent."""

    tenant: UUID
    shop: UUID
    person: UUID


_statements: Final = Statements(__file__)
_queues = _statements.rows("queues", Queue)
_lock_queues = _statements.command("lock_queues")
_insert_queue = _statements.command("insert_queue")
_update_queue = _statements.command("update_queue")
_delete_members = _statements.command("delete_members")
_insert_members = _statements.command("insert_members")
_agents = _statements.rows("agents", Agent)
_find_agent = _statements.rows("find_agent", Agent)
_lock_agent = _statements.rows("lock_agent", Agent)
_insert_agent = _statements.command("insert_agent")
_update_agent = _statements.command("update_agent")
_delete_agent = _statements.command("delete_agent")
_delete_memberships = _statements.command("delete_memberships")
_take = _statements.rows("take", Agent)
_release = _statements.rows("release", Agent)
_arrive = _statements.command("arrive")
_leave = _statements.command("leave")
_is_present = _statements.value("is_present", bool)
_beat = _statements.command("beat")
_sweep = _statements.rows("sweep", Absent)


async def queues(tx: Tx, shop: UUID, *, archived: bool = False) -> Sequence[Queue]:
    """The queues of a shop in the order they are tried, each with its members."""
    return await _queues.all(tx, shop=shop, archived=archived)


async def lock_queues(tx: Tx, shop: UUID) -> None:
    """Let writers of this shop's queues go one after the other."""
    await _lock_queues.run(tx, shop=shop)


async def insert_queue(tx: Tx, shop: UUID, queue: Queue, now: datetime) -> None:
    """Add a queue; its members are written apart."""
    await _insert_queue.run(
        tx,
        shop=shop,
        id=queue.id,
        name=queue.name,
        position=queue.position,
        skills=queue.skills,
        languages=queue.languages,
        overflow_queue=queue.overflow_queue,
        overflow_seconds=queue.overflow_seconds,
        ignore_seconds=queue.ignore_seconds,
        now=now,
    )


async def update_queue(tx: Tx, shop: UUID, queue: Queue) -> None:
    """Write a queue's own fields; its members are written apart."""
    await _update_queue.run(
        tx,
        shop=shop,
        id=queue.id,
        name=queue.name,
        position=queue.position,
        skills=queue.skills,
        languages=queue.languages,
        overflow_queue=queue.overflow_queue,
        overflow_seconds=queue.overflow_seconds,
        ignore_seconds=queue.ignore_seconds,
        archived_at=queue.archived_at,
    )


async def replace_members(tx: Tx, shop: UUID, queue: UUID, people: Sequence[UUID]) -> None:
    """Say who serves a queue from now on."""
    await _delete_members.run(tx, shop=shop, queue=queue)
    await _insert_members.run(tx, shop=shop, queue=queue, people=list(people))


async def agents(tx: Tx, shop: UUID) -> Sequence[Agent]:
    """All agents of a shop."""
    return await _agents.all(tx, shop=shop)


async def find_agent(tx: Tx, shop: UUID, person: UUID) -> Agent | None:
    """One agent."""
    return await _find_agent.first(tx, shop=shop, person=person)


async def lock_agent(tx: Tx, shop: UUID, person: UUID) -> Agent | None:
    """One agent, held until the transaction ends."""
    return await _lock_agent.first(tx, shop=shop, person=person)


async def insert_agent(tx: Tx, shop: UUID, person: UUID, capacity: int, now: datetime) -> None:
    """Add an agent if he is not there yet."""
    await _insert_agent.run(tx, shop=shop, person=person, capacity=capacity, now=now)


async def update_agent(tx: Tx, shop: UUID, agent: Agent, now: datetime) -> None:
    """Write what an agent is and can do; load is only counted by take and release."""
    await _update_agent.run(
        tx,
        shop=shop,
        person=agent.person,
        state=agent.state,
        wished_state=agent.wished_state,
        capacity=agent.capacity,
        skills=agent.skills,
        languages=agent.languages,
        now=now,
    )


async def delete_agent(tx: Tx, shop: UUID, person: UUID) -> None:
    """Take somebody out of the shop's agents and queues."""
    await _delete_memberships.run(tx, shop=shop, person=person)
    await _delete_agent.run(tx, shop=shop, person=person)


async def take(tx: Tx, shop: UUID, person: UUID, now: datetime, *, whatever_load: bool) -> Agent | None:
    """Count one consultation more for an agent; None when he may not have it (or is no agent)."""
    return await _take.first(tx, shop=shop, person=person, now=now, whatever_load=whatever_load)


async def release(tx: Tx, shop: UUID, person: UUID) -> Agent | None:
    """Count one consultation less for an agent."""
    return await _release.first(tx, shop=shop, person=person)


async def arrive(tx: Tx, shop: UUID, person: UUID, process: UUID, now: datetime) -> None:
    """Note that a process holds a socket of this agent."""
    await _arrive.run(tx, shop=shop, person=person, process=process, now=now)


async def leave(tx: Tx, shop: UUID, person: UUID, process: UUID) -> None:
    """Note that a process holds no socket of this agent any more."""
    await _leave.run(tx, shop=shop, person=person, process=process)


async def is_present(tx: Tx, shop: UUID, person: UUID, since: datetime) -> bool:
    """Whether any process has seen this agent since then."""
    return await _is_present.one(tx, shop=shop, person=person, since=since)


async def beat(tx: Tx, process: UUID, now: datetime) -> None:
    """Say that a process is alive (system transaction)."""
    await _beat.run(tx, process=process, now=now)


async def sweep(tx: Tx, before: datetime) -> Sequence[Absent]:
    """Forget the presence of silent processes and say whose it was (system transaction)."""
    return await _sweep.all(tx, before=before)
