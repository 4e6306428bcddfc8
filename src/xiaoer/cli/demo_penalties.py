"""What the marketplace of the demonstration once had to penalise."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.model import Grade, Offence, PenaltyWish
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

PAST: Final[tuple[tuple[int, Offence, Grade, str], ...]] = (
    (40, "abuse", "general", "客服在聊天中对买家出言不逊，有举证号为证；店铺已培训客服。"),
    (12, "late_dispatch", "general", "承诺 48 小时内发货，实际第四天才有揽收记录。"),
)
"""Days ago, what for, how grave, and the facts found."""


async def build(tx: Tx, shop: UUID, officer: UUID, now: datetime) -> None:
    """One shop has a penalty whose measure is over, and one that may still be appealed against."""
    for days, offence, grade, facts in PAST:
        at = now - timedelta(days=days)
        wish = PenaltyWish(
            id=new_id(),
            subject_kind="shop",
            subject=shop,
            offence=offence,
            grade=grade,
            facts=facts,
            source_kind="officer",
            source=officer,
            decided_by=officer,
        )
        await penalise(tx, wish, await rulebook.book(tx, None, at), at)
