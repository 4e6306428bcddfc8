"""What the cases of a shop come to."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.model import Kind
from xiaoer.after_sale.store.lists import statements
from xiaoer.plumbing.db import Tx


class KindFigures(Struct, frozen=True, kw_only=True):
    """How cases of one kind and currency went; the seconds are medians, None where there was none.

    `refunded_minor`: what was paid in all of them. `silent`: the shop let its time run out. `with_people`:
    people of the marketplace had to look at it.
    """

    kind: Kind
    currency: str
    opened: int
    closed: int
    refunded: int
    refunded_minor: int
    with_people: int
    refused: int
    silent: int
    answer_seconds: int | None
    close_seconds: int | None


class RefusalFigures(Struct, frozen=True):
    """How often the shop refused for one reason, and in how many cases."""

    reason: str
    refusals: int
    cases: int


_kinds: Final = statements.rows("figures_of_kinds", KindFigures)
_refusals: Final = statements.rows("figures_of_refusals", RefusalFigures)


async def of_kinds(tx: Tx, shop: UUID, since: datetime, until: datetime) -> list[KindFigures]:
    """The cases opened in a span, kind by kind, the commonest first."""
    return await _kinds.all(tx, shop=shop, since=since, until=until)


async def of_refusals(tx: Tx, shop: UUID, since: datetime, until: datetime) -> list[RefusalFigures]:
    """Why the shop refused in those cases, the commonest reason first."""
    return await _refusals.all(tx, shop=shop, since=since, until=until)
