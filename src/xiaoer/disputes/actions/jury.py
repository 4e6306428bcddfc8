"""The jury: people like them vote about a simple fact; the first to enough votes decides, else an officer."""

from datetime import datetime
from uuid import UUID

from xiaoer.disputes.actions import rule
from xiaoer.disputes.actions.known import Ground, ground, standing
from xiaoer.disputes.actions.move import move
from xiaoer.disputes.actions.seats import parties
from xiaoer.disputes.machine import Event
from xiaoer.disputes.model.court import PROGRAM, Dispute, Doer, Quarreller
from xiaoer.disputes.model.wishes import RulingWish
from xiaoer.disputes.rules import ruling as rules
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import judges
from xiaoer.disputes.store.judges import Juror
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as books

FACTS = "jury"


async def call(tx: Tx, doer: Doer, dispute_id: UUID, now: datetime) -> Dispute:
    """Call a jury for a dispute about one simple fact. Raises Refusal.

    Codes: disputes.no_jury_here, one_issue_only, too_few_jurors.
    """
    at = await standing(tx, doer, dispute_id, "jury", now)
    was, book = at.dispute, at.ground.book
    if not book.boolean("disputes.jury_open"):
        raise Refusal(Refused("not_now", "disputes.no_jury_here"))
    if len(await store.issues(tx, was.id)) != 1:
        raise Refusal(Refused("refused", "disputes.one_issue_only"))
    size = book.integer("disputes.jury_size")
    orders = book.integer("disputes.jury_orders")
    jurors = await judges.pool(tx, was.id, was.shop, parties(was), orders=orders, size=size)
    if len(jurors) < size:
        facts = {"found": len(jurors), "needed": size}
        raise Refusal(Refused("refused", "disputes.too_few_jurors", facts=facts))
    after = await move(tx, was, Event.CALL_JURY, doer, at.ground, now=now)
    assert after.due_at is not None
    await judges.call_jurors(tx, was.id, was.round, jurors, after.due_at)
    for juror in jurors:
        await judges.seat(tx, was.id, juror, "juror", now)
    return after


async def vote(tx: Tx, juror: UUID, dispute_id: UUID, favour: Quarreller, now: datetime) -> None:
    """Vote once; the vote that makes enough decides at once. Raises Refusal.

    Nobody learns how the others voted before the end.
    """
    was = await store.lock_dispute(tx, dispute_id)
    until = await judges.called(tx, dispute_id, juror) if was is not None else None
    if was is None or until is None:
        raise Refusal(Refused("not_found", "disputes.not_called"))
    if now >= until or not await judges.vote(tx, was.id, was.round, juror, favour=favour, now=now):
        raise Refusal(Refused("not_now", "disputes.voted_already"))
    under = await ground(tx, was.shop, was.rules_at)
    tally = await judges.tally(tx, was.id, was.round)
    win = under.book.integer("disputes.jury_win")
    if max(tally.claimant, tally.respondent) >= win:
        found: Quarreller = "claimant" if tally.claimant >= win else "respondent"
        await _decided(tx, was, found, under, now)


async def over(tx: Tx, was: Dispute, under: Ground, now: datetime) -> Dispute:
    """Not enough votes in time: an officer judges."""
    return await move(tx, was, Event.TIME_UP, PROGRAM, under, now=now)


async def _decided(tx: Tx, was: Dispute, favour: Quarreller, under: Ground, now: datetime) -> Dispute:
    """What the jury found becomes a ruling: the remedy is the table's for whoever is right."""
    issues = await store.issues(tx, was.id)
    remedies = under.book.table(rules.TABLE)
    winner = rules.winner(was, favour)
    outcome = remedies.decide({"issue": issues[0].issue, "winner": winner}).outcome
    found = rules.with_favour(issues[0], favour)
    exhibits = await store.exhibits(tx, was.id)
    used, left = rules.sorted_exhibits(exhibits, {})
    wish = RulingWish(
        issues=[rules.drafted(was, found, outcome)],
        facts_found=[FACTS],
        used=used,
        refused=left,
        text=FACTS,
    )
    made = await rule.make(tx, was, wish, "jury", issues, ground=under, officer=None, now=now)
    changed = rule.decided(was, made)
    doer = Doer("jury", None)
    return await rule.go_out(tx, was, changed, Event.JURY_DECIDED, doer, ground=under, ruling=made, now=now)


async def set_willing(tx: Tx, person: UUID, now: datetime, *, willing: bool) -> None:
    """Somebody would sit in juries, or would not any more."""
    await judges.set_willing(tx, person, now, willing=willing)


async def eligible(tx: Tx, person: UUID, now: datetime) -> tuple[Juror, str | None]:
    """Whether somebody may sit in juries; the code says why not."""
    juror = await judges.juror(tx, person)
    book = await books.book(tx, None, now)
    if not book.boolean("disputes.jury_open"):
        return juror, "disputes.no_jury_here"
    if juror.orders < book.integer("disputes.jury_orders"):
        return juror, "disputes.too_few_orders"
    return juror, "disputes.quarrels_himself" if juror.quarrels else None
