"""What the guard speaks of: who writes to whom, what was found, and what to do about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, NamedTuple, get_args
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

Kind = Literal[
    "absolute_term",
    "delivery_promise",
    "abuse",
    "outside_contact",
    "payment_code",
    "review_solicitation",
    "personal_data",
    "void_clause",
    "medical_claim",
    "investment_claim",
    "education_claim",
    "competitor",
    "contact_frequency",
    "tone",
]
Verdict = Literal["pass", "hint", "rewrite", "block"]
Role = Literal[
    "agent", "manager", "officer", "administrator", "bot", "system", "auto", "integration", "buyer", "visitor"
]
Scope = Literal["sale", "service"]
Channel = Literal["chat", "call", "sms", "email", "marketing"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
"""From mildest to strictest; the strictest finding gives the review its verdict."""

WEIGHT: Final[dict[str, int]] = {verdict: weight for weight, verdict in enumerate(VERDICTS)}
BUYERS: Final = frozenset({"buyer", "visitor"})
LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en", "es", "ja", "ko")


class Proof(msgspec.Struct, frozen=True):
    """A document on file that makes a claim lawful (L-120): `text` are words of the claim it proves.

    `kind` says which exemption it serves; an empty `text` proves every claim of that kind. `ends` is the
    first moment it no longer holds, None for never.
    """

    kind: Literal["self", "grade", "name", "award", "fact", "any"] = "any"
    text: str = ""
    ends: datetime | None = None


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that decides besides the words themselves.

    `category` holds the flags of the goods spoken of (medical, drug, device, health_food, cosmetics, food,
    investment, education …). `own_data` are data of the person written to: repeating them to him leaks
    nothing.
    `scope` says whether the message is treated as advertising (`sale`) or not (`service`); None leaves it to
    the role (see docs/guard.md, open point U-06). `hour` is the local hour of the person written to.
    """

    role: Role = "agent"
    on_time_insurance: bool = False
    category: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    registered_names: tuple[str, ...] = ()
    own_data: tuple[str, ...] = ()
    language: str = "zh-Hans"
    scope: Scope | None = None
    channel: Channel = "chat"
    calls_today: int = 0
    hour: int | None = None
    after_bad_review: bool = False
    opted_out: bool = False
    stop_requested: bool = False
    review_cause_solved: bool = False
    now: datetime | None = None

    @property
    def sells(self) -> bool:
        """Whether the words count as advertising; in doubt they do (U-06)."""
        return self.scope == "sale" or (
            self.scope is None and self.role not in {"officer", "administrator", "system"}
        )


class Weighty(msgspec.Struct, frozen=True):
    """A stretch of the text that weighed much with the learned judge, in code points of the text as given."""

    start: int
    end: int


class Finding(msgspec.Struct, frozen=True):
    """One thing found: what, by which row, where, on what ground, and how to say it instead.

    All places count code points of the text as given. `start`–`end` is what to mark; replacing
    `cut_start`–`cut_end` by `suggestion` rewrites it. `reason` is a key of the catalogue. Where a learned
    judge spoke, `likelihood` says how sure it is, and `parts` which stretches weighed most.
    """

    kind: Kind
    row: str
    start: int
    end: int
    basis: str
    suggestion: str
    reason: str
    verdict: Verdict
    cut_start: int
    cut_end: int
    likelihood: float | None = None
    parts: tuple[Weighty, ...] = ()


