"""What a ruling does: the case, the money, the penalty, what is given; in one stroke, each written down."""

from contextlib import suppress
from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid5

from xiaoer.after_sale.actions.people import decide
from xiaoer.after_sale.actions.shop import most_minor
from xiaoer.after_sale.actions.taken_back import take_back
from xiaoer.after_sale.model import Case, CaseDecideWish
from xiaoer.after_sale.model import Doer as CaseDoer
from xiaoer.after_sale.queries import cases
from xiaoer.compensation.actions import grants
from xiaoer.compensation.model import Bearer, GrantKind, GrantPurpose, GrantWish
from xiaoer.compensation.queries import grants as given
from xiaoer.compensation.rules.carrying import POINTS
from xiaoer.disputes.actions.known import Ground
from xiaoer.disputes.model.court import Dispute, EffectKind, RuledMoney, Ruling
from xiaoer.disputes.rules import ruling as rules
from xiaoer.disputes.store import rulings as store
from xiaoer.disputes.store.disputes import exhibits as exhibits_of
from xiaoer.ledger import queries as ledger
from xiaoer.ledger.actions import posting
from xiaoer.ledger.model import AccountRef, Charge
from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.actions.reverse import reverse as undo_penalty
from xiaoer.penalties.model import PenaltyWish
from xiaoer.plumbing.db import Tx

SUBJECT: Final = "ruling"
_Decided = Literal["refund", "return_refund", "resend", "turn_down"]
_DECIDED: Final[dict[str, _Decided]] = {
    "refund": "refund",
    "partial": "refund",
    "return_and_refund": "return_refund",
    "exchange": "return_refund",
    "resend": "resend",
}
_PURPOSES: Final[dict[str, GrantPurpose]] = {
    "freight": "freight",
    "test": "test_cost",
    "compensation": "ruling",
}


async def perform(
    tx: Tx, dispute: Dispute, ruling: Ruling, ground: Ground, *, now: datetime, in_hand_minor: int = 0
) -> None:
    """Carry out everything a ruling orders. The caller holds the dispute's lock and marks the ruling.

    `in_hand_minor` is what the buyer kept of an earlier ruling that was taken back: it is not paid twice.
    """
    refund = rules.refund_minor(ruling.issues)
    kept = min(refund, in_hand_minor)
    if kept:
        await _charge(tx, dispute, ruling, kept, now)
    await _refund(tx, dispute, ruling, refund - kept, taken_over=bool(kept), now=now)
    extra = rules.compensation_minor(ruling.issues)
    lines = [*ruling.money]
    if extra:
        lines.append(RuledMoney("compensation", "shop", extra))
    for place, line in enumerate(lines, 1):
        await _pay(tx, dispute, ruling, line, place, now=now)
    await _give(tx, dispute, ruling, now)
    await _penalise(tx, dispute, ruling, ground, now)


class _Rehearsed(Exception):
    """A rehearsal is over; nothing of it stays."""


async def rehearse(tx: Tx, dispute: Dispute, ruling: Ruling, ground: Ground, now: datetime) -> None:
    """Try everything a ruling orders and undo it again: what cannot be done is refused before it goes out.

    Raises Refusal.
    """
    with suppress(_Rehearsed):
        async with tx.savepoint():
            await perform(tx, dispute, ruling, ground, now=now)
            await tx.connection.settle()
            raise _Rehearsed


async def _refund(
    tx: Tx, dispute: Dispute, ruling: Ruling, amount: int, *, taken_over: bool, now: datetime
) -> None:
    """The remedy: through the case while people still have it, else straight from the shop."""
    case = await cases.case(tx, dispute.case) if dispute.case is not None else None
    if case is not None and case.state == "with_people":
        await _decide(tx, ruling, case, 0 if taken_over and not amount else amount, now)
        return
    if amount and dispute.purchase is not None:
        left = max(dispute.paid_minor - await ledger.given_back(tx, dispute.purchase), 0)
        amount = min(amount, left)
    if amount:
        await _pay(tx, dispute, ruling, RuledMoney("compensation", "shop", amount), 0, now=now)


async def _decide(tx: Tx, ruling: Ruling, case: Case, amount: int, now: datetime) -> None:
    outcome: _Decided = _DECIDED.get(ruling.outcome, "turn_down")
    sum_ = min(amount, await most_minor(tx, case)) if amount else 0
    if outcome == "refund" and not sum_ and not case.refund_minor:
        outcome = "turn_down"
    wish = CaseDecideWish(
        outcome=outcome,
        amount_minor=sum_ or None,
        text=ruling.text[:2000],
    )
    after = await decide(tx, CaseDoer("officer", ruling.officer), case.id, wish, now)
    await store.insert_effect(tx, ruling.id, "case", case.id, after.refund_minor)


async def _charge(tx: Tx, dispute: Dispute, ruling: Ruling, amount: int, now: datetime) -> None:
    """What the buyer already has was advanced by the marketplace; now the shop bears it (J-011)."""
    made = uuid5(ruling.id, "charge")
    wish = Charge(
        id=made,
        shop=dispute.shop,
        amount_minor=amount,
        currency=dispute.currency,
        to=AccountRef("marketplace", tx.tenant),
        reason="ruling",
        subject_kind=SUBJECT,
        subject=ruling.id,
        author=ruling.officer,
    )
    await posting.charge_shop(tx, wish, now)
    await store.insert_effect(tx, ruling.id, "charge", made, amount)


