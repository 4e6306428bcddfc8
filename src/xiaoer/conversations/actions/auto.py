"""What the program itself says to buyers."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.conversations.actions.locked import say_locked
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.model.thread import Asked, Message, Speaker
from xiaoer.conversations.queries.shops import FreshShops, Shops
from xiaoer.conversations.queries.threads import language_of
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing import log
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

SALT_BYTES: Final = 16
_log: Final = log.get("conversations")


async def say(
    tx: Tx,
    shops: Shops,
    *,
    shop: UUID,
    conversation: UUID,
    client_id: str,
    text: str,
    language: str,
    now: datetime,
) -> Entry | Refused:
    """Say something in the name of the shop, past the guard like everybody; the same id says it once."""
    speaker = Speaker(tx.tenant, None, "auto", "", shops=frozenset({shop}), language=language)
    message = Message(conversation, client_id, "text", text, {})
    asked = Asked(speaker, message, new_id(), secrets.token_bytes(SALT_BYTES), now)
    return await say_locked(tx, asked, shops)


async def answer_off_hours(
    tx: Tx, *, shop: UUID, conversation: UUID, version: int, now: datetime
) -> Entry | Refused | None:
    """Tell a buyer who writes off hours that his place is kept (S-002).

    None when the shop wants no such answer.
    """
    book = await rulebook.book(tx, shop, now)
    if not book.boolean("off_hours.enabled"):
        return None
    language = await language_of(tx, conversation)
    answer = await say(
        tx,
        FreshShops(tx),
        shop=shop,
        conversation=conversation,
        client_id=f"off-hours-{version}",
        text=book.text_in("off_hours.auto_reply", language or "zh-Hans"),
        language=language,
        now=now,
    )
    if isinstance(answer, Refused):
        # an end of the consultation in the same moment, mostly: nothing that an operator could mend
        _log.info("auto_answer_refused", shop=str(shop), code=answer.code)
    return answer
