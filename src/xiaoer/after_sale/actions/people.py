"""What people of the marketplace decide."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.after_sale.actions import order_side
from xiaoer.after_sale.actions.known import ground, locked
from xiaoer.after_sale.actions.move import Said, move
from xiaoer.after_sale.actions.shop import agreed_sum, most_minor, standing, turned
from xiaoer.after_sale.machine import Event
from xiaoer.after_sale.model import BEYOND, Case, CaseDecideWish, Doer
from xiaoer.after_sale.rules.money import more_than_paid
from xiaoer.after_sale.store import cases as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

_EVENTS: Final = {
    "refund": Event.AGREE_PAY,
    "return_refund": Event.AGREE_RETURN,
    "resend": Event.AGREE_SEND,
    "turn_down": Event.TURN_DOWN,
}


async def decide(tx: Tx, doer: Doer, case: UUID, wish: CaseDecideWish, now: datetime) -> Case:
    """Decide a case that people look at, with the reasons in words; another sum than asked may be named."""
    was, under = await standing(tx, doer, case, "decide", now)
    changed = was
    if wish.amount_minor is not None and wish.outcome in {"refund", "return_refund"}:
        most = await most_minor(tx, was)
        if not 0 < wish.amount_minor <= most and was.kind not in BEYOND:
            raise Refusal(more_than_paid(most, was.currency))
        changed = agreed_sum(was, wish.amount_minor)
    if wish.outcome == "refund" and changed.refund_minor == 0:
        raise Refusal(Refused("invalid", "after_sale.amount_needed"))
    if wish.outcome == "return_refund" and was.path == "ask_exchange":
        changed = turned(changed, "return_refund", "ask_return")
    said = Said(wish.text, changed.refund_minor or None, body={"outcome": wish.outcome})
    after = await move(tx, was, _EVENTS[wish.outcome], doer, under, now=now, changed=changed, said=said)
    await order_side.agreed(tx, after, now)
    return after


async def hand_over(tx: Tx, doer: Doer, case: UUID, text: str, now: datetime) -> Case:
    """A party takes the case to the court of the marketplace, where both may still talk (D4, D13).

    Raises Refusal like asking people does; of a refused case the time to talk runs on in the court.
    """
    was = await locked(tx, case, shop=doer.shop, buyer=doer.buyer)
    if was.state == "with_people":
        return was
    if was.state == "contested":
        under = await ground(tx, was)
    else:
        was, under = await standing(tx, doer, case, "call_people", now)
    await store.end_offer(tx, was, "declined")
    return await move(tx, was, Event.CALL_PEOPLE, doer, under, now=now, said=Said(text))
