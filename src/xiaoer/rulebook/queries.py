"""What others may ask the rulebook."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.kernel.table import Table
from xiaoer.plumbing.db import NO_TENANT, Database, Tx
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.hub import Hub
from xiaoer.plumbing.language import Catalogue
from xiaoer.rulebook import store
from xiaoer.rulebook.events import RulebookChanged
from xiaoer.rulebook.model import RELEASE, Book, Explained, Recorded, RuleEntry, parsed
from xiaoer.rulebook.rules.book import in_force
from xiaoer.rulebook.rules.explain import explained
from xiaoer.rulebook.rules.replay import Replayed, again
from xiaoer.rulebook.rules.shelf import PROFILE, shelf, texts
from xiaoer.rulebook.rules.shipment import Shipment, current

WHY_LIMIT: Final = 200
GROUPS_LIMIT: Final = 50_000


_read: Final[dict[str, Shipment]] = {}
"""Releases of the past as this process has read them; what a digest names never changes."""


async def releases(tx: Tx, entries: Iterable[RuleEntry]) -> Mapping[str, Shipment]:
    """The releases that entries speak of, but for the running one."""
    found: dict[str, Shipment] = {}
    for digest in {str(entry.value) for entry in entries if entry.name == RELEASE} - {current().digest}:
        known = _read.get(digest)
        if known is None:
            files = await store.find_release(tx, digest)
            if files is None:
                continue
            known = _read[digest] = Shipment(files).beside(current())
        found[digest] = known
    return found


async def book(tx: Tx, shop: UUID | None, moment: datetime) -> Book:
    """What is (or was) in force for a shop, or for the marketplace itself, at a moment.

    From what this process remembers, unless this very transaction has changed the rulebook.
    """
    known = _remembered(tx)
    return await (book_read(tx, shop, moment) if known is None else known.within(tx, shop, moment))


async def books(tx: Tx, shop: UUID | None, moments: Sequence[datetime]) -> list[Book]:
    """The same at several moments, in their order."""
    known = _remembered(tx)
    if known is None:
        return [await book_read(tx, shop, moment) for moment in moments]
    line = await known.line(tx, shop)
    return [line.at(moment) for moment in moments]


def _remembered(tx: Tx) -> "Books | None":
    """The books of this process; None where it has none, or this transaction has changed the rulebook."""
    known = tx.memory.get(Books)
    if isinstance(known, Books) and not any(isinstance(one, RulebookChanged) for one in tx.published):
        return known
    return None


async def book_read(tx: Tx, shop: UUID | None, moment: datetime) -> Book:
    """The same, read afresh: for whoever is about to change it."""
    entries = await store.entries_for(tx, shop)
    return in_force(entries, shop, moment, await releases(tx, entries))


async def book_under(tx: Tx, profile: str, moment: datetime) -> Book:
    """What would be in force for the marketplace at a moment if it had chosen another profile."""
    entries = await store.entries_for(tx, None)
    nobody = UUID(int=0)
    chosen = RuleEntry(nobody, None, PROFILE, 2**31, profile, moment, nobody, "", moment)
    return in_force([*entries, chosen], None, moment, await releases(tx, entries))


async def history(
    tx: Tx, name: str, shop: UUID | None, before: int | None, limit: int
) -> Sequence[RuleEntry]:
    """The versions of one parameter or table at one level, newest first."""
    return await store.history(tx, name, shop, before, limit)


async def coming(tx: Tx, now: datetime, limit: int = 200) -> Sequence[RuleEntry]:
    """What the marketplace has announced and not yet begun, the next first."""
    return await store.coming(tx, now, limit)


async def decided(tx: Tx, subject_kind: str, subject: UUID) -> Sequence[Recorded]:
    """What was decided about one thing, in order."""
    return await store.decisions_about(tx, subject_kind, subject, WHY_LIMIT)


async def why(tx: Tx, subject_kind: str, subject: UUID, language: str = "zh-Hans") -> Sequence[Explained]:
    """Every decision about one thing with its row, basis, sentence and inputs, in the reader's language."""
    found = await decided(tx, subject_kind, subject)
    tables = await wordings(tx, [one.wording for one in found])
    known = Catalogue.shipped().knowing(language)
    return [explained(one, tables.get(one.wording), language, known) for one in found]


async def wordings(tx: Tx, digests: Sequence[str]) -> dict[str, Table]:
    """The kept tables of these digests; a wording that was never kept is missing."""
    if not digests:
        return {}
    found = await store.wordings(tx, sorted(set(digests)))
    return {one.digest: parsed(one.table, one.text) for one in found if one.table in shelf()}


async def version_of(tx: Tx, book: Book, name: str, version: int) -> Table:
    """One version of the marketplace's table; 0 is what the profile ships. Raises Refusal."""
    if version == 0:
        return parsed(name, texts(book.profile)[name])
    for entry in await store.history(tx, name, None, version + 1, 1):
        if entry.version == version and isinstance(entry.value, str):
            return parsed(name, entry.value)
    raise Refusal(Refused("not_found", "rulebook.unknown_version", facts={"name": name, "version": version}))


class Span(NamedTuple):
    """Which stored decisions are asked again."""

    table: str
    since: datetime
    until: datetime
    shop: UUID | None = None


