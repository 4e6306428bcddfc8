"""The manager's board: queues, agents, and whose buyer waits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.store import live as store
from xiaoer.conversations.store.live import AtRisk, Line, Today
from xiaoer.plumbing.db import Tx
from xiaoer.routing import queries as routing
from xiaoer.routing.model import Agent

RISK_LIMIT = 100


class Live(Struct, frozen=True):
    """How a shop's desk stands now."""

    at: datetime
    lines: Sequence[Line]
    agents: Sequence[Agent]
    at_risk: Sequence[AtRisk]
    today: Today


async def live(tx: Tx, shop: UUID, *, since: datetime, now: datetime) -> Live:
    """The board of a shop; `since` is when its day began."""
    return Live(
        at=now,
        lines=await store.lines(tx, shop),
        agents=await routing.agents(tx, shop),
        at_risk=await store.at_risk(tx, shop, RISK_LIMIT),
        today=await store.today(tx, shop, since),
    )
