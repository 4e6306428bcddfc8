"""What the officer who judges does before he rules: ask, have the court wait."""

from datetime import datetime
from uuid import UUID

from xiaoer.disputes.actions.known import issue_of, standing
from xiaoer.disputes.actions.move import Said, move
from xiaoer.disputes.machine import Event
from xiaoer.disputes.model.court import Dispute, Doer
from xiaoer.disputes.model.wishes import DisputeAskWish
from xiaoer.plumbing.db import Tx


async def ask(tx: Tx, doer: Doer, dispute_id: UUID, wish: DisputeAskWish, now: datetime) -> Dispute:
    """Ask one side for more; it has four hours between 09:00 and 18:00 (J-004). Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "ask", now)
    if wish.issue is not None:
        await issue_of(tx, at.dispute.id, wish.issue)
    body: dict[str, object] = {"side": wish.side}
    if wish.issue is not None:
        body["issue"] = str(wish.issue)
    said = Said(wish.text, body=body)
    return await move(tx, at.dispute, Event.ASK_MORE, doer, at.ground, now=now, said=said)
