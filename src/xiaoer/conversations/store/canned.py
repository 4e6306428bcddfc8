"""How prepared answers are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Canned(Struct, frozen=True):
    """A prepared answer."""

    id: UUID
    shortcut: str
    title: str
    text: str
    language: str
    topic: str
    used: int
    changed_at: datetime


class CannedFields(Struct, frozen=True):
    """What somebody writes of a prepared answer."""

    shortcut: str
    title: str
    text: str
    language: str
    topic: str


class Known(Struct, frozen=True):
    """What is known of a buyer and his order."""

    buyer: str
    shop: str
    order_number: str | None
    state: str | None
    total_minor: int | None
    currency: str | None
    product: str | None
    carrier: str | None
    tracking: str | None


statements: Final = Statements(__file__, "canned.sql")
_canned: Final = statements.rows("canned", Canned)
_find: Final = statements.rows("find_canned", Canned)
_insert: Final = statements.command("insert_canned")
_update: Final = statements.command("update_canned")
_archive: Final = statements.command("archive_canned")
_count_use: Final = statements.command("count_use")
_shortcut_taken: Final = statements.value("shortcut_taken", bool)
_values_for: Final = statements.rows("values_for", Known)


async def canned(tx: Tx, shop: UUID) -> Sequence[Canned]:
    """All prepared answers of a shop by topic and title."""
    return await _canned.all(tx, shop=shop)


async def find(tx: Tx, shop: UUID, canned_id: UUID) -> Canned | None:
    """One prepared answer."""
    return await _find.first(tx, shop=shop, id=canned_id)


async def insert(
    tx: Tx, shop: UUID, canned_id: UUID, fields: CannedFields, *, person: UUID, now: datetime
) -> None:
    """Add a prepared answer."""
    await _insert.run(
        tx,
        shop=shop,
        id=canned_id,
        shortcut=fields.shortcut,
        title=fields.title,
        text=fields.text,
        language=fields.language,
        topic=fields.topic,
        person=person,
        now=now,
    )


async def update(tx: Tx, shop: UUID, canned_id: UUID, fields: CannedFields, now: datetime) -> bool:
    """Write a prepared answer anew; False when there is none."""
    touched = await _update.run(
        tx,
        shop=shop,
        id=canned_id,
        shortcut=fields.shortcut,
        title=fields.title,
        text=fields.text,
        language=fields.language,
        topic=fields.topic,
        now=now,
    )
    return touched == 1


async def archive(tx: Tx, shop: UUID, canned_id: UUID, now: datetime) -> bool:
    """Put a prepared answer away; False when there is none."""
    return await _archive.run(tx, shop=shop, id=canned_id, now=now) == 1


async def count_use(tx: Tx, shop: UUID, canned_id: UUID) -> None:
    """A prepared answer was used once more."""
    await _count_use.run(tx, shop=shop, id=canned_id)


async def shortcut_taken(tx: Tx, shop: UUID, shortcut: str, but: UUID) -> bool:
    """Whether another prepared answer of the shop has this shortcut."""
    return await _shortcut_taken.one(tx, shop=shop, shortcut=shortcut, id=but)


async def values_for(tx: Tx, conversation: UUID, purchase: UUID | None) -> Known | None:
    """What is known of the buyer and his newest order, or the one named."""
    return await _values_for.first(tx, conversation=conversation, purchase=purchase)
