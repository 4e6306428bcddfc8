"""Which complaints lists show: ids only, in order; and what the year says about somebody who complains."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.queries.views import FileFacts
from xiaoer.complaints.model import HotlineCall
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

Place = tuple[datetime, UUID]
LAST: Final[Place] = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


class DuePlace(Struct, frozen=True):
    """Where the list of people of the marketplace goes on."""

    calm: bool
    due_at: datetime | None
    id: UUID


FIRST: Final = DuePlace(False, datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


class Filter(Struct, frozen=True):
    """Which complaints a list is about; None = any."""

    states: tuple[str, ...] | None = None
    of_kind: str | None = None
    shop: UUID | None = None
    buyer: UUID | None = None
    purchase: UUID | None = None
    closed: bool | None = None
    side: Literal["by", "against"] | None = None


class YearRecord(Struct, frozen=True):
    """What a year says about somebody: counts only."""

    complaints: int
    failed: int
    forged: int
    orders: int
    returns: int


class Name(Struct, frozen=True):
    """What a person or a shop is called."""

    id: UUID
    name: str


statements: Final = Statements(__file__, "lists.sql")
_page_of_party: Final = statements.value("page_of_party", UUID)
_page_due: Final = statements.value("page_due", UUID)
_page_newest: Final = statements.value("page_newest", UUID)
_place_due: Final = statements.rows("place_due", DuePlace)
_place_lodged: Final = statements.value("place_lodged", datetime)
_calls_page: Final = statements.rows("calls_page", HotlineCall)
_place_call: Final = statements.value("place_call", datetime)
_names: Final = statements.rows("names", Name)
_files: Final = statements.rows("files", FileFacts)
_record_of: Final = statements.rows("record_of", YearRecord)


async def page_of_party(
    tx: Tx, kind: Literal["person", "shop"], party: UUID, wanted: Filter, *, before: Place, limit: int
) -> list[UUID]:
    """A party's complaints, the newest first; what is not taken on is not told to the accused."""
    return await _page_of_party.all(
        tx,
        kind=kind,
        party=party,
        by=wanted.side != "against",
        against=wanted.side != "by",
        states=_list(wanted.states),
        closed=wanted.closed,
        purchase=wanted.purchase,
        before_at=before[0],
        before_id=before[1],
        limit=limit,
    )


async def page_due(tx: Tx, me: UUID, wanted: Filter, after: DuePlace, limit: int) -> list[UUID]:
    """What people of the marketplace have to look at, urgent ones first."""
    return await _page_due.all(
        tx,
        me=me,
        states=_list(wanted.states),
        of_kind=wanted.of_kind,
        shop=wanted.shop,
        buyer=wanted.buyer,
        after_calm=after.calm,
        after_due=after.due_at,
        after_id=after.id,
        limit=limit,
    )


async def page_newest(tx: Tx, me: UUID, wanted: Filter, before: Place, limit: int) -> list[UUID]:
    """All complaints of the marketplace but those about oneself, the newest first."""
    return await _page_newest.all(
        tx,
        me=me,
        states=_list(wanted.states),
        of_kind=wanted.of_kind,
        shop=wanted.shop,
        buyer=wanted.buyer,
        closed=wanted.closed,
        before_at=before[0],
        before_id=before[1],
        limit=limit,
    )


async def place_due(tx: Tx, after: UUID | None) -> DuePlace | None:
    """Where a list by due time goes on; None when `after` is no complaint."""
    return FIRST if after is None else await _place_due.first(tx, id=after)


async def place_lodged(tx: Tx, after: UUID | None) -> Place | None:
    """Where a list by age goes on; None when `after` is no complaint."""
    if after is None:
        return LAST
    at = await _place_lodged.first(tx, id=after)
    return None if at is None else (at, after)


async def calls_page(tx: Tx, before: Place, limit: int) -> list[HotlineCall]:
    """Calls at the hotline, the newest first."""
    return await _calls_page.all(tx, before_at=before[0], before_id=before[1], limit=limit)


async def place_call(tx: Tx, after: UUID | None) -> Place | None:
    """Where the list of calls goes on; None when `after` is no call."""
    if after is None:
        return LAST
    at = await _place_call.first(tx, id=after)
    return None if at is None else (at, after)


async def record_of(tx: Tx, party: UUID, side: Literal["buyer", "shop"], since: datetime) -> YearRecord:
    """What is on record about somebody since a moment."""
    return await _record_of.one(tx, party=party, side=side, since=since)


async def names(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, str]:
    """What people and shops are called."""
    return {one.id: one.name for one in await _names.all(tx, ids=list(ids))} if ids else {}


async def files(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, FileFacts]:
    """What uploaded files are."""
    return {one.id: one for one in await _files.all(tx, ids=list(ids))} if ids else {}


def _list(states: Sequence[str] | None) -> list[str] | None:
    return list(states) if states else None