async def _pay(
    tx: Tx, dispute: Dispute, ruling: Ruling, line: RuledMoney, place: int, *, now: datetime
) -> None:
    """Money to the buyer beside the case; the shop's balance, then its deposit (T-031)."""
    await _grant(
        tx,
        dispute,
        ruling,
        key=f"ruling:{ruling.id}:{place}",
        kind="money",
        bearer=line.payer,
        purpose="ruling" if place == 0 else _PURPOSES[line.kind],
        amount=line.amount_minor,
        now=now,
    )


async def _give(tx: Tx, dispute: Dispute, ruling: Ruling, now: datetime) -> None:
    wish = ruling.grant
    if wish is None:
        return
    await _grant(
        tx,
        dispute,
        ruling,
        key=f"ruling:{ruling.id}:given",
        kind=wish.kind,
        bearer=wish.bearer,
        purpose="ruling",
        amount=wish.points or wish.amount_minor,
        now=now,
    )


async def _grant(
    tx: Tx,
    dispute: Dispute,
    ruling: Ruling,
    *,
    key: str,
    kind: GrantKind,
    bearer: Bearer,
    purpose: GrantPurpose,
    amount: int,
    now: datetime,
) -> None:
    assert dispute.buyer is not None
    wish = GrantWish(
        id=uuid5(ruling.id, key),
        key=key,
        kind=kind,
        bearer=bearer,
        to_kind="person",
        receiver=dispute.buyer,
        amount_minor=amount,
        currency=POINTS if kind == "points" else dispute.currency,
        purpose=purpose,
        subject_kind=SUBJECT,
        subject=ruling.id,
        shop=dispute.shop,
        purchase=dispute.purchase,
        note=dispute.number,
        made_by=ruling.officer,
        rules_at=dispute.rules_at,
    )
    made = await grants.grant(tx, wish, now)
    await store.insert_effect(tx, ruling.id, "grant", made.id, amount)


async def _penalise(tx: Tx, dispute: Dispute, ruling: Ruling, ground: Ground, now: datetime) -> None:
    """The offence a ruling finds, and what its victim is to get for it."""
    found = ruling.penalty
    if found is None:
        return
    exhibits = [one for one in await exhibits_of(tx, dispute.id) if one.id in ruling.used]
    wish = PenaltyWish(
        id=uuid5(ruling.id, "penalty"),
        subject_kind=found.subject_kind,
        subject=found.subject,
        offence=found.offence,
        grade=found.grade,
        facts="\n".join(ruling.facts_found),
        source_kind=SUBJECT,
        source=ruling.id,
        circumstances=found.circumstances,
        evidence=tuple(one.seal_number or f"#{one.number}" for one in exhibits),
        decided_by=ruling.officer,
        automated=ruling.officer is None,
    )
    made = await penalise(tx, wish, ground.book, now)
    await store.insert_effect(tx, ruling.id, "penalty", made.id)
    if made.pays_minor and dispute.buyer is not None and found.subject_kind == "shop":
        await _grant(
            tx,
            dispute,
            ruling,
            key=f"ruling:{ruling.id}:victim",
            kind="money",
            bearer="shop",
            purpose="comfort",
            amount=made.pays_minor,
            now=now,
        )


async def undo(tx: Tx, ruling: Ruling, *, by: UUID | None, why: str, now: datetime) -> int:
    """Take back everything a ruling did, each in its own domain; answers what the buyer keeps in hand."""
    kept = 0
    for effect in reversed(await store.effects(tx, ruling.id)):
        if effect.undone_at is not None:
            continue
        done, in_hand = await _undo(tx, ruling, effect.kind, effect.target, by=by, why=why, now=now)
        kept += in_hand
        if done:
            await store.mark_undone(tx, effect, now)
    return kept


async def _undo(
    tx: Tx, ruling: Ruling, kind: str, target: UUID, *, by: UUID | None, why: str, now: datetime
) -> tuple[bool, int]:
    if kind == "case":
        taken = await take_back(tx, target, by=by, why=why, key=ruling.id, now=now)
        return not taken.waits, taken.in_hand_minor
    if kind == "grant":
        was = await given.grant(tx, target)
        await grants.undo(tx, target, by=by, why=why, now=now)
        return True, was.amount_minor if was.kind == "money" and was.state == "given" else 0
    if kind == "penalty":
        await undo_penalty(tx, target, id=uuid5(ruling.id, "penalty reversed"), why=why, by=by, now=now)
    if kind == "charge":
        back = uuid5(ruling.id, "charge reversed")
        await posting.reverse(tx, target, id=back, reason="ruling_reversed", now=now, author=by)
    return True, 0


async def late(tx: Tx, kind: EffectKind, target: UUID, now: datetime) -> None:
    """The provider has spoken about money of a ruling that was taken back meanwhile: that is undone now."""
    ruling_id = await store.undone_effect(tx, kind, target)
    ruling = await store.ruling(tx, ruling_id) if ruling_id is not None else None
    if ruling is None:
        return
    for effect in await store.effects(tx, ruling.id):
        if effect.undone_at is None and (effect.kind, effect.target) == (kind, target):
            done, _ = await _undo(
                tx, ruling, kind, target, by=ruling.reversed_by, why=ruling.reversed_why or "", now=now
            )
            if done:
                await store.mark_undone(tx, effect, now)
