"""Graders open a sample and grade it; when enough grades are in, one of them stands (grading.settle)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.grading.actions.move import SUBJECT, locked, move
from xiaoer.grading.actions.read import Reader, words
from xiaoer.grading.events import ScoreSettled
from xiaoer.grading.machine import SAMPLE, Event, State
from xiaoer.grading.model import GradeGiven, Sample, Sheet
from xiaoer.grading.rules import sheet as rules
from xiaoer.grading.rules.deeds import held_until, may_grade, seat_of
from xiaoer.grading.store import appeals as appeals_store
from xiaoer.grading.store import samples as store
from xiaoer.inspection.actions.settle import settle, unveil
from xiaoer.inspection.model import Settlement, TalkLine
from xiaoer.inspection.queries import scores
from xiaoer.inspection.rules.card import card_of
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import decide as ask

TABLE: Final = "grading.settle"
NOT_OPENED: Final = Refused("not_now", "grading.not_opened")
_COUNT: Final = ("none", "one", "two", "three")


async def open_sample(
    tx: Tx, shop: UUID, id: UUID, reader: Reader, now: datetime
) -> tuple[Sample, tuple[TalkLine, ...]]:
    """Take a sample into one's hand for a while and read its masked words; the opening is written down."""
    was = await _allowed(tx, shop, id, reader.person, now)
    book = await rulebook.book(tx, shop, was.rules_at)
    await store.hold_sample(tx, shop, id, holder=reader.person, held_until=held_until(now, book))
    lines = await words(tx, shop, was.score, reader=reader, now=now)
    found = await store.find_sample(tx, shop, id)
    return found or was, lines


async def grade(tx: Tx, shop: UUID, id: UUID, person: UUID, sheet: Sheet, *, now: datetime) -> Sample:
    """Fill in a sheet for a sample one has in hand; it stays as it was filled in.

    The first two are blind. Raises Refusal, also for a sheet that is not whole or shows no evidence.
    """
    was = await _allowed(tx, shop, id, person, now)
    seat = seat_of(was)
    if was.holder != person or seat is None:
        raise Refusal(NOT_OPENED)
    lines = await words(tx, shop, was.score, reader=None, now=now)
    refused = rules.check(sheet, {line.version for line in lines})
    if refused is not None:
        raise Refusal(refused)
    inspected = await scores.score(tx, was.score)
    card = card_of(await rulebook.book(tx, shop, inspected.at))
    await store.add_grade(
        tx,
        id=new_id(),
        subject=id,
        seat=seat,
        shop=shop,
        score=was.score,
        person=person,
        sheet=sheet,
        graded=rules.graded(sheet, inspected.result, card),
        at=now,
    )
    given = await store.grades(tx, [id])
    decision = await _settled(tx, was, given, silent=False, person=person, now=now)
    if decision.word("stands") == "wait":
        event = Event.WAIT if was.state == "drawn" else Event.DIFFER
        return await move(tx, was, event, person=person, now=now)
    await _stands(tx, was, given, decision, now)
    return await move(tx, was, Event.SETTLE, person=person, now=now)


async def fell_due(tx: Tx, id: UUID, clock: str, now: datetime) -> Sample | None:
    """No grade came in time: what is in decides. None when the sample stands elsewhere meanwhile."""
    was = await store.lock_sample(tx, id)
    if was is None or was.clock != clock:
        return None
    given = await store.grades(tx, [id])
    decision = await _settled(tx, was, given, silent=True, person=None, now=now)
    await _stands(tx, was, given, decision, now)
    return await move(tx, was, SAMPLE.due[State(was.state)][1], now=now)


async def _allowed(tx: Tx, shop: UUID, id: UUID, person: UUID, now: datetime) -> Sample:
    was = await locked(tx, shop, id)
    refused = may_grade(
        was,
        person,
        graded={one.person for one in await store.graders(tx, [id])},
        spoke=await store.spoke(tx, shop, was.conversation, was.consultation),
        now=now,
    )
    if refused is not None:
        raise Refusal(refused)
    return was


async def _settled(
    tx: Tx, was: Sample, given: Sequence[GradeGiven], *, silent: bool, person: UUID | None, now: datetime
) -> Decision:
    """What the table says of the grades that are in; kept, so that it can be explained."""
    book = await rulebook.book(tx, was.shop, was.rules_at)
    points = book.integer("grading.apart_points")
    facts = {
        "grades": _COUNT[len(given)],
        "wanted": "two" if was.twice else "one",
        "apart": len(given) > 1 and rules.apart(given[0], given[1], points=points),
        "silent": silent,
    }
    return await ask(
        tx,
        book,
        TABLE,
        facts,
        id=new_id(),
        shop=was.shop,
        subject_kind=SUBJECT,
        subject=was.id,
        actor=person,
        now=now,
    )


async def _stands(
    tx: Tx, was: Sample, given: Sequence[GradeGiven], decision: Decision, now: datetime
) -> None:
    """Let the grade that was found stand, unless an appeal has come first; the veil is lifted."""
    await unveil(tx, was.shop, was.score, now)
    stands = decision.word("stands")
    if stands == "machine" or await appeals_store.appeal_of_score(tx, was.score) is not None:
        return
    chosen = rules.kinder(given[:2]) if stands == "kinder" else given[-1 if stands == "third" else 0]
    await settle(
        tx,
        was.shop,
        was.score,
        Settlement(
            source="graded",
            subject=was.id,
            score=chosen.score,
            grade=chosen.grade,
            steps=rules.steps_of(chosen.sheet),
            row=f"{decision.table}#{decision.row}",
            rules=was.rules_version,
            at=now,
        ),
    )
    if was.agent is not None:
        await publish(
            tx,
            ScoreSettled(
                tenant=tx.tenant,
                at=now,
                agent=was.agent,
                shop=was.shop,
                score=was.score,
                points=chosen.score,
                grade=chosen.grade,
            ),
        )
