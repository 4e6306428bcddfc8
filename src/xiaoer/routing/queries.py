"""What others may ask routing."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.plumbing.db import Tx
from xiaoer.routing import store
from xiaoer.routing.model import Agent, Queue


async def queues(tx: Tx, shop: UUID, *, archived: bool = False) -> Sequence[Queue]:
    """The queues of a shop in the order they are tried, each with its members."""
    return await store.queues(tx, shop, archived=archived)


async def agents(tx: Tx, shop: UUID) -> Sequence[Agent]:
    """All agents of a shop with their state and load."""
    return await store.agents(tx, shop)


async def agent(tx: Tx, shop: UUID, person: UUID) -> Agent | None:
    """One agent of a shop."""
    return await store.find_agent(tx, shop, person)
