"""What somebody wants to do with a dispute, as it comes through a door or from another domain."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.disputes.model.court import (
    DisputeKind,
    IssueKind,
    Outcome,
    Party,
    RefusedExhibit,
    RuledGrant,
    RuledIssue,
    RuledMoney,
    RuledPenalty,
)
from xiaoer.evidence.model import Kind as ExhibitKind
from xiaoer.evidence.model import Show

Text = Annotated[str, Meta(max_length=4000)]
Words = Annotated[str, Meta(min_length=1, max_length=4000)]
Minor = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Files = Annotated[list[UUID], Meta(max_length=20)]
Number = Annotated[str, Meta(min_length=1, max_length=60)]
ClientId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Remedy = Literal["", "refund", "return_and_refund", "resend", "exchange", "partial", "compensate", "penalise"]


class IssueWish(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing somebody quarrels about, and what he asks for it; `category` is that of the goods (J-017)."""

    issue: IssueKind
    words: Words
    remedy: Remedy = ""
    amount_minor: Minor | None = None
    items: Annotated[list[UUID], Meta(max_length=100)] = []
    category: Annotated[str, Meta(max_length=40)] = ""


class DisputeOpenWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A party takes a case of after-sale to the marketplace; `numbers` are evidence numbers of its own."""

    issues: Annotated[list[IssueWish], Meta(min_length=1, max_length=10)]
    numbers: Annotated[list[Number], Meta(max_length=20)] = []
    files: Files = []
    text: Text = ""
    client_id: ClientId | None = None


class DisputeWish(Struct, frozen=True, kw_only=True):
    """A dispute another domain wants judged; `id` is its own key: twice the same gets one answer."""

    id: UUID
    kind: DisputeKind
    claimant: Party
    respondent: Party
    shop: UUID
    issues: tuple[IssueWish, ...]
    buyer: UUID | None = None
    purchase: UUID | None = None
    case: UUID | None = None
    complaint: UUID | None = None
    conversation: UUID | None = None
    evidence: tuple[str, ...] = ()
    files: tuple[UUID, ...] = ()
    text: str = ""
    opened_by: UUID | None = None
    client_id: str | None = None
    at: datetime


class SayWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Something a party says."""

    text: Words
    files: Files = []


class ReasonWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A deed that needs its reason."""

    reason: Words


class ProofWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A deed that may come with words and papers."""

    text: Text = ""
    files: Files = []


class NothingMore(Struct, frozen=True, forbid_unknown_fields=True):
    """A deed that needs no words."""


class ExhibitWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Something shown for one's side, about some issues or (empty) about all.

    `number` is the evidence number: of a sealed stretch itself, or what a screenshot is compared with.
    """

    kind: ExhibitKind
    text: Annotated[str, Meta(max_length=20_000)] = ""
    files: Files = []
    shows: Annotated[list[Show], Meta(max_length=8)] = []
    issues: Annotated[list[UUID], Meta(max_length=10)] = []
    number: Number | None = None


class ProposalWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What one would settle for, or that both wait thirty days (T-030)."""

    kind: Literal["settlement", "suspension"] = "settlement"
    outcome: Outcome | None = None
    amount_minor: Minor | None = None
    back_payer: Literal["buyer", "seller"] = "seller"
    text: Text = ""


class AnswerWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Yes or no to a proposal."""

    accept: bool
    text: Text = ""


class SuspendWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A party has gone to court or to the police (T-030)."""

    ground: Literal["court", "police"]
    text: Words
    files: Files = []


class DisputeAskWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What an officer wants to know of a side, within business hours (J-004)."""

    side: Literal["claimant", "respondent"]
    text: Words
    issue: UUID | None = None


class WeighWish(Struct, frozen=True, forbid_unknown_fields=True):
    """An officer weighs an exhibit anew, with his reason (TB-DR 9)."""

    exhibit: UUID
    accept: Literal["yes", "weak", "no"]
    text: Words


class RefusedWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Who holds the evidence does not hand it over: it counts against him (L-178)."""

    issue: UUID
    text: Words


class RulingWish(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be ruled: every issue, the facts, what is used and what is not, money, penalty, grant."""

    issues: Annotated[list[RuledIssue], Meta(min_length=1, max_length=10)]
    facts_found: Annotated[list[Words], Meta(min_length=1, max_length=50)]
    used: Annotated[list[UUID], Meta(max_length=200)] = []
    refused: Annotated[list[RefusedExhibit], Meta(max_length=200)] = []
    money: Annotated[list[RuledMoney], Meta(max_length=10)] = []
    penalty: RuledPenalty | None = None
    grant: RuledGrant | None = None
    text: Words


class ReadWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What a second reader says of a ruling before it goes out."""

    agree: bool
    text: Words


class AssignWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to judge; nobody named: whoever has the fewest and the skill."""

    officer: UUID | None = None


class ConflictWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody an officer may not judge."""

    kind: Literal["person", "shop"]
    id: UUID
    reason: Words


class OfficerWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What an officer can judge (kinds of issues; empty = everything), whether he does, and whom never."""

    skills: Annotated[list[IssueKind], Meta(max_length=20)] = []
    active: bool = True
    conflicts: Annotated[list[ConflictWish], Meta(max_length=50)] = []


class WillingWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether somebody is willing to sit in juries."""

    willing: bool


class VoteWish(Struct, frozen=True, forbid_unknown_fields=True):
    """For whom a juror finds."""

    favour: Literal["claimant", "respondent"]
