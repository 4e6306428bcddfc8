"""What is read of conversations: stretches of timelines, lists, places in line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.desk import DeskEntry, DeskKind
from xiaoer.conversations.model.entry import Body, Guarded, Kind, Role
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "read.sql")


class Kept(Struct, frozen=True):
    """An entry as it is kept."""

    conversation: UUID
    version: int
    id: UUID
    client_id: str | None
    role: Role
    person: UUID | None
    name: str
    kind: Kind
    text: str
    body: Body
    at: datetime
    consultation: int
    recalled: bool
    guard: Guarded | None


class PastConsultation(Struct, frozen=True):
    """One time a buyer was served: by whom, from when to when, and how many answers were late."""

    number: int
    opened_at: datetime
    closed_at: datetime | None
    assignee_name: str
    breached: int


class KeptDeskEntry(Struct, frozen=True):
    """A staff line as it is kept."""

    conversation: UUID
    version: int
    id: UUID
    kind: DeskKind
    person: UUID | None
    name: str
    text: str
    mentions: tuple[UUID, ...]
    after_version: int
    body: Body
    at: datetime

    def wire(self) -> DeskEntry:
        """The same line as it travels."""
        return DeskEntry(
            conversation_id=self.conversation,
            version=self.version,
            id=self.id,
            kind=self.kind,
            person_id=self.person,
            name=self.name,
            text=self.text,
            mentions=self.mentions,
            after_version=self.after_version,
            body=self.body,
            at=self.at,
        )


class Place(Struct, frozen=True):
    """One line of a list: a conversation, and the moment the list is ordered by."""

    id: UUID
    at: datetime


class Description(Struct, frozen=True):
    """What a list shows of a conversation besides how it stands."""

    id: UUID
    buyer_name: str | None
    visitor: bool
    language: str
    assignee_name: str | None
    queue_name: str | None
    tags: tuple[str, ...]
    closed_at: datetime | None
    buyer_delivered: int
    shop_delivered: int


class InLine(Struct, frozen=True):
    """Where a conversation stands in its queue; 1 is next."""

    queue: UUID | None
    place: int


class Target(Struct, frozen=True):
    """An entry somebody wants to recall."""

    role: Role
    person: UUID | None
    kind: Kind
    at: datetime
    recalled: bool


class ChainRow(Struct, frozen=True):
    """An entry as a verifier reads it; erased ones have neither words nor salt."""

    version: int
    conversation: UUID
    id: UUID
    role: Role
    person: UUID | None
    kind: Kind
    text: str | None
    body: Body | None
    at: datetime
    salt: bytes | None
    inner_hash: bytes
    hash: bytes


_language_of: Final = statements.value("language_of", str)
_entries_after: Final = statements.rows("entries_after", Kept)
_entries_before: Final = statements.rows("entries_before", Kept)
_desk_entries_after: Final = statements.rows("desk_entries_after", KeptDeskEntry)
_describe: Final = statements.rows("describe", Description)
_served: Final = statements.rows("list_served", Place)
_queued: Final = statements.rows("list_queued", Place)
_all: Final = statements.rows("list_all", Place)
_closed: Final = statements.rows("list_closed", Place)
_mentioned: Final = statements.rows("list_mentioned", Place)
_of_buyer: Final = statements.rows("list_of_buyer", Place)
_find_of_buyer: Final = statements.value("find_of_buyer", UUID)
_create: Final = statements.value("create_conversation", UUID)
_place: Final = statements.rows("place_in_line", InLine)
_handling: Final = statements.value("handling_times", float)
_since: Final = statements.value("known_since", datetime)
_past: Final = statements.rows("past_consultations", PastConsultation)
_target: Final = statements.rows("recall_target", Target)
_chain: Final = statements.rows("chain", ChainRow)


async def language_of(tx: Tx, conversation: UUID) -> str:
    """The language a conversation's buyer reads; empty when unknown."""
    return await _language_of.first(tx, conversation=conversation) or ""


async def entries_after(tx: Tx, shop: UUID, conversation: UUID, after: int, limit: int) -> list[Kept]:
    """The entries after a version, in order."""
    return await _entries_after.all(tx, shop=shop, conversation=conversation, after=after, limit=limit)


async def entries_before(tx: Tx, shop: UUID, conversation: UUID, before: int, limit: int) -> list[Kept]:
    """The entries before a version, the newest first."""
    return await _entries_before.all(tx, shop=shop, conversation=conversation, before=before, limit=limit)


