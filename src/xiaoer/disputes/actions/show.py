"""Showing something: it is compared where it can be, weighed by D7, and moves the burden it carries."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.disputes.actions import burden, periods
from xiaoer.disputes.actions.known import Ground, standing
from xiaoer.disputes.actions.move import Said, note
from xiaoer.disputes.model.court import Dispute, Doer, Exhibit
from xiaoer.disputes.model.wishes import ExhibitWish, RefusedWish, WeighWish
from xiaoer.disputes.store import disputes as store
from xiaoer.evidence import queries as evidence
from xiaoer.evidence.actions.open import bind
from xiaoer.evidence.model import Comparison, Seal, Timing
from xiaoer.evidence.rules import weigh as d7
from xiaoer.evidence.rules.compare import compare
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook

EXHIBITS_MAX: Final = 200
_IN_TIME: Final = frozenset({"new", "negotiation", "evidence", "supplement"})
_WEIGHTS: Final = {"yes": "ordinary", "weak": "weak", "no": "none"}


async def show(tx: Tx, doer: Doer, dispute_id: UUID, wish: ExhibitWish, now: datetime) -> Dispute:
    """Show something for one's side. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "show", now)
    was = at.dispute
    if not burden.concerned(await store.issues(tx, was.id), wish.issues):
        raise Refusal(Refused("not_found", "disputes.unknown_issue"))
    await own_files(tx, was, doer, wish.files)
    if len(await store.exhibits(tx, was.id)) >= EXHIBITS_MAX:
        raise Refusal(Refused("refused", "disputes.too_many_exhibits", facts={"exhibits": EXHIBITS_MAX}))
    made = await exhibit(tx, was, doer, wish, at.ground, now=now)
    until = await burden.shown(tx, was, [made], at.ground, now)
    changed = await periods.prolong(tx, was, until)
    said = Said(wish.text[:400], wish.files, {"exhibit": str(made.id), "kind": made.kind, "row": made.row})
    return await note(tx, was, "shown", doer, at.ground, now=now, changed=changed, said=said)


async def own_files(tx: Tx, dispute: Dispute, doer: Doer, files: list[UUID]) -> None:
    """Everybody shows what he uploaded himself. Raises Refusal."""
    if not files:
        return
    if doer.person is None or {*files} - await store.known_files(tx, dispute.shop, doer.person, files):
        raise Refusal(Refused("not_found", "disputes.unknown_file"))


async def exhibit(
    tx: Tx, dispute: Dispute, doer: Doer, wish: ExhibitWish, ground: Ground, *, now: datetime
) -> Exhibit:
    """Keep an exhibit with what D7 says of it. Raises Refusal."""
    fresh = new_id()
    seal = await _seal(tx, dispute, doer, wish)
    comparison = await _compared(tx, seal, wish)
    timing: Timing = "in_time" if dispute.state in _IN_TIME else "late"
    decision = await rulebook.decide(
        tx,
        ground.book,
        d7.TABLE,
        d7.facts(wish.kind, wish.shows, comparison.matches, timing),
        id=new_id(),
        shop=dispute.shop,
        subject_kind="dispute",
        subject=dispute.id,
        actor=doer.person,
        now=now,
    )
    weighed = d7.weighed(decision, wish.kind, wish.shows)
    made = Exhibit(
        id=fresh,
        number=0,
        side=doer.side,
        person=doer.person,
        kind=wish.kind,
        text=wish.text,
        files=tuple(wish.files),
        shows=tuple(wish.shows),
        issues=tuple(wish.issues),
        seal_number=seal.number if seal else None,
        timing=timing,
        accept=weighed.accept,
        weight=weighed.weight,
        row=weighed.row,
        flag=weighed.flag,
        missing=weighed.missing,
        judged_by=None,
        judged_why=None,
        at=now,
    )
    await store.insert_exhibit(tx, dispute.id, made)
    return made


async def _seal(tx: Tx, dispute: Dispute, doer: Doer, wish: ExhibitWish) -> Seal | None:
    """The sealed stretch behind a number: one's own, for this dispute from now on, or what it came from."""
    if wish.number is None:
        if wish.kind == "chat_range":
            raise Refusal(Refused("invalid", "disputes.number_needed"))
        return None
    found = await evidence.seal(tx, wish.number)
    if found.case is not None and found.case in {dispute.id, dispute.case, dispute.complaint}:
        return found
    if doer.person is None:
        raise Refusal(Refused("not_found", "evidence.unknown_number"))
    shop = doer.party.id if doer.party is not None and doer.party.kind == "shop" else None
    return await bind(tx, wish.number, person=doer.person, shop=shop, case=dispute.id, purpose=found.purpose)


async def _compared(tx: Tx, seal: Seal | None, wish: ExhibitWish) -> Comparison:
    if seal is None or wish.kind != "screenshot":
        return Comparison("not_compared")
    return compare(wish.text, await evidence.lines(tx, seal))


async def weigh(tx: Tx, doer: Doer, dispute_id: UUID, wish: WeighWish, now: datetime) -> Dispute:
    """An officer weighs an exhibit anew, with his reason (TB-DR 9). Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "weigh", now)
    was = at.dispute
    assert doer.person is not None
    weight = _WEIGHTS[wish.accept]
    if not await store.judge_exhibit(
        tx, was.id, wish.exhibit, accept=wish.accept, weight=weight, person=doer.person, why=wish.text
    ):
        raise Refusal(Refused("not_found", "disputes.unknown_exhibit"))
    found = [one for one in await store.exhibits(tx, was.id) if one.id == wish.exhibit]
    until = await burden.shown(tx, was, found, at.ground, now)
    said = Said(wish.text, body={"exhibit": str(wish.exhibit), "accept": wish.accept})
    changed = await periods.prolong(tx, was, until)
    return await note(tx, was, "weighed", doer, at.ground, now=now, changed=changed, said=said)


async def refuse(tx: Tx, doer: Doer, dispute_id: UUID, wish: RefusedWish, now: datetime) -> Dispute:
    """Who holds the evidence does not hand it over: it counts against him (L-178). Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "refused", now)
    was = at.dispute
    found = [one for one in await store.issues(tx, was.id) if one.id == wish.issue]
    if not found:
        raise Refusal(Refused("not_found", "disputes.unknown_issue"))
    if found[0].settled and found[0].favour is None:
        raise Refusal(Refused("not_now", "disputes.no_burden_now"))
    if found[0].settled:
        raise Refusal(Refused("not_now", "disputes.no_burden_now"))
    until = was.due_at or now
    after = await burden.passed(tx, was, found[0], "refusal", until, ground=at.ground, now=now)
    await store.save_issues(tx, was.id, [structs.replace(after)])
    said = Said(wish.text, body={"issue": str(wish.issue), "row": found[0].row})
    return await note(tx, was, "withheld", doer, at.ground, now=now, said=said)
