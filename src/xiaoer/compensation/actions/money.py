"""Where the money of a grant lies: put aside, on to its receiver, back to its bearer; always double entry."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.compensation import store
from xiaoer.compensation.model import Grant
from xiaoer.compensation.rules.carrying import ASIDE, posting_id
from xiaoer.ledger import queries as ledger
from xiaoer.ledger.actions import payouts, posting
from xiaoer.ledger.model import POINTS, AccountRef, Charge, Credit, Line, PayoutWish, Posting
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

SUBJECT = "grant"
EXCHANGED = "exchange"
"""The subject kind of a coupon that was points; its subject is its own id."""


def _held(grant: Grant) -> AccountRef:
    return AccountRef("held", grant.id)


async def put_aside(tx: Tx, grant: Grant, amount_minor: int, what: str, now: datetime) -> Grant:
    """Put money aside for a grant: the shop's balance, then its deposit, the rest as its debt (T-031)."""
    if grant.kind not in ASIDE:
        return grant
    aside = posting_id(grant.id, what)
    if grant.bearer == "shop" and grant.shop is not None:
        charge = Charge(
            id=aside,
            shop=grant.shop,
            amount_minor=amount_minor,
            currency=grant.currency,
            to=_held(grant),
            reason="compensation_put_aside",
            subject_kind=SUBJECT,
            subject=grant.id,
            author=grant.made_by,
        )
        await posting.charge_shop(tx, charge, now)
    else:
        lines = [Line(AccountRef("marketplace", tx.tenant), -amount_minor), Line(_held(grant), amount_minor)]
        await _post(tx, grant, what, lines, reason="compensation_put_aside", now=now)
    return structs.replace(grant, postings=(*grant.postings, aside))


async def take_points(tx: Tx, grant: UUID, person: UUID, points: int, now: datetime) -> None:
    """Take points from somebody for the coupon they become; the ledger lets nobody fall below zero."""
    await posting.post(
        tx,
        Posting(
            id=posting_id(grant, "points"),
            reason="points_exchanged",
            subject_kind=SUBJECT,
            subject=grant,
            lines=[
                Line(AccountRef("points", person), -points),
                Line(AccountRef("marketplace", tx.tenant), points),
            ],
            currency=POINTS,
            at=now,
            author=person,
        ),
    )


async def enter(tx: Tx, was: Grant, after: Grant, now: datetime) -> Grant:
    """Move what a step moves."""
    match after.state:
        case "paying" if was.state != "paying":
            return await _pay(tx, after, now)
        case "given" if was.state == "made":
            await _give(tx, after, now)
        case "used" if after.used_shop is not None:
            await _credit(tx, after, after.used_shop, _held(after), what="used", now=now)
        case "returned":
            await _back(tx, after, now)
        case "undone":
            await _undo(tx, was, now)
        case _:
            pass
    return after


async def sweep(tx: Tx, grant: Grant, now: datetime) -> None:
    """What a called-off payout left aside of a grant that was undone meanwhile is the marketplace's."""
    for one in await ledger.balances(tx, grant.id):
        if one.kind == "held" and one.balance_minor > 0:
            lines = [
                Line(_held(grant), -one.balance_minor),
                Line(AccountRef("marketplace", tx.tenant), one.balance_minor),
            ]
            await _post(tx, grant, "swept", lines, reason="compensation_undone", now=now)


async def _pay(tx: Tx, grant: Grant, now: datetime) -> Grant:
    attempt = grant.attempt + 1
    payout = await payouts.order_payout(
        tx,
        PayoutWish(
            id=new_id(),
            key=f"{SUBJECT}:{grant.id}:{attempt}",
            shop=grant.shop or tx.tenant,
            buyer=grant.receiver,
            purchase=grant.purchase,
            payment_ref=None,
            amount_minor=grant.amount_minor,
            currency=grant.currency,
            subject_kind=SUBJECT,
            subject=grant.id,
            source="held",
        ),
        now,
    )
    return structs.replace(grant, attempt=attempt, payout=payout.id)


