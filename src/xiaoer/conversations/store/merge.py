"""What is read and kept when conversations become one."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Pair(Struct, frozen=True):
    """A visitor's conversation and the buyer's own with the same shop."""

    mine: UUID
    theirs: UUID | None


statements: Final = Statements(__file__, "merge.sql")
_conversations_of: Final = statements.rows("conversations_of", Pair)
_give_to: Final = statements.command("give_to")


async def conversations_of(tx: Tx, visitor: UUID, buyer: UUID) -> Sequence[tuple[UUID, UUID | None]]:
    """A visitor's conversations, each with the buyer's own one with that shop."""
    pairs = await _conversations_of.all(tx, visitor=visitor, buyer=buyer)
    return [(pair.mine, pair.theirs) for pair in pairs]


async def give_to(tx: Tx, conversation: UUID, buyer: UUID) -> None:
    """A conversation is this buyer's from now on."""
    await _give_to.run(tx, conversation=conversation, buyer=buyer)
