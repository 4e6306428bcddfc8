"""What holds in each shop now, for the message path: limits, response profile, calendar, guard book."""

from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from xiaoer.clocks import queries as clocks
from xiaoer.clocks.rules.profiles import profile_of
from xiaoer.conversations.rules.batch import ShopRules
from xiaoer.conversations.rules.speak import ReplyTime
from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import FiledProof
from xiaoer.guard.queries import NONE_ON_FILE, GuardBooks, Proofs, guard_book, holding
from xiaoer.kernel.calendar import Calendar
from xiaoer.measures.model import Standing
from xiaoer.measures.queries.standing import Standings
from xiaoer.measures.rules.standing import NOBODY
from xiaoer.measures.rules.standing import TABLE as STOPS
from xiaoer.plumbing.db import Database, Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book
from xiaoer.rulebook.queries import Books

CALENDAR_AGE: Final = timedelta(seconds=5)
"""How old a calendar kept in the process may be."""


class Shops(Protocol):
    """Gives the rules of a shop."""

    async def of(self, tenant: UUID, shop: UUID, now: datetime) -> ShopRules:
        """The rules of one shop that hold at this moment."""
        ...


class KeptShops:
    """The rules of shops as this process keeps them; the rulebook says at once when they change."""

    def __init__(
        self,
        database: Database,
        books: Books,
        guards: GuardBooks,
        standings: Standings | None = None,
        proofs: Proofs | None = None,
    ) -> None:
        self._database = database
        self._proofs = proofs
        self._standings = standings
        self._books = books
        self._guards = guards
        self._calendars: dict[tuple[UUID, UUID], tuple[Calendar, datetime]] = {}
        self._rules: dict[tuple[UUID, UUID], tuple[Book, object, ShopRules]] = {}

    async def of(self, tenant: UUID, shop: UUID, now: datetime) -> ShopRules:
        """The rules of one shop that hold at this moment."""
        book = await self._books.of(tenant, shop, now)
        guard = await self._guards.of(tenant, shop, now)
        calendar = await self._calendar(tenant, shop, now)
        standing = NOBODY if self._standings is None else await self._standings.of(tenant, now)
        filed = NONE_ON_FILE if self._proofs is None else await self._proofs.of(tenant, shop, now)
        kept = self._rules.get((tenant, shop))
        if (
            kept is None
            or kept[0] is not book
            or kept[1] is not calendar
            or kept[2].guard is not guard
            or kept[2].standing is not standing
            or kept[2].proofs is not filed
        ):
            kept = (book, calendar, rules_from(book, calendar, guard, standing, filed))
            self._rules[tenant, shop] = kept
        return kept[2]

    async def _calendar(self, tenant: UUID, shop: UUID, now: datetime) -> Calendar:
        kept = self._calendars.get((tenant, shop))
        if kept is not None and abs(now - kept[1]) < CALENDAR_AGE:
            return kept[0]
        async with self._database.read(tenant) as tx:
            calendar = (await clocks.calendar(tx, shop)).calendar()
        self._calendars[tenant, shop] = (calendar, now)
        return calendar


class FreshShops:
    """The rules of shops as a transaction reads them; for reactions and timers, which are rare."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def of(self, tenant: UUID, shop: UUID, now: datetime) -> ShopRules:
        """The rules of one shop of the transaction's marketplace that hold at this moment."""
        if tenant != self._tx.tenant:
            raise ValueError("the rules of another marketplace")
        book = await rulebook.book(self._tx, shop, now)
        calendar = (await clocks.calendar(self._tx, shop)).calendar()
        filed = (await holding(self._tx, now)).get(shop, NONE_ON_FILE)
        return rules_from(book, calendar, guard_book(book), proofs=filed)


def rules_from(
    book: Book,
    calendar: Calendar,
    guard: GuardBook,
    standing: Standing = NOBODY,
    proofs: tuple[FiledProof, ...] = NONE_ON_FILE,
) -> ShopRules:
    """The rules of a shop, from what its books say."""
    return ShopRules(
        text_max=book.integer("conversation.text_max"),
        recall_seconds=book.integer("conversation.recall_seconds"),
        timing=ReplyTime(profile_of(book), calendar),
        guard=guard,
        standing=standing,
        stops=book.table(STOPS) if standing.held else None,
        proofs=proofs,
    )
