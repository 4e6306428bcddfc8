"""The things of the court: a dispute, its issues, what is shown and proposed, how it is ruled."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.evidence.model import Kind as ExhibitKind
from xiaoer.evidence.model import Timing
from xiaoer.penalties.model import Circumstance, Grade, Offence

State = Literal[
    "new",
    "negotiation",
    "evidence",
    "hearing",
    "supplement",
    "jury",
    "ruling",
    "second_reading",
    "execution",
    "decided",
    "under_appeal",
    "suspended_agreed",
    "awaiting_acceptance",
    "in_court",
    "with_police",
    "closed",
    "settled",
    "withdrawn",
]
Side = Literal["claimant", "respondent", "officer", "program", "jury"]
Quarreller = Literal["claimant", "respondent"]
"""One of the two who quarrel."""

DisputeKind = Literal["after_sale", "complaint"]
PartyKind = Literal["person", "shop", "marketplace"]
IssueKind = Literal[
    "visible_quality",
    "visible_description",
    "invisible_quality",
    "invisible_description",
    "fake",
    "durable_goods",
    "surface_mismatch",
    "missing_items",
    "not_received",
    "return_not_received",
    "late_dispatch",
    "settlement_void",
    "abuse_by_agent",
    "abuse_by_buyer",
    "wrongful_block",
    "advertising_word",
    "other",
]
"""What is quarrelled about: the first column of D3."""

Outcome = Literal[
    "pay_seller",
    "refund",
    "return_and_refund",
    "resend",
    "exchange",
    "partial",
    "compensate",
    "penalise",
    "not_proved",
    "dismissed",
]
Favour = Literal["claimant", "respondent", "none"]
Standing = Literal["usual", "lightened", "confirmed", "late", "merged"]
"""What moves the burden: platform data, receipt confirmed, a window missed, parcels merged."""

Follows = Literal["next", "claimant", "respondent", "people"]
Shown = Literal["shown", "silence", "refusal"]
MoneyKind = Literal["freight", "test", "compensation"]
Ground = Literal["agreed", "court", "police"]
ProposalState = Literal["open", "accepted", "declined", "expired"]
EffectKind = Literal["case", "payout", "charge", "penalty", "grant"]

ENDED: Final[frozenset[str]] = frozenset({"closed", "settled", "withdrawn"})
FOR_BUYER: Final[frozenset[str]] = frozenset(
    {"refund", "return_and_refund", "resend", "exchange", "partial", "compensate"}
)
"""Outcomes by which the buyer gets something."""

WITH_MONEY: Final[frozenset[str]] = frozenset({"refund", "return_and_refund", "partial", "compensate"})


class Party(Struct, frozen=True):
    """Who quarrels: a person, a shop, or the marketplace itself (then `id` is the marketplace)."""

    kind: PartyKind
    id: UUID


class Dispute(Struct, frozen=True, kw_only=True):
    """A dispute as it is kept.

    `round` counts rulings asked for; `evidence_until` is how far the time for evidence may reach and
    `evidence_ended_at` when it ended; `rest_seconds` what was left of it when the dispute was suspended.
    """

    id: UUID
    number: str
    kind: DisputeKind
    shop: UUID
    claimant: Party
    respondent: Party
    buyer: UUID | None
    purchase: UUID | None
    order_number: str
    case: UUID | None
    complaint: UUID | None
    conversation: UUID | None
    state: State
    version: int
    round: int
    opened_by: UUID | None
    client_id: str | None
    currency: str
    asked_minor: int
    paid_minor: int
    officer: UUID | None
    second_reader: UUID | None
    ruling: UUID | None
    outcome: Outcome | None
    favour: Favour | None
    ready_claimant: bool
    ready_respondent: bool
    evidence_until: datetime | None
    evidence_ended_at: datetime | None
    rest_seconds: int
    suspended_ground: Ground | None
    clock: str | None
    due_at: datetime | None
    stage: int
    rules_at: datetime
    rules_version: str
    opened_at: datetime
    moved_at: datetime
    closed_at: datetime | None


class Issue(Struct, frozen=True, kw_only=True):
    """One thing quarrelled about and where its burden lies now; `holder` must show `must`, `row` says so.

    `shown`, `silent`, `refused` are what follows when he shows it, keeps silent, or will not hand it over.
    """

    id: UUID
    place: int
    issue: IssueKind
    words: str
    remedy: str
    amount_minor: int | None
    items: tuple[UUID, ...]
    category: str
    stage: int
    standing: Standing
    row: str
    holder: Side
    must: str
    shown: Follows
    silent: Follows
    refused: Follows
    due_at: datetime | None
    settled: bool
    favour: Favour | None
    decided_by: Shown | None


class Exhibit(Struct, frozen=True, kw_only=True):
    """Something shown in a dispute and what D7 says of it; `judged_why` when an officer weighed it anew."""

    id: UUID
    number: int
    side: Side
    person: UUID | None
    kind: ExhibitKind
    text: str
    files: tuple[UUID, ...]
    shows: tuple[str, ...]
    issues: tuple[UUID, ...]
    seal_number: str | None
    timing: Timing
    accept: str
    weight: str
    row: str
    flag: str | None
    missing: tuple[str, ...]
    judged_by: UUID | None
    judged_why: str | None
    at: datetime


class Proposal(Struct, frozen=True, kw_only=True):
    """What somebody would settle for, or that both wait; good when everybody asked has said yes in time."""

    number: int
    side: Side
    person: UUID | None
    kind: Literal["settlement", "suspension"]
    outcome: Outcome | None
    amount_minor: int | None
    back_payer: Literal["buyer", "seller"]
    text: str
    state: ProposalState
    claimant_said: bool | None
    respondent_said: bool | None
    expires_at: datetime
    at: datetime


class RuledIssue(Struct, frozen=True, forbid_unknown_fields=True):
    """What is ruled about one issue, and why."""

    issue: UUID
    outcome: Outcome
    favour: Favour
    amount_minor: int | None = None
    text: str = ""


class RefusedExhibit(Struct, frozen=True, forbid_unknown_fields=True):
    """An exhibit a ruling does not rest on, and why."""

    exhibit: UUID
    why: str


class RuledMoney(Struct, frozen=True, forbid_unknown_fields=True):
    """Money that comes on top: freight, the cost of a test, compensation; it goes to the buyer."""

    kind: MoneyKind
    payer: Literal["shop", "marketplace"]
    amount_minor: int
    basis: str = ""


class RuledPenalty(Struct, frozen=True, forbid_unknown_fields=True):
    """The offence a ruling finds, in the words of the penalties' tables."""

    subject_kind: Literal["person", "shop"]
    subject: UUID
    offence: Offence
    grade: Grade
    circumstances: tuple[Circumstance, ...] = ()


