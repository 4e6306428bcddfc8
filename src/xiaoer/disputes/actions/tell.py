"""Who hears of a dispute: the shop's people, and every person who is a party of it."""

from datetime import datetime
from typing import Any, TypeVar

from xiaoer.disputes.events import (
    DisputeMoved,
    DisputeOpened,
    MyDisputeMoved,
    RulingExecuted,
    RulingMade,
    RulingReversed,
)
from xiaoer.disputes.model.court import Dispute, Ruling
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish

Told = TypeVar("Told", RulingMade, RulingExecuted, RulingReversed)


async def opened(tx: Tx, dispute: Dispute, now: datetime) -> None:
    """Somebody wants the marketplace to judge."""
    await publish(
        tx,
        DisputeOpened(
            tenant=tx.tenant,
            at=now,
            shop=dispute.shop,
            dispute=dispute.id,
            kind=dispute.kind,
            case=dispute.case,
            complaint=dispute.complaint,
            purchase=dispute.purchase,
            state=dispute.state,
            due_at=dispute.due_at,
        ),
    )


async def moved(tx: Tx, was: Dispute, after: Dispute, event: str, now: datetime) -> None:
    """A dispute stands differently, or something was said or shown in it."""
    await publish(
        tx,
        DisputeMoved(
            tenant=tx.tenant,
            at=now,
            shop=after.shop,
            dispute=after.id,
            event=event,
            was=was.state,
            state=after.state,
            dispute_version=after.version,
            due_at=after.due_at,
            case=after.case,
            complaint=after.complaint,
        ),
        *(
            MyDisputeMoved(
                tenant=tx.tenant,
                at=now,
                shop=after.shop,
                dispute=after.id,
                event=event,
                was=was.state,
                state=after.state,
                dispute_version=after.version,
                due_at=after.due_at,
                person=party.id,
            )
            for party in (after.claimant, after.respondent)
            if party.kind == "person"
        ),
    )


async def made(tx: Tx, dispute: Dispute, ruling: Ruling, now: datetime) -> None:
    """A ruling goes out to both sides."""
    await publish(tx, _ruled(RulingMade, tx, dispute, ruling, now, by=ruling.by))


async def executed(tx: Tx, dispute: Dispute, ruling: Ruling, now: datetime) -> None:
    """Everything it orders has been done."""
    await publish(tx, _ruled(RulingExecuted, tx, dispute, ruling, now))


async def undone(tx: Tx, dispute: Dispute, ruling: Ruling, next_ruling: Ruling | None, now: datetime) -> None:
    """Everything it did has been undone."""
    following = next_ruling.id if next_ruling else None
    await publish(tx, _ruled(RulingReversed, tx, dispute, ruling, now, next_ruling=following))


def _ruled(event: type[Told], tx: Tx, dispute: Dispute, ruling: Ruling, now: datetime, **more: Any) -> Told:
    return event(
        tenant=tx.tenant,
        at=now,
        shop=dispute.shop,
        dispute=dispute.id,
        ruling=ruling.id,
        kind=dispute.kind,
        case=dispute.case,
        complaint=dispute.complaint,
        round=ruling.round,
        outcome=ruling.outcome,
        favour=ruling.favour,
        **more,
    )
