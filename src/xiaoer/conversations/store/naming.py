"""How far the names of old conversations' buyers are kept for searching."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "naming.sql")


class Walk(Struct, frozen=True):
    """A walk that is not over: the last conversation it looked at."""

    tenant: UUID
    reached: UUID | None


class Passed(Struct, frozen=True):
    """A conversation one comes by: what its buyer is called, and whether that is kept already."""

    shop: UUID
    conversation: UUID
    at: datetime
    name: str
    kept: bool


_begin: Final = statements.command("begin")
_walk: Final = statements.rows("walk", Walk)
_next_stretch: Final = statements.rows("next_stretch", Passed)
_reach: Final = statements.command("reach")


async def walk(tx: Tx) -> Walk | None:
    """Where to go on, locked; None when the walk is over or another process is at it."""
    await _begin.run(tx)
    return await _walk.first(tx)


async def next_stretch(tx: Tx, reached: UUID | None, limit: int) -> Sequence[Passed]:
    """The next conversations by id."""
    return await _next_stretch.all(tx, reached=reached, limit=limit)


async def reach(tx: Tx, reached: UUID | None, done_at: datetime | None) -> None:
    """Note how far the walk has come, and when it was over."""
    await _reach.run(tx, reached=reached, done_at=done_at)
