"""What everybody may read: the apologies for public blocks that were wrong."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.blocks.queries import blocks as queries
from xiaoer.identity import queries as identity
from xiaoer.plumbing.http import Call, Limit, Page, page_of

SHOWN_FOR: Final = timedelta(days=90)


class PublicApology(Struct, frozen=True, kw_only=True):
    """A shop was blocked in public, and wrongly: the marketplace apologises where it was said (S-103)."""

    id: UUID
    shop_name: str
    begins_at: datetime
    lifted_at: datetime


async def list_apologies(
    call: Call, slug: str, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[PublicApology]:
    """Public blocks of shops that were wrong, the newest first; shown for 90 days."""
    async with call.database.system() as tx:
        home = await identity.marketplace_named(tx, slug)
    async with call.database.read(home.tenant) as tx:
        found = await queries.corrections(tx, call.now - SHOWN_FOR, before=starting_after, limit=limit + 1)
        shops = await identity.shops(tx, sorted({one.shop for one in found})) if found else {}
    lines = [
        PublicApology(
            id=one.id,
            shop_name=shops[one.shop].name if one.shop in shops else "",
            begins_at=one.begins_at,
            lifted_at=one.lifted_at,
        )
        for one in found
    ]
    return page_of(lines, limit, lambda one: str(one.id))
