"""The things of inspection: what is read, what is found in it, and what it comes to."""

from datetime import datetime
from typing import Annotated, Final, Literal, get_args
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.guard.model import CarriedProof, Verdict
from xiaoer.guard.model import Kind as GuardKind

PURPOSE: Final = "quality"
"""For what inspection reads: its own purpose, told to both sides beside the settling of disputes (U-02)."""

Role = Literal["buyer", "agent", "manager", "officer", "bot", "system", "auto"]
HUMANS: Final[frozenset[str]] = frozenset({"agent", "manager", "officer"})
"""Whose words are inspected; robots and automatic answers are no human service (M-003, D16)."""

StepName = Literal["greet", "confirm", "solve", "explain", "feelings", "close"]
STEPS: Final[tuple[StepName, ...]] = get_args(StepName)
"""The six steps of a good dialogue, in their order (S-007…S-012)."""

PartName = Literal["steps", "guard", "answers", "speed", "promises", "tone", "accuracy", "reviews"]
PARTS: Final[tuple[PartName, ...]] = get_args(PartName)
Grade = Literal["excellent", "good", "fair", "poor", "failed"]
GRADES: Final[tuple[Grade, ...]] = get_args(Grade)
Cause = Literal["closed", "nightly", "asked"]

# ── what is read ─────────────────────────────────────────────────────────


class TalkLine(Struct, frozen=True, gc=False):
    """One message of a conversation; `at` is None where a log holds no times.

    `person` is whoever said it, by whatever name the log knows him. `marked` are kinds the guard found when
    it was sent, for words that are masked here; `proved` are the proofs it was sent with.
    """

    version: int
    role: Role
    text: str
    at: datetime | None = None
    person: str = ""
    kind: Literal["text", "image", "file", "card"] = "text"
    marked: tuple[GuardKind, ...] = ()
    proved: tuple[CarriedProof, ...] = ()


class Talk(Struct, frozen=True):
    """One consultation, its lines in order.

    `kind` is what it was about, where the source says so; `rating` what the buyer gave, 1…5.
    """

    id: str
    lines: tuple[TalkLine, ...]
    shop: str = ""
    buyer: str = ""
    agent: str = ""
    consultation: int = 1
    kind: str = ""
    rating: int | None = None
    closed: bool = True


class OrderFact(Struct, frozen=True):
    """What is known of the buyer's order at the time of the talk; None is not known."""

    number: str = ""
    state: str = ""
    paid_minor: int | None = None
    currency: str = "CNY"
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    parcels: tuple[str, ...] = ()


class Known(Struct, frozen=True):
    """A fact of the knowledge base: when the buyer speaks of all `about`, answers hold none of `wrong`."""

    id: str
    about: tuple[str, ...]
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class Fact(Struct, frozen=True):
    """What a shop knows for certain: to a buyer who speaks of all `about`, right answers say one of `says`
    and none of `never`.
    """

    id: UUID
    title: str
    about: tuple[str, ...]
    says: tuple[str, ...]
    never: tuple[str, ...]
    author: UUID
    at: datetime
    replaces: UUID | None


Words = Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=20)]


class FactWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A fact as somebody writes it; empty words are left out."""

    title: Annotated[str, Meta(min_length=1, max_length=100)]
    about: Words
    says: Words = []
    never: Words = []


# ── what is found ────────────────────────────────────────────────────────


class StepScore(Struct, frozen=True):
    """One of the six steps: its points 0…2, the messages that show it, the row that says so.

    `points` is None where the step was not called for: it counts for nothing.
    """

    step: StepName
    points: int | None
    versions: tuple[int, ...]
    row: str
    basis: str


class Strip(Struct, frozen=True):
    """The six steps of a running consultation as far as they have come; `version` is the last line read."""

    version: int
    consultation: int
    steps: tuple[StepScore, ...]


class GuardFound(Struct, frozen=True):
    """Something the guard finds in a message."""

    version: int
    kind: GuardKind
    row: str
    verdict: Verdict
    start: int
    end: int
    basis: str


class Question(Struct, frozen=True):
    """A question of the buyer: answered by which message, and which earlier question it repeats."""

    version: int
    answered_by: int | None
    repeats: int | None = None
    waited_seconds: int | None = None


PromiseKind = Literal["look", "call_back", "refund", "send", "compensate", "pass_on", "wait"]
PromiseState = Literal["kept", "broken", "open", "unknown"]


class Promise(Struct, frozen=True):
    """Something an agent said he would do: until when, and what became of it within the talk."""

    version: int
    kind: PromiseKind
    due_at: datetime | None
    state: PromiseState
    kept_by: int | None = None


class ToneFound(Struct, frozen=True):
    """A message whose tone counts, for (`warm`, `sorry`, `thanks`) or against."""

    version: int
    manner: Literal["warm", "sorry", "thanks", "cold", "impatient", "blaming", "robotic"]


class FactClaim(Struct, frozen=True):
    """Something an agent said that can be held against what is known."""

    version: int
    subject: Literal["knowledge", "dispatched", "signed", "amount", "parcel"]
    said: str
    known: str
    right: bool


class BadReview(Struct, frozen=True):
    """A bad review spoken of: how it was handled (S-090, S-091, R-007)."""

    version: int
    handled: Literal["solved", "soothed", "pressed", "paid_for", "ignored"]
    answered_by: int | None


class Turn(Struct, frozen=True):
    """How satisfied the buyer seems at one of his messages.

    `probability` is that of dissatisfaction, `satisfied` that of its contrary; the label follows the model's
    thresholds. `why` are the parts of the message that weighed most towards dissatisfaction.
    """

    version: int
    probability: float
    satisfied: float
    label: Literal["dissatisfied", "neutral", "satisfied"]
    why: tuple[str, ...] = ()


class Clocks(Struct, frozen=True):
    """The answers' times by a response profile: rounds counted, in time, their average (M-001, M-003)."""

    profile: str
    rounds: int
    in_time: int
    left_out: int
    total_seconds: int
    first_seconds: int | None
    slowest_seconds: int | None
    slow_versions: tuple[int, ...] = ()
    lasted_seconds: tuple[int, ...] = ()
    """How long each answered round took."""


