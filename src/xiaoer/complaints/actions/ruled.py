"""A dispute has ruled on a complaint, or its ruling was reversed: the complaint says so."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from xiaoer.complaints.actions.known import under
from xiaoer.complaints.actions.move import Said, move
from xiaoer.complaints.machine import COMPLAINT, RULED, Event, State
from xiaoer.complaints.model import PROGRAM, Complaint
from xiaoer.complaints.store import complaints as store
from xiaoer.plumbing.db import Tx

Favour = Literal["claimant", "respondent", "none"]
_EVENTS: Final = {"claimant": Event.UPHOLD, "respondent": Event.REJECT, "none": Event.NOT_PROVE}


async def ruled(tx: Tx, complaint: UUID, favour: Favour, *, dispute: UUID, now: datetime) -> Complaint | None:
    """Upheld, rejected, or not proved; None where it stands so already or is over otherwise."""
    was = await store.lock_complaint(tx, complaint)
    event = _EVENTS[favour]
    if was is None or was.dispute != dispute or was.state == RULED[event].value:
        return None
    if not COMPLAINT.takes(State(was.state), event):
        return None
    ground = await under(tx, was)
    said = Said(body={"dispute": str(dispute)})
    return await move(tx, was, event, PROGRAM, "program", under=ground, now=now, said=said)
