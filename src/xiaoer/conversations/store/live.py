"""What the manager's board reads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.thread import State
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Line(Struct, frozen=True):
    """How a queue stands; without an id it is what has no queue yet."""

    queue_id: UUID | None
    waiting: int
    oldest_at: datetime | None
    next_due_at: datetime | None


class Watched(Struct, frozen=True):
    """A conversation that waits or is being served."""

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


class Today(Struct, frozen=True):
    """The consultations opened since a moment."""

    opened: int
    closed: int
    answered: int
    breached: int
    median_first_reply_seconds: float | None


statements: Final = Statements(__file__, "live.sql")
_lines: Final = statements.rows("lines", Line)
_at_risk: Final = statements.rows("at_risk", Watched)
_served: Final = statements.rows("served", Watched)
_watched: Final = statements.rows("watched", Watched)
_today: Final = statements.rows("today", Today)


async def lines(tx: Tx, shop: UUID) -> Sequence[Line]:
    """How each queue of a shop stands."""
    return await _lines.all(tx, shop=shop)


async def at_risk(tx: Tx, shop: UUID, limit: int) -> Sequence[Watched]:
    """Whose buyer waits, the nearest due time first."""
    return await _at_risk.all(tx, shop=shop, limit=limit)


async def served(tx: Tx, shop: UUID, limit: int) -> Sequence[Watched]:
    """What somebody serves whose buyer has his answer, the latest words first."""
    return await _served.all(tx, shop=shop, limit=limit)


async def watched(tx: Tx, shop: UUID, conversations: Sequence[UUID]) -> Sequence[Watched]:
    """Some conversations of a shop as the board shows them."""
    return await _watched.all(tx, shop=shop, conversations=list(conversations))


async def today(tx: Tx, shop: UUID, since: datetime) -> Today:
    """The consultations of a shop opened since a moment."""
    return await _today.one(tx, shop=shop, since=since)
