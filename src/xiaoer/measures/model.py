"""The things of this domain: measures, the reasons told with them, and what is shown in public."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, get_args
from uuid import UUID

from msgspec import Meta, Struct

SubjectKind = Literal["shop", "person"]
SourceKind = Literal["penalty", "block", "officer"]
MeasureState = Literal["in_force", "suspended", "awaiting_exam", "ended"]
EndedWhy = Literal["over", "lifted", "reversed", "replaced"]
MeasureKind = Literal[
    "shield_shop",
    "limit_publishing",
    "limit_new_shop",
    "limit_site_mail",
    "limit_community",
    "limit_buying",
    "limit_dispatch",
    "limit_messages",
    "limit_login",
    "close_shop",
    "take_down_goods",
    "public_warning",
    "seal_account",
]
"""What a measure takes away (P-023); what it stops in the product stands in tables/stops.toml."""

Group = Literal[
    "shops",
    "new_consultation",
    "goods",
    "message",
    "publish",
    "buy",
    "dispatch",
    "site_mail",
    "community",
    "new_shop",
    "settings",
    "work",
    "running",
]
"""Deeds as measures see them (tables/deeds.toml); `running` is never stopped: L-050, L-146."""

Who = Literal["self", "other"]
"""Who acts: the subject himself (the staff of a shop), or somebody who deals with it."""

KINDS: Final[tuple[MeasureKind, ...]] = get_args(MeasureKind)
TEXT_MAX: Final = 4_000
Text = Annotated[str, Meta(max_length=TEXT_MAX)]


class MeasureStatement(Struct, frozen=True, kw_only=True):
    """The reasons of a measure, told before or with its start (L-091, X-006).

    `table` and `row` are the clause, as the rulebook explains it; `evidence` lists evidence numbers.
    `appeal_until` is the last moment of an appeal, None while the measure is in force (D11).
    """

    facts: Annotated[str, Meta(min_length=1, max_length=TEXT_MAX)]
    table: str
    row: str
    basis: str
    rules_version: str
    evidence: tuple[str, ...] = ()
    automated: bool = False
    decided_by: UUID | None = None
    appeal_until: datetime | None = None


class MeasureWish(Struct, frozen=True, kw_only=True):
    """What is to begin. `scope`: only in this shop, for a person. `reason` is a word of the catalogue.

    `exam`: it ends only when the rule exam has been passed, too.
    """

    id: UUID
    subject_kind: SubjectKind
    subject: UUID
    kind: MeasureKind
    source_kind: SourceKind
    source: UUID
    reason: str
    statement: MeasureStatement
    begins_at: datetime
    ends_at: datetime | None
    review_at: datetime | None = None
    scope: UUID | None = None
    exam: bool = False


class Measure(Struct, frozen=True, kw_only=True):
    """A measure as it stands."""

    id: UUID
    subject_kind: SubjectKind
    subject: UUID
    kind: MeasureKind
    scope: UUID | None
    source_kind: SourceKind
    source: UUID
    reason: str
    statement: MeasureStatement
    state: MeasureState
    version: int
    begins_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    exam: bool
    passed_at: datetime | None
    suspended_at: datetime | None
    ended_at: datetime | None
    ended_why: EndedWhy | None
    publish_by: datetime | None
    published_at: datetime | None
    late: bool
    told_at: datetime
    changed_at: datetime

    def binds(self, now: datetime) -> bool:
        """Whether it takes something away at this moment, whatever its clock has done yet."""
        if self.state == "awaiting_exam":
            return True
        if self.state != "in_force" or now < self.begins_at:
            return False
        return self.ends_at is None or now < self.ends_at or (self.exam and self.passed_at is None)


class Happening(Struct, frozen=True, kw_only=True):
    """One line of the history of a measure."""

    version: int
    at: datetime
    event: str
    from_state: MeasureState
    state: MeasureState
    person: UUID | None
    text: str


class Held(Struct, frozen=True, kw_only=True):
    """A measure reduced to what the door asks."""

    id: UUID
    subject: UUID
    kind: MeasureKind
    scope: UUID | None
    reason: str
    begins_at: datetime
    ends_at: datetime | None
    exam: bool
    passed: bool


class NoticeLine(Struct, frozen=True, kw_only=True):
    """A measure against a shop as everybody may read it (L-076); `corrected_at`: it was reversed."""

    id: UUID
    shop_name: str
    kind: MeasureKind
    reason: str
    begins_at: datetime
    ends_at: datetime | None
    state: MeasureState
    published_at: datetime
    corrected_at: datetime | None


class Standing(Struct, frozen=True):
    """What binds whom in one marketplace, as it was read; subjects without measures are absent."""

    held: Mapping[UUID, Sequence[Held]]
