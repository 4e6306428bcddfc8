"""What a shop knows for certain: to read, and as the rules of accuracy hold it against what was said."""

from collections.abc import Sequence
from uuid import UUID

from xiaoer.guard.normal import fold
from xiaoer.inspection.model import Fact, Known
from xiaoer.inspection.store import facts as store
from xiaoer.plumbing.db import Tx

LIMIT = 2_000
"""More than a shop may have (`inspection.facts_most`)."""


async def facts(tx: Tx, shop: UUID) -> Sequence[Fact]:
    """The facts of a shop that are in force, the newest first."""
    return await store.facts(tx, shop, LIMIT)


async def known(tx: Tx, shop: UUID) -> Sequence[Known]:
    """The same, folded as the words of a talk are; named by their titles, which the report shows."""
    return [
        Known(one.title, _folded(one.about), _folded(one.says), _folded(one.never))
        for one in await facts(tx, shop)
    ]


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)
