"""The guard book of a shop, following what the rulebook holds now; proofs on file; what was heeded."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.guard import store
from xiaoer.guard.book import GuardBook, shipped
from xiaoer.guard.events import ProofsChanged
from xiaoer.guard.model import Addition, Changes, FiledProof, Heeded, HeededBy, Kind, Verdict
from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.hub import Hub
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


# ── proofs on file ───────────────────────────────────────────────────────

NONE_ON_FILE: Final[tuple[FiledProof, ...]] = ()
_FULL_READ: Final = timedelta(seconds=60)
"""After so long the proofs of a marketplace are read again, whatever was heard."""


class Proofs:
    """The proofs on file as this process keeps them: read once, dropped when one is filed or put away."""

    def __init__(self, database: Database, hub: Hub) -> None:
        self._database = database
        self._kept: dict[UUID, tuple[datetime, Mapping[UUID, tuple[FiledProof, ...]]]] = {}
        self._told = 0
        hub.on(ProofsChanged.name, self._changed)

    async def of(self, tenant: UUID, shop: UUID, now: datetime) -> tuple[FiledProof, ...]:
        """The proofs of a shop; whether one has run out meanwhile is asked when it is used."""
        kept = self._kept.get(tenant)
        if kept is None or abs(now - kept[0]) > _FULL_READ:
            told = self._told
            async with self._database.read(tenant) as tx:
                kept = (now, await holding(tx, now))
            if told == self._told:
                self._kept[tenant] = kept
        return kept[1].get(shop, NONE_ON_FILE)

    def _changed(self, envelope: Envelope | None) -> None:
        self._told += 1
        if envelope is None:
            self._kept.clear()
        else:
            self._kept.pop(envelope.tenant, None)


async def holding(tx: Tx, now: datetime) -> Mapping[UUID, tuple[FiledProof, ...]]:
    """The proofs in force, by shop, read afresh."""
    found: dict[UUID, tuple[FiledProof, ...]] = {}
    for proof in await store.proofs_holding(tx, now):
        found[proof.shop] = (*found.get(proof.shop, NONE_ON_FILE), proof)
    return found


class ProofLine(Struct, frozen=True):
    """A proof as the shop's list shows it: who filed it, whether it holds now, where its file opens."""

    proof: FiledProof
    person_name: str
    holds: bool
    file_url: str | None = None


async def proofs(
    tx: Tx, shop: UUID, *, before: UUID | None, limit: int, now: datetime
) -> Sequence[ProofLine]:
    """A page of a shop's proofs, the newest first."""
    found = await store.proofs_of_shop(tx, shop, before=before, limit=limit)
    names = await _names(tx, [one.person for one in found])
    return [
        ProofLine(one, names.get(one.person, ""), one.ended_at is None and now < one.ends) for one in found
    ]


# ── what was heeded ──────────────────────────────────────────────────────


class HeedingFigures(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """How suggestions were heeded over some days: by kind and row, by person, by shop (marketplace only)."""

    since: date
    until: date
    rows: tuple[Heeded, ...]
    people: tuple[HeededBy, ...]
    shops: tuple[HeededBy, ...]


async def heeding(tx: Tx, shop: UUID | None, since: date, until: date) -> HeedingFigures:
    """The counts of a shop, or of the whole marketplace."""
    by = await store.heeded_by(tx, shop, since, until)
    of_shops = () if shop is not None else await store.heeded_in(tx, since, until)
    names = await _names(tx, [one.person for one in by])
    shops = await identity.shops(tx, [one.person for one in of_shops])
    return HeedingFigures(
        since=since,
        until=until,
        rows=tuple(await store.heeded(tx, shop, since, until)),
        people=tuple(structs.replace(one, name=names.get(one.person, "")) for one in by),
        shops=tuple(
            structs.replace(one, name=shops[one.person].name if one.person in shops else "")
            for one in of_shops
        ),
    )


async def _names(tx: Tx, people: Sequence[UUID]) -> dict[UUID, str]:
    found = await identity.people(tx, list(dict.fromkeys(people)))
    return {one.id: one.display_name for one in found.values()}
