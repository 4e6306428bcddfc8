"""Burden of proof (D3): who must show what now, and where an issue goes when he does, or does not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.after_sale.rules.deadlines import Days
from xiaoer.disputes.model.court import Dispute, Favour, Follows, Issue, Quarreller, Shown, Side, Standing
from xiaoer.disputes.model.wishes import IssueWish
from xiaoer.kernel.table import Decision

TABLE: Final = "disputes.burden"
WINDOWS: Final = "disputes.windows"
HIDDEN: Final = frozenset({"invisible_quality", "invisible_description", "fake"})
_SURFACE: Final = frozenset({"surface_mismatch", "missing_items"})
_WINDOWED: Final = HIDDEN | _SURFACE | {"visible_quality", "visible_description", "durable_goods"}
_PATTERNED: Final = frozenset({"visible_quality", "visible_description"}) | HIDDEN
_OTHER: Final[Mapping[Quarreller, Quarreller]] = {"claimant": "respondent", "respondent": "claimant"}

OF_PLATFORM: Final = frozenset({"carrier_record", "reading"})
"""What the marketplace itself must show: nobody waits for it."""

CARRIES: Final[Mapping[str, frozenset[str]]] = {
    "photo_video": frozenset({"photo_video"}),
    "explanation": frozenset(
        {"statement", "photo_video", "lab_report", "carrier_record", "chat_range", "screenshot"}
    ),
    "test_report": frozenset({"lab_report", "medical_certificate"}),
    "source_proof": frozenset({"statement", "lab_report", "photo_video"}),
    "later_cause_proof": frozenset({"lab_report", "photo_video", "chat_range"}),
    "sign_for_proof": frozenset({"carrier_record", "photo_video"}),
    "state_at_sign_for": frozenset({"photo_video", "carrier_record"}),
    "completeness_proof": frozenset({"photo_video", "carrier_record"}),
    "delivery_proof": frozenset({"carrier_record", "photo_video", "phone_list"}),
    "tracking": frozenset({"carrier_record"}),
    "carrier_record": frozenset({"carrier_record"}),
    "void_proof": frozenset({"chat_range", "screenshot", "statement", "own_interest_statement"}),
    "evidence_number": frozenset({"chat_range", "phone_list"}),
    "statement": frozenset({"statement", "own_interest_statement", "chat_range", "screenshot"}),
    "ground_proof": frozenset({"chat_range", "phone_list", "statement"}),
    "comment": frozenset({"statement", "chat_range", "own_interest_statement"}),
    "truth_proof": frozenset({"lab_report", "statement", "photo_video"}),
}
"""Which kinds of evidence can carry which burden; whether one is taken, D7 says."""


class Ground(Struct, frozen=True):
    """What moves the burden of an issue, and the facts behind it."""

    confirmed: bool = False
    merged: bool = False
    late: bool = False
    pattern: int = 0
    pattern_from: int = 3


def standing(issue: str, ground: Ground) -> Standing:
    """Which row of D3 an issue starts from; a missed window goes before receipt, receipt before merging."""
    if ground.late and issue in _WINDOWED:
        return "late"
    if ground.confirmed and issue in _SURFACE:
        return "confirmed"
    if ground.merged and issue == "missing_items":
        return "merged"
    if ground.pattern >= ground.pattern_from and issue in _PATTERNED:
        return "lightened"
    return "usual"


def is_late(
    hours: int | None,
    days: int | None,
    *,
    signed_at: datetime | None,
    reported_at: datetime,
    claimed_at: datetime,
    calendar: Days,
) -> bool:
    """Whether the window of the goods was missed (J-017): hours to the first report, days to the claim."""
    if signed_at is None:
        return False
    if hours is not None and reported_at > signed_at + timedelta(hours=hours):
        return True
    return days is not None and claimed_at > calendar.end(signed_at, days)


def side_of(word: str, dispute: Dispute) -> Side:
    """Which side of this dispute a word of the table means."""
    if word in {"claimant", "respondent"}:
        return cast("Side", word)
    if word not in {"buyer", "seller"}:
        return "officer"
    claims = dispute.claimant.kind == "person" and dispute.claimant.id == dispute.buyer
    return "claimant" if claims == (word == "buyer") else "respondent"


def new_issue(id: UUID, place: int, wish: IssueWish, where: Standing) -> Issue:
    """An issue before anybody must show anything."""
    return Issue(
        id=id,
        place=place,
        issue=wish.issue,
        words=wish.words,
        remedy=wish.remedy,
        amount_minor=wish.amount_minor,
        items=tuple(wish.items),
        category=wish.category,
        stage=0,
        standing=where,
        row="",
        holder="officer",
        must="nothing",
        shown="people",
        silent="people",
        refused="people",
        due_at=None,
        settled=False,
        favour=None,
        decided_by=None,
    )


def facts(issue: Issue, stage: int) -> dict[str, object]:
    """What the table is asked."""
    return {"issue": issue.issue, "stage": stage, "standing": issue.standing}


def laid(dispute: Dispute, issue: Issue, stage: int, decision: Decision, due_at: datetime) -> Issue:
    """The issue with its burden where the table puts it; nobody to show anything: it is for people."""
    out = decision.outcome
    ends = out["holder"] == "nobody"
    return structs.replace(
        issue,
        stage=stage,
        row=decision.row,
        holder=side_of(str(out["holder"]), dispute),
        must=str(out["must"]),
        shown=_follows(str(out["shown"]), dispute),
        silent=_follows(str(out["silent"]), dispute),
        refused=_follows(str(out["refused"]), dispute),
        due_at=None if ends else due_at,
        settled=ends,
        favour=None,
        decided_by=issue.decided_by,
    )


def follows(issue: Issue, how: Shown) -> Follows:
    """What follows for an issue from what its holder did."""
    if how == "shown":
        return issue.shown
    return issue.silent if how == "silence" else issue.refused


def settled(issue: Issue, favour: Favour | None, how: Shown) -> Issue:
    """The issue at the end of its burden; without a favour it is for people."""
    return structs.replace(issue, settled=True, favour=favour, decided_by=how, due_at=None)


def answers(issue: Issue, side: Side, kind: str, accept: str) -> bool:
    """Whether an evidence is what the holder of an issue must show; what D7 does not take shows nothing."""
    return (
        not issue.settled and issue.holder == side and accept != "no" and kind in CARRIES.get(issue.must, ())
    )


def other(side: Quarreller) -> Quarreller:
    """The one across the table."""
    return _OTHER[side]


def _follows(word: str, dispute: Dispute) -> Follows:
    if word in {"next", "people"}:
        return cast("Follows", word)
    return cast("Follows", side_of(word, dispute))
