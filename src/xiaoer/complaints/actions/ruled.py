"""A dispute has ruled on a complaint, or its ruling was reversed: the complaint says so."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from xiaoer.complaints.actions.known import under
from xiaoer.complaints.actions.move import Said, move
from xiaoer.complaints.machine import COMPLAINT, Event, State
from xiaoer.complaints.model import PROGRAM, Complaint
from xiaoer.complaints.store import complaints as store
from xiaoer.plumbing.db import Tx

Favour = Literal["claimant", "respondent", "none"]
_EVENTS: Final = {"claimant": Event.UPHOLD, "respondent": Event.REJECT, "none": Event.NOT_PROVE}


async def ruled(tx: Tx, complaint: UUID, favour: Favour, *, dispute: UUID, now: datetime) -> Complaint | None:
    """Upheld, rejected, or not proved; None where it stands so already or is over otherwise."""
    return await _heard(tx, complaint, _EVENTS[favour], dispute, now)


async def ended(
    tx: Tx, complaint: UUID, why: Literal["withdrawn", "settled"], *, dispute: UUID, now: datetime
) -> Complaint | None:
    """The dispute ended without a ruling: its claimant took it back, or both agreed."""
    event = Event.WITHDRAW if why == "withdrawn" else Event.SETTLE
    return await _heard(tx, complaint, event, dispute, now)


async def _heard(tx: Tx, complaint: UUID, event: Event, dispute: UUID, now: datetime) -> Complaint | None:
    was = await store.lock_complaint(tx, complaint)
    if was is None or was.dispute != dispute or not COMPLAINT.takes(State(was.state), event):
        return None
    ground = await under(tx, was)
    said = Said(body={"dispute": str(dispute)})
    return await move(tx, was, event, PROGRAM, "program", under=ground, now=now, said=said)
