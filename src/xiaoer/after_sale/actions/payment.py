"""Money of a case: ordered when it begins to pay, counted only when the ledger says it was paid."""

from datetime import datetime

from msgspec import structs

from xiaoer.after_sale.model import BEYOND, Case, Doer
from xiaoer.after_sale.store import cases as store
from xiaoer.ledger.actions import payouts, posting
from xiaoer.ledger.model import Credit, PayoutWish
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

SUBJECT = "case"


async def enter(tx: Tx, was: Case, after: Case, now: datetime) -> Case:
    """Order the payout of a case that begins to pay; a retried payout is the ledger's and keeps its key."""
    if after.state != "paying" or was.state in {"paying", "payment_failed"} or after.refund_minor == 0:
        return after
    attempt = after.attempt + 1
    payout = await payouts.order_payout(
        tx,
        PayoutWish(
            id=new_id(),
            key=f"case:{after.id}:{attempt}",
            shop=after.shop,
            buyer=after.buyer,
            purchase=after.purchase,
            payment_ref=after.payment_method or None,
            amount_minor=after.refund_minor,
            currency=after.currency,
            subject_kind=SUBJECT,
            subject=after.id,
            limit_minor=None
            if after.kind in BEYOND
            else await store.paid_minor(tx, after.shop, after.purchase),
        ),
        now,
    )
    return structs.replace(after, attempt=attempt, payout=payout.id)


async def given_back(tx: Tx, case: Case, doer: Doer, now: datetime) -> None:
    """A buyer repaid what he had been paid ahead: the shop gets it from outside."""
    await posting.credit_shop(
        tx,
        Credit(
            id=new_id(),
            shop=case.shop,
            account="balance",
            amount_minor=case.refunded_minor,
            currency=case.currency,
            reason="fast_refund_repaid",
            subject_kind=SUBJECT,
            subject=case.id,
            author=doer.person,
        ),
        now,
    )