async def what_if(tx: Tx, span: Span, table: Table | None = None) -> Replayed:
    """Stored decisions decided again by another wording, or (None) each by the wording that decided it."""
    groups = await store.decision_groups(
        tx, span.table, since=span.since, until=span.until, shop=span.shop, limit=GROUPS_LIMIT
    )
    if table is not None:
        return again((group, table) for group in groups)
    kept = await wordings(tx, [group.wording for group in groups])
    return again((group, kept[group.wording]) for group in groups if group.wording in kept)


async def changed(
    tx: Tx, span: Span, replayed: Replayed, starting_after: str | None, limit: int
) -> Sequence[Recorded]:
    """The stored decisions behind the differences, newest first."""
    asked = [one.inputs for one in replayed.differences]
    if not asked:
        return []
    return await store.decisions_asked(
        tx,
        span.table,
        since=span.since,
        until=span.until,
        shop=span.shop,
        inputs=asked,
        before=_place(starting_after),
        limit=limit,
    )


def cursor(at: datetime, id: UUID) -> str:
    """Where the next page of decisions goes on."""
    return f"{at.isoformat()}_{id}"


def _place(text: str | None) -> tuple[datetime, UUID] | None:
    if text is None:
        return None
    at, _, last = text.partition("_")
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is not None:
            return moment, UUID(last)
    except ValueError:
        pass
    raise Refusal(Refused("invalid", "rulebook.unknown_place"))


class _Line:
    """All entries of one shop, and its book for each span between two changes, made when asked for."""

    def __init__(
        self, entries: Sequence[RuleEntry], shop: UUID | None, served: Mapping[str, Shipment]
    ) -> None:
        self._entries = entries
        self._served = served
        self._shop = shop
        self._starts = sorted({entry.effective_from for entry in entries})
        self._books: dict[int, Book] = {}

    def at(self, moment: datetime) -> Book:
        place = bisect_right(self._starts, moment)
        found = self._books.get(place)
        if found is None:
            found = self._books[place] = in_force(self._entries, self._shop, moment, self._served)
        return found


class Wordings:
    """Which wordings a process knows to be kept for good.

    They were found by transactions that have kept none themselves: one that has might yet be undone.
    """

    def __init__(self) -> None:
        self._kept: set[tuple[UUID, str]] = set()

    def has(self, tx: Tx, digests: Iterable[str]) -> bool:
        """Whether nobody needs to look for any of these."""
        return all((tx.tenant, digest) in self._kept for digest in digests)

    def learn(self, tx: Tx, digests: Iterable[str], missing: Sequence[str]) -> None:
        """A transaction has looked for these, and keeps what it did not find."""
        if missing:
            tx.unproved.add(Wordings)
        if Wordings not in tx.unproved:
            self._kept.update((tx.tenant, digest) for digest in digests)


def wordings_of(tx: Tx) -> Wordings:
    """What the process of a transaction knows; nothing where it remembers no books."""
    known = tx.memory.get(Books)
    return known.wordings if isinstance(known, Books) else Wordings()


class Books:
    """The books of this process: read once, dropped the moment a value is set anywhere.

    A shop that has set nothing of its own shares the marketplace's.
    """

    def __init__(self, database: Database, hub: Hub) -> None:
        self._database = database
        self._lines: dict[tuple[UUID, UUID | None], _Line] = {}
        self._told = 0
        self.wordings: Final = Wordings()
        hub.on(RulebookChanged.name, self._changed)
        database.memory[Books] = self

    async def of(self, tenant: UUID, shop: UUID | None, now: datetime) -> Book:
        """The book of a shop, or of the marketplace itself."""
        line = self._lines.get((tenant, shop))
        if line is None:
            async with self._database.read(tenant) as tx:
                line = await self._read(tx, shop)
        return line.at(now)

    async def at(self, tenant: UUID, shop: UUID | None, moment: datetime) -> Book:
        """The book as it was at a past moment: what a running case goes by."""
        return await self.of(tenant, shop, moment)

    async def within(self, tx: Tx, shop: UUID | None, moment: datetime) -> Book:
        """The book at a moment, for somebody at work in a transaction: he waits for no second connection."""
        return (await self.line(tx, shop)).at(moment)

    async def line(self, tx: Tx, shop: UUID | None) -> _Line:
        """The same for every moment."""
        return self._lines.get((tx.tenant, shop)) or await self._read(tx, shop)

    async def _read(self, tx: Tx, shop: UUID | None) -> _Line:
        told = self._told
        entries = await store.entries_for(tx, shop)
        fresh = _Line(entries, shop, await releases(tx, entries))
        if told != self._told:  # it may be older than the news that came meanwhile
            return fresh
        if shop is not None and all(entry.shop is None for entry in entries):
            fresh = self._lines.setdefault((tx.tenant, None), fresh)
        self._lines[tx.tenant, shop] = fresh
        return fresh

    def _changed(self, envelope: Envelope | None) -> None:
        self._told += 1
        if envelope is None or envelope.tenant == NO_TENANT:  # a release began to serve everybody
            self._lines.clear()
            return
        for key in [key for key in self._lines if key[0] == envelope.tenant]:
            del self._lines[key]
