"""How the rulebook is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements
from xiaoer.rulebook.model import RuleEntry, Value

_statements: Final = Statements(__file__)
_entries_for = _statements.rows("entries_for", RuleEntry)
_history = _statements.rows("history", RuleEntry)
_insert = _statements.value("insert_entry", int)


async def entries_for(tx: Tx, shop: UUID | None, now: datetime) -> Sequence[RuleEntry]:
    """What is and what will be in force for a shop, or for the marketplace itself."""
    return await _entries_for.all(tx, shop=shop, now=now)


async def history(
    tx: Tx, name: str, shop: UUID | None, before: int | None, limit: int
) -> Sequence[RuleEntry]:
    """The versions of one parameter, newest first."""
    return await _history.all(tx, name=name, shop=shop, before=before, limit=limit)


async def insert_entry(
    tx: Tx,
    entry_id: UUID,
    *,
    shop: UUID | None,
    name: str,
    value: Value | None,
    effective_from: datetime,
    author: UUID,
    reason: str,
    now: datetime,
) -> int:
    """Add the next version of a parameter and return its number."""
    return await _insert.one(
        tx,
        id=entry_id,
        shop=shop,
        name=name,
        value=value,
        effective_from=effective_from,
        author=author,
        reason=reason,
        now=now,
    )
