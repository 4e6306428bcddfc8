"""What was sent lately, for trying a list on it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Role
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "shadow.sql")


class Sent(Struct, frozen=True):
    """Words the shop's side sent."""

    role: Role
    text: str
    at: datetime


_sent_lately: Final = statements.rows("sent_lately", Sent)


async def sent_lately(tx: Tx, shop: UUID, *, since: datetime, most: int) -> list[Sent]:
    """What a shop's side said since a moment, the newest first."""
    return await _sent_lately.all(tx, shop=shop, since=since, most=most)
