"""How the words of entries are kept for searching, and found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.events import Added
from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import State
from xiaoer.conversations.rules.search import Line
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
    recalled: bool


class BuyerHit(Struct, frozen=True):
    """A conversation found by who the buyer is; `order_number` is empty where the name was enough."""

    conversation_id: UUID
    buyer_id: UUID
    buyer_name: str
    order_number: str
    state: State
    last_at: datetime | None


statements: Final = Statements(__file__, "search.sql")
_texts_of: Final = statements.rows("texts_of", Text)
_insert_grams: Final = statements.command("insert_grams")
_found: Final = statements.rows("found", Hit)
_name_of_buyer: Final = statements.value("name_of_buyer", str)
_put_name: Final = statements.command("put_name")
_named: Final = statements.rows("named", BuyerHit)
_numbered: Final = statements.rows("numbered", BuyerHit)


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
    tx: Tx,
    shop: UUID,
    grams: frozenset[str],
    *,
    after: Line,
    limit: int,
    conversation: UUID | None = None,
    lately: int | None = None,
) -> Sequence[Hit]:
    """Entries of a shop that have all pieces, newest first, from after a line, recalled ones too.

    With `lately` they are looked for among so many of the shop's latest lines, each of which is read, in all
    conversations.
    """
    return await _found.all(
        tx,
        shop=shop,
        grams=sorted(grams),
        before=after.at,
        after=after.conversation,
        version=after.version,
        conversation=conversation,
        lately=lately,
        limit=limit,
    )


async def name_of_buyer(tx: Tx, buyer: UUID) -> str:
    """What a buyer is called; empty when nobody knows."""
    return await _name_of_buyer.first(tx, buyer=buyer) or ""


async def put_name(tx: Tx, shop: UUID, conversation: UUID, at: datetime, grams: frozenset[str]) -> None:
    """Keep the pieces of the buyer's name; those kept before are replaced."""
    await _put_name.run(tx, shop=shop, conversation=conversation, at=at, grams=sorted(grams))


async def named(tx: Tx, shop: UUID, grams: frozenset[str], limit: int) -> Sequence[BuyerHit]:
    """Conversations of a shop with buyers whose names have all pieces."""
    return await _named.all(tx, shop=shop, grams=sorted(grams), limit=limit)


async def numbered(tx: Tx, shop: UUID, number: str, limit: int) -> Sequence[BuyerHit]:
    """Conversations of a shop with buyers who have an order that begins so, or a parcel of this number."""
    return await _numbered.all(tx, shop=shop, low=number, high=f"{number}\U0010ffff", limit=limit)
