"""What the two sides do: speak, say that they have nothing more, propose, answer, wait, give up."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.rules.deadlines import span
from xiaoer.disputes.actions import execute, periods, rule
from xiaoer.disputes.actions.known import Standing, standing
from xiaoer.disputes.actions.move import Said, move, note
from xiaoer.disputes.actions.show import own_files
from xiaoer.disputes.machine import Event
from xiaoer.disputes.model.court import (
    FOR_BUYER,
    Dispute,
    Doer,
    Favour,
    Outcome,
    Proposal,
    RuledIssue,
)
from xiaoer.disputes.model.wishes import (
    AnswerWish,
    ProofWish,
    ProposalWish,
    RulingWish,
    SayWish,
    SuspendWish,
)
from xiaoer.disputes.rules import ruling as rules
from xiaoer.disputes.rules.deadlines import rest
from xiaoer.disputes.store import disputes as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def say(tx: Tx, doer: Doer, dispute_id: UUID, wish: SayWish, now: datetime) -> Dispute:
    """Say something to the other side and to the court. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "say", now)
    await own_files(tx, at.dispute, doer, wish.files)
    return await note(tx, at.dispute, "said", doer, at.ground, now=now, said=Said(wish.text, wish.files))


async def ready(tx: Tx, doer: Doer, dispute_id: UUID, now: datetime) -> Dispute:
    """One side has nothing more; when both have not, the court goes on at once. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "ready", now)
    was = at.dispute
    if was.state == "supplement":
        return await move(tx, was, Event.ANSWERED, doer, at.ground, now=now)
    changed = structs.replace(
        was,
        ready_claimant=was.ready_claimant or doer.side == "claimant",
        ready_respondent=was.ready_respondent or doer.side == "respondent",
    )
    after = await note(tx, was, "ready", doer, at.ground, now=now, changed=changed)
    if not (after.ready_claimant and after.ready_respondent):
        return after
    if after.state == "negotiation":
        return await periods.begin_evidence(tx, after, Event.ALL_SHOWN, doer, at.ground, now=now)
    return await periods.end_evidence(tx, after, Event.ALL_SHOWN, doer, at.ground, now=now)


async def propose(tx: Tx, doer: Doer, dispute_id: UUID, wish: ProposalWish, now: datetime) -> Dispute:
    """Propose how it could end, or that both wait; it takes the place of what was proposed before.

    Raises Refusal: amount_needed, more_than_paid, outcome_needed.
    """
    at = await standing(tx, doer, dispute_id, "propose", now)
    was = at.dispute
    if refused := _wrong_proposal(was, wish):
        raise Refusal(refused)
    expires_at = span(
        at.ground.book, "disputes.proposal", at.ground.book.integer("disputes.proposal"), now, at.ground.days
    )
    made = Proposal(
        number=0,
        side=doer.side,
        person=doer.person,
        kind=wish.kind,
        outcome=wish.outcome,
        amount_minor=wish.amount_minor,
        back_payer=wish.back_payer,
        text=wish.text,
        state="open",
        claimant_said=True if doer.side == "claimant" else None,
        respondent_said=True if doer.side == "respondent" else None,
        expires_at=expires_at,
        at=now,
    )
    await store.end_proposal(tx, was.id, "expired")
    await store.insert_proposal(tx, was.id, made)
    body = {"kind": wish.kind, "outcome": wish.outcome, "amount_minor": wish.amount_minor}
    said = Said(wish.text, body={name: value for name, value in body.items() if value is not None})
    return await note(tx, was, "proposed", doer, at.ground, now=now, said=said)


def _wrong_proposal(dispute: Dispute, wish: ProposalWish) -> Refused | None:
    if wish.kind == "suspension":
        return None
    if wish.outcome is None or wish.outcome == "penalise":
        return Refused("invalid", "disputes.outcome_needed")
    if wish.outcome in {"partial", "compensate"} and not wish.amount_minor:
        return Refused("invalid", "disputes.amount_needed")
    if wish.outcome != "compensate" and (wish.amount_minor or 0) > dispute.paid_minor:
        facts = {"most_minor": dispute.paid_minor}
        return Refused("refused", "disputes.more_than_paid", facts=facts)
    return None


async def answer(
    tx: Tx, doer: Doer, dispute_id: UUID, number: int, wish: AnswerWish, *, now: datetime
) -> Dispute:
    """Yes or no to the open proposal; when everybody asked has said yes, it holds. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "answer", now)
    proposal = at.proposal
    if proposal is None or proposal.number != number:
        raise Refusal(Refused("not_now", "disputes.nothing_proposed"))
    said = structs.replace(
        proposal,
        claimant_said=wish.accept if doer.side == "claimant" else proposal.claimant_said,
        respondent_said=wish.accept if doer.side == "respondent" else proposal.respondent_said,
    )
    both = bool(said.claimant_said and said.respondent_said)
    said = structs.replace(said, state="accepted" if both else ("open" if wish.accept else "declined"))
    await store.answer_proposal(tx, at.dispute.id, said)
    event = "accepted" if wish.accept else "declined"
    body = {"proposal": number}
    after = await note(tx, at.dispute, event, doer, at.ground, now=now, said=Said(wish.text, body=body))
    if not both:
        return after
    agreed = Standing(after, at.ground, said)
    if proposal.kind == "suspension":
        return await _suspended(tx, agreed, Event.SUSPEND_AGREED, doer, Said(proposal.text), now=now)
    return await _settled(tx, agreed, doer, now)


