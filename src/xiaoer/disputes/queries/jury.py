"""What a juror may know: to what he is called and what both say; never how the others voted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.disputes.model.court import Dispute, Exhibit, Issue
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import judges
from xiaoer.disputes.store.judges import JuryCall
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

__all__ = ["JuryCall", "brief", "calls"]


async def calls(tx: Tx, juror: UUID) -> Sequence[JuryCall]:
    """To what somebody is called, the latest first."""
    return await judges.calls(tx, juror)


async def brief(tx: Tx, dispute: UUID, juror: UUID) -> tuple[Dispute, Issue, Sequence[Exhibit], datetime]:
    """What a juror judges by, and until when. Raises Refusal for who was not called."""
    until = await judges.called(tx, dispute, juror)
    if until is None:
        raise Refusal(Refused("not_found", "disputes.not_called"))
    found = (await store.find_disputes(tx, [dispute]))[0]
    return found, (await store.issues(tx, dispute))[0], await store.exhibits(tx, dispute), until
