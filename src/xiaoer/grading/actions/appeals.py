"""An agent appeals a score; somebody who has neither graded nor spoken decides, with a reason (G1, D11)."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.grading.actions.read import Reader, words
from xiaoer.grading.events import ScoreAppealMoved, ScoreSettled
from xiaoer.grading.machine import APPEAL, AppealEvent, AppealState
from xiaoer.grading.model import Graded, ScoreAppeal, ScoreAppealWish, ScoreDecisionWish
from xiaoer.grading.queries.appeals import ground_of
from xiaoer.grading.rules import sheet as rules
from xiaoer.grading.rules.deeds import decision_due, may_appeal, may_decide, may_withdraw
from xiaoer.grading.store import appeals as store
from xiaoer.grading.store import samples
from xiaoer.inspection.actions.settle import settle
from xiaoer.inspection.model import SettledBy, Settlement, StepScore, TalkLine
from xiaoer.inspection.queries import scores
from xiaoer.inspection.rules.card import card_of
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import decide as ask

TABLE: Final = "grading.appeal"
SUBJECT: Final = "score_appeal"
UNKNOWN: Final = Refused("not_found", "grading.unknown_appeal")
Decided = Literal["kept", "changed", "silent"]


async def lodge(
    tx: Tx, shop: UUID, score: UUID, person: UUID, wish: ScoreAppealWish, *, now: datetime
) -> ScoreAppeal:
    """The agent says why his score is wrong, once and in time. Raises Refusal."""
    ground = await ground_of(tx, shop, score, now)
    about = ground.score
    refused = may_appeal(
        about.agent_id,
        person,
        score=None if about.veiled else about.score,
        appealed=ground.appeal is not None,
        until=ground.until,
        now=now,
    )
    if refused is not None:
        raise Refusal(Refused("not_now", "grading.being_graded") if about.veiled else refused)
    book = await rulebook.book(tx, shop, now)
    clock, _ = APPEAL.due[APPEAL.start]
    appeal = ScoreAppeal(
        id=new_id(),
        shop=shop,
        score=score,
        conversation=about.conversation_id,
        consultation=about.consultation,
        agent=person,
        text=wish.text,
        state=APPEAL.start.value,
        version=1,
        decided_by=None,
        reason="",
        lodged_at=now,
        moved_at=now,
        clock=clock,
        due_at=decision_due(now, book),
        rules_at=now,
        rules_version=book.version,
    )
    if not await store.add_appeal(tx, appeal):
        raise Refusal(Refused("not_now", "grading.appealed"))
    assert appeal.due_at is not None
    await clocks.start(tx, owner=appeal.id, name=clock, shop=shop, due_at=appeal.due_at, now=now)
    await _write(tx, appeal, "lodged", "", person=person, text=wish.text, now=now)
    return appeal


async def withdraw(tx: Tx, shop: UUID, id: UUID, person: UUID, now: datetime) -> ScoreAppeal:
    """The agent takes his appeal back; the score stands as it was."""
    was = await _locked(tx, shop, id)
    refused = may_withdraw(was, person)
    if refused is not None:
        raise Refusal(refused)
    return await _move(tx, was, AppealEvent.WITHDRAW, person=person, now=now)


async def open_appeal(tx: Tx, shop: UUID, id: UUID, reader: Reader, now: datetime) -> tuple[TalkLine, ...]:
    """The masked words an appeal is about, for whoever may decide it; the opening is written down."""
    was = await _decidable(tx, shop, id, reader.person)
    return await words(tx, shop, was.score, reader=reader, now=now)


async def decide(
    tx: Tx, shop: UUID, id: UUID, person: UUID, wish: ScoreDecisionWish, *, now: datetime
) -> ScoreAppeal:
    """Keep the score, or let another stand by a sheet of one's own; always with a reason. Raises Refusal."""
    was = await _decidable(tx, shop, id, person)
    changed = structs.replace(was, decided_by=person, reason=wish.reason)
    if wish.sheet is None:
        await _ask(tx, was, "kept", person, now)
        return await _move(tx, changed, AppealEvent.KEEP, person=person, text=wish.reason, now=now)
    lines = await words(tx, shop, was.score, reader=None, now=now)
    refused = rules.check(wish.sheet, {line.version for line in lines})
    if refused is not None:
        raise Refusal(refused)
    inspected = await scores.score(tx, was.score)
    card = card_of(await rulebook.book(tx, shop, inspected.at))
    found = rules.graded(wish.sheet, inspected.result, card)
    await samples.add_grade(
        tx,
        id=new_id(),
        subject=id,
        seat="appeal",
        shop=shop,
        score=was.score,
        person=person,
        sheet=wish.sheet,
        graded=found,
        at=now,
    )
    decision = await _ask(tx, was, "changed", person, now)
    await _stands(
        tx,
        was,
        "appealed",
        found=found,
        steps=rules.steps_of(wish.sheet),
        decision=decision,
        now=now,
    )
    return await _move(tx, changed, AppealEvent.CHANGE, person=person, text=wish.reason, now=now)


