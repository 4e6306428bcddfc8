"""Where a complaint becomes a dispute, and where the dispute is told that there is nothing left to judge."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

from msgspec import structs

from xiaoer.complaints.model import Complaint, Happening, ShowWish, Side
from xiaoer.complaints.rules.hearing import issue_of
from xiaoer.complaints.rules.types import types
from xiaoer.complaints.store import complaints as store
from xiaoer.disputes.actions import close
from xiaoer.disputes.actions import open as opening
from xiaoer.disputes.actions.show import show
from xiaoer.disputes.model.court import Doer as CourtDoer
from xiaoer.disputes.model.court import Party
from xiaoer.disputes.model.court import Side as CourtSide
from xiaoer.disputes.model.wishes import DisputeWish, ExhibitWish
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import log
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

_log: Final = log.get("complaints")
_SIDES: Final[dict[Side, CourtSide]] = {"complainant": "claimant", "accused": "respondent"}


async def opened(tx: Tx, complaint: Complaint, now: datetime) -> Complaint:
    """The complaint with the dispute that judges it; people judge what no dispute can."""
    if types()[complaint.type].judged != "dispute" or complaint.shop is None:
        return complaint
    happened = await store.happenings(tx, complaint.id)
    for plain in (False, True):  # what is asked may not be possible; the quarrel is judged all the same
        try:
            async with tx.savepoint():
                made = await opening.open(tx, _wish(complaint, happened, plain=plain, now=now), now)
                return structs.replace(complaint, dispute=made.id)
        except Refusal as refusal:
            _log.warning("no_dispute", complaint=str(complaint.id), code=refusal.refused.code, plain=plain)
    return complaint


def _wish(complaint: Complaint, happened: Sequence[Happening], *, plain: bool, now: datetime) -> DisputeWish:
    mine = [one for one in happened if one.side == "complainant"]
    numbers = tuple(dict.fromkeys(number for one in mine for number in one.evidence))
    return DisputeWish(
        id=new_id(),
        kind="complaint",
        claimant=Party(complaint.complainant_kind, complaint.complainant),
        respondent=_accused(complaint),
        shop=cast("UUID", complaint.shop),
        issues=(issue_of(complaint, plain=plain),),
        buyer=complaint.buyer,
        purchase=complaint.purchase,
        complaint=complaint.id,
        conversation=complaint.conversation,
        evidence=numbers,
        files=tuple(dict.fromkeys(file for one in mine for file in one.files)),
        text=complaint.text,
        opened_by=complaint.lodged_by,
        at=now,
    )


def _accused(complaint: Complaint) -> Party:
    return Party(cast("Literal['person', 'shop']", complaint.accused_kind), cast("UUID", complaint.accused))


async def shown(
    tx: Tx, complaint: Complaint, side: Side, person: UUID | None, *, wish: ShowWish, now: datetime
) -> None:
    """What somebody says and brings while it is heard goes into the dispute too. Raises Refusal."""
    if complaint.dispute is None or complaint.state != "in_hearing":
        return
    party = (
        Party(complaint.complainant_kind, complaint.complainant)
        if side == "complainant"
        else _accused(complaint)
    )
    doer = CourtDoer(_SIDES[side], person, party)
    for number in wish.evidence:
        await show(tx, doer, complaint.dispute, ExhibitWish("chat_range", number=number), now)
    said = ExhibitWish("statement", wish.text, list(wish.files))
    await show(tx, doer, complaint.dispute, said, now)


async def closed(tx: Tx, complaint: Complaint, why: Literal["withdrawn", "settled"], now: datetime) -> None:
    """It was withdrawn, or an apology was accepted: nothing is left to judge."""
    if complaint.dispute is not None:
        await close.close(tx, complaint.dispute, why, now)
