"""A conversation's chain of hashes, link by link."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.rules.chain import Link
from xiaoer.conversations.store import read as store
from xiaoer.conversations.store.read import ChainRow
from xiaoer.plumbing.db import Tx

AT_ONCE: Final = 500


async def links(tx: Tx, shop: UUID, conversation: UUID, *, after: int = 0) -> AsyncIterator[Link]:
    """Every entry after a version as a verifier reads it, in order."""
    while rows := await store.chain(tx, shop, conversation, after, AT_ONCE):
        for row in rows:
            yield Link(row.version, _words(row), row.salt, row.inner_hash, row.hash)
        after = rows[-1].version


def _words(row: ChainRow) -> Entry | None:
    if row.text is None or row.body is None:
        return None  # erased
    return Entry(
        conversation_id=row.conversation,
        version=row.version,
        id=row.id,
        client_id=None,
        role=row.role,
        person_id=row.person,
        name="",
        kind=row.kind,
        text=row.text,
        body=row.body,
        at=row.at,
        consultation=0,
    )
