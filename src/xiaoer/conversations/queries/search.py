"""What was written where, and by whom: words found in a shop's history, buyers by name and number."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.rules.search import Line, excerpt, has, numbered, sought
from xiaoer.conversations.rules.standing import may_read, standing
from xiaoer.conversations.store import search as store
from xiaoer.conversations.store import send
from xiaoer.conversations.store.search import BuyerHit, Hit
from xiaoer.kernel.refusal import granted
from xiaoer.plumbing.db import Tx

ROUNDS: Final = 5
AT_ONCE: Final = 100
"""What is looked through in a round, after a first one of a page's length."""

LATELY: Final = 1_000
"""Lines looked through first: what is often said is found there, the rest in slices of time."""


class Found(Struct, frozen=True):
    """An entry in which the words stand."""

    conversation_id: UUID
    version: int
    at: datetime
    role: Role
    buyer_id: UUID
    buyer_name: str
    excerpt: str


async def find_words(
    tx: Tx,
    speaker: Speaker,
    shop: UUID,
    query: str,
    *,
    after: Line,
    conversation: UUID | None,
    limit: int,
    lately: int = LATELY,
) -> list[Found]:
    """Entries with the words, newest first, that this person may read; one more than `limit`."""
    words, pieces = granted(sought(query))
    results: list[Found] = []
    if conversation is None:
        hits = await store.found(tx, shop, pieces, after=after, lately=lately, limit=limit + 1)
        results += await _told(tx, speaker, hits, words)
        if len(results) > limit:
            return results
        after = _after(hits, after)
    for asked in (limit + 1, *(AT_ONCE,) * ROUNDS):
        hits = await store.found(tx, shop, pieces, after=after, conversation=conversation, limit=asked)
        results += await _told(tx, speaker, hits, words)
        if len(results) > limit or len(hits) < asked:
            break
        after = _after(hits, after)
    return results[: limit + 1]


def _after(hits: Sequence[Hit], before: Line) -> Line:
    """The line after which the next hits are looked for."""
    return Line(hits[-1].at, hits[-1].conversation_id, hits[-1].version) if hits else before


async def _told(tx: Tx, speaker: Speaker, hits: Sequence[Hit], words: Sequence[str]) -> list[Found]:
    """Those hits that stand, really have the words and may be read by this person."""
    fit = [hit for hit in hits if not hit.recalled and has(hit.text, words)]
    readable = await _readable(tx, speaker, {hit.conversation_id for hit in fit})
    return [_found(hit, words) for hit in fit if hit.conversation_id in readable]


async def find_buyers(tx: Tx, speaker: Speaker, shop: UUID, query: str, *, limit: int) -> list[BuyerHit]:
    """Conversations this person may read: by the number of an order or parcel, then by the buyer's name."""
    words, pieces = granted(sought(query))
    known: dict[UUID, BuyerHit] = {}
    for number in numbered(query):
        for one in await store.numbered(tx, shop, number, AT_ONCE):
            known.setdefault(one.conversation_id, one)
    for one in await store.named(tx, shop, pieces, AT_ONCE):
        if has(one.buyer_name, words):
            known.setdefault(one.conversation_id, one)
    readable = await _readable(tx, speaker, set(known))
    return [one for one in known.values() if one.conversation_id in readable][:limit]


async def _readable(tx: Tx, speaker: Speaker, wanted: set[UUID]) -> set[UUID]:
    conversations = sorted(wanted)
    if not conversations:
        return set()
    questions = [send.Question(each, speaker.person, True, None) for each in conversations]
    known = await send.load_facts(tx.connection, tx.tenant, questions)
    return {
        facts.thread.id
        for facts in known
        if facts is not None and may_read(standing(speaker, facts.thread, facts.relation))
    }


def _found(hit: Hit, words: Sequence[str]) -> Found:
    return Found(
        hit.conversation_id,
        hit.version,
        hit.at,
        hit.role,
        hit.buyer_id,
        hit.buyer_name,
        excerpt(hit.text, words),
    )