class RuledGrant(Struct, frozen=True, forbid_unknown_fields=True):
    """What is given on top that is not money paid out: a coupon, points, money of the marketplace."""

    kind: Literal["coupon", "points", "money"]
    bearer: Literal["shop", "marketplace"]
    purpose: str
    amount_minor: int = 0
    points: int = 0


class CitedRow(Struct, frozen=True):
    """A row of a table a ruling stands on; `facts` are what was put into it."""

    table: str
    row: str
    basis: str
    issue: UUID | None = None


class Ruling(Struct, frozen=True, kw_only=True):
    """A ruling as it is kept; nothing of it is ever changed but when it was read, carried out, taken back."""

    id: UUID
    dispute: UUID
    round: int
    by: Literal["officer", "jury", "settlement"]
    officer: UUID | None
    second_reader: UUID | None
    issues: tuple[RuledIssue, ...]
    facts_found: tuple[str, ...]
    used: tuple[UUID, ...]
    refused: tuple[RefusedExhibit, ...]
    money: tuple[RuledMoney, ...]
    penalty: RuledPenalty | None
    grant: RuledGrant | None
    rows: tuple[CitedRow, ...]
    rules_version: str
    automated: bool
    text: str
    outcome: Outcome
    favour: Favour
    made_at: datetime
    executed_at: datetime | None
    appeal_until: datetime | None
    reversed_at: datetime | None
    reversed_by: UUID | None
    reversed_why: str | None
    reversal: UUID | None


class Effect(Struct, frozen=True, kw_only=True):
    """One thing a ruling did in another domain; `target` is what was made there."""

    ruling: UUID
    place: int
    kind: EffectKind
    target: UUID
    amount_minor: int
    undone_at: datetime | None


class Happening(Struct, frozen=True, kw_only=True):
    """One line of the record of a dispute."""

    version: int
    at: datetime
    event: str
    side: Side
    person: UUID | None
    from_state: State
    state: State
    text: str
    files: tuple[UUID, ...]
    body: dict[str, object]


class Doer(Struct, frozen=True):
    """Whoever does something with a dispute: for a party which one, for the marketplace's people a name."""

    side: Side
    person: UUID | None
    party: Party | None = None


PROGRAM: Final = Doer("program", None)
