"""The manager's board: queues, agents, whose buyer waits, and what is being served."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.thread import Speaker, State
from xiaoer.conversations.model.wire import Deed
from xiaoer.conversations.queries.lists import deeds_now
from xiaoer.conversations.store import live as store
from xiaoer.conversations.store.live import Line, Today, Watched
from xiaoer.plumbing.db import Tx
from xiaoer.routing import queries as routing
from xiaoer.routing.model import Agent

RISK_LIMIT: Final = 100
SERVED_LIMIT: Final = 50
BOARD_DEEDS: Final = frozenset({"take", "step_in", "whisper", "assign"})
"""What somebody who leads does with a conversation from the board."""


class AtBoard(Struct, frozen=True):
    """A conversation on the board, and what the viewer may do with it."""

    id: UUID
    buyer_id: UUID
    buyer_name: str
    state: State
    queue_id: UUID | None
    assignee_id: UUID | None
    waiting_since: datetime | None
    reply_due_at: datetime | None
    last_text: str
    last_at: datetime | None
    deeds: Sequence[Deed]


class Live(Struct, frozen=True):
    """How a shop's desk stands now: whose buyer waits, and the others that somebody serves."""

    at: datetime
    lines: Sequence[Line]
    agents: Sequence[Agent]
    at_risk: Sequence[AtBoard]
    served: Sequence[AtBoard]
    today: Today


async def live(tx: Tx, shop: UUID, speaker: Speaker, *, since: datetime, now: datetime) -> Live:
    """The board of a shop for whoever looks at it; `since` is when its day began."""
    waiting = await store.at_risk(tx, shop, RISK_LIMIT)
    served = await store.served(tx, shop, SERVED_LIMIT)
    deeds = await deeds_now(tx, speaker, [one.id for one in (*waiting, *served)])
    return Live(
        at=now,
        lines=await store.lines(tx, shop),
        agents=await routing.agents(tx, shop),
        at_risk=[_at_board(one, deeds) for one in waiting],
        served=[_at_board(one, deeds) for one in served],
        today=await store.today(tx, shop, since),
    )


async def at_board(
    tx: Tx, shop: UUID, speaker: Speaker, conversations: Sequence[UUID]
) -> dict[UUID, AtBoard]:
    """Some conversations of a shop as the board shows them to whoever looks at it."""
    if not conversations:
        return {}
    deeds = await deeds_now(tx, speaker, conversations)
    return {one.id: _at_board(one, deeds) for one in await store.watched(tx, shop, conversations)}


def _at_board(one: Watched, deeds: dict[UUID, list[Deed]]) -> AtBoard:
    return AtBoard(
        id=one.id,
        buyer_id=one.buyer_id,
        buyer_name=one.buyer_name,
        state=one.state,
        queue_id=one.queue_id,
        assignee_id=one.assignee_id,
        waiting_since=one.waiting_since,
        reply_due_at=one.reply_due_at,
        last_text=one.last_text,
        last_at=one.last_at,
        deeds=[deed for deed in deeds.get(one.id, []) if deed.deed in BOARD_DEEDS],
    )
