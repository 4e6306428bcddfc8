"""A shop to which only what still stands ever happened: it must stand as the one that was wronged does."""

from typing import Any
from uuid import UUID

from tests import make
from tests.lives.market import RIGHT, Market
from tests.penalties.test_lives import Life, ring, stands
from xiaoer.penalties.actions import exam, year
from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.model import PenaltyWish
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


class Undo(Exception):
    """Nothing of the twin stays."""


async def stands_like_its_twin(market: Market) -> None:
    """Points, measures and visibility of the shop are those of its twin."""
    if await market.owner.fetchval(
        "select true from measures.happening where tenant = $1 and event = 'suspend' limit 1", market.tenant
    ):
        return  # held up for a while: the twin never was
    async with market.database.read(market.tenant) as tx:
        is_so = await stands(tx, Life(market.shop), market.now)
    penalties = await market.owner.fetch(
        "select * from penalties.penalty where tenant = $1 and subject = $2 and state <> 'reversed' "
        "order by at, id",
        market.tenant, market.shop,
    )  # fmt: skip
    sittings = await market.owner.fetch(
        "select at from penalties.exam_try where tenant = $1 and subject = $2 and passed order by at",
        market.tenant, market.shop,
    )  # fmt: skip
    lived = sorted([(row["at"], 0, row) for row in penalties] + [(row["at"], 1, row) for row in sittings],
                   key=lambda one: one[:2])  # fmt: skip
    should_be: tuple[object, ...] = ()
    try:
        async with market.database.transaction(new_id()) as tx:
            twin = await born(tx, market)
            for at, kind, row in lived:
                await ring(tx, twin, at)
                if kind:
                    book = await rulebook.book(tx, None, at)
                    await exam.sit(tx, twin.shop, RIGHT, id=new_id(), person=new_id(), book=book, now=at)
                else:
                    await penalise(tx, wish_of(row, twin.shop), await rulebook.book(tx, None, at), at)
            await ring(tx, twin, market.now)
            await year.close_some(tx, None, market.now)
            should_be = await stands(tx, twin, market.now)
            raise Undo
    except Undo:
        pass
    assert is_so == should_be


async def born(tx: Tx, market: Market) -> Life:
    """A shop of the same age in a marketplace of its own."""
    await make.marketplace_in(tx)
    return Life((await make.shop_in(tx)).id)


def wish_of(row: Any, shop: UUID) -> PenaltyWish:
    """The same penalty for the twin."""
    return PenaltyWish(
        id=new_id(), subject_kind="shop", subject=shop, offence=row["offence"], grade=row["grade"],
        circumstances=tuple(row["circumstances"]), facts=row["facts"], evidence=tuple(row["evidence"]),
        source_kind=row["source_kind"], source=row["source"], decided_by=row["decided_by"],
        automated=row["automated"],
    )  # fmt: skip
