"""Who hears of a complaint: both ends of it, once it is taken on; before that only who complains."""

from datetime import datetime
from typing import Any, Literal

from xiaoer.complaints.events import ComplaintAlarm, ComplaintClosed, ComplaintMoved, MyComplaintMoved
from xiaoer.complaints.model import Cause, Complaint
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish

QUIET = frozenset({"warned", "remind"})


async def moved(tx: Tx, was: Complaint, after: Complaint, event: str, now: datetime) -> None:
    """A complaint stands differently."""
    if event in QUIET:
        return
    await _tell(tx, was, after, event, side="complainant", now=now)
    if not hidden(was, after):
        await _tell(tx, was, after, event, side="accused", now=now)


def hidden(was: Complaint, after: Complaint) -> bool:
    """What was never taken on is not told to the accused."""
    return was.state in {"new", "lodged"} and after.state != "accepted"


async def _tell(
    tx: Tx,
    was: Complaint,
    after: Complaint,
    event: str,
    *,
    side: Literal["complainant", "accused"],
    now: datetime,
) -> None:
    kind, who = (
        (after.complainant_kind, after.complainant)
        if side == "complainant"
        else (after.accused_kind, after.accused)
    )
    if who is None or kind in {"officer", "marketplace"}:
        return
    told: dict[str, Any] = {
        "tenant": tx.tenant,
        "at": now,
        "complaint": after.id,
        "type": after.type,
        "event": event,
        "was": was.state,
        "state": after.state,
        "complaint_version": after.version,
        "due_at": after.due_at,
    }
    if kind == "shop":
        await publish(tx, ComplaintMoved(shop=who, side=side, **told))
    else:
        await publish(tx, MyComplaintMoved(person=who, side=side, **told))


async def alarm(tx: Tx, complaint: Complaint, cause: Cause, now: datetime) -> None:
    """Somebody's life or health: the supervisor and the safety team."""
    await publish(
        tx, ComplaintAlarm(tenant=tx.tenant, at=now, complaint=complaint.id, shop=complaint.shop, cause=cause)
    )


async def closed(tx: Tx, complaint: Complaint, *, coach: bool, now: datetime) -> None:
    """A complaint is over."""
    await publish(
        tx,
        ComplaintClosed(
            tenant=tx.tenant,
            at=now,
            complaint=complaint.id,
            shop=complaint.shop,
            buyer=complaint.buyer,
            type=complaint.type,
            state=complaint.state,
            coach=coach,
        ),
    )
