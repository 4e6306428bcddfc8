"""The things of a complaint: who complains of whom and why, what is said about it, and how it travels."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

State = Literal[
    "new",
    "lodged",
    "accepted",
    "apology_offered",
    "in_hearing",
    "refused",
    "merged",
    "withdrawn",
    "apology_accepted",
    "settled",
    "upheld",
    "rejected",
    "not_proved",
]
Side = Literal["complainant", "accused", "people", "program"]
"""Who does or sees something, towards one complaint."""

By = Literal["buyer", "shop"]
PartyKind = Literal["person", "shop", "officer", "marketplace"]
Of = Literal["shop", "buyer", "other", "officer", "marketplace"]
Needs = Literal["number", "evidence", "none"]
Ask = Literal[
    "apology",
    "penalty",
    "refund",
    "compensation",
    "correction",
    "stop",
    "coaching",
    "lift_block",
    "delete_review",
    "damages",
]
Danger = Literal["none", "safety", "food_poisoning", "threat_to_life"]
Cause = Literal[
    "unsolved",
    "insult",
    "repeat",
    "vip",
    "safety",
    "food_poisoning",
    "threat_to_life",
    "authority_document",
    "mass_claims",
    "prohibited_goods",
]
Rung = Literal["agent", "supervisor", "negotiation", "mediation", "ruling", "jury", "appeal", "outside"]
Reason = Literal["late", "other_deal", "settled", "fake_trade", "only_damages", "decided", "malicious"]
"""Why a complaint is not taken on (D15)."""

Ending = Literal["withdrawn", "apology_accepted", "settled", "upheld", "rejected", "not_proved"]
LinkKind = Literal["counter", "pressure", "merged"]
OVER: Final[frozenset[str]] = frozenset(
    {"refused", "merged", "withdrawn", "apology_accepted", "settled", "upheld", "rejected", "not_proved"}
)

TEXT_MAX: Final = 4000
Text = Annotated[str, Meta(max_length=TEXT_MAX)]
Words = Annotated[str, Meta(min_length=1, max_length=TEXT_MAX)]
Word = Annotated[str, Meta(min_length=1, max_length=40)]
Minor = Annotated[int, Meta(ge=0, le=2**53 - 1)]
ClientId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Number = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Numbers = Annotated[list[Number], Meta(max_length=20)]
Files = Annotated[list[UUID], Meta(max_length=20)]


class ComplaintType(Struct, frozen=True):
    """One kind of complaint as tables/types.toml describes it."""

    by: tuple[By, ...]
    of: Of
    window: str
    needs: Needs
    issue: str
    judged: Literal["dispute", "people"]
    offence: str
    cause: Cause
    conduct: bool
    asks: tuple[Ask, ...]
    basis: str


class Party(Struct, frozen=True):
    """One end of a complaint; the marketplace itself has no id."""

    kind: PartyKind
    id: UUID | None


class Apology(Struct, frozen=True):
    """What the accused said to make it good, and what became of it."""

    text: str
    at: datetime
    state: Literal["open", "accepted", "declined", "lapsed"] = "open"


class NotTaken(Struct, frozen=True):
    """Why a complaint was not taken on: the row of D15, and which other ways there are."""

    reason: Reason
    row: str
    ways: tuple[str, ...]
    text: str
    automated: bool


class Complaint(Struct, frozen=True, kw_only=True):
    """A complaint as it is kept; `pressed`: the complainant has said that he is being pressed."""

    id: UUID
    number: str
    type: str
    complainant_kind: Literal["person", "shop"]
    complainant: UUID
    accused_kind: PartyKind
    accused: UUID | None
    shop: UUID | None
    buyer: UUID | None
    purchase: UUID | None
    order_number: str
    conversation: UUID | None
    items: tuple[UUID, ...]
    about: UUID | None
    text: str
    asks: tuple[str, ...]
    asked_minor: int | None
    currency: str
    danger: Danger
    evidence: tuple[str, ...]
    state: State
    version: int
    rung: Rung
    urgent: bool
    lodged_by: UUID
    intake: UUID | None
    client_id: str | None
    apology: Apology | None
    refusal: NotTaken | None
    dispute: UUID | None
    merged_into: UUID | None
    coaching: Literal["none", "due", "done"]
    pressed: bool
    clock: str | None
    due_at: datetime | None
    rules_at: datetime
    rules_version: str
    lodged_at: datetime
    moved_at: datetime
    closed_at: datetime | None

    def side_of(self, by: By | None, who: UUID) -> Side | None:
        """Which end of the complaint a buyer or a shop is; None when it is neither."""
        kind = "person" if by == "buyer" else "shop"
        if (self.complainant_kind, self.complainant) == (kind, who):
            return "complainant"
        if (self.accused_kind, self.accused) == (kind, who):
            return "accused"
        return None


class Doer(Struct, frozen=True):
    """Whoever does something: a buyer, a shop's person, people of the marketplace, or the program."""

    person: UUID | None
    by: By | None = None
    shop: UUID | None = None

    @property
    def who(self) -> UUID:
        """The party he acts for: the shop, or himself. Raises TypeError for the program."""
        found = self.shop if self.by == "shop" else self.person
        if found is None:
            raise TypeError("the program is no party")
        return found


