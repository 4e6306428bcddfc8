"""The guard book of a shop, following what the rulebook holds now."""

import asyncio
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from xiaoer.guard.book import GuardBook, shipped
from xiaoer.guard.model import Addition, Changes, Kind, Verdict
from xiaoer.rulebook.model import Book

_ADDED: Final[tuple[tuple[str, Kind, Verdict], ...]] = (
    ("guard.absolute_add", "absolute_term", "block"),
    ("guard.abuse_add", "abuse", "block"),
    ("guard.contact_add", "outside_contact", "block"),
    ("guard.reviews_add", "review_solicitation", "rewrite"),
    ("guard.privacy_add", "personal_data", "block"),
    ("guard.claims_add", "medical_claim", "block"),
    ("guard.tone_add", "tone", "hint"),
)
_MANY: Final = 2_000
"""From how many terms on an automaton is built in a thread: about 5 ms."""
_KEPT: Final = 4_096


class Books(Protocol):
    """Where the rulebook's values come from; `rulebook.queries.Books` is one."""

    async def of(self, tenant: UUID, shop: UUID | None, now: datetime) -> Book:
        """The values that hold for a shop, or for the marketplace itself."""
        ...


class GuardBooks:
    """The guard books of this process: a changed rulebook gives a new book, whole, with the next message.

    Shops that change nothing share the shipped book, shops with equal changes share one.
    """

    def __init__(self, books: Books) -> None:
        self._books = books
        self._kept: dict[tuple[UUID, UUID | None], tuple[Book, GuardBook]] = {}
        self._alike: dict[Changes, GuardBook] = {}

    async def of(self, tenant: UUID, shop: UUID | None, now: datetime) -> GuardBook:
        """The guard book of a shop, or of the marketplace itself."""
        values = await self._books.of(tenant, shop, now)
        kept = self._kept.get((tenant, shop))
        if kept is not None and kept[0] is values:
            return kept[1]
        changes = changes_of(values)
        guard = self._alike.get(changes)
        if guard is None:
            many = len(changes.add) + len(changes.allow) > _MANY
            guard = await asyncio.to_thread(_built, changes) if many else _built(changes)
            self._alike[changes] = guard
        if len(self._kept) >= _KEPT or len(self._alike) >= _KEPT:
            self._kept.clear()
            self._alike = {changes: guard}
        self._kept[tenant, shop] = (values, guard)
        return guard


def guard_book(values: Book) -> GuardBook:
    """The guard book that a rulebook's values make."""
    return _built(changes_of(values))


def changes_of(values: Book) -> Changes:
    """What the rulebook changes in the shipped guard book (C10)."""
    return Changes(
        add=tuple(
            Addition(kind, term, verdict) for name, kind, verdict in _ADDED for term in values.words(name)
        ),
        allow=tuple(values.words("guard.whitelist")),
        allowed_domains=tuple(values.words("guard.allowed_domains")),
        allowed_phones=tuple(values.words("guard.allowed_phones")),
        names=tuple(values.words("guard.names")),
        removed=tuple(values.words("guard.removed")),
        abuse_likely=values.integer("guard.abuse_likely_percent") / 100,
        abuse_sure=values.integer("guard.abuse_sure_percent") / 100,
    )


def _built(changes: Changes) -> GuardBook:
    return shipped() if changes == Changes() else shipped().changed(changes)
