"""From one period of the court to the next: evidence begins, evidence ends."""

from datetime import datetime

from msgspec import structs

from xiaoer.disputes.actions import burden
from xiaoer.disputes.actions.known import Ground
from xiaoer.disputes.actions.move import NOTHING, Said, move, note
from xiaoer.disputes.actions.seats import seated
from xiaoer.disputes.machine import Event
from xiaoer.disputes.model.court import PROGRAM, Dispute, Doer
from xiaoer.disputes.rules.deadlines import longest
from xiaoer.disputes.store import disputes as store
from xiaoer.plumbing.db import Tx


async def begin_evidence(
    tx: Tx, was: Dispute, event: Event, doer: Doer, ground: Ground, *, now: datetime, said: Said = NOTHING
) -> Dispute:
    """Both show what they must: an officer is found, everybody knows until when."""
    until = was.evidence_until if was.rest_seconds else None
    if until is None or until <= now:
        until = longest(ground.book, now, ground.days)
    changed = structs.replace(
        await seated(tx, was, now),
        evidence_until=until,
        evidence_ended_at=None,
        ready_claimant=False,
        ready_respondent=False,
        suspended_ground=None,
    )
    after = await move(tx, was, event, doer, ground, now=now, changed=changed, said=said)
    await burden.begin(tx, after)
    return after


async def end_evidence(
    tx: Tx, was: Dispute, event: Event, doer: Doer, ground: Ground, *, now: datetime
) -> Dispute:
    """The time for evidence is over: silence decides; whoever got the burden just now still has his time."""
    until = await burden.silence(tx, was, ground, now, all_said=event is Event.ALL_SHOWN)
    if until is not None:
        changed = structs.replace(was, due_at=until, ready_claimant=False, ready_respondent=False)
        return await note(tx, was, "burden_passed", PROGRAM, ground, now=now, changed=changed)
    await store.end_proposal(tx, was.id, "expired")
    return await move(tx, was, event, doer, ground, now=now, changed=await seated(tx, was, now))


async def prolong(tx: Tx, was: Dispute, until: datetime | None) -> Dispute:
    """The time for evidence reaches at least so far, never past the longest time (D4); kept by who asks."""
    if was.state != "evidence" or until is None or was.due_at is None or until <= was.due_at:
        return was
    latest = was.evidence_until or until
    prolonged = structs.replace(was, due_at=max(was.due_at, min(until, latest)))
    issues = [one for one in await store.issues(tx, was.id) if not one.settled]
    await store.save_issues(tx, was.id, [structs.replace(one, due_at=prolonged.due_at) for one in issues])
    return prolonged
