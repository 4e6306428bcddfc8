"""A complaint somebody may do something with now, locked, with the rules it began under."""

from uuid import UUID

from xiaoer.complaints.actions.move import UNKNOWN, locked
from xiaoer.complaints.model import Complaint, Doer, Side
from xiaoer.complaints.queries.complaints import people_judge, side_of
from xiaoer.complaints.queries.ground import ground
from xiaoer.complaints.rules.deadlines import Ground
from xiaoer.complaints.rules.deeds import may
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def standing(tx: Tx, doer: Doer, complaint: UUID, deed: str) -> tuple[Complaint, Side, Ground]:
    """The complaint, which end of it he is, its rules. Raises Refusal; a foreign one does not exist."""
    was = await locked(tx, complaint)
    side = side_of(was, doer)
    if side is None:
        raise Refusal(UNKNOWN)
    if side == "people" and was.accused is not None and was.accused == doer.person:
        raise Refusal(Refused("not_allowed", "complaints.your_own"))
    refused = may(was, side, deed, people_judge=people_judge(was))
    if refused is not None:
        raise Refusal(refused)
    return was, side, await under(tx, was)


async def under(tx: Tx, complaint: Complaint) -> Ground:
    """The rules a complaint is decided by."""
    return await ground(tx, complaint.shop, complaint.rules_at)
