"""How lists of disputes and the page of the bench are read."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.disputes.model.court import Dispute, IssueKind, State
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

Source = Literal["chat", "order", "parcel", "money", "case", "dispute"]
Place = tuple[datetime, UUID]
FIRST: Final[Place] = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
LAST: Final[Place] = (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))


class Docket(Struct, frozen=True):
    """Which open disputes people want to see."""

    state: State | None = None
    issue: IssueKind | None = None
    officer: UUID | None = None
    unassigned: bool = False


class TimeLine(Struct, frozen=True):
    """One thing that happened, wherever it is kept; `key` is a word of its source."""

    at: datetime
    source: Source
    key: str
    text: str
    facts: dict[str, object]


class Signals(Struct, frozen=True):
    """What people should look at twice; nothing is decided by it."""

    buyer_disputes: int
    buyer_lost: int
    buyer_returns: int
    shop_lost: int
    forged: int


class _Place(Struct, frozen=True):
    due_at: datetime
    opened_at: datetime


statements: Final = Statements(__file__, "lists.sql")
_docket: Final = statements.value("docket", UUID)
_docket_of: Final = statements.value("docket_of", UUID)
_of_shop_due: Final = statements.value("of_shop_due", UUID)
_of_shop: Final = statements.value("of_shop", UUID)
_of_buyer: Final = statements.value("of_buyer", UUID)
_place: Final = statements.rows("place", _Place)
_time_line: Final = statements.rows("time_line", TimeLine)
_signals: Final = statements.rows("signals", Signals)
_unopened: Final = statements.value("unopened", str)


async def docket(tx: Tx, wanted: Docket, after: Place, limit: int) -> list[UUID]:
    """Open disputes, the first due first; of one officer, or of all."""
    if wanted.officer is not None:
        return await _docket_of.all(
            tx,
            officer=wanted.officer,
            after_due=after[0],
            after_id=after[1],
            state=wanted.state,
            issue=wanted.issue,
            limit=limit,
        )
    return await _docket.all(
        tx,
        after_due=after[0],
        after_id=after[1],
        state=wanted.state,
        issue=wanted.issue,
        unassigned=wanted.unassigned,
        limit=limit,
    )


async def of_shop_due(tx: Tx, shop: UUID, after: Place, limit: int) -> list[UUID]:
    """Open disputes a shop is a party of, the first due first."""
    return await _of_shop_due.all(tx, shop=shop, after_due=after[0], after_id=after[1], limit=limit)


async def of_shop(tx: Tx, shop: UUID, before: Place, limit: int, *, closed: bool | None) -> list[UUID]:
    """Disputes a shop is a party of, the newest first."""
    return await _of_shop.all(
        tx, shop=shop, before=before[0], before_id=before[1], closed=closed, limit=limit
    )


async def of_buyer(tx: Tx, buyer: UUID, before: Place, limit: int, *, closed: bool | None) -> list[UUID]:
    """A buyer's disputes, the newest first."""
    return await _of_buyer.all(
        tx, buyer=buyer, before=before[0], before_id=before[1], closed=closed, limit=limit
    )


async def place_due(tx: Tx, dispute: UUID | None) -> Place | None:
    """The place behind a dispute in a list by due time; the beginning without one."""
    if dispute is None:
        return FIRST
    found = await _place.first(tx, id=dispute)
    return None if found is None else (found.due_at, dispute)


async def place_opened(tx: Tx, dispute: UUID | None) -> Place | None:
    """The place behind a dispute in a list of the newest; the beginning without one."""
    if dispute is None:
        return LAST
    found = await _place.first(tx, id=dispute)
    return None if found is None else (found.opened_at, dispute)


async def time_line(tx: Tx, dispute: Dispute, numbers: Sequence[str]) -> list[TimeLine]:
    """Everything about a dispute that has a time, in order."""
    return await _time_line.all(
        tx,
        dispute=dispute.id,
        shop=dispute.shop,
        purchase=dispute.purchase,
        case_id=dispute.case,
        numbers=list(numbers),
    )


async def signals(tx: Tx, dispute: Dispute, kinds: Sequence[str], since: datetime) -> Signals:
    """What people should look at twice."""
    return await _signals.one(
        tx, dispute=dispute.id, shop=dispute.shop, buyer=dispute.buyer, kinds=list(kinds), since=since
    )


async def unopened(tx: Tx, person: UUID, numbers: Sequence[str]) -> list[str]:
    """Which of these evidence numbers somebody has not opened yet."""
    return await _unopened.all(tx, person=person, numbers=list(numbers)) if numbers else []
