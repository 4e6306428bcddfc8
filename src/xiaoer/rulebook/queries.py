"""What others may ask the rulebook."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.hub import Hub
from xiaoer.rulebook import store
from xiaoer.rulebook.events import RulebookChanged
from xiaoer.rulebook.model import Book, RuleEntry
from xiaoer.rulebook.rules import in_force


async def book(tx: Tx, shop: UUID | None, now: datetime) -> Book:
    """The values in force for a shop, or for the marketplace itself, read afresh."""
    return in_force(await store.entries_for(tx, shop, now), shop, now)


async def history(
    tx: Tx, name: str, shop: UUID | None, before: int | None, limit: int
) -> Sequence[RuleEntry]:
    """The versions of one parameter at one level, newest first."""
    return await store.history(tx, name, shop, before, limit)


class Books:
    """The books of this process: read once, dropped the moment a value is set anywhere."""

    def __init__(self, database: Database, hub: Hub) -> None:
        self._database = database
        self._books: dict[tuple[UUID, UUID | None], Book] = {}
        self._told = 0
        hub.on(RulebookChanged.name, self._changed)

    async def of(self, tenant: UUID, shop: UUID | None, now: datetime) -> Book:
        """The book of a shop, or of the marketplace itself."""
        kept = self._books.get((tenant, shop))
        if kept is not None and (kept.valid_until is None or now < kept.valid_until):
            return kept
        told = self._told
        async with self._database.read(tenant) as tx:
            fresh = await book(tx, shop, now)
        if told == self._told:  # else it may be older than the news that came meanwhile
            self._books[tenant, shop] = fresh
        return fresh

    def _changed(self, envelope: Envelope | None) -> None:
        self._told += 1
        if envelope is None:
            self._books.clear()
            return
        for key in [key for key in self._books if key[0] == envelope.tenant]:
            del self._books[key]
