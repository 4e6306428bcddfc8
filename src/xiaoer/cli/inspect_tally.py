"""What many inspections come to: counts that can be added up in any order, on any machine."""

import heapq
import re
from bisect import bisect_right
from collections import Counter
from typing import Final

from msgspec import Struct, field, structs

from xiaoer.inspection.model import HUMANS, Inspection, Talk
from xiaoer.kernel.mask import mask_text

WORST: Final = 20
EXCERPT_LINES: Final = 40
EXCERPT_CHARACTERS: Final = 160
EDGES: Final = (5, 10, 20, 30, 60, 120, 180, 300, 600, 1800)
"""The ends of the bands of response time, in seconds; the last band has none."""
THREE_MINUTES: Final = 180
LONG_SECONDS: Final = 1800
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")


def _added(left: list[int], right: list[int]) -> list[int]:
    return [a + b for a, b in zip(left, right, strict=True)]


class Counts(Struct):
    """Sums over the talks of one agent, of one kind, or of all."""

    talks: int = 0
    answered: int = 0
    effective: int = 0
    unanswered: int = 0
    scored: int = 0
    score_sum: float = 0.0
    failed: int = 0
    flagged: int = 0
    messages: int = 0
    agent_messages: int = 0
    buyer_messages: int = 0
    characters: int = 0
    rounds: int = 0
    in_time: int = 0
    total_seconds: int = 0
    answers: int = 0
    three_minutes: int = 0
    first_answers: int = 0
    first_seconds: int = 0
    slow_talks: int = 0
    long_talks: int = 0
    timed_talks: int = 0
    duration_seconds: int = 0
    findings: int = 0
    turns: int = 0
    dissatisfied: int = 0
    satisfied: int = 0
    ratings: int = 0
    rating_sum: int = 0
    step_points: list[int] = field(default_factory=lambda: [0] * 6)
    step_called: list[int] = field(default_factory=lambda: [0] * 6)

    def add(self, other: "Counts") -> None:
        """Add another's sums."""
        for name, mine, theirs in zip(_SUMS, structs.astuple(self), structs.astuple(other), strict=False):
            if theirs:
                setattr(self, name, mine + theirs)
        self.step_points = _added(self.step_points, other.step_points)
        self.step_called = _added(self.step_called, other.step_called)


_SUMS: Final = Counts.__struct_fields__[:-2]
"""The fields that are added up as they are; the last two are lists."""


class Worst(Struct, frozen=True):
    """One of the worst talks with its words, personal data masked."""

    score: float
    conversation: str
    agent: str
    grade: str
    flags: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...]
    lines: tuple[tuple[str, str, str], ...]


