"""The things of this domain: what is proposed, what binds, what happened, and what was made good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.compensation.model import Good, Shown
from xiaoer.measures.model import MeasureKind

Side = Literal["shop", "marketplace"]
Doer = Literal["subject", "shop", "marketplace", "program"]
SubjectKind = Literal["person", "shop"]
Ground = Literal[
    "fakes", "false_information", "law_breach", "harassment", "fraud", "return_abuse", "risk_score"
]
"""What a block may stand on (S-109, S-110); everything else is no ground."""

Scope = Literal["message", "one_shop", "function", "account"]
BlockState = Literal[
    "proposed",
    "heard",
    "in_force",
    "on_watch",
    "in_review",
    "ended",
    "lifted_right",
    "lifted_wrong",
    "refused",
    "withdrawn",
]
BINDING: Final[frozenset[BlockState]] = frozenset({"in_force", "on_watch", "in_review"})
OVER: Final[frozenset[BlockState]] = frozenset({"lifted_wrong", "refused", "withdrawn"})
WIDTH: Final[Sequence[Scope]] = ("message", "one_shop", "function", "account")
"""From the narrowest to the widest."""

STAYS_OPEN: Final = ("orders", "refunds", "appeals", "complaints", "data", "authorities")
"""What no block ever stops (L-050, L-146)."""

Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Number = Annotated[str, Meta(min_length=1, max_length=40)]


class Score(Struct, frozen=True, forbid_unknown_fields=True):
    """A documented risk score: what it came to, by which version of what, and its weightiest factors."""

    value: Annotated[int, Meta(ge=0, le=100)]
    version: Annotated[str, Meta(min_length=1, max_length=100)]
    factors: Annotated[tuple[Annotated[str, Meta(max_length=200)], ...], Meta(min_length=1, max_length=20)]


class BlockWish(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is to be shut out of what, why, by which evidence, how long; `stops` is for scope function only.

    Without `days` it has no end and is looked at again. `client_id`: the same one proposes once.
    """

    subject_kind: SubjectKind = "person"
    subject: UUID
    ground: Ground
    facts: Words
    evidence: Annotated[tuple[Number, ...], Meta(max_length=20)]
    scope: Scope
    stops: MeasureKind | None = None
    days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    danger: bool = False
    score: Score | None = None
    client_id: Annotated[str, Meta(min_length=1, max_length=100)] | None = None


class Block(Struct, frozen=True, kw_only=True):
    """A block as it stands."""

    id: UUID
    side: Side
    shop: UUID | None
    subject_kind: SubjectKind
    subject: UUID
    ground: Ground
    facts: str
    evidence: tuple[str, ...]
    score: Score | None
    scope: Scope
    stops: MeasureKind | None
    danger: bool
    days: int | None
    approval: Side
    fit_row: str
    fit_basis: str
    state: BlockState
    version: int
    proposed_by: UUID
    approved_by: UUID | None
    decided_text: str
    statement: str
    heard_at: datetime | None
    asks: int
    minutes: int
    contacts: int
    begins_at: datetime | None
    ends_at: datetime | None
    review_at: datetime | None
    lifted_at: datetime | None
    lifted_by: UUID | None
    insult: Shown
    public: bool
    good: tuple[Good, ...]
    client_id: str | None
    clock: str | None
    due_at: datetime | None
    rules_at: datetime
    rules_version: str
    proposed_at: datetime
    moved_at: datetime


class BlockHappening(Struct, frozen=True, kw_only=True):
    """One thing that happened to a block."""

    version: int
    at: datetime
    event: str
    side: Doer
    person: UUID | None
    from_state: BlockState
    state: BlockState
    text: str


class BlockReceipt(Struct, frozen=True, kw_only=True):
    """What the blocked paid because of it."""

    id: UUID
    amount_minor: int
    text: str
    files: tuple[UUID, ...]
    at: datetime


class By(Struct, frozen=True):
    """Whoever does something with a block."""

    side: Doer
    person: UUID | None = None
    text: str = ""


PROGRAM: Final = By("program")


# ── the watch over the watchers ──────────────────────────────────────────

LookedAt = Literal["proposer", "approver", "shop"]


class WatchCount(Struct, frozen=True):
    """How many blocks somebody brought into force, and how many of them were wrong."""

    subject: UUID
    blocks: int
    wrong: int


class WatchLine(Struct, frozen=True, kw_only=True):
    """Somebody's share of wrong blocks beside that of all the others, in percent to one decimal."""

    subject: UUID
    blocks: int
    wrong: int
    wrong_percent: float
    others: int
    others_wrong: int
    others_percent: float | None
    small: bool
    stands_out: bool


class BlockAlert(Struct, frozen=True, kw_only=True):
    """Somebody who stood out, with the numbers of that moment."""

    id: UUID
    looked_at: LookedAt
    subject: UUID
    blocks: int
    wrong: int
    others: int
    others_wrong: int
    since: datetime
    at: datetime
