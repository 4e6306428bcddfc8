"""What complaints are decided by: the rules of a moment, and how days are counted."""

from datetime import datetime
from uuid import UUID

from xiaoer.after_sale.rules.deadlines import days_of
from xiaoer.complaints.rules.deadlines import Ground
from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


async def ground(tx: Tx, shop: UUID | None, at: datetime) -> Ground:
    """The rules of a shop, or of the marketplace itself, as they were at a moment."""
    zone = (await identity.marketplace(tx)).time_zone
    book = await rulebook.book(tx, shop, at)
    return Ground(book, days_of(book, zone))
