"""What the order itself is told: goods are to come back, money went back."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.after_sale.model import BEYOND, Case
from xiaoer.after_sale.store import cases as store
from xiaoer.instructions import queries as instructions
from xiaoer.instructions.actions import ask
from xiaoer.instructions.model import Body, Instruction, ItemsBody, NewItem, RefundBody, ReturnBody
from xiaoer.instructions.model import Kind as InstructionKind
from xiaoer.kernel.refusal import Refusal
from xiaoer.orders import queries as orders
from xiaoer.plumbing import log
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

SUBJECT: Final = "case"
_log: Final = log.get("after_sale")


async def agreed(tx: Tx, case: Case, now: datetime, *, strict: bool = False) -> None:
    """Goods are to come back: the order side marks the order, in its own words.

    Where a rule let the case through at once its refusal is the case's (`strict`); else the case goes on
    without the mark.
    """
    if case.state != "sending_back" or case.kind not in {"return_refund", "exchange"}:
        return
    if case.kind == "exchange":
        lines = [NewItem(line.item, line.new_variant) for line in case.lines if line.new_variant is not None]
        if lines:
            body = ItemsBody(lines, case.payment_method or None)
            await _ask(tx, case, "exchange_requested", body, now, strict=strict)
        return
    body = ReturnBody([line.item for line in case.lines], case.payment_method or None)
    await _ask(tx, case, "return_requested", body, now, strict=strict)


async def changed(tx: Tx, instruction: UUID) -> None:
    """Other items were granted before dispatch: what may be refunded moves with what they cost."""
    made = await instructions.instruction(tx, instruction)
    if made.difference is None or made.shop is None or made.purchase is None:
        return
    order = await orders.purchase(tx, made.shop, made.purchase)
    left, by = order.paid_minor - order.refunded_minor, made.difference.amount_minor
    await store.change_paid(tx, made.shop, made.purchase, paid_minor=max(left, 0), by_minor=by)


async def paid(tx: Tx, case: Case, amount_minor: int, now: datetime, *, about: str = "") -> None:
    """Money went back: the order's own books say so, and an order that was never sent ends.

    `about` tells several payments of one case apart.
    """
    if case.kind in BEYOND or amount_minor == 0:
        return
    body = RefundBody(
        amount_minor=amount_minor,
        payment_method=case.payment_method or None,
        cancels=case.kind == "refund_before_dispatch",
        reason=case.reason,
    )
    await _ask(tx, case, "mark_refunded", body, now, strict=False, about=about)


async def _ask(
    tx: Tx,
    case: Case,
    kind: InstructionKind,
    body: Body,
    now: datetime,
    *,
    strict: bool,
    about: str = "",
) -> None:
    wish = Instruction(
        id=new_id(),
        key=f"case:{case.id}:{kind}:{case.attempt}{about}",
        kind=kind,
        body=body,
        shop=case.shop,
        purchase=case.purchase,
        subject_kind=SUBJECT,
        subject=case.id,
    )
    try:
        async with tx.savepoint():
            await ask.ask(tx, wish, now)
    except Refusal as refusal:
        if strict:
            raise
        _log.warning("order_side_refused", case=str(case.id), kind=kind, code=refusal.refused.code)
