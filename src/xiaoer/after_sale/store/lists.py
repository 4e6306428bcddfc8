"""Which cases lists show: by a filter their ids, which `heads` reads in one go; else as they are."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.model import CaseHead
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

Place = tuple[datetime, UUID]
FIRST: Final[Place] = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))
LAST: Final[Place] = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


class Filter(Struct, frozen=True):
    """Which cases a list is about; None = any. `assignee` serves the conversation the case stands in."""

    states: tuple[str, ...] | None = None
    kind: str | None = None
    stage: int | None = None
    due_before: datetime | None = None
    purchase: UUID | None = None
    buyer: UUID | None = None
    closed: bool | None = None
    assignee: UUID | None = None


EVERYTHING: Final = Filter()


class BoardCount(Struct, frozen=True):
    """How many open cases stand in one state."""

    state: str
    cases: int
    urgent: int
    next_due_at: datetime | None


class FileFacts(Struct, frozen=True):
    """What an uploaded file is."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int
    width: int | None
    height: int | None
    thumbnail: bool


statements: Final = Statements(__file__, "lists.sql")
_page_due: Final = statements.value("page_due", UUID)
_page_of_shop: Final = statements.value("page_of_shop", UUID)
_page_of_buyer: Final = statements.value("page_of_buyer", UUID)
_page_with_people: Final = statements.value("page_with_people", UUID)
_heads: Final = statements.rows("heads", CaseHead)
_heads_due: Final = statements.rows("heads_due", CaseHead)
_heads_of_shop: Final = statements.rows("heads_of_shop", CaseHead)
_place_due: Final = statements.value("place_due", datetime)
_place_opened: Final = statements.value("place_opened", datetime)
_count_board: Final = statements.rows("count_board", BoardCount)
_files: Final = statements.rows("files", FileFacts)


async def page_due(tx: Tx, shop: UUID, wanted: Filter, after: Place, limit: int) -> list[UUID]:
    """Open cases of a shop, what falls due first ahead."""
    return await _page_due.all(
        tx,
        shop=shop,
        states=list(wanted.states) if wanted.states else None,
        kind=wanted.kind,
        stage=wanted.stage,
        due_before=wanted.due_before,
        purchase=wanted.purchase,
        buyer=wanted.buyer,
        assignee=wanted.assignee,
        after_due=after[0],
        after_id=after[1],
        limit=limit,
    )


async def page_of_shop(tx: Tx, shop: UUID, wanted: Filter, before: Place, limit: int) -> list[UUID]:
    """Cases of a shop, the newest first."""
    return await _page_of_shop.all(
        tx,
        shop=shop,
        states=list(wanted.states) if wanted.states else None,
        kind=wanted.kind,
        closed=wanted.closed,
        purchase=wanted.purchase,
        buyer=wanted.buyer,
        assignee=wanted.assignee,
        before_at=before[0],
        before_id=before[1],
        limit=limit,
    )


async def page_of_buyer(tx: Tx, buyer: UUID, wanted: Filter, before: Place, limit: int) -> list[UUID]:
    """A buyer's cases, the newest first."""
    return await _page_of_buyer.all(
        tx,
        buyer=buyer,
        closed=wanted.closed,
        purchase=wanted.purchase,
        before_at=before[0],
        before_id=before[1],
        limit=limit,
    )


async def page_with_people(tx: Tx, after: Place, limit: int) -> list[UUID]:
    """What people of the marketplace have to look at."""
    return await _page_with_people.all(tx, after_due=after[0], after_id=after[1], limit=limit)


async def heads(tx: Tx, ids: Sequence[UUID]) -> list[CaseHead]:
    """Some cases as lists show them, in the order they were asked for."""
    return await _heads.all(tx, ids=list(ids)) if ids else []


async def heads_due(tx: Tx, shop: UUID, after: Place, limit: int) -> list[CaseHead]:
    """All open cases of a shop, what falls due first ahead."""
    return await _heads_due.all(tx, shop=shop, after_due=after[0], after_id=after[1], limit=limit)


async def heads_of_shop(tx: Tx, shop: UUID, before: Place, limit: int) -> list[CaseHead]:
    """All cases of a shop, the newest first."""
    return await _heads_of_shop.all(tx, shop=shop, before_at=before[0], before_id=before[1], limit=limit)


async def place_due(tx: Tx, case: UUID | None) -> Place | None:
    """The place behind a case in a list by due time; the beginning without one."""
    if case is None:
        return FIRST
    due = await _place_due.first(tx, id=case)
    return None if due is None else (due, case)


async def place_opened(tx: Tx, case: UUID | None) -> Place | None:
    """The place behind a case in a list of the newest; the beginning without one."""
    if case is None:
        return LAST
    at = await _place_opened.first(tx, id=case)
    return None if at is None else (at, case)


async def count_board(tx: Tx, shop: UUID) -> list[BoardCount]:
    """How many open cases of a shop stand in each state."""
    return await _count_board.all(tx, shop=shop)


async def files(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, FileFacts]:
    """What some files are."""
    found = await _files.all(tx, ids=list(ids)) if ids else []
    return {one.id: one for one in found}
