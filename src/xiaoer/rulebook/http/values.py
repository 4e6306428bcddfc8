"""The doors to parameters on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook import actions, queries
from xiaoer.rulebook.http.authors import authors
from xiaoer.rulebook.model import InForce, Value


class Setting(msgspec.Struct, forbid_unknown_fields=True):
    """A value to set; null goes back to the level above."""

    value: Value | None
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    effective_from: datetime | None = None


class Values(msgspec.Struct):
    """Every parameter with what holds now, and the names of those who set them."""

    data: list[InForce]
    people: dict[str, str]


class ValueVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a value, with who set it and why; null means back to the level above."""

    id: UUID
    version: int
    value: Value | None
    effective_from: datetime
    author: UUID
    author_name: str
    reason: str
    created_at: datetime


async def get_shop_rulebook(call: Call, shop: UUID) -> Values:
    """Every parameter in force for a shop, with its default, unit and basis."""
    return await _values(call, shop)


async def get_marketplace_rulebook(call: Call) -> Values:
    """Every parameter in force for the marketplace, with its default, unit and basis."""
    return await _values(call, None)


async def _values(call: Call, shop: UUID | None) -> Values:
    async with call.database.read(call.tenant) as tx:
        found = (await queries.book(tx, shop, call.now)).all()
        people = await authors(tx, [one.author for one in found] + [one.next_author for one in found])
    return Values(list(found), people)


async def put_shop_value(call: Call, shop: UUID, name: str, data: Setting) -> InForce:
    """Set a shop's own value of a parameter."""
    return await _set(call, shop, name, data)


async def put_marketplace_value(call: Call, name: str, data: Setting) -> InForce:
    """Set the marketplace's value of a parameter."""
    return await _set(call, None, name, data)


async def _set(call: Call, shop: UUID | None, name: str, data: Setting) -> InForce:
    return await call.database.run(
        call.tenant,
        lambda tx: actions.set_value(
            tx,
            shop=shop,
            name=name,
            value=data.value,
            reason=data.reason,
            author=call.actor.person,
            now=call.now,
            effective_from=data.effective_from,
        ),
    )


async def get_shop_history(
    call: Call, shop: UUID, name: str, before: int | None = None, limit: Limit = 50
) -> Page[ValueVersion]:
    """The versions of a shop's value, newest first."""
    return await _history(call, shop, name, before, limit)


async def get_marketplace_history(
    call: Call, name: str, before: int | None = None, limit: Limit = 50
) -> Page[ValueVersion]:
    """The versions of the marketplace's value, newest first."""
    return await _history(call, None, name, before, limit)


async def _history(
    call: Call, shop: UUID | None, name: str, before: int | None, limit: int
) -> Page[ValueVersion]:
    async with call.database.read(call.tenant) as tx:
        found = await queries.history(tx, name, shop, before, limit + 1)
        names = await authors(tx, [one.author for one in found])
    versions = [
        ValueVersion(
            id=one.id,
            version=one.version,
            value=one.value,
            effective_from=one.effective_from,
            author=one.author,
            author_name=names.get(str(one.author), ""),
            reason=one.reason,
            created_at=one.created_at,
        )
        for one in found
    ]
    return page_of(versions, limit, lambda one: str(one.version))
