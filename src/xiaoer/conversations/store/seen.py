"""How far the sides have read: kept for many conversations at once."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.thread import Reading
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "seen.sql")


class Marks(Struct, frozen=True):
    """How far both sides of a conversation are after somebody moved."""

    id: UUID
    shop: UUID
    buyer_moved: bool
    shop_moved: bool
    buyer_read: int
    buyer_delivered: int
    shop_read: int
    shop_delivered: int
    unread_buyer: int
    unread_shop: int


_mark: Final = statements.rows("mark", Marks)


async def mark(tx: Tx, readings: Sequence[Reading]) -> list[Marks]:
    """Keep the readings; the conversations in which something moved."""
    rows = [(one.conversation, one.person, one.side, one.delivered, one.read) for one in readings]
    return await _mark.all(tx, readings=rows)