class Part(Struct, frozen=True):
    """One part of the score: of `maximum` points, `points` remain. None: there was nothing to assess.

    `row` is the row of the card, `facts` fill the printed formula `formula.<name>` of the catalogue.
    """

    name: PartName
    points: float | None
    maximum: int
    row: str
    facts: dict[str, int | float | str] = {}


class Deduction(Struct, frozen=True):
    """Points taken off a part: for what, by which row, and the messages that show it."""

    part: PartName
    reason: str
    points: int
    row: str
    basis: str
    versions: tuple[int, ...]


class Inspection(Struct, frozen=True, kw_only=True):
    """Everything found in one consultation, and the score it comes to: 0…100, to one decimal.

    `score` is None where no human spoke. `rules` is the version of the rulebook, `card` the digest of the
    tables that made the score. `flags` say why a person should look.
    """

    conversation: str
    consultation: int
    agent: str
    shop: str = ""
    kind: str = ""
    first: int
    last: int
    messages: int
    agent_messages: int
    started_at: datetime | None
    ended_at: datetime | None
    score: float | None
    grade: Grade | None
    parts: tuple[Part, ...]
    deductions: tuple[Deduction, ...]
    steps: tuple[StepScore, ...]
    findings: tuple[GuardFound, ...]
    clocks: Clocks | None
    questions: tuple[Question, ...]
    promises: tuple[Promise, ...]
    tone: tuple[ToneFound, ...]
    claims: tuple[FactClaim, ...]
    reviews: tuple[BadReview, ...]
    turns: tuple[Turn, ...]
    flags: tuple[str, ...]
    rules: str
    card: str
    model: str
    rating: int | None = None


# ── what is kept ─────────────────────────────────────────────────────────


SettledBy = Literal["graded", "appealed", "set_aside"]
"""Whose score stands instead of the machine's: a grader's, that of an appeal, nobody's."""


class Settlement(Struct, frozen=True, kw_only=True):
    """A score people have added that stands from then on; None: the score does not count.

    `subject` is what it came from above, `row` and `rules` say by what.
    """

    source: SettledBy
    subject: UUID
    score: float | None
    grade: Grade | None
    steps: tuple[StepScore, ...] | None
    row: str
    rules: str
    at: datetime


class ScoreLine(Struct, frozen=True, kw_only=True):
    """One inspection in lists; `score` is None where no human spoke, or where it does not count.

    `score` and `grade` are those that stand: the machine's, or what people settled instead (`settled`).
    `veiled`: people grade it blind now, and only its agent sees it.
    """

    id: UUID
    shop_id: UUID
    conversation_id: UUID
    consultation: int
    agent_id: UUID | None
    cause: Cause
    first: int
    last: int
    score: float | None
    grade: Grade | None
    flags: tuple[str, ...]
    turns: int
    dissatisfied: int
    rules: str
    card: str
    model: str
    at: datetime
    settled: SettledBy | None = None
    veiled: bool = False
    agent_name: str = ""


class InspectionScore(ScoreLine, frozen=True, kw_only=True):
    """One inspection whole."""

    result: Inspection


class Reading(Struct, frozen=True):
    """One reading of words for quality: by a person, or (None) by the program."""

    id: UUID
    conversation_id: UUID
    first: int
    last: int
    purpose: str
    person_id: UUID | None
    role: str
    at: datetime
