"""Ruling: an officer's words become a record, a second officer may read it first, then it goes out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import structs

from xiaoer.disputes.actions import effects, tell
from xiaoer.disputes.actions.known import Ground, Standing, standing
from xiaoer.disputes.actions.move import Said, move
from xiaoer.disputes.actions.seats import looked, second_reader
from xiaoer.disputes.machine import Event
from xiaoer.disputes.model.court import CitedRow, Dispute, Doer, Issue, Ruling
from xiaoer.disputes.model.wishes import ReadWish, RulingWish
from xiaoer.disputes.rules import ruling as rules
from xiaoer.disputes.rules.assign import is_sampled
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import rulings
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook
from xiaoer.rulebook.model import Book

By = Literal["officer", "jury", "settlement"]
BURDEN: Final = "disputes.burden"


async def rule(tx: Tx, doer: Doer, dispute_id: UUID, wish: RulingWish, now: datetime) -> Dispute:
    """Rule; a sample, and what is large, another officer reads first. Raises Refusal."""
    at = await standing(tx, doer, dispute_id, "rule", now)
    was = at.dispute
    issues = await store.issues(tx, was.id)
    if refused := rules.refused(wish, was, issues, await store.exhibits(tx, was.id)):
        raise Refusal(refused)
    made = await make(tx, was, wish, "officer", issues, ground=at.ground, officer=doer.person, now=now)
    await effects.rehearse(tx, was, made, at.ground, now)
    reader = await second_reader(tx, was, now) if _is_read(made, at.ground.book) else None
    changed = decided(was, made, reader)
    if reader is not None:
        said = Said(body={"ruling": str(made.id)})
        return await move(tx, was, Event.RULE_READ, doer, at.ground, now=now, changed=changed, said=said)
    return await go_out(tx, was, changed, Event.RULE, doer, ground=at.ground, ruling=made, now=now)


def _is_read(ruling: Ruling, book: Book) -> bool:
    large = rules.refund_minor(ruling.issues) + rules.compensation_minor(ruling.issues)
    return large >= book.minor("disputes.second_reading_from") or is_sampled(
        ruling.id, book.integer("disputes.second_reading_percent")
    )


def decided(dispute: Dispute, ruling: Ruling, reader: UUID | None = None) -> Dispute:
    """The dispute with a ruling that stands for it now."""
    return structs.replace(
        dispute,
        ruling=ruling.id,
        outcome=ruling.outcome,
        favour=ruling.favour,
        second_reader=reader or dispute.second_reader,
    )


async def go_out(
    tx: Tx,
    was: Dispute,
    changed: Dispute,
    event: Event,
    doer: Doer,
    *,
    ground: Ground,
    ruling: Ruling,
    now: datetime,
) -> Dispute:
    """A ruling goes out to both sides; who lost may act himself before it is carried out."""
    said = Said(ruling.text, body={"ruling": str(ruling.id), "outcome": ruling.outcome})
    after = await move(tx, was, event, doer, ground, now=now, changed=changed, said=said)
    await store.end_proposal(tx, was.id, "expired")
    await rulings.insert_precedents(tx, ruling, was)
    await tell.made(tx, after, ruling, now)
    return after


async def make(
    tx: Tx,
    dispute: Dispute,
    wish: RulingWish,
    by: By,
    issues: Sequence[Issue],
    *,
    ground: Ground,
    officer: UUID | None,
    now: datetime,
    id: UUID | None = None,
) -> Ruling:
    """Keep a ruling with the rows it stands on; every question to a table is recorded."""
    made = Ruling(
        id=id or new_id(),
        dispute=dispute.id,
        round=dispute.round,
        by=by,
        officer=officer,
        second_reader=None,
        issues=tuple(wish.issues),
        facts_found=tuple(wish.facts_found),
        used=tuple(wish.used),
        refused=tuple(wish.refused),
        money=tuple(wish.money),
        penalty=wish.penalty,
        grant=wish.grant,
        rows=tuple(await _rows(tx, dispute, wish, issues, ground=ground, officer=officer, now=now)),
        rules_version=dispute.rules_version,
        automated=False,
        text=wish.text,
        outcome=rules.main_outcome(wish.issues),
        favour=rules.main_favour(wish.issues),
        made_at=now,
        executed_at=None,
        appeal_until=None,
        reversed_at=None,
        reversed_by=None,
        reversed_why=None,
        reversal=None,
    )
    await rulings.insert_ruling(tx, made)
    return made


async def _rows(
    tx: Tx,
    dispute: Dispute,
    wish: RulingWish,
    issues: Sequence[Issue],
    *,
    ground: Ground,
    officer: UUID | None,
    now: datetime,
) -> list[CitedRow]:
    """The rows of the tables each issue stands on: its burden, and the remedy for whoever is right."""
    basis = bases(ground.book)
    ruled = {one.issue: one for one in wish.issues}
    rows: list[CitedRow] = []
    for issue in issues:
        rows.append(CitedRow(BURDEN, issue.row, basis.get(issue.row, ""), issue.id))
        if (one := ruled.get(issue.id)) is None:
            continue
        decision = await rulebook.decide(
            tx,
            ground.book,
            rules.TABLE,
            {"issue": issue.issue, "winner": rules.winner(dispute, one.favour)},
            id=new_id(),
            shop=dispute.shop,
            subject_kind="dispute",
            subject=dispute.id,
            actor=officer,
            now=now,
        )
        rows.append(CitedRow(rules.TABLE, decision.row, decision.basis, issue.id))
    return rows


def bases(book: Book) -> Mapping[str, str]:
    """What every row of D3 stands on."""
    return {row.id: row.basis for row in book.table(BURDEN).rows}


async def read(tx: Tx, doer: Doer, dispute_id: UUID, wish: ReadWish, now: datetime) -> Dispute:
    """A second reader agrees, or gives it back with his reasons. Raises Refusal."""
    was = await looked(tx, doer, dispute_id, "read")
    if was.second_reader != doer.person or was.ruling is None:
        raise Refusal(Refused("not_allowed", "disputes.not_your_reading"))
    at = await standing(tx, doer, dispute_id, "read", now)
    if wish.agree:
        assert doer.person is not None
        await rulings.mark_read(tx, was.ruling, doer.person)
        return await out_of_reading(tx, at, Event.CONFIRM, doer, now)
    await rulings.mark_dropped(tx, was.ruling, now)
    changed = structs.replace(was, ruling=None, outcome=None, favour=None)
    return await move(tx, was, Event.OBJECT, doer, at.ground, now=now, changed=changed, said=Said(wish.text))


async def out_of_reading(tx: Tx, at: Standing, event: Event, doer: Doer, now: datetime) -> Dispute:
    """A ruling that was read, or not read in time, goes out."""
    was = at.dispute
    assert was.ruling is not None
    ruling = await rulings.ruling(tx, was.ruling)
    assert ruling is not None
    return await go_out(tx, was, was, event, doer, ground=at.ground, ruling=ruling, now=now)
