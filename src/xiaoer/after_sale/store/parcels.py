"""What is kept about the parcels an order was sent in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.after_sale.model import ParcelHarm
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "parcels.sql")
_own_parcels: Final = statements.value("own_parcels", UUID)
_insert_harm: Final = statements.command("insert_harm")
_harms: Final = statements.value("harms", str)
_harms_told: Final = statements.rows("harms_told", ParcelHarm)
_open_cases: Final = statements.value("open_cases", UUID)


async def own_parcels(tx: Tx, shop: UUID, number: str) -> list[UUID]:
    """The orders whose own parcel this is, not signed for yet."""
    return await _own_parcels.all(tx, shop=shop, number=number)


async def insert_harm(
    tx: Tx, shop: UUID, purchase: UUID, *, number: str, harm: str, bearer: str, text: str, at: datetime
) -> bool:
    """Keep what a carrier said; False when it was said before."""
    kept = await _insert_harm.run(
        tx, shop=shop, purchase=purchase, number=number, harm=harm, bearer=bearer, text=text, at=at
    )
    return kept == 1


async def harms(tx: Tx, shop: UUID, purchase: UUID) -> frozenset[str]:
    """What harm carriers told of an order's parcels: loss, breakage."""
    return frozenset(await _harms.all(tx, shop=shop, purchase=purchase))


async def harms_told(tx: Tx, shop: UUID, purchase: UUID) -> Sequence[ParcelHarm]:
    """The same one by one, the newest first."""
    return await _harms_told.all(tx, shop=shop, purchase=purchase)


async def open_cases(tx: Tx, purchase: UUID) -> list[UUID]:
    """The cases of an order that are not over."""
    return await _open_cases.all(tx, purchase=purchase)
