"""An appeal found that a complaint should have been taken on."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.complaints.actions.known import under
from xiaoer.complaints.actions.move import Said, locked, move
from xiaoer.complaints.machine import Event
from xiaoer.complaints.model import Complaint, Doer
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

NOT_REFUSED: Final = Refused("not_now", "complaints.not_refused")


async def reverse(tx: Tx, complaint: UUID, *, by: UUID, why: str, now: datetime) -> Complaint:
    """Take it on after all: the accused is told, his clock runs from now. Raises Refusal."""
    was = await locked(tx, complaint)
    if was.state != "refused":
        raise Refusal(NOT_REFUSED)
    ground = await under(tx, was)
    changed = structs.replace(was, refusal=None)
    return await move(
        tx,
        was,
        Event.REVERSE_REFUSAL,
        Doer(by),
        "people",
        under=ground,
        now=now,
        changed=changed,
        said=Said(why),
    )
