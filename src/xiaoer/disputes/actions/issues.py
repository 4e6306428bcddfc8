"""What a dispute is about when it is opened: what moves each burden, and where it lies first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xiaoer.after_sale.model import Case
from xiaoer.disputes.actions import burden
from xiaoer.disputes.actions.known import Ground
from xiaoer.disputes.model.court import Dispute, Issue
from xiaoer.disputes.model.wishes import IssueWish
from xiaoer.disputes.rules import burden as rules
from xiaoer.disputes.rules.deadlines import due
from xiaoer.disputes.store import disputes as store
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook

CATEGORIES: Final = frozenset(
    {
        "electronics_portable",
        "electronics_fixed",
        "wear",
        "household",
        "ceramics",
        "cosmetics",
        "tyres",
        "live_fresh",
        "fresh",
        "pets",
        "aquatic",
    }
)
MERGED: Final = "merged_parcel"
"""The mark of an item that was put into one parcel with others without the buyer's consent."""


async def issues_of(
    tx: Tx,
    dispute: Dispute,
    wishes: Sequence[IssueWish],
    order: Purchase | None,
    case: Case | None,
    *,
    ground: Ground,
    now: datetime,
) -> list[Issue]:
    """The issues with their first burdens; every decision behind them is kept."""
    assert dispute.due_at is not None
    until = dispute.due_at
    if dispute.state == "negotiation":
        until = due(ground.book, dispute, "disputes.evidence", dispute.due_at, ground.days)
    made: list[Issue] = []
    for place, wish in enumerate(wishes, 1):
        moved = await _moved(tx, dispute, wish, order, case, ground=ground, now=now)
        fresh = rules.new_issue(new_id(), place, wish, rules.standing(wish.issue, moved))
        made.append(await burden.lay(tx, dispute, fresh, 1, until, ground=ground, now=now))
    return made


async def _moved(
    tx: Tx,
    dispute: Dispute,
    wish: IssueWish,
    order: Purchase | None,
    case: Case | None,
    *,
    ground: Ground,
    now: datetime,
) -> rules.Ground:
    """What moves the burden of one issue."""
    flags: set[str] = set()
    if order is not None:
        flags = {
            word for item in order.items if not wish.items or item.id in wish.items for word in item.flags
        }
    since = now - ground.book.duration("disputes.pattern_days")
    return rules.Ground(
        confirmed=order is not None and order.state == "completed",
        merged=MERGED in flags,
        late=await _late(tx, dispute, wish, order, case, flags=flags, ground=ground, now=now),
        pattern=await store.pattern(tx, dispute.shop, wish.issue, since),
        pattern_from=ground.book.integer("disputes.pattern_cases"),
    )


async def _late(
    tx: Tx,
    dispute: Dispute,
    wish: IssueWish,
    order: Purchase | None,
    case: Case | None,
    *,
    flags: set[str],
    ground: Ground,
    now: datetime,
) -> bool:
    if order is None or order.signed_at is None:
        return False
    known = wish.category if wish.category in CATEGORIES else ""
    category = known or next(iter(sorted(flags & CATEGORIES)), "other")
    decision = await rulebook.decide(
        tx,
        ground.book,
        rules.WINDOWS,
        {"category": category, "sight": "hidden" if wish.issue in rules.HIDDEN else "visible"},
        id=new_id(),
        shop=dispute.shop,
        subject_kind="dispute",
        subject=dispute.id,
        actor=None,
        now=now,
    )
    hours, days = decision.outcome.get("hours"), decision.outcome.get("days")
    return rules.is_late(
        hours if isinstance(hours, int) else None,
        days if isinstance(days, int) else None,
        signed_at=order.signed_at,
        reported_at=case.opened_at if case else now,
        claimed_at=now,
        calendar=ground.days,
    )
