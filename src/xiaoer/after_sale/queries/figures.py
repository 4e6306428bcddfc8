"""Figures for who runs a shop: what is asked of it, how fast it answers, why it refuses."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.store import figures as store
from xiaoer.after_sale.store.figures import KindFigures, RefusalFigures
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

USUAL: Final = timedelta(days=30)
LONGEST: Final = timedelta(days=370)


class CaseFigures(Struct, frozen=True, kw_only=True):
    """What became of the cases opened in a span; the shares are hundredths of a per cent of them."""

    since: datetime
    until: datetime
    opened: int
    closed: int
    intervention_basis_points: int
    refusal_basis_points: int
    kinds: list[KindFigures]
    refusals: list[RefusalFigures]


async def case_figures(
    tx: Tx, shop: UUID, *, since: datetime | None, until: datetime | None, now: datetime
) -> CaseFigures:
    """The figures of a shop; the last thirty days when no span is named. Raises Refusal."""
    end = until or now
    start = since or end - USUAL
    if not timedelta() < end - start <= LONGEST:
        raise Refusal(Refused("invalid", "after_sale.span", facts={"days": LONGEST.days}))
    kinds = await store.of_kinds(tx, shop, start, end)
    opened = sum(one.opened for one in kinds)
    return CaseFigures(
        since=start,
        until=end,
        opened=opened,
        closed=sum(one.closed for one in kinds),
        intervention_basis_points=_share(sum(one.with_people for one in kinds), opened),
        refusal_basis_points=_share(sum(one.refused for one in kinds), opened),
        kinds=kinds,
        refusals=await store.of_refusals(tx, shop, start, end),
    )


def _share(part: int, whole: int) -> int:
    return (part * 10_000 + whole // 2) // whole if whole else 0
