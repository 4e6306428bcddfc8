"""When whoever leads a shop is told of a running talk: the buyer's mood, what waits, an insult (G2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, cast
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.inspection.model import TalkLine, Turn
from xiaoer.inspection.rules.answers import questions_of
from xiaoer.inspection.rules.mood import Mood, judged, looks
from xiaoer.inspection.rules.speech import Said, said
from xiaoer.kernel.table import Decision
from xiaoer.rulebook.model import Book

TABLE: Final = "inspection.alerts"
LINES: Final = 40
"""Of a longer talk the last lines are read, so that a message costs the same however long the talk is."""

Reason = Literal["upset", "lasting", "unanswered", "insult", "insult_held"]
Insult = Literal["none", "sent", "held"]
Did = Literal["watched", "whispered", "stepped_in", "reassigned", "nothing"]


class Signals(Struct, frozen=True):
    """What is seen in the last lines of a talk; `turn` is the buyer's last, None where the news is not his.

    `lately` counts the dissatisfied ones among his last turns, `unanswered` his questions that wait too long.
    """

    version: int
    turn: Turn | None = None
    lately: int = 0
    unanswered: int = 0
    insult: Insult = "none"


class Alert(Struct, frozen=True, kw_only=True):
    """Something in a running consultation that whoever leads should see, and what he did about it.

    `percent` is how dissatisfied the buyer seems, `amount` how many messages or questions the reason counts,
    `why` the parts of the message that weighed most.
    """

    id: UUID
    shop: UUID
    conversation: UUID
    consultation: int
    reason: Reason
    agent: UUID | None
    version: int
    risk: int
    percent: int | None
    amount: int
    why: tuple[str, ...]
    row: str
    basis: str
    rules_version: str
    model: str
    at: datetime
    acknowledged_by: UUID | None = None
    acknowledged_at: datetime | None = None
    did: Did | None = None
    note: str = ""


class Acknowledgement(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody did about an alert."""

    did: Did
    note: Annotated[str, Meta(max_length=500)] = ""


def signals(lines: Sequence[TalkLine], since: int, mood: Mood, book: Book, now: datetime) -> Signals:
    """What a talk's last lines show; `since` is the first line that is news."""
    messages = said(lines)
    if not messages:
        return Signals(since)
    last = messages[-1].version
    insulted = any(one.version >= since and one.is_human and "abuse" in one.line.marked for one in messages)
    insult: Insult = "sent" if insulted else "none"
    if not any(one.version >= since and one.is_buyer for one in messages):
        return Signals(last, insult=insult)
    seen = list(looks(messages, grams=bool(mood.grams)))[-book.integer("inspection.alert_turns") :]
    turns = [judged(mood, look) for look in seen]
    return Signals(
        last,
        turn=max((one for one in turns if one.version >= since), key=lambda one: one.probability),
        lately=sum(one.label == "dissatisfied" for one in turns),
        unanswered=_waiting(messages, book, now),
        insult=insult,
    )


def _waiting(messages: Sequence[Said], book: Book, now: datetime) -> int:
    """How many questions wait; none as long as the first of them may still be answered in time."""
    open_ = {one.version for one in questions_of(messages) if one.answered_by is None}
    asked = [one.line.at for one in messages if one.version in open_ and one.line.at is not None]
    late = timedelta(seconds=book.integer("inspection.alert_wait_seconds"))
    return len(open_) if asked and now - min(asked) >= late else 0


def facts(seen: Signals, book: Book) -> Mapping[str, object]:
    """What the table is asked."""
    percent = _percent(seen)
    upset = percent is not None and percent >= book.integer("inspection.alert_percent")
    return {
        "mood": "upset" if upset else "calm",
        "lately": seen.lately,
        "unanswered": seen.unanswered,
        "insult": seen.insult,
    }


def raised(seen: Signals, book: Book) -> tuple[Decision, ...]:
    """The rows that fit: each is an alert."""
    return book.table(TABLE).collect(facts(seen, book))


def alert_of(
    decision: Decision,
    seen: Signals,
    *,
    id: UUID,
    shop: UUID,
    conversation: UUID,
    consultation: int,
    agent: UUID | None,
    rules: str,
    model: str,
    now: datetime,
) -> Alert:
    """The alert a row raises."""
    reason = cast("Reason", decision.word("reason"))
    by_mood = reason in {"upset", "lasting"}
    counted = {"lasting": seen.lately, "unanswered": seen.unanswered}
    return Alert(
        id=id,
        shop=shop,
        conversation=conversation,
        consultation=consultation,
        reason=reason,
        agent=agent,
        version=seen.turn.version if by_mood and seen.turn else seen.version,
        risk=decision.number("risk"),
        percent=_percent(seen) if by_mood else None,
        amount=counted.get(reason, 1),
        why=seen.turn.why if by_mood and seen.turn else (),
        row=decision.row,
        basis=decision.basis,
        rules_version=rules,
        model=model if by_mood else "",
        at=now,
    )


def _percent(seen: Signals) -> int | None:
    return None if seen.turn is None else round(seen.turn.probability * 100)
