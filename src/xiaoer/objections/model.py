"""The things of objections: what was held back, what was decided, the phrase proposed, and its trial."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.guard.model import Kind, ProofFile, Verdict

Level = Literal["shop", "marketplace"]
Lodger = Literal["agent", "manager"]
Judge = Literal["manager", "officer", "administrator"]
ObjectionState = Literal["lodged", "overdue", "upheld", "dismissed", "withdrawn"]
ProposalState = Literal["proposed", "accepted", "declined"]
Deed = Literal["withdraw", "decide", "try", "accept", "decline"]
Reason = Annotated[str, Meta(min_length=1, max_length=1000)]
Phrase = Annotated[str, Meta(min_length=1, max_length=100)]


class Spot(Struct, frozen=True):
    """One thing that held the words back; places count code points of the text."""

    kind: Kind
    row: str
    start: int
    end: int
    words: str
    reason: str
    basis: str
    verdict: Verdict


class Objection(Struct, frozen=True, kw_only=True):
    """“This was right to say”: words as they were held back, and what came of it.

    `level`: whose list held them back. `kind` and `row` are of the finding objected to. It is to be decided
    by `due_at`; `overdue_at` says when that time passed without a decision.
    """

    id: UUID
    shop: UUID
    conversation: UUID | None
    person: UUID
    lodged_as: Lodger
    level: Level
    kind: Kind
    row: str
    text: str
    findings: tuple[Spot, ...]
    reason: str
    state: ObjectionState
    version: int
    decided_by: UUID | None = None
    decided_row: str | None = None
    decision: str = ""
    file: ProofFile | None = None
    due_at: datetime | None = None
    overdue_at: datetime | None = None
    lodged_at: datetime
    moved_at: datetime


class TrialExample(Struct, frozen=True):
    """A message that would have been judged otherwise, personal data in it hidden."""

    text: str
    before: Verdict
    after: Verdict


class Trial(Struct, frozen=True, kw_only=True):
    """Last week with the phrase let pass; `complete` false: only the newest messages were tried."""

    since: datetime
    messages: int
    complete: bool
    held_before: int
    held_after: int
    changed: int
    examples: tuple[TrialExample, ...]


class WhitelistProposal(Struct, frozen=True, kw_only=True):
    """A phrase that shall pass; accepted, it stands in version `entry` of guard.whitelist at its level."""

    id: UUID
    shop: UUID
    level: Level
    phrase: str
    state: ProposalState
    version: int
    proposed_by: UUID
    proposed_at: datetime
    trial: Trial | None = None
    tried_at: datetime | None = None
    decided_by: UUID | None = None
    decision: str = ""
    entry: int | None = None
    moved_at: datetime


class ObjectionWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Words held back, which finding is wrong (by its kind and start), why, and a file that shows it."""

    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    conversation_id: UUID
    kind: Kind
    start: Annotated[int, Meta(ge=0)]
    reason: Reason
    file_id: UUID | None = None


class DecisionWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Was it right to say? With `phrase`, those words of the text are proposed to pass from now on."""

    upheld: bool
    reason: Reason
    phrase: Phrase | None = None


class ProposalAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a proposed phrase is accepted, or declined."""

    reason: Reason
