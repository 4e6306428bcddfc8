"""What was written where: words found in a shop's history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.rules.search import excerpt, has, sought
from xiaoer.conversations.rules.standing import may_read, standing
from xiaoer.conversations.store import search as store
from xiaoer.conversations.store import send
from xiaoer.conversations.store.search import Hit
from xiaoer.kernel.refusal import granted
from xiaoer.plumbing.db import Tx

ROUNDS: Final = 5
AT_ONCE: Final = 100


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
    before: datetime,
    conversation: UUID | None,
    limit: int,
) -> list[Found]:
    """Entries with the words, newest first, of conversations this person may read; one more than `limit`."""
    words, pieces = granted(sought(query))
    results: list[Found] = []
    for _ in range(ROUNDS):
        hits = await store.found(tx, shop, pieces, before=before, conversation=conversation, limit=AT_ONCE)
        fit = [hit for hit in hits if has(hit.text, words)]
        readable = await _readable(tx, speaker, fit)
        results += [_found(hit, words) for hit in fit if hit.conversation_id in readable]
        if len(results) > limit or len(hits) < AT_ONCE:
            break
        before = hits[-1].at
    return results[: limit + 1]


async def _readable(tx: Tx, speaker: Speaker, hits: Sequence[Hit]) -> set[UUID]:
    conversations = sorted({hit.conversation_id for hit in hits})
    if not conversations:
        return set()
    questions = [send.Question(each, speaker.person, True, None) for each in conversations]
    known = await send.load_facts(tx.connection, tx.tenant, questions)
    return {
        facts.thread.id
        for facts in known
        if facts is not None and may_read(standing(speaker, facts.thread, facts.relation))
    }


def _found(hit: Hit, words: str) -> Found:
    return Found(
        hit.conversation_id,
        hit.version,
        hit.at,
        hit.role,
        hit.buyer_id,
        hit.buyer_name,
        excerpt(hit.text, words),
    )
