"""The things of this domain: penalties, points, exams, and the course that follows from them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.measures.model import MeasureKind, SubjectKind

Track = Literal["A", "B", "C"]
"""A general, B serious, C fakes: counted apart (P-009)."""

Offence = Literal[
    "abuse",
    "fake_goods",
    "helping_fakes",
    "improper_information_use",
    "property_fraud",
    "account_theft",
    "disturbing_order",
    "improper_gain",
    "prohibited_goods",
    "spam_information",
    "late_dispatch",
    "review_manipulation",
    "pressure",
    "malicious_complaint",
    "forged_evidence",
]
Grade = Literal["none", "withdrawn", "minor", "general", "serious", "especially_serious"]
Circumstance = Literal[
    "review",
    "apology",
    "minor_victim",
    "disabled_victim",
    "pregnant_victim",
    "elderly_victim",
    "group",
    "provoked",
]
"""What an officer noted. `review` and `apology` decide rows of D5; the others explain the grade he chose."""

PenaltyState = Literal["appealable", "final", "reversed"]
EntryReason = Literal["imposed", "reversed", "year_end", "corrected"]
Next = Literal["coach", "police"]
TRACKS: Final[tuple[Track, ...]] = ("A", "B", "C")
TEXT_MAX: Final = 4_000
Text = Annotated[str, Meta(min_length=1, max_length=TEXT_MAX)]


class PenaltyWish(Struct, frozen=True, kw_only=True):
    """What is to be penalised. `source` is the ruling, complaint or officer's file it rests on.

    `quantity` counts items where a row says so much for each (P-010). Without `decided_by` it is automated.
    """

    id: UUID
    subject_kind: SubjectKind
    subject: UUID
    offence: Offence
    grade: Grade
    facts: str
    source_kind: str
    source: UUID
    circumstances: tuple[Circumstance, ...] = ()
    evidence: tuple[str, ...] = ()
    decided_by: UUID | None = None
    automated: bool = False
    quantity: int = 1


class Penalty(Struct, frozen=True, kw_only=True):
    """A penalty as it was imposed, and whether it still stands.

    `measures`, `days`, `for_ever` are what it brings by itself; its points may bring those of a node.
    `pays_minor`: a red packet its victim is to get, which whoever imposes it grants.
    """

    id: UUID
    subject_kind: SubjectKind
    subject: UUID
    offence: Offence
    grade: Grade
    circumstances: tuple[Circumstance, ...]
    facts: str
    evidence: tuple[str, ...]
    source_kind: str
    source: UUID
    decided_by: UUID | None
    automated: bool
    rules_version: str
    table_name: str
    row_id: str
    basis: str
    track: Track | None
    points: int
    strike: bool
    measures: tuple[MeasureKind, ...]
    days: int
    for_ever: bool
    pays_minor: int
    next: Next | None
    state: PenaltyState
    at: datetime
    appeal_until: datetime
    reversed_at: datetime | None
    reversed_by: UUID | None
    reversed_why: str


class PointsEntry(Struct, frozen=True, kw_only=True):
    """One line of the points ledger."""

    id: UUID
    track: Track
    points: int
    reason: EntryReason
    penalty: UUID | None
    reverses: UUID | None
    at: datetime


class TrackBalance(Struct, frozen=True):
    """The points of one track; `next_node` is the next threshold, None above the last."""

    track: Track
    points: int
    next_node: int | None = None


class Effect(Struct, frozen=True, kw_only=True):
    """A measure that a penalty asked for."""

    measure: UUID
    penalty: UUID
    kind: MeasureKind
    node: str
    begins_at: datetime
    ends_at: datetime | None


class Planned(Struct, frozen=True, kw_only=True):
    """A measure that follows from the penalties which stand. `row` is the rule that brings it."""

    penalty: UUID
    kind: MeasureKind
    node: str
    begins_at: datetime
    ends_at: datetime | None
    exam: bool
    table: str
    row: str
    basis: str


class Course(Struct, frozen=True):
    """What follows from the penalties that stand: the points now, and the measures that bind now."""

    points: Mapping[Track, int]
    planned: tuple[Planned, ...]


class ExamTry(Struct, frozen=True, kw_only=True):
    """One attempt at the rule exam."""

    id: UUID
    person: UUID
    asked: int
    good: int
    passed: bool
    at: datetime
