"""Who may read a conversation, and its timeline as he may see it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct

from xiaoer.conversations.model.desk import DeskEntry
from xiaoer.conversations.model.entry import Entry, Side, side_of
from xiaoer.conversations.model.thread import Facts, Speaker, Standing
from xiaoer.conversations.rules.standing import may_read, standing
from xiaoer.conversations.rules.text import shown
from xiaoer.conversations.store import read as store
from xiaoer.conversations.store import send
from xiaoer.conversations.store.read import Kept, PastConsultation
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

_PAST: Final = 20
"""How many of the latest consultations the desk shows beside a conversation."""


class Acquaintance(Struct, frozen=True):
    """Since when a buyer and a shop talk, and his latest consultations, the newest first."""

    since: datetime
    consultations: list[PastConsultation]


async def known(tx: Tx, speaker: Speaker, conversation: UUID) -> tuple[Facts, Standing] | None:
    """A conversation and where somebody stands in it; None when there is none."""
    question = send.Question(conversation, speaker.person, speaker.role != "buyer", None)
    (found,) = await send.load_facts(tx.connection, tx.tenant, [question])
    return None if found is None else (found, standing(speaker, found.thread, found.relation))


async def readable(tx: Tx, speaker: Speaker, conversation: UUID, *, shop: UUID | None = None) -> Facts:
    """A conversation somebody may read. Raises Refusal: not_found, or not_yours within his own shop."""
    found = await known(tx, speaker, conversation)
    if found is None or found[1] == "hidden" or (shop is not None and found[0].thread.shop != shop):
        raise Refusal(Refused("not_found", "conversations.not_found"))
    if not may_read(found[1]):
        raise Refusal(Refused("not_allowed", "conversations.not_yours"))
    return found[0]


async def language_of(tx: Tx, conversation: UUID) -> str:
    """The language a conversation's buyer reads; empty when unknown."""
    return await store.language_of(tx, conversation)


async def acquaintance(tx: Tx, speaker: Speaker, shop: UUID, conversation: UUID) -> Acquaintance:
    """What a shop knows of the buyer of a conversation somebody may read. Raises Refusal."""
    await readable(tx, speaker, conversation, shop=shop)
    since = await store.known_since(tx, shop, conversation)
    if since is None:
        raise Refusal(Refused("not_found", "conversations.not_found"))
    return Acquaintance(since, await store.past_consultations(tx, shop, conversation, _PAST))


async def entries(
    tx: Tx,
    shop: UUID,
    conversation: UUID,
    *,
    side: Side,
    after: int | None = None,
    before: int | None = None,
    limit: int,
) -> tuple[list[Entry], bool]:
    """A stretch of a timeline in order, as one side may see it, and whether there is more beyond it.

    After a version, or before one; neither means the newest entries.
    """
    if after is not None:
        found = await store.entries_after(tx, shop, conversation, after, limit + 1)
        more = len(found) > limit
        found = found[:limit]
    else:
        found = await store.entries_before(tx, shop, conversation, before or 2**53, limit + 1)
        more = len(found) > limit
        found = found[:limit][::-1]
    return [as_seen(one, side) for one in found], more


def as_seen(kept: Kept, side: Side) -> Entry:
    """An entry as one side sees it: recalled words of the other are gone, the guard speaks to staff only."""
    hidden = kept.recalled and side_of(kept.role) != side
    harmless = None if hidden else shown(kept.text)
    return Entry(
        conversation_id=kept.conversation,
        version=kept.version,
        id=kept.id,
        client_id=kept.client_id,
        role=kept.role,
        person_id=kept.person,
        name=kept.name,
        kind=kept.kind,
        text="" if hidden else kept.text,
        body={} if hidden else kept.body,
        at=kept.at,
        consultation=kept.consultation,
        recalled=kept.recalled,
        guard=kept.guard if kept.guard is not None and side == "shop" else UNSET,
        shown=UNSET if harmless is None else harmless,
    )


async def desk_entries(
    tx: Tx, shop: UUID, conversation: UUID, *, leads: bool, person: UUID | None, after: int, limit: int
) -> tuple[list[DeskEntry], bool]:
    """The staff lines after a version; words the guard held back are for managers and their author."""
    found = await store.desk_entries_after(tx, shop, conversation, after, limit + 1)
    lines = [one.wire() for one in found[:limit]]
    return [line if leads else without_held_words(line, person) for line in lines], len(found) > limit


def without_held_words(line: DeskEntry, person: UUID | None) -> DeskEntry:
    """A staff line for somebody who does not lead: held-back words of others are left out."""
    if line.kind != "guard_blocked" or line.person_id == person:
        return line
    return DeskEntry(
        conversation_id=line.conversation_id,
        version=line.version,
        id=line.id,
        kind=line.kind,
        person_id=line.person_id,
        name=line.name,
        text="",
        mentions=line.mentions,
        after_version=line.after_version,
        body={key: value for key, value in line.body.items() if key == "kinds"},
        at=line.at,
    )
