"""The things of grading: a draw, a sample, a sheet, a grade, an appeal, and how far graders agree."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.inspection.model import Grade, PartName, StepName

Remark = Annotated[str, Meta(max_length=500)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Versions = Annotated[tuple[Annotated[int, Meta(ge=1)], ...], Meta(max_length=50)]
Points = Literal[0, 1, 2]

SampleState = Literal["drawn", "second", "apart", "settled", "lapsed"]
AppealStateName = Literal["lodged", "kept", "changed", "set_aside", "withdrawn"]
DrawnFor = Literal["random", "risk", "alert"]
Seat = Literal["first", "second", "third", "appeal"]
Stands = Literal["wait", "first", "kinder", "third", "machine"]

JUDGED: Final[tuple[PartName, ...]] = ("guard", "answers", "promises", "tone", "accuracy", "reviews")
"""What a grader judges beside the steps; how fast answers came is measured and taken as it is."""

# ── drawing ──────────────────────────────────────────────────────────────


class Candidate(Struct, frozen=True):
    """An inspected consultation that may be drawn, with what makes it risky."""

    score: UUID
    conversation: UUID
    consultation: int
    agent: UUID | None
    points: int
    guard: Literal["none", "hint", "serious"]
    stars: int | None
    agent_since: datetime | None
    alerted: bool = False


class Chosen(Struct, frozen=True):
    """A candidate that was drawn: for what, with which weight by which rows, and whether it is read twice."""

    candidate: Candidate
    drawn_for: DrawnFor
    weight: int
    rows: tuple[str, ...]
    twice: bool


class DrawWish(Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from", "until": "to"}):
    """Of which days talks are to be drawn, by the time they were inspected."""

    since: datetime
    until: datetime


class Draw(Struct, frozen=True, kw_only=True):
    """One draw; its seed and period draw the same again."""

    id: UUID
    shop: UUID
    since: datetime
    until: datetime
    seed: str
    candidates: int
    random: int
    risk: int
    drawn_by: UUID | None
    rules_version: str
    at: datetime


class Sample(Struct, frozen=True, kw_only=True):
    """A drawn consultation on its way to a grade that stands."""

    id: UUID
    shop: UUID
    draw: UUID
    score: UUID
    conversation: UUID
    consultation: int
    agent: UUID | None
    drawn_for: DrawnFor
    weight: int
    rows: tuple[str, ...]
    twice: bool
    state: SampleState
    version: int
    holder: UUID | None
    held_until: datetime | None
    drawn_at: datetime
    moved_at: datetime
    clock: str | None
    due_at: datetime | None
    rules_at: datetime
    rules_version: str


# ── sheets ───────────────────────────────────────────────────────────────


class StepMark(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the six steps as a person sees it; `points` None: it was not called for."""

    step: StepName
    points: Points | None
    versions: Versions = ()
    remark: Remark = ""


class PartMark(Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the card, 0…100; `points` None: there was nothing to assess."""

    part: PartName
    points: Annotated[int, Meta(ge=0, le=100)] | None
    versions: Versions = ()
    remark: Remark = ""


class Sheet(Struct, frozen=True, forbid_unknown_fields=True):
    """What a grader fills in: the six steps, the judged parts, whether a red line was crossed, a remark."""

    steps: Annotated[tuple[StepMark, ...], Meta(max_length=6)]
    parts: Annotated[tuple[PartMark, ...], Meta(max_length=8)]
    red_line: bool = False
    remark: Remark = ""


class PartPoints(Struct, frozen=True):
    """A part of the score a sheet comes to."""

    name: PartName
    points: float | None
    weight: int
    row: str


class Graded(Struct, frozen=True):
    """What a sheet comes to by the card that made the machine's score."""

    score: float | None
    grade: Grade | None
    parts: tuple[PartPoints, ...]
    card: str


class GradeGiven(Struct, frozen=True, kw_only=True):
    """One sheet as it was filled in, and what it comes to."""

    id: UUID
    subject: UUID
    seat: Seat
    person: UUID
    person_name: str
    sheet: Sheet
    score: float | None
    grade: Grade | None
    parts: tuple[PartPoints, ...]
    card: str
    at: datetime


class HistoryStep(Struct, frozen=True):
    """Something that happened to a sample or an appeal; `person` is None when a clock did it."""

    version: int
    event: str
    from_state: str
    state: str
    person: UUID | None
    person_name: str
    text: str
    at: datetime


# ── appeals ──────────────────────────────────────────────────────────────


class ScoreAppeal(Struct, frozen=True, kw_only=True):
    """An agent's appeal against his score."""

    id: UUID
    shop: UUID
    score: UUID
    conversation: UUID
    consultation: int
    agent: UUID
    text: str
    state: AppealStateName
    version: int
    decided_by: UUID | None
    reason: str
    lodged_at: datetime
    moved_at: datetime
    clock: str | None
    due_at: datetime | None
    rules_at: datetime
    rules_version: str


class ScoreAppealWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why the agent thinks his score is wrong."""

    text: Text


class ScoreDecisionWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Keep the score (no sheet), or give another by a sheet of one's own; always with a reason."""

    reason: Text
    sheet: Sheet | None = None


# ── agreement ────────────────────────────────────────────────────────────


class Kappa(Struct, frozen=True):
    """How far two agree beyond chance: Cohen's κ with its 95 % interval, from so many pairs.

    `kappa` is None where there are too few pairs (`enough` false), or where all stood in one category.
    """

    pairs: int
    enough: bool
    agreed_percent: float | None = None
    kappa: float | None = None
    low: float | None = None
    high: float | None = None


class StepAgreement(Struct, frozen=True):
    """Agreement about one step, or (None) about all six, or the grade: among graders, and with the machine.

    `called_apart` counts pairs in which only one held the step to be called for; κ is over the others.
    """

    about: str
    graders: Kappa
    machine: Kappa
    graders_called_apart: int = 0
    machine_called_apart: int = 0


class GradeBand(Struct, frozen=True):
    """The points of a part, both ends included, that come to a grade by the table inspection.grades."""

    grade: Grade
    low: int
    high: int


class Agreement(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """How far graders agree in a shop over some days; `facts` fill the printed formulas.

    `parts` are the judged parts one by one and (`all`) together: their points 0…100 by the grade they come
    to, κ weighted over the five grades; `bands` are the edges, from the rulebook.
    """

    since: datetime
    until: datetime
    least_pairs: int
    samples: int
    settled: int
    twice: int
    third: int
    lines: tuple[StepAgreement, ...]
    parts: tuple[StepAgreement, ...]
    bands: tuple[GradeBand, ...]
    facts: Mapping[str, int]


class Doubled(Struct, frozen=True):
    """One settled sample as agreement reads it: step → points, by the first, the second and the machine.

    The same for the judged parts: part → place of its grade in GRADES.
    """

    first: Mapping[str, int | None]
    second: Mapping[str, int | None] | None
    machine: Mapping[str, int | None]
    first_grade: Grade | None
    second_grade: Grade | None
    machine_grade: Grade | None
    first_parts: Mapping[str, int | None] = {}
    second_parts: Mapping[str, int | None] | None = None
    machine_parts: Mapping[str, int | None] = {}
