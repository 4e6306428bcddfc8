"""What only the desk sees: notes with mentions, whispers, tags, drafts."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.conversations.actions.desk import allowed, person_of
from xiaoer.conversations.actions.move import note
from xiaoer.conversations.events import Mentioned
from xiaoer.conversations.model.thread import Speaker, Thread
from xiaoer.conversations.queries import threads
from xiaoer.conversations.store import notes as store
from xiaoer.conversations.store.notes import Draft
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.routing import queries as routes
from xiaoer.rulebook import queries as rulebook

TAG_LENGTH: Final = 40


async def write_note(
    tx: Tx, speaker: Speaker, conversation: UUID, *, text: str, mentions: Sequence[UUID], now: datetime
) -> Thread:
    """Write a note; whoever is named in it may read the conversation from now on and hears of it.

    Raises Refusal for an empty note and for somebody who is no agent of the shop.
    """
    if not text.strip():
        raise Refusal(Refused("refused", "conversations.text_empty"))
    was = await allowed(tx, speaker, conversation, "note")
    named = sorted(set(mentions) - {person_of(speaker)})
    if named:
        known = {agent.person for agent in await routes.agents(tx, was.shop)}
        if not known.issuperset(named):
            raise Refusal(Refused("not_found", "routing.unknown_agent"))
    thread = await note(
        tx, was, kind="note", person=speaker.person, name=speaker.name, text=text, mentions=named, at=now
    )
    if named:
        await _tell_named(tx, thread, speaker, text=text, named=named, now=now)
    return thread


async def _tell_named(
    tx: Tx, thread: Thread, speaker: Speaker, *, text: str, named: Sequence[UUID], now: datetime
) -> None:
    mentions = [(person, new_id()) for person in named]
    await store.insert_mentions(tx, thread, mentions, person_of(speaker), now)
    for person, mention in mentions:
        await publish(
            tx,
            Mentioned(
                tenant=tx.tenant,
                at=now,
                person=person,
                mention=mention,
                shop=thread.shop,
                conversation=thread.id,
                mentioned_by=speaker.name,
                text=text,
            ),
        )


async def whisper(tx: Tx, speaker: Speaker, conversation: UUID, text: str, now: datetime) -> Thread:
    """A manager's words to the agent who serves, unseen by the buyer."""
    if not text.strip():
        raise Refusal(Refused("refused", "conversations.text_empty"))
    was = await allowed(tx, speaker, conversation, "whisper")
    mentions = [was.assignee] if was.assignee else []
    return await note(
        tx,
        was,
        kind="whisper",
        person=speaker.person,
        name=speaker.name,
        text=text,
        mentions=mentions,
        at=now,
    )


async def set_tags(
    tx: Tx, speaker: Speaker, conversation: UUID, names: Sequence[str], now: datetime
) -> Thread:
    """Give a conversation exactly these tags. Raises Refusal for too many or too long ones."""
    was = await allowed(tx, speaker, conversation, "tag")
    wanted = sorted({unicodedata.normalize("NFC", name).strip() for name in names} - {""})
    most = (await rulebook.book(tx, was.shop, now)).integer("conversation.tags_max")
    if len(wanted) > most or any(len(name) > TAG_LENGTH for name in wanted):
        raise Refusal(
            Refused("refused", "conversations.tags_limit", facts={"most": most, "length": TAG_LENGTH})
        )
    before = list(await store.tags(tx, was.id))
    if before == wanted:
        return was
    await store.replace_tags(tx, was, wanted, person_of(speaker), now)
    body = {"tags": wanted, "before": before}
    return await note(tx, was, kind="tagged", person=speaker.person, name=speaker.name, body=body, at=now)


async def save_draft(tx: Tx, speaker: Speaker, conversation: UUID, text: str, now: datetime) -> Draft:
    """Keep somebody's unsent words in a conversation he may read; no words forget the draft.

    A colleague's draft is never touched: each has his own.
    """
    thread = (await threads.readable(tx, speaker, conversation)).thread
    most = (await rulebook.book(tx, thread.shop, now)).integer("conversation.draft_max")
    if len(text) > most:
        raise Refusal(
            Refused("refused", "conversations.text_too_long", facts={"limit": most, "length": len(text)})
        )
    if text:
        await store.save_draft(tx, thread, person_of(speaker), text, now)
    else:
        await store.delete_draft(tx, conversation, person_of(speaker))
    return Draft(text, now)


async def read_mentions(tx: Tx, conversation: UUID, person: UUID, now: datetime) -> None:
    """Somebody has seen where he was named in a conversation."""
    await store.read_mentions(tx, conversation, person, now)
