"""A complaint as a dispute sees it: which burden of proof counts, and what is asked."""

from typing import Final, cast

from xiaoer.complaints.model import Complaint
from xiaoer.complaints.rules.types import types
from xiaoer.disputes.model.court import IssueKind
from xiaoer.disputes.model.wishes import IssueWish, Remedy

_REMEDIES: Final[tuple[tuple[str, Remedy], ...]] = (
    ("refund", "refund"),
    ("compensation", "compensate"),
    ("penalty", "penalise"),
)


def issue_of(complaint: Complaint, *, plain: bool) -> IssueWish:
    """The issue a dispute begins with; `plain` asks for nothing but a judgement."""
    kind = types()[complaint.type].issue
    if complaint.type == "pressure" and complaint.accused_kind == "person":
        kind = "abuse_by_buyer"
    asked: list[Remedy] = [one for ask, one in _REMEDIES if ask in complaint.asks]
    remedy = asked[0] if asked else ""
    return IssueWish(
        issue=cast("IssueKind", kind),
        words=complaint.text,
        remedy="" if plain else remedy,
        amount_minor=None if plain or remedy == "" else complaint.asked_minor,
        items=list(complaint.items) if not plain else [],
    )
