"""Who hears of a case: the shop's people, the buyer, and both in their conversation."""

from datetime import datetime

from xiaoer.after_sale.events import CaseMoved, CaseOpened, MyCaseMoved, MyParcelHarmed
from xiaoer.after_sale.model import Bearer, Case, Harm, Side
from xiaoer.conversations.actions import cards
from xiaoer.conversations.model.thread import Thread
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish

QUIET = frozenset({"warned", "escalated"})


async def opened(tx: Tx, case: Case, now: datetime) -> None:
    """Somebody asks for something."""
    await publish(
        tx,
        CaseOpened(
            tenant=tx.tenant,
            at=now,
            shop=case.shop,
            case=case.id,
            purchase=case.purchase,
            buyer=case.buyer,
            kind=case.kind,
            state=case.state,
            due_at=case.due_at,
        ),
    )


async def moved(
    tx: Tx,
    was: Case,
    case: Case,
    event: str,
    *,
    side: Side,
    now: datetime,
    thread: Thread | None = None,
) -> None:
    """A case stands differently; warnings stay out of the conversation, which may be locked already."""
    await publish(
        tx,
        CaseMoved.of(was, case, event, tx.tenant, now, stage=case.stage),
        MyCaseMoved.of(was, case, event, tx.tenant, now),
    )
    if case.conversation is not None and event not in QUIET:
        await cards.show(tx, case.conversation, _card(case, event, side), now, thread=thread)


async def harmed(
    tx: Tx, purchase: Purchase, number: str, *, harm: Harm, bearer: Bearer, now: datetime
) -> None:
    """The buyer hears that a parcel will not come, or not whole, also where he asked nothing yet."""
    await publish(
        tx,
        MyParcelHarmed(
            tenant=tx.tenant,
            at=now,
            shop=purchase.shop_id,
            purchase=purchase.id,
            buyer=purchase.buyer_id,
            number=number,
            harm=harm,
            bearer=bearer,
        ),
    )


def _card(case: Case, event: str, side: Side) -> dict[str, object]:
    """The case as it stands, small enough to stand in a conversation as it was then."""
    titles = [line.title for line in case.lines]
    return {
        "kind": "case",
        "id": str(case.id),
        "title": titles[0] if titles else case.order_number,
        "case_kind": case.kind,
        "event": event,
        "side": side,
        "state": case.state,
        "order_id": str(case.purchase),
        "order_number": case.order_number,
        "amount_minor": case.refund_minor,
        "currency": case.currency,
        "case_version": case.version,
        **({"due_at": case.due_at.isoformat()} if case.due_at else {}),
    }
