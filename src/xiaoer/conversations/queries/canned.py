"""What may be asked about prepared answers."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.conversations.store import canned as store
from xiaoer.conversations.store.canned import Canned, CannedFields
from xiaoer.plumbing.db import Tx

__all__ = ["Canned", "CannedFields", "canned"]


async def canned(tx: Tx, shop: UUID) -> Sequence[Canned]:
    """All prepared answers of a shop by topic and title."""
    return await store.canned(tx, shop)
