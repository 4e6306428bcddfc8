"""Who hears of an appeal: both sides, and whoever decides it."""

from datetime import datetime
from uuid import UUID

from xiaoer.appeals.events import AppealMoved, MyAppealMoved
from xiaoer.appeals.model import Appeal
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish


async def moved(tx: Tx, was: Appeal, appeal: Appeal, event: str, now: datetime) -> None:
    """An appeal stands differently."""
    people, shops = _audience(was, appeal)
    for shop in sorted(shops):
        await publish(tx, AppealMoved.of(was, appeal, event, tx.tenant, now, shop=shop))
    for person in sorted(people):
        await publish(tx, MyAppealMoved.of(was, appeal, event, tx.tenant, now, person=person))


def _audience(was: Appeal, appeal: Appeal) -> tuple[set[UUID], set[UUID]]:
    people: set[UUID] = {one for one in (was.judge, appeal.judge) if one is not None}
    shops: set[UUID] = set()
    for kind, who in ((appeal.appellant_kind, appeal.appellant), (appeal.other_kind, appeal.other)):
        if who is not None:
            (shops if kind == "shop" else people).add(who)
    return people, shops
