"""The names of those who changed the rules."""

from collections.abc import Iterable
from uuid import UUID

from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Tx


async def authors(tx: Tx, ids: Iterable[UUID | None]) -> dict[str, str]:
    """Display names by id, for the ids that are known."""
    wanted = sorted({one for one in ids if one is not None})
    return {str(one.id): one.display_name for one in (await identity.people(tx, wanted)).values()}