async def _settled(tx: Tx, at: Standing, doer: Doer, now: datetime) -> Dispute:
    """Both agree: what they agreed to is carried out at once (T-005)."""
    was, proposal = at.dispute, at.proposal
    assert proposal is not None
    assert proposal.outcome is not None
    issues = await store.issues(tx, was.id)
    outcome: Outcome = proposal.outcome
    favour: Favour = rules.side_of_buyer(was) if outcome in FOR_BUYER else "none"
    ruled = [
        RuledIssue(one.id, outcome, favour, _amount(was, proposal) if place == 0 else None)
        for place, one in enumerate(issues)
    ]
    text = proposal.text or outcome
    wish = RulingWish(issues=ruled, facts_found=[text], text=text)
    made = await rule.make(tx, was, wish, "settlement", issues, ground=at.ground, officer=None, now=now)
    return await execute.settle(tx, was, rule.decided(was, made), doer, under=at.ground, ruling=made, now=now)


def _amount(dispute: Dispute, proposal: Proposal) -> int | None:
    if proposal.amount_minor is not None:
        return proposal.amount_minor
    return dispute.asked_minor if proposal.outcome in {"refund", "return_and_refund"} else None


async def withdraw(tx: Tx, doer: Doer, dispute_id: UUID, text: str, now: datetime) -> Dispute:
    """The claimant takes it back. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "withdraw", now)
    await store.end_proposal(tx, at.dispute.id, "expired")
    return await move(tx, at.dispute, Event.WITHDRAW, doer, at.ground, now=now, said=Said(text))


async def suspend(tx: Tx, doer: Doer, dispute_id: UUID, wish: SuspendWish, now: datetime) -> Dispute:
    """One side has gone to court or to the police: the dispute waits (T-030). Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "suspend", now)
    if doer.side != "officer":
        await own_files(tx, at.dispute, doer, wish.files)
    event = Event.SUSPEND_COURT if wish.ground == "court" else Event.SUSPEND_POLICE
    return await _suspended(tx, at, event, doer, Said(wish.text, wish.files), now=now)


async def _suspended(tx: Tx, at: Standing, event: Event, doer: Doer, said: Said, *, now: datetime) -> Dispute:
    was = at.dispute
    ground = {Event.SUSPEND_AGREED: "agreed", Event.SUSPEND_COURT: "court"}.get(event, "police")
    changed = structs.replace(
        was,
        rest_seconds=rest(was, at.ground.book, now, at.ground.days),
        suspended_ground=ground,
        evidence_until=None,
    )
    after = await move(tx, was, event, doer, at.ground, now=now, changed=changed, said=said)
    await _issues_wait(tx, after)
    return after


async def _issues_wait(tx: Tx, dispute: Dispute) -> None:
    """Nobody has to show anything before the dispute goes on."""
    issues = await store.issues(tx, dispute.id)
    open_ones = [structs.replace(one, due_at=dispute.due_at) for one in issues if not one.settled]
    await store.save_issues(tx, dispute.id, open_ones)


async def prove_court(tx: Tx, doer: Doer, dispute_id: UUID, wish: ProofWish, now: datetime) -> Dispute:
    """The court has accepted the suit: the dispute waits for it (T-030, J-008). Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "prove_court", now)
    if not wish.files:
        raise Refusal(Refused("invalid", "disputes.paper_needed"))
    await own_files(tx, at.dispute, doer, wish.files)
    said = Said(wish.text, wish.files)
    return await move(tx, at.dispute, Event.COURT_ACCEPTED, doer, at.ground, now=now, said=said)


async def resume(tx: Tx, doer: Doer, dispute_id: UUID, wish: ProofWish, now: datetime) -> Dispute:
    """What the dispute waited for is over: both show what came of it (T-030). Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "resume", now)
    if doer.side != "officer":
        await own_files(tx, at.dispute, doer, wish.files)
    said = Said(wish.text, wish.files)
    return await periods.begin_evidence(tx, at.dispute, Event.RESUME, doer, at.ground, now=now, said=said)
