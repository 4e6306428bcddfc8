"""From a wish as it comes through a door to something the committer can decide."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.conversations.model.entry import Body, Wish
from xiaoer.conversations.model.thread import Asked, Message, Speaker, Thread
from xiaoer.conversations.queries import threads
from xiaoer.conversations.rules.chain import SALT_BYTES, is_plain
from xiaoer.conversations.store import attach as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx

NO_FILE: Final = Refused("not_found", "conversations.file_unknown")
NO_CARD: Final = Refused("not_found", "conversations.card_unknown")


def plain(speaker: Speaker, wish: Wish, now: datetime) -> Asked | Refused | None:
    """What to ask the committer about a wish that is only words; None when something has to be looked up."""
    if wish.conversation_id is None:
        return Refused("invalid", "conversations.wish_incomplete", facts={"field": "conversation_id"})
    if wish.kind != "text":
        return None
    if wish.file_id is not None or wish.card is not None:
        return Refused("invalid", "conversations.wish_incomplete", facts={"field": "kind"})
    return _asked(speaker, wish, wish.conversation_id, {}, now)


async def prepared(database: Database, speaker: Speaker, wish: Wish, now: datetime) -> Asked | Refused:
    """What to ask the committer about any wish. Files and cards become what they show now."""
    quick = plain(speaker, wish, now)
    if quick is not None:
        return quick
    async with database.read(speaker.tenant) as tx:
        return await prepared_in(tx, speaker, wish, now)


async def prepared_in(tx: Tx, speaker: Speaker, wish: Wish, now: datetime) -> Asked | Refused:
    """The same within a transaction that is open already."""
    quick = plain(speaker, wish, now)
    if quick is not None:
        return quick
    assert wish.conversation_id is not None  # plain has refused it
    try:
        if wish.kind == "card":
            body = await _card(tx, speaker, wish, wish.conversation_id)
        else:
            body = await _file(tx, speaker, wish, wish.conversation_id)
    except Refusal as refusal:
        return refusal.refused
    return _asked(speaker, wish, wish.conversation_id, body, now)


def _asked(speaker: Speaker, wish: Wish, conversation: UUID, body: Body, now: datetime) -> Asked:
    if wish.reply_to is not None:
        body = {**body, "reply_to": wish.reply_to}
    if not is_plain(body):
        raise TypeError("what is sealed must have one spelling only")
    message = Message(conversation, wish.client_id, wish.kind, wish.text, body)
    return Asked(speaker, message, new_id(), secrets.token_bytes(SALT_BYTES), now)


async def _file(tx: Tx, speaker: Speaker, wish: Wish, conversation: UUID) -> Body:
    """The file somebody uploaded for this conversation."""
    if wish.file_id is None:
        raise Refusal(Refused("invalid", "conversations.wish_incomplete", facts={"field": "file_id"}))
    found = await store.find_file(tx, wish.file_id)
    if found is None or found.person != speaker.person or found.conversation != conversation:
        raise Refusal(NO_FILE)
    if wish.kind == "image" and found.width is None:
        raise Refusal(NO_FILE)
    shown = {
        "id": str(found.id),
        "name": found.name,
        "media_type": found.media_type,
        "size_bytes": found.size_bytes,
        "width": found.width,
        "height": found.height,
        "thumbnail": found.thumbnail,
    }
    return {"file": {key: value for key, value in shown.items() if value is not None}}


async def _card(tx: Tx, speaker: Speaker, wish: Wish, conversation: UUID) -> Body:
    """The order (of this conversation's buyer) or product (of its shop) as it is now."""
    if wish.card is None:
        raise Refusal(Refused("invalid", "conversations.wish_incomplete", facts={"field": "card"}))
    thread = await _thread(tx, speaker, conversation)
    try:
        card = await orders.card(tx, thread.shop, wish.card.kind, wish.card.id, buyer=thread.buyer)
    except Refusal:
        raise Refusal(NO_CARD) from None
    return {"card": msgspec.to_builtins(card)}


async def _thread(tx: Tx, speaker: Speaker, conversation: UUID) -> Thread:
    return (await threads.readable(tx, speaker, conversation)).thread