async def _give(tx: Tx, grant: Grant, now: datetime) -> None:
    if grant.to_kind == "shop":
        await _credit(tx, grant, grant.receiver, _held(grant), what="given", now=now)
        return
    lines = [
        Line(AccountRef("marketplace", tx.tenant), -grant.amount_minor),
        Line(AccountRef("points", grant.receiver), grant.amount_minor),
    ]
    await _post(tx, grant, "given", lines, reason="points_given", now=now)


async def _back(tx: Tx, grant: Grant, now: datetime) -> None:
    """Every posting that put money aside is taken back; a coupon that was points becomes them again."""
    points = (posting_id(grant.id, "points"),) if grant.subject_kind == EXCHANGED else ()
    for one in (*grant.postings, *points):
        await posting.reverse(
            tx, one, id=posting_id(grant.id, f"back:{one}"), reason="compensation_returned", now=now
        )


async def _undo(tx: Tx, was: Grant, now: datetime) -> None:
    """Make the bearer whole; what a person already has he keeps, and the marketplace answers for it."""
    if was.state == "given" and was.kind == "points":
        await _points_back(tx, was, now)
    elif was.state == "given" and was.to_kind == "shop":
        await _charge_back(tx, was, now)
        await _back(tx, was, now)
    elif was.state in {"given", "used"} or (was.state == "paying" and not await _called_off(tx, was, now)):
        if was.bearer == "shop" and was.shop is not None:
            await _credit(tx, was, was.shop, AccountRef("marketplace", tx.tenant), what="made_whole", now=now)
    else:
        await _back(tx, was, now)


async def _points_back(tx: Tx, was: Grant, now: datetime) -> None:
    """Take points back as far as they are there; those that became a coupon stay spent."""
    await lock_points(tx, was.receiver)
    held = [one for one in await ledger.balances(tx, was.receiver) if one.kind == "points"]
    left = min(was.amount_minor, sum(one.balance_minor for one in held))
    if left:
        lines = [
            Line(AccountRef("points", was.receiver), -left),
            Line(AccountRef("marketplace", tx.tenant), left),
        ]
        await _post(tx, was, "undone", lines, reason="compensation_undone", now=now)


async def lock_points(tx: Tx, person: UUID) -> None:
    """Whoever takes points from somebody goes one after the other."""
    await store.lock_key(tx, f"points:{person}")


async def _called_off(tx: Tx, grant: Grant, now: datetime) -> bool:
    """Call the payout off where nobody asked the provider yet, or it refused."""
    if grant.payout is None:
        return True
    if (await ledger.payout(tx, grant.payout)).state not in {"ordered", "refused"}:
        return False
    await payouts.cancel(tx, grant.payout, author=None, note="", now=now)
    return True


async def _charge_back(tx: Tx, grant: Grant, now: datetime) -> None:
    charge = Charge(
        id=posting_id(grant.id, "undone"),
        shop=grant.receiver,
        amount_minor=grant.amount_minor,
        currency=grant.currency,
        to=_held(grant),
        reason="compensation_undone",
        subject_kind=SUBJECT,
        subject=grant.id,
    )
    await posting.charge_shop(tx, charge, now)


async def _credit(tx: Tx, grant: Grant, shop: UUID, origin: AccountRef, *, what: str, now: datetime) -> None:
    credit = Credit(
        id=posting_id(grant.id, what),
        shop=shop,
        account="balance",
        amount_minor=grant.amount_minor,
        currency=grant.currency,
        reason=f"compensation_{what}",
        subject_kind=SUBJECT,
        subject=grant.id,
        origin=origin,
    )
    await posting.credit_shop(tx, credit, now)


async def _post(tx: Tx, grant: Grant, what: str, lines: list[Line], *, reason: str, now: datetime) -> None:
    await posting.post(
        tx,
        Posting(
            id=posting_id(grant.id, what),
            reason=reason,
            subject_kind=SUBJECT,
            subject=grant.id,
            lines=lines,
            currency=grant.currency,
            at=now,
            author=grant.made_by,
        ),
    )
