"""Finding unsatisfied dialogues: stars, words and what came of it, asked of one table."""

from datetime import datetime, timedelta

from xiaoer.inspection.queries import scores
from xiaoer.learning.actions.move import begin
from xiaoer.learning.model import Dialogue, Outcome, Signals, Talked
from xiaoer.learning.rules import found
from xiaoer.learning.store import ratings as store
from xiaoer.learning.store.ratings import Ended
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import record, recorded
from xiaoer.rulebook.model import Book

SUBJECT = "unsatisfied_dialogue"


async def look(tx: Tx, talked: Talked, now: datetime) -> Dialogue | None:
    """Look at an ended consultation anew; returns the dialogue when it is found unsatisfied now.

    One that was found before is not found again, and only what finds one is recorded as a decision.
    """
    ended = await store.closed_consultation(tx, talked)
    agent = ended.assignee or ended.first_reply_by if ended else None
    if ended is None or ended.closed_at is None or agent is None:
        return None
    book = await rulebook.book(tx, talked.shop, now)
    signals = await _signals(tx, talked, ended, book)
    decision = book.table(found.TABLE).decide(found.facts(signals, book))
    if decision.outcome["found"] is not True:
        return None
    dialogue = await begin(
        tx,
        id=new_id(),
        talked=talked,
        agent=agent,
        row=decision.row,
        signals=signals,
        book=book,
        now=now,
    )
    if dialogue is not None:
        kept = recorded(
            book,
            decision,
            id=new_id(),
            shop=talked.shop,
            subject_kind=SUBJECT,
            subject=dialogue.id,
            actor=None,
            at=now,
        )
        await record(tx, [kept])
    return dialogue


async def _signals(tx: Tx, talked: Talked, ended: Ended, book: Book) -> Signals:
    rating = await store.last_rating(tx, talked)
    lines = await scores.scores_of(tx, talked.shop, talked.conversation)
    read = next((one for one in lines if one.consultation == talked.consultation), None)
    return Signals(
        stars=rating.stars if rating else None,
        dissatisfied_percent=read.dissatisfied * 100 // read.turns if read and read.turns else None,
        outcome=await _outcome(tx, talked, ended, book),
    )


async def _outcome(tx: Tx, talked: Talked, ended: Ended, book: Book) -> Outcome:
    assert ended.closed_at is not None
    until = ended.closed_at + timedelta(days=book.integer("learning.outcome_days"))
    if await store.complained(tx, talked.shop, ended.buyer, ended.opened_at, until):
        return "complaint"
    if await store.case_asked(tx, talked.shop, ended.buyer, ended.closed_at, until):
        return "refund"
    again = ended.closed_at + timedelta(hours=book.integer("learning.reopen_hours"))
    if await store.opened_again(tx, talked, again):
        return "reopened"
    return "silent" if await store.left_unanswered(tx, talked) else "none"
