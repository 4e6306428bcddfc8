"""How the turns of talk are read that response figures count."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Role
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class TurnTaken(Struct, frozen=True):
    """The first of the lines one side said in a row; `agent`: who said it, or who serves the question."""

    conversation: UUID
    buyer: UUID
    consultation: int
    at: datetime
    role: Role
    agent: UUID | None


statements: Final = Statements(__file__, "figures.sql")
_turns: Final = statements.rows("turns", TurnTaken)


async def turns(
    tx: Tx,
    shop: UUID,
    *,
    opened_since: datetime,
    since: datetime,
    until: datetime,
    roles: Collection[str],
    kinds: Collection[str],
) -> Sequence[TurnTaken]:
    """The turns in consultations opened from `opened_since` on and open in the stretch, in order."""
    return await _turns.all(
        tx,
        shop=shop,
        opened_since=opened_since,
        since=since,
        until=until,
        roles=sorted(roles),
        kinds=sorted(kinds),
    )
