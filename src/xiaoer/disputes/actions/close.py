"""A dispute ends because what it is about ended elsewhere."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from xiaoer.disputes.actions.known import ground
from xiaoer.disputes.actions.move import Said, move
from xiaoer.disputes.machine import DISPUTE, Event, State
from xiaoer.disputes.model.court import PROGRAM, Dispute
from xiaoer.disputes.store import disputes as store
from xiaoer.plumbing.db import Tx


async def close(
    tx: Tx, dispute: UUID, why: Literal["withdrawn", "settled"], now: datetime, text: str = ""
) -> Dispute | None:
    """What it is about was withdrawn or settled; nothing is carried out. None when it cannot end so."""
    was = await store.lock_dispute(tx, dispute)
    event = Event.WITHDRAW if why == "withdrawn" else Event.SETTLE
    if was is None or not DISPUTE.takes(State(was.state), event):
        return None
    await store.end_proposal(tx, was.id, "expired")
    under = await ground(tx, was.shop, was.rules_at)
    said = Said(text, body={"elsewhere": True})
    return await move(tx, was, event, PROGRAM, under, now=now, said=said)
