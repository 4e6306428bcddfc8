"""What binds whom, kept in the process: asked at every door and for every message."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Table
from xiaoer.measures import store
from xiaoer.measures.events import StandingChanged
from xiaoer.measures.model import Group, Standing, SubjectKind, Who
from xiaoer.measures.rules import standing as rules
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.hub import Hub
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.queries import Books

FULL_READ: Final = timedelta(seconds=60)
"""After so long everything is read again, whatever was heard."""


class _Kept:
    """What one marketplace's subjects are bound by, and whose part of it is stale."""

    __slots__ = ("read_at", "stale", "standing")

    def __init__(self, standing: Standing, read_at: datetime) -> None:
        self.standing = standing
        self.read_at = read_at
        self.stale: set[UUID] = set()


class Standings:
    """Answers the border's question "is he stopped?"; what changes is read again, and nothing else."""

    def __init__(self, database: Database, books: Books, hub: Hub) -> None:
        self._database = database
        self._books = books
        self._kept: dict[UUID, _Kept] = {}
        self._told = 0
        hub.on(StandingChanged.name, self._changed)

    def concerns(self, deed: str) -> bool:
        """Whether any measure could stop a deed; most are never asked about."""
        return rules.group_of(deed) != "running"

    async def stopped(self, actor: Actor, deed: str, shop: UUID | None, now: datetime) -> Refused | None:
        """The refusal of a deed at its door, or None: by a measure against him, or against this shop."""
        group = rules.group_of(deed)
        standing = await self.of(actor.tenant, now)
        if not standing.held:
            return None
        mine = standing.held.get(actor.person, ())
        theirs = standing.held.get(shop, ()) if shop is not None else ()
        if not mine and not theirs:
            return None
        table = await self.table(actor.tenant, now)
        who: Who = "other" if actor.role == "buyer" else "self"
        if actor.role in {"officer", "administrator"}:
            theirs = ()
        return rules.stopped(table, mine, group, "self", shop=shop, now=now) or rules.stopped(
            table, theirs, group, who, shop=shop, now=now
        )

    async def may(
        self, tenant: UUID, person: UUID | None, shop: UUID, group: Group, now: datetime, *, who: Who
    ) -> Refused | None:
        """The refusal of something done in a shop by a person, `who` says from which side, or None."""
        standing = await self.of(tenant, now)
        if not standing.held:
            return None
        mine = standing.held.get(person, ()) if person is not None else ()
        table = await self.table(tenant, now)
        return rules.stopped(table, mine, group, "self", shop=shop, now=now) or rules.stopped(
            table, standing.held.get(shop, ()), group, who, shop=shop, now=now
        )

    async def hidden_shops(self, tenant: UUID, now: datetime) -> frozenset[UUID]:
        """The shops that lists and searches of buyers leave out."""
        standing = await self.of(tenant, now)
        return rules.hidden(await self.table(tenant, now), standing, now) if standing.held else frozenset()

    async def of(self, tenant: UUID, now: datetime) -> Standing:
        """What binds whom in a marketplace."""
        kept = self._kept.get(tenant)
        if kept is not None and not kept.stale and abs(now - kept.read_at) < FULL_READ:
            return kept.standing
        told = self._told
        stale = set(kept.stale) if kept is not None and abs(now - kept.read_at) < FULL_READ else None
        async with self._database.read(tenant) as tx:
            held = await store.biting(tx, None if stale is None else sorted(stale))
        if kept is None or stale is None:
            fresh = _Kept(rules.by_subject(held), now)
        else:
            fresh = _Kept(rules.changed(kept.standing, stale, held), kept.read_at)
        if told == self._told:  # else something changed while we read: the next one reads again
            self._kept[tenant] = fresh
        return fresh.standing

    async def table(self, tenant: UUID, now: datetime) -> Table:
        """What measures stop in a marketplace."""
        return (await self._books.of(tenant, None, now)).table(rules.TABLE)

    def _changed(self, envelope: Envelope | None) -> None:
        self._told += 1
        if envelope is None or envelope.body is None:
            self._kept.clear()
            return
        kept = self._kept.get(envelope.tenant)
        if kept is not None:
            kept.stale.add(msgspec.json.decode(envelope.body, type=StandingChanged).subject)


class Limits:
    """What measures stop of some subjects, read once inside a transaction: for many deeds at a time."""

    def __init__(self, standing: Standing, table: Table | None) -> None:
        self._standing: Final = standing
        self._table: Final = table

    def stopped(
        self, subject: UUID, group: Group, who: Who, *, shop: UUID | None, at: datetime
    ) -> Refused | None:
        """The refusal of a deed done at a moment in a shop, or None."""
        held = self._standing.held.get(subject, ())
        if self._table is None or not held:
            return None
        return rules.stopped(self._table, held, group, who, shop=shop, now=at)


async def limits_of(tx: Tx, subjects: Collection[UUID], now: datetime) -> Limits:
    """What binds some shops and people, read afresh."""
    held = await store.biting(tx, sorted(subjects)) if subjects else ()
    table = (await rulebook.book(tx, None, now)).table(rules.TABLE) if held else None
    return Limits(rules.by_subject(held), table)


async def stopped_now(
    tx: Tx,
    subject_kind: SubjectKind,
    subject: UUID,
    group: Group,
    now: datetime,
    *,
    who: Who = "self",
    shop: UUID | None = None,
) -> Refused | None:
    """The same question inside a transaction, read afresh; `shop` is where a person acts."""
    held = await store.biting(tx, [subject])
    if not held:
        return None
    table = (await rulebook.book(tx, None, now)).table(rules.TABLE)
    place = subject if subject_kind == "shop" else shop
    return rules.stopped(table, held, group, who, shop=place, now=now)
