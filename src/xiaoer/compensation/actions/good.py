"""A wrong block or penalty is made good unasked: what the table says is offered, apologies are said."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.compensation.actions.grants import grant
from xiaoer.compensation.model import Good, Grant, GrantKind, GrantPurpose, GrantWish, Wrong
from xiaoer.compensation.rules.wrongful import made_good
from xiaoer.identity import queries as identity
from xiaoer.ledger.model import POINTS
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import record, recorded

_PURPOSES: dict[str, GrantPurpose] = {
    "economic": "economic",
    "reputation": "reputation",
    "time": "time",
    "distress": "distress",
}
_KINDS: dict[str, GrantKind] = {
    "money": "money",
    "apology_and_money": "money",
    "coupon": "coupon",
    "points": "points",
}


class Ground(Struct, frozen=True, kw_only=True):
    """Whom a wrong measure hit, who bears it, and what it was."""

    receiver: UUID
    shop: UUID | None
    subject_kind: str
    subject: UUID
    rules_at: datetime
    actor: UUID | None = None


async def make_good(
    tx: Tx, ground: Ground, wrong: Wrong, now: datetime
) -> Sequence[tuple[Good, Grant | None]]:
    """Decide the harms of D8 by the rules of `ground.rules_at` and offer what they come to.

    Each decision is kept under the subject; a second time answers with the same grants.
    """
    book = await rulebook.book(tx, ground.shop if wrong.bearer == "shop" else None, ground.rules_at)
    currency = (await identity.marketplace(tx)).currency
    found: list[tuple[Good, Grant | None]] = []
    for decision, good in made_good(book, wrong):
        kept = recorded(
            book,
            decision,
            id=new_id(),
            shop=ground.shop,
            subject_kind=ground.subject_kind,
            subject=ground.subject,
            actor=ground.actor,
            at=now,
        )
        await record(tx, [kept])
        found.append((good, await _offer(tx, ground, wrong, good, currency=currency, now=now)))
    return found


async def _offer(
    tx: Tx, ground: Ground, wrong: Wrong, good: Good, *, currency: str, now: datetime
) -> Grant | None:
    if good.remedy not in _KINDS or good.amount_minor == 0:
        return None
    kind = _KINDS[good.remedy]
    return await grant(
        tx,
        GrantWish(
            id=new_id(),
            key=f"{ground.subject_kind}:{ground.subject}:{good.harm}",
            kind=kind,
            bearer="marketplace" if kind == "points" else wrong.bearer,
            shop=ground.shop if wrong.bearer == "shop" else None,
            to_kind=wrong.who,
            receiver=ground.receiver,
            amount_minor=good.amount_minor,
            currency=POINTS if kind == "points" else currency,
            purpose=_PURPOSES[good.harm],
            subject_kind=ground.subject_kind,
            subject=ground.subject,
            is_offer=True,
            rules_at=ground.rules_at,
        ),
        now,
    )