class Tally(Struct):
    """All that a report tells, in bounded memory."""

    whole: Counts = field(default_factory=Counts)
    agents: dict[str, Counts] = {}
    kinds: dict[str, Counts] = {}
    grades: dict[str, int] = {}
    scores: list[int] = field(default_factory=lambda: [0] * 10)
    steps: list[list[int]] = field(default_factory=lambda: [[0, 0, 0, 0] for _ in range(6)])
    findings: dict[str, int] = {}
    faults: dict[str, int] = {}
    promises: dict[str, int] = {}
    tone: dict[str, int] = {}
    reviews: dict[str, int] = {}
    flags: dict[str, int] = {}
    parts: dict[str, tuple[float, int]] = {}
    times: list[int] = field(default_factory=lambda: [0] * (len(EDGES) + 1))
    hours: list[int] = field(default_factory=lambda: [0] * 24)
    days: dict[str, Counts] = {}
    worst: list[Worst] = []
    first_at: str = ""
    last_at: str = ""
    bad_rows: int = 0
    bad_reasons: dict[str, int] = {}

    def merge(self, other: "Tally") -> None:
        """Add what another worker counted."""
        self.whole.add(other.whole)
        for mine, theirs in (
            (self.agents, other.agents),
            (self.kinds, other.kinds),
            (self.days, other.days),
        ):
            for name, counts in theirs.items():
                mine.setdefault(name, Counts()).add(counts)
        for name in _COUNTERS:
            mine_counts: dict[str, int] = getattr(self, name)
            for key, number in getattr(other, name).items():
                mine_counts[key] = mine_counts.get(key, 0) + number
        for key, (points, number) in other.parts.items():
            before = self.parts.get(key, (0.0, 0))
            self.parts[key] = (before[0] + points, before[1] + number)
        self.scores = _added(self.scores, other.scores)
        self.times = _added(self.times, other.times)
        self.hours = _added(self.hours, other.hours)
        self.steps = [_added(*pair) for pair in zip(self.steps, other.steps, strict=True)]
        self.worst = heapq.nsmallest(WORST, [*self.worst, *other.worst], key=_badness)
        self.bad_rows += other.bad_rows
        stamps = [one for one in (self.first_at, other.first_at) if one]
        self.first_at = min(stamps, default="")
        self.last_at = max(self.last_at, other.last_at)

    def refuse(self, reason: str) -> None:
        """Count a row that could not be used; what stood in it is left out of the reason."""
        self.bad_rows += 1
        kind = " ".join(_QUOTED.sub("…", reason).split())
        self.bad_reasons[kind] = self.bad_reasons.get(kind, 0) + 1

    def take(self, talk: Talk, found: Inspection, hours: list[int], day: str) -> None:
        """Count one inspected talk; `hours` are the local hours of the buyer's messages."""
        counts = counted(talk, found)
        for home, name in ((self.agents, found.agent or "—"), (self.kinds, found.kind or "—")):
            home.setdefault(name, Counts()).add(counts)
        if day:
            self.days.setdefault(day, Counts()).add(counts)
        self.whole.add(counts)
        for place, step in enumerate(found.steps):
            self.steps[place][3 if step.points is None else step.points] += 1
        self._count(found)
        for hour in hours:
            self.hours[hour] += 1
        if found.clocks is not None:
            for seconds in found.clocks.lasted_seconds:
                self.times[bisect_right(EDGES, max(seconds - 1, 0))] += 1
        if found.score is not None:
            self.scores[min(int(found.score // 10), 9)] += 1
            self._keep(talk, found, found.score)
        if found.started_at is not None and found.ended_at is not None:
            start, end = found.started_at.isoformat(), found.ended_at.isoformat()
            self.first_at = min(self.first_at or start, start)
            self.last_at = max(self.last_at, end)

    def _count(self, found: Inspection) -> None:
        for part in found.parts:
            if part.points is not None:
                points, number = self.parts.get(part.name, (0.0, 0))
                self.parts[part.name] = (points + part.points, number + 1)
        told = (
            (self.grades, [found.grade or "none"]),
            (self.findings, [f"{one.kind}.{one.verdict}" for one in found.findings]),
            (self.faults, [one.reason for one in found.deductions]),
            (self.promises, [one.state for one in found.promises]),
            (self.tone, [one.manner for one in found.tone]),
            (self.reviews, [one.handled for one in found.reviews]),
            (self.flags, found.flags),
        )
        for home, words in told:
            for word in words:
                home[word] = home.get(word, 0) + 1

    def _keep(self, talk: Talk, found: Inspection, score: float) -> None:
        badness = score, -len(found.deductions), found.conversation
        if len(self.worst) < WORST or badness < _badness(self.worst[-1]):
            self.worst = heapq.nsmallest(WORST, [*self.worst, _worst(talk, found, score)], key=_badness)


_COUNTERS: Final = (
    "grades",
    "findings",
    "faults",
    "promises",
    "tone",
    "reviews",
    "flags",
    "bad_reasons",
)


def counted(talk: Talk, found: Inspection) -> Counts:
    """The sums of one talk."""
    labels = Counter(one.label for one in found.turns)
    buyer = sum(one.role == "buyer" for one in talk.lines)
    counts = Counts(
        talks=1,
        answered=int(found.agent_messages > 0),
        effective=int(found.agent_messages > 0 and buyer > 1),
        unanswered=int(bool(buyer) and not found.agent_messages),
        scored=int(found.score is not None),
        score_sum=found.score or 0.0,
        failed=int(found.grade == "failed"),
        flagged=int(bool(found.flags)),
        messages=found.messages,
        agent_messages=found.agent_messages,
        buyer_messages=buyer,
        characters=sum(len(one.text) for one in talk.lines if one.role in HUMANS),
        findings=len(found.findings),
        turns=len(found.turns),
        dissatisfied=labels["dissatisfied"],
        satisfied=labels["satisfied"],
        ratings=int(found.rating is not None),
        rating_sum=found.rating or 0,
        step_points=[one.points or 0 for one in found.steps],
        step_called=[int(one.points is not None) for one in found.steps],
    )
    return _timed(counts, found)


def _timed(counts: Counts, found: Inspection) -> Counts:
    clocks = found.clocks
    if clocks is None or found.started_at is None or found.ended_at is None:
        return counts
    lasted = int((found.ended_at - found.started_at).total_seconds())
    return structs.replace(
        counts,
        rounds=clocks.rounds,
        in_time=clocks.in_time,
        total_seconds=clocks.total_seconds,
        answers=len(clocks.lasted_seconds),
        three_minutes=sum(one <= THREE_MINUTES for one in clocks.lasted_seconds),
        first_answers=int(clocks.first_seconds is not None),
        first_seconds=clocks.first_seconds or 0,
        slow_talks=int(bool(clocks.slow_versions)),
        long_talks=int(lasted > LONG_SECONDS),
        timed_talks=1,
        duration_seconds=lasted,
    )


def _badness(one: Worst) -> tuple[float, int, str]:
    return one.score, -len(one.reasons), one.conversation


def _worst(talk: Talk, found: Inspection, score: float) -> Worst:
    marked = {version: one.reason for one in found.deductions for version in one.versions}
    lines = tuple(
        (one.role, mask_text(one.text[:EXCERPT_CHARACTERS]), marked.get(one.version, ""))
        for one in talk.lines[:EXCERPT_LINES]
    )
    reasons = tuple((one.reason, one.points) for one in found.deductions)
    return Worst(score, found.conversation, found.agent, found.grade or "", found.flags, reasons, lines)