PROGRAM: Final = Doer(None)


class Happening(Struct, frozen=True, kw_only=True):
    """One line of the timeline of a complaint."""

    version: int
    at: datetime
    event: str
    side: Side
    person: UUID | None
    from_state: State
    state: State
    text: str
    evidence: tuple[str, ...]
    files: tuple[UUID, ...]
    body: dict[str, object]


class Link(Struct, frozen=True):
    """Another complaint that belongs to this one."""

    id: UUID
    number: str
    kind: LinkKind
    state: State


class HotlineCall(Struct, frozen=True, kw_only=True):
    """What an operator wrote down; `complaint` once the prepared form was sent."""

    id: UUID
    operator: UUID
    for_kind: Literal["person", "shop"]
    for_id: UUID
    type: str
    purchase: UUID | None
    text: str
    caller: str
    expires_at: datetime
    complaint: UUID | None
    at: datetime


# ── wishes ───────────────────────────────────────────────────────────────


class ComplaintWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody complains of; `client_id` is his own key, `prepared` the token of a hotline link.

    A buyer names the order, the conversation or the shop; a shop names the order, the conversation or the
    buyer. `about` is the block or decision it is about.
    """

    type: Word
    shop: UUID | None = None
    buyer: UUID | None = None
    purchase: UUID | None = None
    items: Annotated[list[UUID], Meta(max_length=100)] = []
    conversation: UUID | None = None
    about: UUID | None = None
    officer: UUID | None = None
    text: Words
    asks: Annotated[list[Ask], Meta(max_length=10)] = []
    asked_minor: Minor | None = None
    danger: Danger = "none"
    evidence: Numbers = []
    files: Files = []
    prepared: Annotated[str, Meta(max_length=200)] | None = None
    client_id: ClientId | None = None


class ComplaintWordsWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Something said with a deed."""

    text: Text = ""


class SaidWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Words a deed cannot do without."""

    text: Words


class ShowWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Words with evidence numbers and pictures."""

    text: Words
    evidence: Numbers = []
    files: Files = []


class WithdrawWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Taking it back; `free` says that nobody made him, needed where pressure was reported."""

    text: Text = ""
    free: bool = False


class FindingWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people of the marketplace found about a complaint, where the program knew less or otherwise."""

    deal: Literal["real", "different", "fake", "none"] | None = None
    timing: Literal["in_time", "late", "excused"] | None = None
    malice: Literal["none", "shown"] | None = None
    settled: bool | None = None
    decided: Literal["no", "no_new_fact", "new_fact"] | None = None
    evidence: bool | None = None
    text: Words


class MergeWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Which complaint it belongs to."""

    into: UUID
    text: Text = ""


class JumpWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a complaint does not wait its turn (D13)."""

    cause: Cause
    text: Words


class ComplaintDecideWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What people decide where no dispute judges, with the reasons in words."""

    outcome: Literal["upheld", "rejected", "not_proved"]
    text: Words


class CallWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an operator writes down: for whom, which order, the words; `caller` is how he was reached."""

    for_shop: UUID | None = None
    order_number: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    buyer: UUID | None = None
    type: Word
    text: Words
    caller: Annotated[str, Meta(max_length=100)] = ""
