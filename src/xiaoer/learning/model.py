"""The things of learning: a rating, an unsatisfied dialogue, a hint, a lesson, an exam and who sat it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

Stars = Annotated[int, Meta(ge=1, le=5)]
Words = Annotated[str, Meta(max_length=1000)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]

RequestState = Literal["asked", "reminded", "rated", "lapsed"]
DialogueState = Literal[
    "found", "returned", "overdue", "planned", "contested", "improved", "came_back", "set_aside", "lapsed"
]
Cause = Literal["operation", "information", "attitude", "outside"]
"""What went wrong (S-122); `outside` was in nobody's hands at the desk."""

CAUSES: Final[tuple[Cause, ...]] = ("operation", "information", "attitude", "outside")
RatingBand = Literal["none", "low", "middle", "high"]
WordsBand = Literal["none", "some", "strong"]
Outcome = Literal["none", "silent", "reopened", "refund", "complaint"]
LessonKind = Literal["lesson", "model", "script"]
LessonState = Literal["proposed", "published", "withdrawn"]
Task = Literal["lesson", "exam"]


class Talked(Struct, frozen=True):
    """A consultation by its place."""

    shop: UUID
    conversation: UUID
    consultation: int


# ── ratings ──────────────────────────────────────────────────────────────


class RatingRequest(Struct, frozen=True):
    """A buyer is asked once how a consultation was; `until` he may say so."""

    id: UUID
    shop: UUID
    conversation: UUID
    consultation: int
    buyer: UUID
    agent: UUID | None
    state: RequestState
    asked_at: datetime
    until: datetime


class RatingWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What a buyer says of a consultation: one to five stars, and words if he likes."""

    stars: Stars
    words: Words = ""


class RatingShown(Struct, frozen=True):
    """Whether a buyer is asked about his last consultation, and what he said."""

    asked: bool
    consultation: int = 0
    state: RequestState | None = None
    until: datetime | None = None
    stars: int | None = None
    words: str = ""


# ── unsatisfied dialogues ────────────────────────────────────────────────


class Signals(Struct, frozen=True):
    """What speaks for discontent: stars, share of dissatisfied turns in percent, what came of it."""

    stars: int | None = None
    dissatisfied_percent: int | None = None
    outcome: Outcome = "none"


class Dialogue(Struct, frozen=True, kw_only=True):
    """An unsatisfied dialogue on its way from being found to what came of it."""

    id: UUID
    shop: UUID
    conversation: UUID
    consultation: int
    agent: UUID
    state: DialogueState
    version: int
    row: str
    signals: Signals
    cause: Cause | None
    plan: str
    contest: str
    found_at: datetime
    moved_at: datetime
    planned_at: datetime | None
    clock: str | None
    due_at: datetime | None
    rules_at: datetime
    rules_version: str


class PlanWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The agent accepts: why it went wrong and what he will do differently."""

    cause: Literal["operation", "information", "attitude"]
    plan: Text


class ContestWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The agent says why this was not his to do better."""

    words: Text


class HintWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A supervisor's written advice (S-022)."""

    text: Text


class DialogueDecideWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A supervisor decides a contested dialogue: set aside, or back to the agent, with a reason."""

    set_aside: bool
    words: Text


class Hint(Struct, frozen=True):
    """Advice as it was written down, never changed."""

    id: UUID
    author: UUID | None
    author_name: str
    text: str
    at: datetime


class DialogueStep(Struct, frozen=True):
    """Something that happened to a dialogue; `person` is None when a clock did it."""

    version: int
    event: str
    from_state: str
    state: DialogueState
    person: UUID | None
    person_name: str
    text: str
    at: datetime


# ── lessons and exams ────────────────────────────────────────────────────


class Said(Struct, frozen=True):
    """One masked line of a real talk, without names."""

    role: str
    text: str


class LessonWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson from a dialogue, or a model dialogue, or a script: what happened, what a good answer is."""

    kind: LessonKind
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    good_answer: Text
    dialogue: UUID | None = None
    conversation: UUID | None = None
    consultation: int | None = None
    cause: Cause | None = None


class Lesson(Struct, frozen=True, kw_only=True):
    """What the team can learn from; a colleague proposes, a manager publishes."""

    id: UUID
    shop: UUID
    kind: LessonKind
    state: LessonState
    title: str
    talk: tuple[Said, ...]
    good_answer: str
    cause: Cause | None
    author: UUID
    author_name: str
    at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    read: bool = False


class Question(Struct, frozen=True):
    """A question of an exam about a real masked case; `right` is the place of the right option."""

    id: UUID
    talk: tuple[Said, ...]
    ask: Literal["cause", "step"]
    options: tuple[str, ...]
    right: int


class TalkQuestionShown(Struct, frozen=True):
    """The same for whoever sits the exam."""

    id: UUID
    talk: tuple[Said, ...]
    ask: Literal["cause", "step"]
    options: tuple[str, ...]


class ExamWish(Struct, frozen=True, forbid_unknown_fields=True):
    """An exam of so many questions made from the shop's own inspected conversations."""

    title: Annotated[str, Meta(min_length=1, max_length=120)]
    questions: Annotated[int, Meta(ge=1, le=50)] = 10
    pass_percent: Annotated[int, Meta(ge=1, le=100)] | None = None


class Exam(Struct, frozen=True, kw_only=True):
    """An exam as it is kept."""

    id: UUID
    shop: UUID
    title: str
    pass_percent: int
    questions: tuple[Question, ...]
    author: UUID
    at: datetime
    retired_at: datetime | None


class ExamLine(Struct, frozen=True, kw_only=True):
    """An exam in a list, with how one did in it last."""

    id: UUID
    title: str
    pass_percent: int
    questions: int
    at: datetime
    retired_at: datetime | None
    percent: int | None
    passed: bool | None
    sat_at: datetime | None


class SittingWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The answers, by question."""

    answers: Annotated[dict[UUID, Annotated[int, Meta(ge=0, le=20)]], Meta(max_length=50)]


class Sitting(Struct, frozen=True, kw_only=True):
    """What somebody's answers came to; `wrong` are the questions answered otherwise than right."""

    id: UUID
    exam: UUID
    person: UUID
    right: int
    total: int
    percent: int
    passed: bool
    answers: Mapping[str, int]
    wrong: tuple[UUID, ...]
    at: datetime


class TaskWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody is to read a lesson or pass an exam until a day."""

    person: UUID
    kind: Task
    item: UUID
    due_at: datetime


class TrainingTask(Struct, frozen=True, kw_only=True):
    """One line of somebody's training plan."""

    id: UUID
    shop: UUID
    person: UUID
    person_name: str
    kind: Task
    item: UUID
    title: str
    set_by: UUID
    set_at: datetime
    due_at: datetime
    done_at: datetime | None
