"""How the words of entries are kept for searching, and found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.events import Added
from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import State
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Text(Struct, frozen=True):
    """The words of one entry."""

    shop: UUID
    conversation: UUID
    version: int
    at: datetime
    text: str


class Hit(Struct, frozen=True):
    """An entry whose pieces fit a query."""

    conversation_id: UUID
    version: int
    at: datetime
    role: Role
    text: str
    buyer_id: UUID
    buyer_name: str
    assignee: UUID | None
    queue: UUID | None
    state: State


statements: Final = Statements(__file__, "search.sql")
_texts_of: Final = statements.rows("texts_of", Text)
_insert_grams: Final = statements.command("insert_grams")
_found: Final = statements.rows("found", Hit)


async def texts_of(tx: Tx, added: Sequence[Added]) -> Sequence[Text]:
    """The words of some entries that have any."""
    return await _texts_of.all(
        tx,
        shops=[each.shop for each in added],
        conversations=[each.conversation for each in added],
        versions=[each.version for each in added],
    )


async def insert_grams(tx: Tx, texts: Sequence[Text], grams: Sequence[frozenset[str]]) -> None:
    """Keep the pieces of some texts; those kept before are left alone."""
    await _insert_grams.run(
        tx,
        shops=[text.shop for text in texts],
        conversations=[text.conversation for text in texts],
        versions=[text.version for text in texts],
        ats=[text.at for text in texts],
        grams=["\x1f".join(sorted(pieces)) for pieces in grams],
    )


async def found(
    tx: Tx, shop: UUID, grams: frozenset[str], *, before: datetime, conversation: UUID | None, limit: int
) -> Sequence[Hit]:
    """Entries of a shop that have all pieces, newest first."""
    return await _found.all(
        tx, shop=shop, grams=sorted(grams), before=before, conversation=conversation, limit=limit
    )
