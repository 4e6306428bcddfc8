"""Complaints as they travel: what stands, what follows from silence, what the viewer may do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.queries.views import CaseFile, FileFacts
from xiaoer.complaints.machine import COMPLAINT
from xiaoer.complaints.machine import State as Machine
from xiaoer.complaints.model import (
    Apology,
    Complaint,
    Danger,
    Doer,
    Happening,
    Link,
    NotTaken,
    PartyKind,
    Rung,
    Side,
    State,
)
from xiaoer.complaints.queries.acceptance import Acceptance
from xiaoer.complaints.queries.complaints import people_judge, side_of
from xiaoer.complaints.rules.deeds import ComplaintDeed, deeds, turn
from xiaoer.complaints.rules.signals import Signal
from xiaoer.complaints.store import complaints as store
from xiaoer.complaints.store import lists
from xiaoer.plumbing.db import Tx


class PartyShown(Struct, frozen=True):
    """One end of a complaint with its name; nobody by name for the marketplace."""

    kind: PartyKind
    id: UUID | None
    name: str


class ComplaintLine(Struct, frozen=True):
    """A complaint in a list, as one end of it or people see it.

    `then` is what happens when nobody does anything until `due_at`: a key `then.<…>` of the catalogue
    complaints. `turn`: whose turn it is, complainant, accused or people.
    """

    id: UUID
    number: str
    type: str
    state: State
    version: int
    side: Side
    complainant: PartyShown
    accused: PartyShown
    shop_id: UUID | None
    shop_name: str
    buyer_id: UUID | None
    buyer_name: str
    order_id: UUID | None
    order_number: str
    conversation_id: UUID | None
    urgent: bool
    rung: Rung
    turn: str | None
    clock: str | None
    due_at: datetime | None
    then: str | None
    lodged_at: datetime
    moved_at: datetime
    closed_at: datetime | None
    dispute_id: UUID | None
    merged_into: UUID | None
    coaching: Literal["none", "due", "done"]
    apology_open: bool
    rules_version: str
    deeds: list[ComplaintDeed]


class ComplaintStep(Struct, frozen=True):
    """One line of the timeline; `event` is a key `event.<…>` of the catalogue."""

    version: int
    at: datetime
    event: str
    side: Side
    person_name: str
    from_state: State
    state: State
    text: str
    evidence: tuple[str, ...]
    files: list[CaseFile]
    body: dict[str, object]


class ComplaintWhole(ComplaintLine, frozen=True, kw_only=True):
    """One complaint with everything the viewer may know; signals and acceptance are for people."""

    text: str
    asks: tuple[str, ...]
    asked_minor: int | None
    currency: str
    items: tuple[UUID, ...]
    about: UUID | None
    danger: Danger
    evidence: tuple[str, ...]
    apology: Apology | None
    refusal: NotTaken | None
    links: list[Link]
    pressed: bool
    timeline: list[ComplaintStep]
    signals: list[Signal] | None = None
    acceptance: Acceptance | None = None


class Whole(Struct, frozen=True):
    """What is read of a complaint before addresses of files are made."""

    complaint: Complaint
    side: Side
    happenings: Sequence[Happening]
    links: Sequence[Link]
    files: dict[UUID, FileFacts]
    names: dict[UUID, str]


async def whole(tx: Tx, complaint: Complaint, side: Side) -> Whole:
    """Everything about one complaint that this side may know, read in a handful of statements."""
    happened = [one for one in await store.happenings(tx, complaint.id) if _told(one, complaint, side)]
    files = await lists.files(tx, sorted({file for one in happened for file in one.files}))
    people = {one.person for one in happened if one.person is not None} | _ends(complaint)
    links = [one for one in await store.links(tx, complaint.id) if _linked(one, side)]
    return Whole(complaint, side, happened, links, files, await lists.names(tx, sorted(people)))


def _told(happening: Happening, complaint: Complaint, side: Side) -> bool:
    """The accused learns of a complaint what makes it up, not what was looked at before, nor of pressure."""
    if side != "accused":
        return True
    return happening.event not in {"warned", "pressure", "guard_found"} or complaint.type == "pressure"


def _linked(link: Link, side: Side) -> bool:
    return side != "accused" or (link.kind != "pressure" and link.state not in {"lodged", "refused"})


def _ends(complaint: Complaint) -> set[UUID]:
    ends = (complaint.complainant, complaint.accused, complaint.shop, complaint.buyer)
    return {one for one in ends if one is not None}


async def lines(tx: Tx, ids: Sequence[UUID], doer: Doer) -> list[ComplaintLine]:
    """Complaints as lists show them, in the order of their ids."""
    found = await store.find_complaints(tx, ids)
    names = await lists.names(tx, sorted({one for each in found for one in _ends(each)}))
    shown: list[ComplaintLine] = []
    for each in found:
        side = side_of(each, doer)
        if side is not None:
            shown.append(line(each, side, names))
    return shown


def line(complaint: Complaint, side: Side, names: dict[UUID, str]) -> ComplaintLine:
    """A complaint as a list shows it to one side."""
    return ComplaintLine(
        id=complaint.id,
        number=complaint.number,
        type=complaint.type,
        state=complaint.state,
        version=complaint.version,
        side=side,
        complainant=_party(complaint.complainant_kind, complaint.complainant, names),
        accused=_party(complaint.accused_kind, complaint.accused, names),
        shop_id=complaint.shop,
        shop_name=_name(complaint.shop, names),
        buyer_id=complaint.buyer,
        buyer_name=_name(complaint.buyer, names),
        order_id=complaint.purchase,
        order_number=complaint.order_number,
        conversation_id=complaint.conversation,
        urgent=complaint.urgent,
        rung=complaint.rung,
        turn=next(iter(turn(complaint)), None),
        clock=complaint.clock,
        due_at=complaint.due_at,
        then=then(complaint),
        lodged_at=complaint.lodged_at,
        moved_at=complaint.moved_at,
        closed_at=complaint.closed_at,
        dispute_id=complaint.dispute,
        merged_into=complaint.merged_into,
        coaching="none" if side == "complainant" else complaint.coaching,
        apology_open=complaint.apology is not None and complaint.apology.state == "open",
        rules_version=complaint.rules_version,
        deeds=deeds(complaint, side, people_judge=people_judge(complaint)),
    )


def then(complaint: Complaint) -> str | None:
    """The state silence leads to; `reminded` where it only reminds people."""
    if complaint.closed_at is not None:
        return None
    state = Machine(complaint.state)
    target = COMPLAINT.step(state, COMPLAINT.due[state][1])
    return "reminded" if target is state else target.value


def _party(kind: PartyKind, id: UUID | None, names: dict[UUID, str]) -> PartyShown:
    return PartyShown(kind, id, _name(id, names))


def _name(id: UUID | None, names: dict[UUID, str]) -> str:
    return "" if id is None else names.get(id, "")
