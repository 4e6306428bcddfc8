"""What the marketplace knows a buyer by."""

from typing import Final
from uuid import UUID

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "own.sql")
_own_data: Final = statements.value("own_data", str)


async def own_data(tx: Tx, *, shop: UUID, buyer: UUID) -> list[str]:
    """His phone, e-mail and addresses, and those his orders of a shop went to."""
    return await _own_data.all(tx, shop=shop, buyer=buyer)
