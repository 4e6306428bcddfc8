"""When whoever leads a shop is told of a running talk: the buyer's mood, what waits, an insult (G2)."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, cast
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.inspection.model import TalkLine, Turn
from xiaoer.inspection.rules.mood import Course, Mood, judged
from xiaoer.inspection.rules.speech import Said, answers, wants
from xiaoer.kernel.table import Decision
from xiaoer.rulebook.model import Book

TABLE: Final = "inspection.alerts"
LINES: Final = 40
"""Of a talk that is not watched yet the last lines are read, however long it is."""
TURNS: Final = 20
"""So many of the buyer's turns are kept: the most that inspection.alert_turns may ask for."""

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


class Watch:
    """A running talk as far as alerts ask; `take` each line once, in order.

    A line costs the same however long the talk is. What is taken back cannot be unsaid here: begin anew.
    """

    __slots__ = ("_asked_at", "_course", "_insulted", "_turns", "_waiting", "first", "last", "mood")

    def __init__(self, mood: Mood) -> None:
        self.mood: Final = mood
        self.first = self.last = 0
        self._course = Course()
        self._turns: deque[Turn] = deque(maxlen=TURNS)
        self._insulted = self._waiting = 0
        self._asked_at: datetime | None = None

    def take(self, line: TalkLine) -> None:
        """Read the next line."""
        one = Said(line)
        self.first, self.last = self.first or one.version, one.version
        if one.is_human and "abuse" in line.marked:
            self._insulted = one.version
        look = self._course.take(one, grams=bool(self.mood.grams))
        if look is not None:
            self._turns.append(judged(self.mood, look))
        if one.is_buyer and wants(one):
            self._waiting += 1
            self._asked_at = self._asked_at or line.at
        elif self._waiting and answers(one):
            self._waiting, self._asked_at = 0, None

    def signals(self, since: int, book: Book, now: datetime) -> Signals:
        """What the last lines show; `since` is the first line that is news."""
        insult: Insult = "sent" if self.last and self._insulted >= since else "none"
        turns = list(self._turns)[-book.integer("inspection.alert_turns") :]
        news = [one for one in turns if one.version >= since]
        if not news:
            return Signals(self.last or since, insult=insult)
        return Signals(
            self.last,
            turn=max(news, key=lambda one: one.probability),
            lately=sum(one.label == "dissatisfied" for one in turns),
            unanswered=self._late(book, now),
            insult=insult,
        )

    def _late(self, book: Book, now: datetime) -> int:
        """How many questions wait; none as long as the first of them may still be answered in time."""
        late = timedelta(seconds=book.integer("inspection.alert_wait_seconds"))
        return self._waiting if self._asked_at is not None and now - self._asked_at >= late else 0


def signals(lines: Iterable[TalkLine], since: int, mood: Mood, book: Book, now: datetime) -> Signals:
    """What a talk's lines show; `since` is the first line that is news."""
    watch = Watch(mood)
    for line in lines:
        watch.take(line)
    return watch.signals(since, book, now)


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