async def desk_entries_after(
    tx: Tx, shop: UUID, conversation: UUID, after: int, limit: int
) -> list[KeptDeskEntry]:
    """The staff lines after a version, in order."""
    return await _desk_entries_after.all(tx, shop=shop, conversation=conversation, after=after, limit=limit)


async def describe(tx: Tx, conversations: Sequence[UUID]) -> dict[UUID, Description]:
    """Names, tags and marks of conversations."""
    found = await _describe.all(tx, conversations=list(conversations))
    return {one.id: one for one in found}


async def served(
    tx: Tx,
    shop: UUID,
    *,
    state: str,
    assignee: UUID | None,
    tag: str | None,
    after: Place | None,
    limit: int,
) -> list[Place]:
    """What is assigned or snoozed, the oldest consultation first."""
    return await _served.all(
        tx, shop=shop, state=state, assignee=assignee, tag=tag, limit=limit, **_after(after)
    )


async def queued(
    tx: Tx,
    shop: UUID,
    *,
    queue: UUID | None,
    tag: str | None,
    member: UUID | None,
    after: Place | None,
    limit: int,
) -> list[Place]:
    """What waits, first come first served."""
    return await _queued.all(tx, shop=shop, queue=queue, tag=tag, member=member, limit=limit, **_after(after))


async def everything(
    tx: Tx,
    shop: UUID,
    *,
    assignee: UUID | None,
    queue: UUID | None,
    tag: str | None,
    member: UUID | None,
    after: Place | None,
    limit: int,
) -> list[Place]:
    """Everything of the shop (for a member: what he may read), the latest consultation first."""
    return await _all.all(
        tx, shop=shop, assignee=assignee, queue=queue, tag=tag, member=member, limit=limit, **_after(after)
    )


async def closed(
    tx: Tx, shop: UUID, *, assignee: UUID | None, tag: str | None, after: Place | None, limit: int
) -> list[Place]:
    """What is closed, the latest first."""
    return await _closed.all(tx, shop=shop, assignee=assignee, tag=tag, limit=limit, **_after(after))


async def mentioned(tx: Tx, shop: UUID, person: UUID, *, after: Place | None, limit: int) -> list[Place]:
    """Where somebody was named and has not looked."""
    return await _mentioned.all(tx, shop=shop, person=person, limit=limit, **_after(after))


async def of_buyer(tx: Tx, buyer: UUID, *, after: Place | None, limit: int) -> list[Place]:
    """A buyer's conversations, the latest words first."""
    return await _of_buyer.all(tx, buyer=buyer, limit=limit, **_after(after))


async def find_of_buyer(tx: Tx, shop: UUID, buyer: UUID) -> UUID | None:
    """The conversation of a buyer and a shop."""
    return await _find_of_buyer.first(tx, shop=shop, buyer=buyer)


async def create_conversation(
    tx: Tx, shop: UUID, id: UUID, *, buyer: UUID, visitor: bool, language: str, now: datetime
) -> UUID | None:
    """Make the conversation of a buyer and a shop; None when there is one already."""
    return await _create.first(tx, shop=shop, id=id, buyer=buyer, visitor=visitor, language=language, now=now)


async def place_in_line(tx: Tx, conversation: UUID) -> InLine | None:
    """Where a queued conversation stands."""
    return await _place.first(tx, conversation=conversation)


async def handling_times(tx: Tx, shop: UUID, since: datetime) -> list[float]:
    """How many seconds the latest consultations took."""
    return await _handling.all(tx, shop=shop, since=since)


async def known_since(tx: Tx, shop: UUID, conversation: UUID) -> datetime | None:
    """Since when a shop and its buyer talk."""
    return await _since.first(tx, shop=shop, conversation=conversation)


async def past_consultations(tx: Tx, shop: UUID, conversation: UUID, limit: int) -> list[PastConsultation]:
    """The consultations of a conversation, the latest first."""
    return await _past.all(tx, shop=shop, conversation=conversation, limit=limit)


async def recall_target(tx: Tx, shop: UUID, conversation: UUID, version: int) -> Target | None:
    """The entry of a version."""
    return await _target.first(tx, shop=shop, conversation=conversation, version=version)


async def chain(tx: Tx, shop: UUID, conversation: UUID, after: int, limit: int) -> list[ChainRow]:
    """The entries after a version with their hashes."""
    return await _chain.all(tx, shop=shop, conversation=conversation, after=after, limit=limit)


def _after(place: Place | None) -> dict[str, object]:
    return {"after_at": place.at if place else None, "after_id": place.id if place else None}
