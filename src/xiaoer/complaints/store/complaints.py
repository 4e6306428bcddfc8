"""How complaints are kept: the complaint, what happened, what it is linked with, and hotline calls."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.complaints.model import Complaint, Happening, HotlineCall, Link, LinkKind, Side, State
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Twin(Struct, frozen=True):
    """An earlier complaint of the same matter."""

    id: UUID
    state: State
    evidence: tuple[str, ...]
    lodged_at: datetime


class Pressing(Struct, frozen=True):
    """A message in which the guard found something, and what."""

    version: int
    at: datetime
    guard: dict[str, object]


class Talk(Struct, frozen=True):
    """Between whom a conversation is."""

    shop: UUID
    buyer: UUID


statements: Final = Statements(__file__, "complaints.sql")
_insert_complaint: Final = statements.command("insert_complaint")
_save_complaint: Final = statements.command("save_complaint")
_lock_complaint: Final = statements.value("lock_complaint", UUID)
_find_complaints: Final = statements.rows("find_complaints", Complaint)
_find_of_client: Final = statements.value("find_of_client", UUID)
_find_of_dispute: Final = statements.value("find_of_dispute", UUID)
_lock_matter: Final = statements.command("lock_matter")
_same_matter: Final = statements.rows("same_matter", Twin)
_counters: Final = statements.value("counters", UUID)
_count_against: Final = statements.value("count_against", int)
_insert_happening: Final = statements.command("insert_happening")
_happenings: Final = statements.rows("happenings", Happening)
_insert_link: Final = statements.command("insert_link")
_links: Final = statements.rows("links", Link)
_known_files: Final = statements.value("known_files", UUID)
_pressing: Final = statements.rows("pressing", Pressing)
_insert_call: Final = statements.command("insert_call")
_find_call: Final = statements.rows("find_call", HotlineCall)
_talk: Final = statements.rows("talk", Talk)
_knows: Final = statements.value("knows", bool)
_use_call: Final = statements.command("use_call")

_INSERTED: Final = frozenset(statements.parameters("insert_complaint")) - {"tenant"}
_SAVED: Final = frozenset(statements.parameters("save_complaint")) - {"tenant"}


def _row(complaint: Complaint, names: frozenset[str]) -> dict[str, object]:
    fields = msgspec.structs.asdict(complaint)
    for name in ("items", "asks", "evidence"):
        fields[name] = list(fields[name])
    for name in ("apology", "refusal"):
        fields[name] = msgspec.to_builtins(fields[name])
    return {name: fields[name] for name in names}


async def insert_complaint(tx: Tx, complaint: Complaint) -> None:
    """Keep a new complaint."""
    await _insert_complaint.run(tx, **_row(complaint, _INSERTED))


async def save_complaint(tx: Tx, complaint: Complaint, was_version: int) -> bool:
    """Keep what is new about a complaint; False when somebody else was faster."""
    return await _save_complaint.run(tx, **_row(complaint, _SAVED) | {"version": was_version}) == 1


async def lock_complaint(tx: Tx, id: UUID) -> Complaint | None:
    """A complaint, locked until the end of the transaction."""
    if await _lock_complaint.first(tx, id=id) is None:
        return None
    return await _find_complaints.one(tx, ids=[id])


async def find_complaints(tx: Tx, ids: Sequence[UUID]) -> list[Complaint]:
    """Some complaints, in the order they were asked for."""
    return await _find_complaints.all(tx, ids=list(ids)) if ids else []


async def find_of_client(tx: Tx, person: UUID, client_id: str) -> UUID | None:
    """What the same client id got before."""
    return await _find_of_client.first(tx, person=person, client_id=client_id)


async def find_of_dispute(tx: Tx, dispute: UUID) -> UUID | None:
    """The complaint a dispute judges."""
    return await _find_of_dispute.first(tx, dispute=dispute)


async def lock_matter(tx: Tx, complainant: UUID, accused: UUID | None) -> None:
    """Nobody else lodges a complaint of the same against the same meanwhile."""
    await _lock_matter.run(tx, complainant=complainant, accused=accused or UUID(int=0))


async def same_matter(tx: Tx, complaint: Complaint) -> list[Twin]:
    """Earlier complaints of the same matter, the newest first."""
    return await _same_matter.all(
        tx,
        complainant=complaint.complainant,
        accused=complaint.accused,
        type=complaint.type,
        purchase=complaint.purchase,
        conversation=complaint.conversation,
        about=complaint.about,
    )


async def counters(tx: Tx, complaint: Complaint, since: datetime) -> list[UUID]:
    """Complaints of the accused about the complainant, open or recent."""
    if complaint.accused is None:
        return []
    return await _counters.all(tx, complainant=complaint.complainant, accused=complaint.accused, since=since)


async def count_against(tx: Tx, accused: UUID, since: datetime) -> int:
    """How many different people complained of somebody since a moment."""
    return await _count_against.first(tx, accused=accused, since=since) or 0


async def insert_happening(
    tx: Tx,
    complaint: Complaint,
    *,
    id: UUID,
    at: datetime,
    event: str,
    side: Side,
    person: UUID | None,
    from_state: State,
    text: str,
    evidence: Sequence[str],
    files: Sequence[UUID],
    body: dict[str, object],
) -> None:
    """Add a line to the timeline."""
    await _insert_happening.run(
        tx,
        complaint=complaint.id,
        version=complaint.version,
        id=id,
        at=at,
        event=event,
        side=side,
        person=person,
        from_state=from_state,
        state=complaint.state,
        text=text,
        evidence=list(evidence),
        files=list(files),
        body=body,
    )


async def happenings(tx: Tx, id: UUID) -> list[Happening]:
    """The timeline of a complaint in order."""
    return await _happenings.all(tx, id=id)


async def insert_link(tx: Tx, complaint: UUID, other: UUID, kind: LinkKind, at: datetime) -> None:
    """Two complaints belong together, said from either end."""
    await _insert_link.run(tx, complaint=complaint, other=other, kind=kind, at=at)


async def links(tx: Tx, id: UUID) -> list[Link]:
    """What a complaint is linked with."""
    return await _links.all(tx, id=id)


async def known_files(tx: Tx, person: UUID, files: Sequence[UUID]) -> set[UUID]:
    """Which of these files somebody uploaded himself."""
    return {*await _known_files.all(tx, person=person, ids=list(files))} if files else set()


async def pressing(
    tx: Tx, shop: UUID, conversation: UUID, since: datetime, *, by_buyer: bool
) -> list[Pressing]:
    """What the guard found in the words of one side since a moment, the newest first."""
    return await _pressing.all(tx, shop=shop, conversation=conversation, since=since, by_buyer=by_buyer)


async def insert_call(tx: Tx, call: HotlineCall) -> None:
    """Keep what an operator wrote down."""
    fields = msgspec.structs.asdict(call)
    del fields["complaint"]
    await _insert_call.run(tx, **fields)


async def find_call(tx: Tx, id: UUID) -> HotlineCall | None:
    """What an operator wrote down."""
    return await _find_call.first(tx, id=id)


async def use_call(tx: Tx, id: UUID, complaint: UUID) -> bool:
    """The prepared form was sent; False when it had been before."""
    return await _use_call.run(tx, id=id, complaint=complaint) == 1


async def talk(tx: Tx, conversation: UUID) -> Talk | None:
    """Between whom a conversation is; None when there is none."""
    return await _talk.first(tx, conversation=conversation)


async def knows(tx: Tx, shop: UUID, buyer: UUID) -> bool:
    """Whether a shop has an order or a conversation with a buyer."""
    return bool(await _knows.first(tx, shop=shop, buyer=buyer))
