"""A decision of people was taken back: the case stands as it stood before, as far as that can be."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from msgspec import Struct, structs

from xiaoer.after_sale.actions import tell
from xiaoer.after_sale.actions.known import ground, locked
from xiaoer.after_sale.actions.move import Said, line_of, move, unlocked
from xiaoer.after_sale.actions.note import note
from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import Case, Doer
from xiaoer.after_sale.store import cases as store
from xiaoer.ledger import queries as ledger
from xiaoer.ledger.actions import payouts, posting
from xiaoer.ledger.model import AccountRef, Credit
from xiaoer.plumbing.db import Tx

SUBJECT: Final = "case"


class TakenBack(Struct, frozen=True):
    """What came of it: `waits` until the provider has said what became of the money, `in_hand_minor` is
    what the buyer keeps: the shop gets it back from the marketplace (J-011).
    """

    waits: bool
    in_hand_minor: int = 0


async def take_back(tx: Tx, case: UUID, *, by: UUID | None, why: str, key: UUID, now: datetime) -> TakenBack:
    """Take back what people decided about a case; `key` makes the money of it move once."""
    was = await locked(tx, case)
    doer, said = Doer("officer", by), Said(why[:2000])
    under = await ground(tx, was)
    if was.state == "charging":
        return TakenBack(waits=True)
    if was.state in {"paying", "payment_failed"} and was.payout is not None:
        payout = await ledger.payout(tx, was.payout)
        if payout.state not in {"ordered", "refused"}:
            return TakenBack(waits=True)
        await payouts.cancel(tx, payout.id, author=by, note=why[:200], now=now)
        await move(tx, was, Event.PAYMENT_CANCELLED, doer, under, now=now, said=said)
        return TakenBack(waits=False)
    if was.refunded_minor:
        await _made_whole(tx, was, by=by, key=key, now=now)
        await _given_up(tx, was, doer, said, now)
        return TakenBack(waits=False, in_hand_minor=was.refunded_minor)
    if CASE.takes(State(was.state), Event.TAKE_BACK):
        await move(tx, was, Event.TAKE_BACK, doer, under, now=now, said=said)
    else:
        await note(tx, was, "taken_back", doer, under, now=now, said=said)
    return TakenBack(waits=False)


async def _given_up(tx: Tx, was: Case, doer: Doer, said: Said, now: datetime) -> None:
    """Nothing of the order counts as refunded by this case any more."""
    after = structs.replace(was, refunded_minor=0, version=was.version + 1)
    line = line_of(was, "taken_back", doer, said, now)
    less = -min(was.refunded_minor, was.asked_minor)
    await store.save_case(tx, after, was.version, line, unlocked(was), more_refunded_minor=less)
    await tell.moved(tx, was, after, "taken_back", side=doer.side, now=now)


async def _made_whole(tx: Tx, case: Case, *, by: UUID | None, key: UUID, now: datetime) -> None:
    """The buyer keeps what he has in hand; the shop gets it from the marketplace."""
    await posting.credit_shop(
        tx,
        Credit(
            id=uuid5(key, str(case.id)),
            shop=case.shop,
            account="balance",
            amount_minor=case.refunded_minor,
            currency=case.currency,
            reason="ruling_reversed",
            subject_kind=SUBJECT,
            subject=case.id,
            author=by,
            origin=AccountRef("marketplace", tx.tenant),
        ),
        now,
    )
