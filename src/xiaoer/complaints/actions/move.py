"""The only writer of a complaint's state: step, clock, ladder, ending, timeline, news."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.clocks import actions as clocks
from xiaoer.complaints.actions import hearing, tell
from xiaoer.complaints.machine import COMPLAINT, RULED, Event, State
from xiaoer.complaints.model import OVER, Cause, Complaint, Doer, Side
from xiaoer.complaints.rules import ladder
from xiaoer.complaints.rules.deadlines import Ground, due, warning
from xiaoer.complaints.rules.types import types
from xiaoer.complaints.store import complaints as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook

UNKNOWN: Final = Refused("not_found", "complaints.unknown_complaint")
SUBJECT: Final = "complaint"
CLOSING: Final = "complaints.closing"
_NOTHING_LEFT: Final = frozenset({State.WITHDRAWN, State.APOLOGY_ACCEPTED})
_CLIMBS: Final = frozenset({State.ACCEPTED, State.IN_HEARING})


class Said(Struct, frozen=True):
    """What goes into the timeline with a move."""

    text: str = ""
    evidence: Sequence[str] = ()
    files: Sequence[UUID] = ()
    body: Mapping[str, object] = {}


NOTHING: Final = Said()


async def locked(tx: Tx, complaint: UUID) -> Complaint:
    """A complaint, locked until the end of the transaction. Raises Refusal."""
    found = await store.lock_complaint(tx, complaint)
    if found is None:
        raise Refusal(UNKNOWN)
    return found


async def move(
    tx: Tx,
    was: Complaint,
    event: Event,
    doer: Doer,
    side: Side,
    *,
    under: Ground,
    now: datetime,
    changed: Complaint | None = None,
    said: Said = NOTHING,
) -> Complaint:
    """Bring a locked complaint one step on; `changed` is it with everything else that is new about it.

    Raises IllegalStep where the rules let through what the machine does not take.
    """
    state = COMPLAINT.step(State(was.state), event)
    after = _clocked(was, changed or was, state, under, now)
    if state in _CLIMBS and state.value != was.state:
        after = await climb(tx, after, "unsolved", doer.person, under, now=now)
    if event in RULED:
        after = structs.replace(after, rung="ruling")
    if state is State.IN_HEARING and was.dispute is None:
        after = await hearing.opened(tx, after, now)
    if was.state == "in_hearing" and state in _NOTHING_LEFT:
        await hearing.closed(tx, after, "withdrawn" if state is State.WITHDRAWN else "settled", now)
    if state.value in OVER:
        after = await _ended(tx, after, doer.person, under, now)
    await save(tx, was, after)
    await clock(tx, was, after, now)
    await write_down(tx, was, after, event, doer=doer, side=side, said=said, now=now)
    return after


async def note(
    tx: Tx,
    was: Complaint,
    event: str,
    doer: Doer,
    side: Side,
    *,
    now: datetime,
    changed: Complaint | None = None,
    said: Said = NOTHING,
) -> Complaint:
    """Write something down in a locked complaint; its state and its clock stay."""
    after = structs.replace(
        changed or was, state=was.state, clock=was.clock, due_at=was.due_at, version=was.version + 1
    )
    await save(tx, was, after)
    await write_down(tx, was, after, event, doer=doer, side=side, said=said, now=now)
    return after


async def climb(
    tx: Tx, complaint: Complaint, cause: Cause, actor: UUID | None, under: Ground, *, now: datetime
) -> Complaint:
    """Where the ladder D13 puts it; safety makes it urgent and tells the safety team."""
    if not ladder.can_climb(complaint.rung):
        return complaint
    facts = ladder.facts(complaint.rung, cause)
    said = ladder.climb(
        await decided(tx, complaint, ladder.TABLE, facts, actor, under=under, now=now), complaint.rung
    )
    if said.safety_team:
        await tell.alarm(tx, complaint, cause, now)
    return structs.replace(
        complaint, rung=said.rung, urgent=complaint.urgent or said.safety_team or said.by_platform
    )


async def decided(
    tx: Tx,
    complaint: Complaint,
    table: str,
    facts: Mapping[str, object],
    actor: UUID | None,
    *,
    under: Ground,
    now: datetime,
) -> Decision:
    """What a table says about a complaint, kept as its reason."""
    return await rulebook.decide(
        tx,
        under.book,
        table,
        facts,
        id=new_id(),
        shop=complaint.shop,
        subject_kind=SUBJECT,
        subject=complaint.id,
        actor=actor,
        now=now,
    )


def _clocked(was: Complaint, changed: Complaint, state: State, under: Ground, now: datetime) -> Complaint:
    named = COMPLAINT.due.get(state)
    falls = due(under.book, named[0], now, under.days, urgent=changed.urgent) if named else None
    return structs.replace(
        changed,
        state=state.value,
        version=was.version + 1,
        clock=named[0] if named else None,
        due_at=falls,
        moved_at=now,
        closed_at=(was.closed_at or now) if state.value in OVER else None,
    )


async def _ended(tx: Tx, complaint: Complaint, actor: UUID | None, under: Ground, now: datetime) -> Complaint:
    """The upper rows of D5: no points, perhaps coaching inside the shop, and the record stays."""
    coach = False
    if complaint.state not in {"refused", "merged"}:
        facts = {"ending": complaint.state, "conduct": types()[complaint.type].conduct}
        coach = bool(
            (await decided(tx, complaint, CLOSING, facts, actor, under=under, now=now)).outcome["coach"]
        )
    coach = coach and complaint.accused_kind == "shop"
    await tell.closed(tx, complaint, coach=coach, now=now)
    kept = "due" if coach and complaint.coaching == "none" else complaint.coaching
    return structs.replace(complaint, coaching=kept)


async def save(tx: Tx, was: Complaint, after: Complaint) -> None:
    """Keep what is new about a locked complaint."""
    if not await store.save_complaint(tx, after, was.version):
        raise RuntimeError(f"complaint {was.id} was moved without its lock")


async def clock(tx: Tx, was: Complaint, after: Complaint, now: datetime) -> None:
    """Stop the clock of the state before, start that of the state now."""
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    if after.clock is not None and after.due_at is not None:
        await clocks.start(
            tx,
            owner=after.id,
            name=after.clock,
            shop=after.shop,
            due_at=after.due_at,
            warn_at=warning(now, after.due_at),
            now=now,
        )


async def write_down(
    tx: Tx,
    was: Complaint,
    after: Complaint,
    event: str,
    *,
    doer: Doer,
    side: Side,
    said: Said,
    now: datetime,
) -> None:
    """Add the line to the timeline and tell whoever may know."""
    await store.insert_happening(
        tx,
        after,
        id=new_id(),
        at=now,
        event=str(event),
        side=side,
        person=doer.person,
        from_state=was.state,
        text=said.text,
        evidence=said.evidence,
        files=said.files,
        body=dict(said.body),
    )
    await tell.moved(tx, was, after, str(event), now)
