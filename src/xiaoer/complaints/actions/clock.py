"""What silence does to a complaint, and what a warning means before."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.complaints.actions.complainant import answered
from xiaoer.complaints.actions.known import under
from xiaoer.complaints.actions.move import move, note
from xiaoer.complaints.machine import COMPLAINT, State
from xiaoer.complaints.model import PROGRAM, Complaint
from xiaoer.complaints.store import complaints as store
from xiaoer.plumbing.db import Tx

CLOCKS: Final = COMPLAINT.clocks


async def fell_due(tx: Tx, complaint: UUID, clock: str, now: datetime) -> Complaint | None:
    """Nobody spoke: it goes where its state says. None when it stands elsewhere meanwhile."""
    was = await store.lock_complaint(tx, complaint)
    if was is None or was.clock != clock:
        return None
    ground = await under(tx, was)
    changed = was
    if was.state == "apology_offered":
        changed = structs.replace(was, apology=answered(was, "lapsed"))
    event = COMPLAINT.due[State(was.state)][1]
    return await move(tx, was, event, PROGRAM, "program", under=ground, now=now, changed=changed)


async def warned(tx: Tx, complaint: UUID, clock: str, now: datetime) -> Complaint | None:
    """The time of whoever is waited for is running out."""
    was = await store.lock_complaint(tx, complaint)
    if was is None or was.clock != clock or was.state == "in_hearing":
        return None
    return await note(tx, was, "warned", PROGRAM, "program", now=now)
