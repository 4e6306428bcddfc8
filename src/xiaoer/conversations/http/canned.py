"""The doors of prepared answers."""

from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.conversations.actions import canned as actions
from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries import canned as queries
from xiaoer.conversations.queries import threads
from xiaoer.conversations.queries.canned import Canned, CannedFields
from xiaoer.conversations.rules.canned import Filled
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call


class CannedWish(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A prepared answer; places are written {{buyer}}, {{order}}, {{product}}, {{tracking}} …"""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    shortcut: Annotated[str, msgspec.Meta(max_length=20, pattern=r"^[^\s/]*$")] = ""
    language: Annotated[str, msgspec.Meta(max_length=10)] = ""
    topic: Annotated[str, msgspec.Meta(max_length=40)] = ""


class FillWish(msgspec.Struct, forbid_unknown_fields=True):
    """For which conversation, and about which order when not the newest."""

    conversation_id: UUID
    purchase_id: UUID | None = None


class CannedList(msgspec.Struct):
    """All prepared answers of a shop."""

    data: list[Canned]


async def list_canned(call: Call, shop: UUID) -> CannedList:
    """The prepared answers of a shop by topic and title."""
    async with call.database.read(call.tenant) as tx:
        return CannedList(list(await queries.canned(tx, shop)))


async def post_canned(call: Call, shop: UUID, data: CannedWish) -> Canned:
    """Write a prepared answer."""
    return await call.database.run(
        call.tenant, lambda tx: actions.add(tx, shop, _fields(data), call.actor.person, call.now)
    )


async def put_canned(call: Call, shop: UUID, canned: UUID, data: CannedWish) -> Canned:
    """Write a prepared answer anew."""
    return await call.database.run(
        call.tenant, lambda tx: actions.change(tx, shop, canned, _fields(data), call.now)
    )


async def delete_canned(call: Call, shop: UUID, canned: UUID) -> None:
    """Put a prepared answer away."""
    await call.database.run(call.tenant, lambda tx: actions.archive(tx, shop, canned, call.now))


async def post_fill(call: Call, shop: UUID, canned: UUID, data: FillWish) -> Filled:
    """A prepared answer with its places filled for one conversation."""
    who = within(speaker_of(call.actor, "conversations.draft"), shop)

    async def work(tx: Tx) -> Filled:
        await threads.readable(tx, who, data.conversation_id)
        return await actions.filled(
            tx,
            shop,
            canned,
            conversation=data.conversation_id,
            purchase=data.purchase_id,
            agent=call.actor.name,
            language=call.language,
        )

    return await call.database.run(call.tenant, work)


def _fields(data: CannedWish) -> CannedFields:
    return CannedFields(data.shortcut, data.title.strip(), data.text, data.language, data.topic.strip())