class Review(msgspec.Struct, frozen=True):
    """The answer: a verdict, what was found in order of place, and the text with every suggestion taken."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    text: str

    @property
    def sendable(self) -> bool:
        """Whether the text may be sent as it is; a hint does not hold it back."""
        return self.verdict in {"pass", "hint"}


class Changed(msgspec.Struct, frozen=True):
    """A message that a changed book would have judged otherwise."""

    text: str
    before: Verdict
    after: Verdict
    findings: tuple[Finding, ...]


class Shadow(msgspec.Struct, frozen=True):
    """What a changed book would have done with messages that have been sent (shadow mode).

    `held_before` and `held_after` count rewrites and blocks; `changed` holds the first messages judged
    otherwise, `changed_count` how many there are.
    """

    messages: int
    held_before: int
    held_after: int
    changed_count: int
    changed: tuple[Changed, ...]


class Addition(msgspec.Struct, frozen=True):
    """A term that a marketplace or shop adds to a list; it is judged as the rest of its kind is."""

    kind: Kind
    term: str
    verdict: Verdict = "block"
    suggestion: str = ""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a marketplace or shop changes in the shipped book (C10).

    `allow` are phrases inside which nothing is found; `removed` are terms of ours that shall not be found.
    `abuse_likely` and `abuse_sure` are the likelihoods from which on the learned judge asks for other words
    and holds back; without `learned` it is not asked.
    """

    add: tuple[Addition, ...] = ()
    allow: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    allowed_domains: tuple[str, ...] = ()
    allowed_phones: tuple[str, ...] = ()
    abuse_likely: float = 0.5
    abuse_sure: float = 0.9
    learned: bool = True
    names: tuple[str, ...] = ()


def strictest(verdicts: Sequence[Verdict]) -> Verdict:
    """The strictest of some verdicts; nothing found is a pass."""
    found: Verdict = "pass"
    for verdict in verdicts:
        found = verdict if WEIGHT[verdict] > WEIGHT[found] else found
    return found


# ── proofs on file, and what became of suggestions ───────────────────────

ProofSort = Literal["figures", "grade", "name", "award", "source", "insurance"]
Serves = Literal["self", "grade", "name", "award", "fact", "on_time"]
SORTS: Final[tuple[ProofSort, ...]] = get_args(ProofSort)


class ProofFile(Struct, frozen=True):
    """An uploaded document as it was when it was given; `sha256` is of the bytes that are kept."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int
    sha256: str


class FiledProof(Struct, frozen=True, kw_only=True):
    """A document a shop's people stand by: the same claim passes until it ends (L-120).

    `conversation` None: it holds in the whole shop. `row` is the row that held the words back, `override_row`
    the one of table guard.override that lets a proof of this sort answer for them. There is a `reference`
    (number or address), a `file`, or both.
    """

    id: UUID
    shop: UUID
    conversation: UUID | None
    sort: ProofSort
    serves: Serves
    kind: Kind
    row: str
    override_row: str
    words: str
    reference: str
    reason: str
    ends: datetime
    person: UUID
    at: datetime
    ended_at: datetime | None = None
    ended_by: UUID | None = None
    ended_why: str | None = None
    file: ProofFile | None = None


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of one suggestion the guard made to somebody who wrote."""

    kind: Kind
    row: Annotated[str, Meta(min_length=1, max_length=60)]
    answer: Literal["taken", "edited", "ignored"]


class Heeded(Struct, frozen=True, kw_only=True):
    """How often suggestions by one row were taken, the words changed otherwise, or nothing was done."""

    kind: Kind
    row: str
    taken: int
    edited: int
    ignored: int


class HeededBy(Struct, frozen=True, kw_only=True):
    """The same for one person, over all rows."""

    person: UUID
    name: str
    taken: int
    edited: int
    ignored: int


class Way(Struct, frozen=True):
    """What a proof of one sort could do for a finding: `serves` None, nothing, by which row and why."""

    sort: ProofSort
    serves: Serves | None
    in_conversation: bool
    row: str
    basis: str
    say: dict[str, str]


class OnFile(NamedTuple):
    """What the proofs in force come to for one conversation."""

    proofs: tuple[Proof, ...]
    on_time: bool


class CarriedProof(Struct, frozen=True, kw_only=True):
    """A proof by which words went out that the guard would have held back: which one, for what, and why."""

    kind: Kind
    row: str
    override_row: str
    sort: ProofSort
    words: str
    reference: str
    reason: str
    file_name: str = ""


class Overridden(CarriedProof, frozen=True, kw_only=True):
    """The same with which proof it was, filed by whom, and until when it holds."""

    proof: UUID
    person: UUID
    ends: datetime
