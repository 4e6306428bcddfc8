"""The things of appeals: what is appealed, what is asked and shown, what came of it, and how it travels."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.evidence.model import Kind as EvidenceKind
from xiaoer.evidence.model import Show, Weighed

TargetKind = Literal["ruling", "penalty", "block", "complaint_refusal"]
TARGETS: Final[tuple[TargetKind, ...]] = ("ruling", "penalty", "block", "complaint_refusal")
PartyKind = Literal["person", "shop"]
Side = Literal["appellant", "other", "people", "program"]
State = Literal[
    "new",
    "lodged",
    "incomplete",
    "accepted",
    "assigned",
    "supplement",
    "upheld",
    "dismissed",
    "refused",
    "withdrawn",
]
Result = Literal["upheld", "dismissed", "refused"]
Way = Literal["mediation", "hotline_12315", "arbitration", "court", "certified_body"]
"""Where somebody may turn after an appeal: nobody else decides within the marketplace."""

EffectKind = Literal[
    "points_back",
    "measure_ended",
    "measure_back",
    "money_back",
    "money_paid",
    "compensated",
    "visible_again",
    "correction_published",
    "ruling_undone",
    "new_ruling",
    "block_lifted",
    "complaint_reopened",
    "record_corrected",
]
"""What a reversal has undone or made good."""

ENDED: Final[frozenset[str]] = frozenset({"upheld", "dismissed", "refused", "withdrawn"})
TEXT_MAX: Final = 4000
EVIDENCE_MAX: Final = 50

Text = Annotated[str, Meta(max_length=TEXT_MAX)]
Words = Annotated[str, Meta(min_length=1, max_length=TEXT_MAX)]
ClientId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]


class Party(Struct, frozen=True):
    """A person or a shop."""

    kind: PartyKind
    id: UUID


class Effect(Struct, frozen=True, kw_only=True):
    """One thing a reversal undid or made good."""

    kind: EffectKind
    amount_minor: int | None = None
    currency: str | None = None
    points: int | None = None
    words: str = ""


class Target(Struct, frozen=True, kw_only=True):
    """A decision as an appeal sees it.

    `parties` may appeal it, `other` is whoever it was decided for, `judges` everybody who proposed, approved
    or decided it. `ended_at` is None as long as it is in force. `undone`: nothing of it stands any more.
    """

    kind: TargetKind
    id: UUID
    shop: UUID | None
    parties: tuple[Party, ...]
    other: Party | None = None
    decided_at: datetime
    ended_at: datetime | None = None
    judges: tuple[UUID, ...] = ()
    agent: UUID | None = None
    automated: bool = False
    undone: bool = False
    published: bool = False
    title: str = ""
    facts: str = ""
    rows: tuple[str, ...] = ()
    rules_version: str = ""


class AppealSummary(Struct, frozen=True, kw_only=True):
    """What was decided, as it stood when the appeal was lodged."""

    title: str
    facts: str
    rows: tuple[str, ...]
    version: str
    decided_at: datetime
    automated: bool
    published: bool


class EvidenceUnused(Struct, frozen=True, forbid_unknown_fields=True):
    """An evidence that was not used, and why."""

    evidence: UUID
    why: Words


class AppealStatement(Struct, frozen=True, kw_only=True):
    """What came of an appeal and why (D11, L-091).

    `rows` are the clauses it stands on, of rulebook `version`; `automated` tells whether a program took part
    in deciding it, `human` whether a person decided; `next` are the ways that are still open.
    """

    result: Result
    facts: str
    rows: tuple[str, ...]
    version: str
    used: tuple[UUID, ...]
    refused: tuple[EvidenceUnused, ...]
    automated: bool
    human: bool
    next: tuple[Way, ...]
    effects: tuple[Effect, ...]
    correction: bool
    decided_by: UUID | None
    at: datetime


class Appeal(Struct, frozen=True, kw_only=True):
    """An appeal as it is kept.

    `left_seconds` is what is left of the window: it stands still while people look (P-024). `barred` decided
    before, or stepped aside: they never decide this appeal.
    """

    id: UUID
    shop: UUID | None
    target_kind: TargetKind
    target: UUID
    appellant_kind: PartyKind
    appellant: UUID
    other_kind: PartyKind | None
    other: UUID | None
    lodged_by: UUID
    client_id: str | None
    text: str
    wanted: str
    new_facts: str
    late_reason: str
    human: bool
    state: State
    version: int
    judge: UUID | None
    judges: tuple[UUID, ...]
    barred: tuple[UUID, ...]
    agent: UUID | None
    suspended: bool
    left_seconds: int
    summary: AppealSummary
    statement: AppealStatement | None
    clock: str | None
    due_at: datetime | None
    stage: int
    rules_at: datetime
    rules_version: str
    lodged_at: datetime
    moved_at: datetime
    closed_at: datetime | None


class Shown(Struct, frozen=True, kw_only=True):
    """An evidence of an appeal; `number` names a sealed stretch, which opens for the one case `opens_for`."""

    id: UUID
    side: Side
    person: UUID
    kind: EvidenceKind
    number: str | None
    opens_for: UUID | None
    text: str
    files: tuple[UUID, ...]
    shows: tuple[str, ...]
    weighed: Weighed
    at: datetime


class Happening(Struct, frozen=True, kw_only=True):
    """One line of the timeline of an appeal."""

    version: int
    at: datetime
    event: str
    side: Side
    person: UUID | None
    from_state: State
    state: State
    text: str


class Doer(Struct, frozen=True):
    """Whoever does something with an appeal; for a party, in whose name."""

    side: Side
    person: UUID | None
    party: Party | None = None
    leads: bool = False


PROGRAM: Final = Doer("program", None)


# ── wishes ───────────────────────────────────────────────────────────────


class EvidenceWish(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An evidence somebody shows: a number of his own, or words and files of a kind."""

    kind: EvidenceKind = "statement"
    number: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    text: Text = ""
    files: Annotated[list[UUID], Meta(max_length=20)] = []
    shows: Annotated[list[Show], Meta(max_length=8)] = []


Shows = Annotated[list[EvidenceWish], Meta(max_length=20)]


class AppealWish(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody wants a decision looked at again; `client_id` is his own key for trying twice."""

    kind: TargetKind
    target: UUID
    text: Words
    wanted: Text = ""
    new_facts: Text = ""
    late_reason: Text = ""
    human: bool = True
    evidence: Shows = []
    client_id: ClientId | None = None


class AddWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What an appellant or the other side adds."""

    text: Words
    new_facts: Text = ""
    evidence: Shows = []


class AppealWordsWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Something said with a deed."""

    text: Text = ""


class AppealReasonWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that needs its reason."""

    text: Words


class AdmitWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a late appeal is taken, and why."""

    admit: bool
    text: Words


class AppealAssignWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to look at it."""

    person: UUID


class DecideAppealWish(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is decided: every evidence is used, or not used for a reason."""

    result: Literal["upheld", "dismissed"]
    facts: Words
    rows: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=200)]], Meta(min_length=1, max_length=20)
    ]
    used: Annotated[list[UUID], Meta(max_length=EVIDENCE_MAX)] = []
    refused: Annotated[list[EvidenceUnused], Meta(max_length=EVIDENCE_MAX)] = []
