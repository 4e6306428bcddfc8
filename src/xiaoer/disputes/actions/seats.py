"""Who sits: assigning an officer, recusal, a party's challenge, a second reader."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.disputes.actions.known import Standing, locked, standing
from xiaoer.disputes.actions.move import Said, note
from xiaoer.disputes.model.court import Dispute, Doer
from xiaoer.disputes.model.wishes import OfficerWish
from xiaoer.disputes.rules.assign import choose, may_judge
from xiaoer.disputes.rules.deeds import may
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import judges
from xiaoer.disputes.store.judges import Why
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


def parties(dispute: Dispute) -> tuple[UUID, ...]:
    """Everybody who quarrels, the buyer and the shop included."""
    found = {dispute.claimant.id, dispute.respondent.id, dispute.shop, dispute.buyer, dispute.opened_by}
    return tuple(one for one in found if one is not None)


async def fittest(tx: Tx, dispute: Dispute) -> UUID | None:
    """Who should judge this; None when nobody may."""
    kinds = [one.issue for one in await store.issues_in_short(tx, [dispute.id])]
    them = parties(dispute)
    return choose(await judges.officers(tx, them, dispute.id), kinds, them)


async def seated(tx: Tx, dispute: Dispute, now: datetime) -> Dispute:
    """The dispute with an officer, if there is one for it; nothing is kept of the dispute yet."""
    if dispute.officer is not None:
        return dispute
    officer = await fittest(tx, dispute)
    if officer is None:
        return dispute
    await judges.seat(tx, dispute.id, officer, "officer", now)
    return structs.replace(dispute, officer=officer)


async def assign(tx: Tx, doer: Doer, dispute_id: UUID, officer: UUID | None, now: datetime) -> Dispute:
    """Give a dispute to somebody who may judge it. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "assign", now)
    was = at.dispute
    chosen = officer or await fittest(tx, was)
    if chosen is None:
        raise Refusal(Refused("refused", "disputes.nobody_may_judge"))
    them = parties(was)
    found = [one for one in await judges.officers(tx, them, was.id) if one.person == chosen]
    if not found or not may_judge(found[0], them):
        raise Refusal(Refused("refused", "disputes.may_not_judge"))
    return await _replaced(tx, at, doer, chosen, event="assigned", why="reassigned", reason="", now=now)


async def recuse(tx: Tx, doer: Doer, dispute_id: UUID, reason: str, now: datetime) -> Dispute:
    """Who judges steps aside, with his reason; somebody else gets it, or it waits for one."""
    at = await standing(tx, doer, dispute_id, "recuse", now)
    chosen = await fittest(tx, at.dispute)
    return await _replaced(tx, at, doer, chosen, event="recused", why="recused", reason=reason, now=now)


async def challenge(tx: Tx, doer: Doer, dispute_id: UUID, reason: str, now: datetime) -> Dispute:
    """A party does not want this officer; once for each side, when there is another. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "challenge", now)
    was = at.dispute
    before = [one for one in await store.happenings(tx, was.id) if one.event == "challenged"]
    if was.officer is None or any(one.side == doer.side for one in before):
        raise Refusal(Refused("not_now", "disputes.challenged_already"))
    chosen = await fittest(tx, was)
    if chosen is None:
        raise Refusal(Refused("refused", "disputes.nobody_may_judge"))
    return await _replaced(tx, at, doer, chosen, event="challenged", why="challenged", reason=reason, now=now)


async def _replaced(
    tx: Tx,
    at: Standing,
    doer: Doer,
    chosen: UUID | None,
    *,
    event: str,
    why: Why,
    reason: str,
    now: datetime,
) -> Dispute:
    was = at.dispute
    if was.officer is not None:
        await judges.unseat(tx, was.id, was.officer, "officer", why=why, reason=reason, now=now)
    if chosen is not None:
        await judges.seat(tx, was.id, chosen, "officer", now)
    changed = structs.replace(was, officer=chosen)
    return await note(tx, was, event, doer, at.ground, now=now, changed=changed, said=Said(reason))


async def second_reader(tx: Tx, dispute: Dispute, now: datetime) -> UUID | None:
    """Another officer who reads a ruling before it goes out; None when nobody else may."""
    reader = await fittest(tx, dispute)
    if reader is not None:
        await judges.seat(tx, dispute.id, reader, "second_reader", now)
    return reader


async def set_officer(tx: Tx, person: UUID, wish: OfficerWish) -> None:
    """What an officer can, whether he judges now, and whom he never may. Raises Refusal."""
    if not await judges.is_officer(tx, person):
        raise Refusal(Refused("refused", "disputes.no_officer"))
    await judges.set_officer(tx, person, wish.skills, active=wish.active, conflicts=wish.conflicts)


async def looked(tx: Tx, doer: Doer, dispute_id: UUID, deed: str) -> Dispute:
    """A dispute somebody of the marketplace may do this with, without being its judge. Raises Refusal."""
    found = await locked(tx, dispute_id, doer)
    if refused := may(found, doer.side, deed):
        raise Refusal(refused)
    return found
