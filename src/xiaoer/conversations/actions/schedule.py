"""Messages kept back: for a moment in which they can be undone, or for later."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.conversations.actions.held_back import HeldBack
from xiaoer.conversations.actions.locked import lock_thread, say_locked
from xiaoer.conversations.actions.move import note
from xiaoer.conversations.actions.own import decided
from xiaoer.conversations.actions.round import question
from xiaoer.conversations.actions.send import prepared, prepared_in
from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.events import ScheduledFailed
from xiaoer.conversations.model.entry import Entry, Wish
from xiaoer.conversations.model.scheduled import Failed, Scheduled
from xiaoer.conversations.model.thread import Asked, Facts, Speaker
from xiaoer.conversations.queries import threads
from xiaoer.conversations.queries.shops import FreshShops, Shops
from xiaoer.conversations.rules.batch import NOT_FOUND, REUSED, NeedsLock
from xiaoer.conversations.rules.chain import SALT_BYTES
from xiaoer.conversations.store import scheduled as store
from xiaoer.conversations.store import send
from xiaoer.identity import queries as people
from xiaoer.identity.rules import role_of
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook

CLOCK: Final = "scheduled_send"
STAFF: Final = frozenset({"agent", "manager"})
STAFF_ONLY: Final = Refused("not_allowed", "conversations.schedule_staff_only")
UNKNOWN: Final = Refused("not_found", "conversations.unknown_scheduled")
ALREADY_SENT: Final = Refused("not_now", "conversations.already_sent")
GONE: Final = Refused("not_allowed", "conversations.sender_disabled")


def is_kept_back(wish: Wish) -> bool:
    """Whether a wish shall not be sent at once."""
    return bool(wish.hold_seconds) or wish.send_at is not None


async def hold(
    database: Database, shops: Shops, held_back: HeldBack, speaker: Speaker, wish: Wish, *, now: datetime
) -> Entry | Scheduled | Refused:
    """Keep a wish until its time; everything that would refuse it now refuses it at once.

    An entry is the answer when this client id was sent before. Codes: those of sending;
    `conversations.schedule_staff_only`, `hold_too_long`, `send_when`, `wish_incomplete`, `client_id_reused`.
    """
    if speaker.role not in STAFF:
        return STAFF_ONLY
    asked = await prepared(database, speaker, wish, now)
    if isinstance(asked, Refused):
        return asked

    async def work(tx: Tx) -> tuple[Facts | None, Entry | Scheduled | Refused]:
        (known,) = await send.load_facts(tx.connection, tx.tenant, [question(asked)])
        if known is None:
            return None, NOT_FOUND
        return known, await _keep(tx, asked, known, wish, shops)

    known, answer = await database.run(speaker.tenant, work)
    if isinstance(answer, Refused) and known is not None:
        held_back(asked, known.thread, answer)
    return answer


async def _keep(tx: Tx, asked: Asked, known: Facts, wish: Wish, shops: Shops) -> Entry | Scheduled | Refused:
    thread, person, now = known.thread, asked.speaker.person, asked.at
    rules = await shops.of(tx.tenant, thread.shop, now)
    decision = await decided(tx, asked, known, rules, thread=thread, first=known.first)
    if isinstance(decision, NeedsLock):
        decision = await decided(tx, asked, known, rules, thread=thread, first=known.first, deed="say")
    if isinstance(decision, Entry | Refused):
        return decision
    if person is None:
        return STAFF_ONLY
    send_at = await _when(tx, thread.shop, wish, now)
    if isinstance(send_at, Refused):
        return send_at
    plain = structs.replace(wish, conversation_id=thread.id, hold_seconds=None, send_at=None)
    kept = Scheduled(
        id=asked.id,
        conversation_id=thread.id,
        person_id=person,
        client_id=wish.client_id,
        held=wish.send_at is None,
        wish=plain,
        send_at=send_at,
        created_at=now,
    )
    if not await store.insert(tx, thread, kept, asked.speaker.role_in(thread.shop), now):
        earlier = await store.of_client(tx, thread.id, wish.client_id)
        mine = earlier is not None and earlier.person_id == person and earlier.wish == plain
        return earlier if earlier is not None and mine else REUSED
    await clocks.start(tx, owner=kept.id, name=CLOCK, shop=thread.shop, due_at=send_at, now=now)
    return kept


async def _when(tx: Tx, shop: UUID, wish: Wish, now: datetime) -> datetime | Refused:
    book = await rulebook.book(tx, shop, now)
    if wish.send_at is None:
        seconds, most = wish.hold_seconds or 0, book.integer("conversation.undo_seconds")
        if seconds > most:
            return Refused("refused", "conversations.hold_too_long", facts={"seconds": most})
        return now + timedelta(seconds=seconds)
    if wish.hold_seconds:
        return Refused("invalid", "conversations.wish_incomplete", facts={"field": "send_at"})
    days = book.integer("conversation.schedule_days")
    if wish.send_at.tzinfo is None or not now < wish.send_at <= now + timedelta(days=days):
        return Refused("refused", "conversations.send_when", facts={"days": days})
    return wish.send_at


async def take_back(tx: Tx, speaker: Speaker, conversation: UUID, scheduled: UUID) -> None:
    """Take back one's own message, or for who leads the shop anybody's, before it goes.

    Raises Refusal: `already_sent` when it went, `unknown_scheduled` when there is none.
    """
    thread = (await threads.readable(tx, speaker, conversation)).thread
    await clocks.stop(tx, scheduled, CLOCK)  # first, as the ringer does: neither waits for the other twice
    kept = await store.lock(tx, scheduled)
    if kept is None or kept.conversation_id != conversation:
        raise Refusal(ALREADY_SENT if await store.was_sent(tx, thread, scheduled) else UNKNOWN)
    if kept.person_id != speaker.person and thread.shop not in speaker.leads:
        raise Refusal(UNKNOWN)
    await store.delete(tx, scheduled)


async def send_scheduled(tx: Tx, scheduled: UUID, shop: UUID, now: datetime) -> None:
    """The time of a message has come: its author says it, with the rights he has now.

    A refusal is kept with the message and told to him.
    """
    kept = await store.lock(tx, scheduled)
    if kept is None:
        return
    answer = await _said(tx, kept, shop, now)
    if isinstance(answer, Entry):
        await store.delete(tx, scheduled)
        return
    await store.fail(tx, scheduled, Failed(answer.code, answer.row, now))
    await _tell(tx, kept, answer, shop, now)


async def _said(tx: Tx, kept: Scheduled, shop: UUID, now: datetime) -> Entry | Refused:
    speaker = await _author(tx, kept.person_id, shop)
    if speaker is None:
        return GONE
    try:
        async with tx.savepoint():
            asked = await prepared_in(tx, speaker, kept.wish, now)
            if isinstance(asked, Refused):
                return asked
            asked = structs.replace(asked, id=kept.id, salt=secrets.token_bytes(SALT_BYTES))
            return await say_locked(tx, asked, FreshShops(tx))
    except Refusal as refusal:
        return refusal.refused


async def _author(tx: Tx, person: UUID, shop: UUID) -> Speaker | None:
    """The author as he stands now; None when he may not work any more."""
    found = (await people.people(tx, [person])).get(person)
    held = role_of(found.kind, found.memberships) if found is not None else None
    if found is None or held is None or found.disabled_at is not None:
        return None
    role, shops, managed = held
    actor = Actor(
        tenant=tx.tenant,
        person=person,
        role=role,
        shops=shops,
        managed=managed,
        name=found.display_name,
        language=found.language,
    )
    return within(speaker_of(actor, "conversations.send"), shop)


async def _tell(tx: Tx, kept: Scheduled, refused: Refused, shop: UUID, now: datetime) -> None:
    """His own line in the desk's part of the conversation, and news for his open pages."""
    thread = await lock_thread(tx, kept.conversation_id)
    if thread is None:
        return
    guarded = refused.code.startswith("guard.")
    body = {"scheduled": str(kept.id), "client_id": kept.client_id, "code": refused.code}
    await note(
        tx,
        thread,
        kind="note",
        person=None,
        text="" if guarded else kept.wish.text,
        mentions=[kept.person_id],
        body=body,
        at=now,
    )
    await publish(
        tx,
        ScheduledFailed(
            tenant=tx.tenant,
            at=now,
            person=kept.person_id,
            shop=shop,
            conversation=kept.conversation_id,
            scheduled=kept.id,
            client_id=kept.client_id,
            code=refused.code,
        ),
    )