async def fell_due(tx: Tx, id: UUID, clock: str, now: datetime) -> ScoreAppeal | None:
    """Nobody decided in time: the score does not count. None when it stands elsewhere meanwhile."""
    was = await store.lock_appeal(tx, id)
    if was is None or was.clock != clock:
        return None
    decision = await _ask(tx, was, "silent", None, now)
    await _stands(tx, was, "set_aside", found=None, steps=None, decision=decision, now=now)
    return await _move(tx, was, APPEAL.due[AppealState(was.state)][1], person=None, now=now)


async def _locked(tx: Tx, shop: UUID, id: UUID) -> ScoreAppeal:
    appeal = await store.lock_appeal(tx, id)
    if appeal is None or appeal.shop != shop:
        raise Refusal(UNKNOWN)
    return appeal


async def _decidable(tx: Tx, shop: UUID, id: UUID, person: UUID) -> ScoreAppeal:
    was = await _locked(tx, shop, id)
    sample = await samples.sample_of_score(tx, was.score)
    graders = await samples.graders(tx, [sample.id] if sample else [])
    spoke = await samples.spoke(tx, shop, was.conversation, was.consultation)
    refused = may_decide(was, person, graded={one.person for one in graders}, spoke=spoke)
    if refused is not None:
        raise Refusal(refused)
    return was


async def _ask(tx: Tx, was: ScoreAppeal, decided: Decided, person: UUID | None, now: datetime) -> Decision:
    book = await rulebook.book(tx, was.shop, was.rules_at)
    return await ask(
        tx,
        book,
        TABLE,
        {"decided": decided},
        id=new_id(),
        shop=was.shop,
        subject_kind=SUBJECT,
        subject=was.id,
        actor=person,
        now=now,
    )


async def _stands(
    tx: Tx,
    was: ScoreAppeal,
    source: SettledBy,
    *,
    found: Graded | None,
    steps: tuple[StepScore, ...] | None,
    decision: Decision,
    now: datetime,
) -> None:
    points, grade = (found.score, found.grade) if found else (None, None)
    settled = Settlement(
        source=source,
        subject=was.id,
        score=points,
        grade=grade,
        steps=steps,
        row=f"{decision.table}#{decision.row}",
        rules=was.rules_version,
        at=now,
    )
    await settle(tx, was.shop, was.score, settled)
    await publish(
        tx,
        ScoreSettled(
            tenant=tx.tenant,
            at=now,
            agent=was.agent,
            shop=was.shop,
            score=was.score,
            points=points,
            grade=grade,
        ),
    )


async def _move(
    tx: Tx, was: ScoreAppeal, event: AppealEvent, *, person: UUID | None, now: datetime, text: str = ""
) -> ScoreAppeal:
    state = APPEAL.step(AppealState(was.state), event)
    after = structs.replace(
        was, state=state.value, version=was.version + 1, moved_at=now, clock=None, due_at=None
    )
    if not await store.save_appeal(tx, after):
        raise RuntimeError(f"appeal {was.id} was moved without its lock")
    if was.clock is not None:
        await clocks.stop(tx, was.id, was.clock)
    await _write(tx, after, str(event), was.state, person=person, text=text, now=now)
    return after


async def _write(
    tx: Tx, appeal: ScoreAppeal, event: str, from_state: str, *, person: UUID | None, text: str, now: datetime
) -> None:
    await samples.add_step(
        tx,
        appeal.id,
        version=appeal.version,
        event=event,
        from_state=from_state,
        state=appeal.state,
        person=person,
        text=text,
        at=now,
    )
    await publish(
        tx,
        ScoreAppealMoved(
            tenant=tx.tenant,
            at=now,
            shop=appeal.shop,
            agent=appeal.agent,
            appeal=appeal.id,
            score=appeal.score,
            state=appeal.state,
            due_at=appeal.due_at,
        ),
    )
