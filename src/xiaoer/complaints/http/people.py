"""The doors of people of the marketplace to complaints: the queue, acceptance, the hotline."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.complaints.actions import intake, people
from xiaoer.complaints.http import doors
from xiaoer.complaints.model import (
    CallWish,
    Complaint,
    ComplaintDecideWish,
    FindingWish,
    HotlineCall,
    JumpWish,
    MergeWish,
    PartyKind,
    State,
)
from xiaoer.complaints.queries import complaints, views
from xiaoer.complaints.queries.acceptance import Acceptance, acceptance_of
from xiaoer.complaints.queries.complaints import Filter
from xiaoer.complaints.queries.ground import ground
from xiaoer.complaints.queries.signals import signals_of
from xiaoer.complaints.queries.views import ComplaintLine, ComplaintWhole
from xiaoer.complaints.rules.prepared import token_of
from xiaoer.complaints.rules.signals import Signal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


class CallShown(Struct, frozen=True):
    """A call at the hotline; `link` is what the caller gets."""

    id: UUID
    for_kind: Literal["person", "shop"]
    for_id: UUID
    type: str
    order_id: UUID | None
    text: str
    caller: str
    link: str
    expires_at: datetime
    complaint_id: UUID | None
    at: datetime


class Looked(Struct, frozen=True):
    """What people see besides."""

    signals: list[Signal]
    acceptance: Acceptance | None


async def list_complaints(
    call: Call,
    *,
    order: Literal["due", "newest"] = "due",
    state: list[State] = [],  # noqa: B006  the door makes a fresh one
    against: PartyKind | None = None,
    shop: UUID | None = None,
    buyer: UUID | None = None,
    closed: bool | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[ComplaintLine]:
    """Complaints of the marketplace: open ones, urgent and due first, or all, the newest first."""
    wanted = Filter(tuple(state) or None, against, shop, buyer, closed=closed)
    me = doors.people(call)
    async with call.database.read(call.tenant) as tx:
        ids = await complaints.for_people(
            tx, call.actor.person, wanted, by_due=order == "due", after=starting_after, limit=limit + 1
        )
        return await doors.page(tx, me, ids, limit)


async def get_complaint(call: Call, complaint: UUID) -> ComplaintWhole:
    """One complaint, with signs about both ends and what D15 says to it now."""
    me = doors.people(call)
    async with call.database.read(call.tenant) as tx:
        found, side = await complaints.complaint(tx, complaint, me)
        seen = await _looked(tx, found, call)
        whole = doors.shown(call, await views.whole(tx, found, side))
    return structs.replace(whole, signals=seen.signals, acceptance=seen.acceptance)


async def _looked(tx: Tx, complaint: Complaint, call: Call) -> Looked:
    under = await ground(tx, complaint.shop, complaint.rules_at)
    language = call.language
    signs = await signals_of(tx, complaint, "complainant", under.book, call.now, language=language)
    waits = complaint.state == "lodged"
    said = await acceptance_of(tx, complaint, under, call.now, language) if waits else None
    return Looked(signs, said)


async def get_why(call: Call, complaint: UUID) -> list[Explained]:
    """Every decision about a complaint, with its row and basis."""
    return await doors.reasons(call, doors.people(call), complaint)


async def post_acceptance(call: Call, complaint: UUID, data: FindingWish) -> ComplaintWhole:
    """Say what one found; table D15 then takes it on or not."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: people.find(tx, me, complaint, data, call.now))


async def post_merge(call: Call, complaint: UUID, data: MergeWish) -> ComplaintWhole:
    """Put a complaint together with another one of the same matter."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: people.merge(tx, me, complaint, data, call.now))


async def post_jump(call: Call, complaint: UUID, data: JumpWish) -> ComplaintWhole:
    """Let a complaint jump on the ladder D13, with the reason."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: people.jump(tx, me, complaint, data, call.now))


async def post_decide(call: Call, complaint: UUID, data: ComplaintDecideWish) -> ComplaintWhole:
    """Decide a complaint that no dispute judges."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: people.decide(tx, me, complaint, data, call.now))


async def post_call(call: Call, data: CallWish) -> CallShown:
    """Write down what a caller says; the answer holds the link he gets."""
    fresh = new_id()
    made = await call.database.run(
        call.tenant, lambda tx: intake.write_down(tx, call.actor.person, data, id=fresh, now=call.now)
    )
    return _shown(call, made)


async def list_calls(call: Call, limit: Limit = 50, starting_after: UUID | None = None) -> Page[CallShown]:
    """Calls at the hotline, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await complaints.calls(tx, after=starting_after, limit=limit + 1)
    more = len(found) > limit
    shown = [_shown(call, one) for one in found[:limit]]
    return Page(shown, more, str(shown[-1].id) if more else None)


def _shown(call: Call, kept: HotlineCall) -> CallShown:
    token = token_of(call.services.settings.key(doors.KEY), call.tenant, kept.id)
    page = "/desk/complaints/new" if kept.for_kind == "shop" else "/buyer/complain"
    return CallShown(
        id=kept.id,
        for_kind=kept.for_kind,
        for_id=kept.for_id,
        type=kept.type,
        order_id=kept.purchase,
        text=kept.text,
        caller=kept.caller,
        link=f"{page}?prepared={token}",
        expires_at=kept.expires_at,
        complaint_id=kept.complaint,
        at=kept.at,
    )
