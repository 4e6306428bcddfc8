"""The manager's board: queues, agents, and whose buyer waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.thread import Thread
from xiaoer.conversations.store import assign as assign_store
from xiaoer.conversations.store import live as store
from xiaoer.conversations.store.live import AtRisk, Line, Today
from xiaoer.plumbing.db import Tx
from xiaoer.routing import queries as routing
from xiaoer.routing.model import Agent, Estimate
from xiaoer.routing.rules import members_of, wait_estimate

RISK_LIMIT = 100
HANDLING_DAYS = 7


class Live(Struct, frozen=True):
    """How a shop's desk stands now."""

    at: datetime
    lines: Sequence[Line]
    agents: Sequence[Agent]
    at_risk: Sequence[AtRisk]
    today: Today


class Place(Struct, frozen=True):
    """Where a buyer stands in line (1 = next) and how long it may take; None: nobody can say."""

    position: int
    estimate: Estimate


async def live(tx: Tx, shop: UUID, *, since: datetime, now: datetime) -> Live:
    """The board of a shop; `since` is when its day began."""
    return Live(
        at=now,
        lines=await store.lines(tx, shop),
        agents=await routing.agents(tx, shop),
        at_risk=await store.at_risk(tx, shop, RISK_LIMIT),
        today=await store.today(tx, shop, since),
    )


async def place(tx: Tx, thread: Thread, now: datetime) -> Place | None:
    """The place of a queued conversation and an honest estimate (B4); None when it does not wait in line."""
    if thread.state != "queued":
        return None
    position = await assign_store.line_before(tx, thread) + 1
    queues = await routing.queues(tx, thread.shop)
    queue = next((each for each in queues if each.id == thread.queue), None)
    agents = members_of(await routing.agents(tx, thread.shop), queue)
    handling = await assign_store.handling_seconds(tx, thread.shop, now - timedelta(days=HANDLING_DAYS))
    return Place(position, wait_estimate(position, agents, handling))
