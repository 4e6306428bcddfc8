"""Response profiles, reply clocks, and the rounds a timeline falls into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from xiaoer.kernel.calendar import Span

Speaker = Literal["buyer", "agent", "officer", "robot", "auto", "system"]
"""Whoever speaks, as the clocks see him: a manager is an agent, a visitor a buyer."""

Counts = Literal["round", "first", "day_buyer"]
Deed = Literal["start", "stop", "keep", "nothing"]
Starts = Literal["now", "opening"]
Mark = Literal["advertisement", "blocked", "red_packet", "own_shop", "instant", "notice"]


@dataclass(frozen=True, slots=True)
class ResponseProfile:
    """How response time is counted; the words are explained in `tables/response_profiles.toml`."""

    name: str
    target_seconds: int
    warn_percent: int
    hours: Span
    follows_calendar: bool
    counts: Counts
    excluded: frozenset[str]
    cap_seconds: int
    minimum: int
    minimum_per_day: bool
    window_days: int
    good_percent: int
    basis: str


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """When an answer is due; `starts_at` is later than the question when the desk is closed."""

    starts_at: datetime
    warn_at: datetime
    due_at: datetime
    off_hours: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What one entry does to the reply clock, by which row of the table."""

    deed: Deed
    row: str
    version: str
    clock: ReplyClock | None = None
    auto_answer: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a timeline, reduced to what response time asks about it."""

    at: datetime
    speaker: Speaker
    consultation: int = 1
    marks: frozenset[str] = frozenset()
    agent: UUID | None = None
    """Whose the line is: who answered; of a question, whoever serves its consultation."""


@dataclass(frozen=True, slots=True)
class Talk:
    """The lines between one buyer and one shop, in order."""

    buyer: UUID
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A buyer's first unanswered question and the first human answer to it, if there was one."""

    asked_at: datetime
    answered_at: datetime | None
    consultation: int
    is_first: bool
    agent: UUID | None = None
    """Who answered; without an answer, whoever serves the consultation."""


@dataclass(frozen=True, slots=True)
class Window:
    """The questions a figure looks at: those asked from `since` on and before `until`."""

    since: datetime
    until: datetime

    def holds(self, one: Round) -> bool:
        """Whether a round was asked in this time."""
        return self.since <= one.asked_at < self.until


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; `percent` is None while there is nothing to divide by."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """The share in percent, to one decimal."""
        return round(100 * self.numerator / self.denominator, 1) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Response:
    """The response figures of a profile, with what is needed to explain them.

    `in_time` counts what `counts` says (rounds, first rounds of consultations, or buyers a day), `days` the
    same for each local day. Rounds still within their time are `open_rounds` and not counted yet, those
    outside the profile's hours `left_out`. `total_seconds` over `timed_rounds` is the average, each round
    capped. `assessed` is false below the profile's minimum. `facts` fill the sentence that explains the
    figure (catalogue clocks, `formula.<counts>`).
    """

    profile: str
    counts: Counts
    in_time: Share
    days: Mapping[date, Share] = field(hash=False)
    assessed: bool
    open_rounds: int
    left_out: int
    timed_rounds: int
    total_seconds: int
    facts: Mapping[str, object] = field(hash=False)

    @property
    def average_seconds(self) -> float | None:
        """The average human response time in seconds, to one decimal; None without rounds."""
        return round(self.total_seconds / self.timed_rounds, 1) if self.timed_rounds else None
