"""Shops and buyers in batches, as imports bring them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from xiaoer.identity.model import PersonKind
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class ShopRecord(Struct, frozen=True):
    """A shop as it is written; what is None stays as it is."""

    id: UUID
    external_id: str
    name: str | None
    state: str | None
    language: str | None
    time_zone: str | None
    allowed_origins: list[str] | None


class BuyerRecord(Struct, frozen=True):
    """A buyer as he is written; what is None stays as it is."""

    id: UUID
    external_id: str
    display_name: str | None
    email: str | None
    phone: str | None
    language: str | None
    address: dict[str, str] | None
    payment_methods: list[dict[str, Any]] | None


class KeyRow(Struct, frozen=True):
    """What a shop was called and what we call it."""

    key: str
    id: UUID


class NamedRow(Struct, frozen=True):
    """Our id and the marketplace's."""

    id: UUID
    external_id: str


class KnownPerson(Struct, frozen=True):
    """Somebody who is there already."""

    id: UUID
    kind: PersonKind
    external_id: str | None
    email: str | None
    phone: str | None
    merged_into: UUID | None


_statements: Final = Statements(__file__, "imports.sql")
_shops_by_keys = _statements.rows("shops_by_keys", KeyRow)
_add_shops = _statements.rows("add_shops", NamedRow)
_update_shops = _statements.rows("update_shops", NamedRow)
_known_people = _statements.rows("known_people", KnownPerson)
_add_buyers = _statements.rows("add_buyers", NamedRow)
_changed_buyers = _statements.rows("changed_buyers", NamedRow)
_update_buyers = _statements.command("update_buyers")


async def shops_by_keys(tx: Tx, keys: Sequence[str], ids: Sequence[UUID]) -> dict[str, UUID]:
    """The shops that are called so, by the marketplace's id or by ours."""
    return {row.key: row.id for row in await _shops_by_keys.all(tx, keys=list(keys), ids=list(ids))}


async def add_shops(tx: Tx, rows: Sequence[ShopRecord], now: datetime) -> list[NamedRow]:
    """Add the shops that are new, and answer them."""
    return await _add_shops.all(tx, rows=rows, now=now)


async def update_shops(tx: Tx, rows: Sequence[ShopRecord]) -> list[NamedRow]:
    """Change what is told of these shops, and answer those that were different."""
    return await _update_shops.all(tx, rows=rows)


async def known_people(
    tx: Tx, external_ids: Sequence[str], emails: Sequence[str] = (), phones: Sequence[str] = ()
) -> list[KnownPerson]:
    """Everybody with one of these ids, e-mail addresses or phone numbers."""
    return await _known_people.all(
        tx, external_ids=list(external_ids), emails=list(emails), phones=list(phones)
    )


async def add_buyers(tx: Tx, rows: Sequence[BuyerRecord], now: datetime) -> list[NamedRow]:
    """Add the buyers that are new, and answer them. Raises Duplicate."""
    return await _add_buyers.all(tx, rows=rows, now=now)


async def changed_buyers(tx: Tx, rows: Sequence[BuyerRecord]) -> list[NamedRow]:
    """Lock and answer the buyers of whom something new is told."""
    return await _changed_buyers.all(tx, rows=rows)


async def update_buyers(tx: Tx, rows: Sequence[BuyerRecord]) -> None:
    """Change what is told of these buyers. Raises Duplicate."""
    await _update_buyers.run(tx, rows=rows)
