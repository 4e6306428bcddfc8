"""The doors of routing on the wire."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.http import Call
from xiaoer.routing import actions, queries
from xiaoer.routing.model import Agent, AgentState, Queue
from xiaoer.rulebook.queries import Books

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Words = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=30)
]
Seconds = Annotated[int, msgspec.Meta(ge=15, le=86_400)]


class QueueWish(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A queue as its manager wants it."""

    name: Name
    position: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    skills: Words = []
    languages: Words = []
    overflow_queue: UUID | None = None
    overflow_seconds: Seconds | None = None
    ignore_seconds: Seconds | None = None


class MembersWish(msgspec.Struct, forbid_unknown_fields=True):
    """Who serves a queue."""

    people: Annotated[list[UUID], msgspec.Meta(max_length=500)]


class AgentWish(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What an agent can do; fields left out stay as they are."""

    capacity: Annotated[int, msgspec.Meta(ge=0, le=200)] | None = None
    skills: Words | None = None
    languages: Words | None = None


class StateWish(msgspec.Struct, forbid_unknown_fields=True):
    """Whether I take consultations now."""

    state: AgentState


class Queues(msgspec.Struct):
    """The queues of a shop in the order they are tried."""

    data: list[Queue]


class Agents(msgspec.Struct):
    """The agents of a shop."""

    data: list[Agent]


async def list_queues(call: Call, shop: UUID, archived: bool = False) -> Queues:
    """The queues of a shop with who serves them."""
    async with call.database.read(call.tenant) as tx:
        return Queues(list(await queries.queues(tx, shop, archived=archived)))


async def post_queue(call: Call, shop: UUID, data: QueueWish) -> Queue:
    """Open a queue."""
    fields = _fields(data)
    return await call.database.run(call.tenant, lambda tx: actions.add_queue(tx, shop, fields, call.now))


async def put_queue(call: Call, shop: UUID, queue: UUID, data: QueueWish) -> Queue:
    """Change a queue."""
    fields = _fields(data)
    return await call.database.run(
        call.tenant, lambda tx: actions.change_queue(tx, shop, queue, fields, call.now)
    )


async def delete_queue(call: Call, shop: UUID, queue: UUID) -> None:
    """Close a queue for good."""
    await call.database.run(call.tenant, lambda tx: actions.archive_queue(tx, shop, queue, call.now))


async def put_members(call: Call, shop: UUID, queue: UUID, data: MembersWish) -> Queue:
    """Say who serves a queue; nobody named means everybody."""
    return await call.database.run(
        call.tenant, lambda tx: actions.set_members(tx, shop, queue, data.people, call.now)
    )


def _fields(data: QueueWish) -> actions.QueueFields:
    return msgspec.convert(msgspec.structs.asdict(data), actions.QueueFields)


async def list_agents(call: Call, shop: UUID) -> Agents:
    """The agents of a shop with their state, load and skills."""
    async with call.database.read(call.tenant) as tx:
        return Agents(list(await queries.agents(tx, shop)))


async def patch_agent(call: Call, shop: UUID, person: UUID, data: AgentWish) -> Agent:
    """Change what an agent can do."""
    return await call.database.run(
        call.tenant,
        lambda tx: actions.change_agent(
            tx,
            shop,
            person,
            capacity=data.capacity,
            skills=data.skills,
            languages=data.languages,
            now=call.now,
        ),
    )


async def get_my_agent(call: Call, shop: UUID) -> Agent:
    """My own line among the agents of a shop."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.agent(tx, shop, call.actor.person)
    if found is None:
        raise Refusal(Refused("not_found", "routing.unknown_agent"))
    return found


async def put_my_state(call: Call, shop: UUID, data: StateWish) -> Agent:
    """Say whether I take consultations now."""
    book = await call.service(Books).of(call.tenant, shop, call.now)
    grace = timedelta(seconds=book.integer("routing.presence_grace_seconds"))
    return await call.database.run(
        call.tenant,
        lambda tx: actions.wish_state(tx, shop, call.actor.person, data.state, grace=grace, now=call.now),
    )
