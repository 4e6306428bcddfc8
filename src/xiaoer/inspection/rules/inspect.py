"""One consultation inspected: everything found in it, and the score it comes to (S-019, D16, G1)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from xiaoer.clocks.model import ResponseProfile
from xiaoer.guard import rules as guard
from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import Context as GuardContext
from xiaoer.guard.model import Finding
from xiaoer.inspection.model import (
    BadReview,
    FactClaim,
    GuardFound,
    Inspection,
    Known,
    OrderFact,
    PartName,
    Promise,
    Question,
    Talk,
    ToneFound,
    Turn,
)
from xiaoer.inspection.rules.answers import promises_of, questions_of
from xiaoer.inspection.rules.card import Card, Fault, deducted, parts_of, score_of
from xiaoer.inspection.rules.manner import claims_of, reviews_of, tone_of
from xiaoer.inspection.rules.mood import Mood, turns
from xiaoer.inspection.rules.pace import clocks_of
from xiaoer.inspection.rules.speech import Said, said
from xiaoer.inspection.rules.steps import Steps
from xiaoer.kernel.calendar import Calendar

DISSATISFIED_SHARE: Final = 0.34
"""From which share of dissatisfied turns on, or with a dissatisfied end, a talk is flagged."""
REVIEWED_MAX: Final = 50_000
_MARKED_ONLY: Final = "marked"
_HELD: Final = frozenset({"rewrite", "block"})


class Context(NamedTuple):
    """Everything that decides besides the words: what holds in the shop, what is known, which model judges.

    `reviewed` is a memory of what the guard said in this same situation, to be given when many talks are
    inspected; it is no state.
    """

    profile: ResponseProfile
    calendar: Calendar
    guard: GuardBook
    now: datetime
    rules: str
    mood: Mood
    situation: GuardContext = GuardContext()
    order: OrderFact | None = None
    knowledge: Sequence[Known] = ()
    reviewed: dict[str, tuple[Finding, ...]] | None = None


class _Found(NamedTuple):
    findings: tuple[GuardFound, ...]
    questions: tuple[Question, ...]
    promises: tuple[Promise, ...]
    tone: tuple[ToneFound, ...]
    claims: tuple[FactClaim, ...]
    reviews: tuple[BadReview, ...]
    turns: tuple[Turn, ...]


def inspect(talk: Talk, context: Context, card: Card) -> Inspection:
    """Inspect one consultation; never raises, whatever its words (S-007…S-019).

    A talk in which no human spoke gets no score. Robots and automatic answers count for nothing (M-003).
    """
    messages = said(talk.lines)
    people = [one for one in messages if one.is_human]
    steps = Steps()
    for one in messages:
        steps.take(one)
    scores = steps.scores(card, closed=talk.closed)
    found = _found(messages, talk, context)
    clocks = clocks_of(
        messages,
        talk.consultation,
        profile=context.profile,
        calendar=context.calendar,
        now=_end(talk, context.now),
    )
    deductions, failed = deducted(_faults(found, closed=talk.closed), card)
    parts = parts_of(scores, clocks, deductions, _assessed(found, people), card)
    score, grade, review = score_of(parts, failed=failed, card=card) if people else (None, None, False)
    return Inspection(
        conversation=talk.id,
        consultation=talk.consultation,
        agent=talk.agent or _agent(people),
        shop=talk.shop,
        kind=talk.kind,
        first=messages[0].version if messages else 0,
        last=messages[-1].version if messages else 0,
        messages=len(messages),
        agent_messages=len(people),
        started_at=talk.lines[0].at if talk.lines else None,
        ended_at=talk.lines[-1].at if talk.lines else None,
        score=score,
        grade=grade,
        parts=parts,
        deductions=deductions,
        steps=scores,
        findings=found.findings,
        clocks=clocks,
        questions=found.questions,
        promises=found.promises,
        tone=found.tone,
        claims=found.claims,
        reviews=found.reviews,
        turns=found.turns,
        flags=tuple(_flags(found, people, talk, failed=failed, review=review)),
        rules=context.rules,
        card=card.digest,
        model=context.mood.name,
        rating=talk.rating,
    )


def _found(messages: Sequence[Said], talk: Talk, context: Context) -> _Found:
    findings = tuple(_findings(messages, context))
    return _Found(
        findings=findings,
        questions=questions_of(messages),
        promises=promises_of(messages, _end(talk, context.now)),
        tone=tone_of(messages, findings),
        claims=claims_of(messages, context.order, context.knowledge),
        reviews=reviews_of(messages, findings),
        turns=turns(context.mood, messages),
    )


def _end(talk: Talk, now: datetime) -> datetime:
    """Until when promises and questions are looked at: a closed talk is over with its last message."""
    last = talk.lines[-1].at if talk.lines else None
    return last if talk.closed and last is not None else now


def _agent(people: Sequence[Said]) -> str:
    """Whoever said most, where the talk does not say who served."""
    said_by: dict[str, int] = {}
    for one in people:
        said_by[one.line.person] = said_by.get(one.line.person, 0) + 1
    return max(said_by, key=lambda name: said_by[name], default="")


def _findings(messages: Sequence[Said], context: Context) -> Iterator[GuardFound]:
    for one in messages:
        if not one.is_human or not one.line.text:
            continue
        proved = {proof.kind for proof in one.line.proved}
        found = [
            finding
            for finding in _reviewed(one.line.text, context)
            if not (finding.kind in proved and finding.verdict in _HELD)  # it went out with its proof (L-120)
        ]
        kinds = {finding.kind for finding in found}
        for finding in found:
            yield GuardFound(
                one.version,
                finding.kind,
                finding.row,
                finding.verdict,
                finding.start,
                finding.end,
                finding.basis,
            )
        for kind in one.line.marked:  # words that are masked here were judged when they were sent
            if kind not in kinds:
                yield GuardFound(one.version, kind, _MARKED_ONLY, "hint", 0, 0, "")


def _reviewed(text: str, context: Context) -> tuple[Finding, ...]:
    """What the guard finds; agents say many things again and again, word for word."""
    memory = context.reviewed
    found = None if memory is None else memory.get(text)
    if found is None:
        found = guard.found(text, context.situation, context.guard)
        if memory is not None:
            if len(memory) >= REVIEWED_MAX:
                memory.clear()
            memory[text] = found
    return found


# ── what points are taken off for ────────────────────────────────────────


def _faults(found: _Found, *, closed: bool) -> Iterator[Fault]:
    yield from _guard_faults(found)
    for question in found.questions:
        if question.answered_by is None and closed:
            yield Fault("unanswered", question.version)
        if question.repeats is not None:
            yield Fault("asked_again", question.version)
    for promise in found.promises:
        if promise.state == "broken" and (closed or promise.kind != "look"):
            yield Fault("promise_broken", promise.version)
    yield from (Fault(f"tone_{one.manner}", one.version) for one in found.tone if one.manner in _AGAINST)
    yield from (Fault("claim_wrong", one.version) for one in found.claims if not one.right)
    for one in found.reviews:
        if one.handled in _MISHANDLED:
            yield Fault(f"review_{one.handled}", one.answered_by or one.version)


def _guard_faults(found: _Found) -> Iterator[Fault]:
    for finding in found.findings:
        if finding.kind == "abuse" and finding.verdict == "block":
            yield Fault("guard_abuse", finding.version)
        elif finding.kind != "tone" and finding.verdict != "pass":
            yield Fault(f"guard_{finding.verdict}", finding.version)


_AGAINST: Final = frozenset({"cold", "impatient", "blaming", "robotic"})
_MISHANDLED: Final = frozenset({"pressed", "paid_for", "ignored"})


def _assessed(found: _Found, people: Sequence[Said]) -> dict[PartName, bool]:
    """Which parts there was anything to assess for."""
    any_human = bool(people)
    return {
        "steps": any_human,
        "guard": any_human,
        "answers": bool(found.questions),
        "promises": bool(found.promises),
        "tone": any_human,
        "accuracy": bool(found.claims),
        "reviews": bool(found.reviews),
    }


def _flags(found: _Found, people: Sequence[Said], talk: Talk, *, failed: bool, review: bool) -> Iterator[str]:
    """Why a person should look, the most pressing first."""
    if failed:
        yield "failed"
    if review:
        yield "low_score"
    labels = [one.label for one in found.turns]
    bad = labels.count("dissatisfied")
    if labels and (bad / len(labels) >= DISSATISFIED_SHARE or labels[-1] == "dissatisfied"):
        yield "dissatisfied"
    if talk.rating is not None and talk.rating <= 2:
        yield "bad_rating"
    if any(one.state == "broken" for one in found.promises):
        yield "promise_broken"
    if any(not one.right for one in found.claims):
        yield "claim_wrong"
    if found.reviews:
        yield "bad_review"
    if talk.closed and any(one.answered_by is None for one in found.questions):
        yield "unanswered"
    if not people and found.questions:
        yield "no_human"
