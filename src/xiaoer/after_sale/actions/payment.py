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
INSURANCE = "case_insurance"


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
            limit_minor=await _limit(tx, after),
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


async def _limit(tx: Tx, case: Case) -> int | None:
    """Refunds are bounded by what was paid; compensation and the way back come on top."""
    if case.kind in BEYOND or case.refund_minor > case.held_minor:
        return None
    return await store.paid_minor(tx, case.shop, case.purchase)


async def insurance(tx: Tx, case: Case, most_minor: int, now: datetime) -> None:
    """The insurer pays the way back, up to its sum (O-012); the same case once."""
    amount = min(case.back.freight_minor, most_minor) if case.back else 0
    if not case.freight.insured or amount <= 0:
        return
    await payouts.order_payout(
        tx,
        PayoutWish(
            id=new_id(),
            key=f"case:{case.id}:insurance",
            shop=case.shop,
            buyer=case.buyer,
            purchase=case.purchase,
            payment_ref=case.payment_method or None,
            amount_minor=amount,
            currency=case.currency,
            subject_kind=INSURANCE,
            subject=case.id,
            source="insurer",
        ),
        now,
    )
