"""What a ruling may say, what it comes to as a whole, and the draft that is put before an officer."""

from collections.abc import Mapping, Sequence
from typing import Final, cast
from uuid import UUID

from msgspec import structs

from xiaoer.disputes.model.court import (
    FOR_BUYER,
    WITH_MONEY,
    CitedRow,
    Dispute,
    Exhibit,
    Favour,
    Issue,
    Outcome,
    Quarreller,
    RefusedExhibit,
    RuledIssue,
)
from xiaoer.disputes.model.wishes import RulingWish
from xiaoer.kernel.refusal import Refused

TABLE: Final = "disputes.remedies"
_ORDER: Final[Sequence[Outcome]] = (
    "return_and_refund",
    "refund",
    "exchange",
    "resend",
    "partial",
    "compensate",
    "penalise",
    "pay_seller",
    "dismissed",
    "not_proved",
)
"""Which outcome stands for a ruling on several issues: the one that moves most."""


def refused(
    wish: RulingWish, dispute: Dispute, issues: Sequence[Issue], exhibits: Sequence[Exhibit]
) -> Refused | None:
    """Why a ruling cannot go out like this.

    Codes: disputes.every_issue_once, unknown_exhibit, every_exhibit_judged, amount_needed, more_than_paid,
    offence_needed, no_buyer, outcome_and_favour.
    """
    if sorted(one.issue for one in wish.issues) != sorted(one.id for one in issues):
        return Refused("invalid", "disputes.every_issue_once")
    known = {one.id for one in exhibits}
    named = {*wish.used, *(one.exhibit for one in wish.refused)}
    if not named <= known:
        return Refused("not_found", "disputes.unknown_exhibit")
    if known - named or {*wish.used} & {one.exhibit for one in wish.refused}:
        return Refused("invalid", "disputes.every_exhibit_judged")
    if any(one.outcome == "penalise" for one in wish.issues) and wish.penalty is None:
        return Refused("invalid", "disputes.offence_needed")
    return _refused_money(wish, dispute)


def _refused_money(wish: RulingWish, dispute: Dispute) -> Refused | None:
    for one in wish.issues:
        if one.outcome in {"partial", "compensate"} and not one.amount_minor:
            return Refused("invalid", "disputes.amount_needed")
        nobody = one.outcome in {"not_proved", "dismissed"} and one.favour == "claimant"
        if nobody or (one.outcome in FOR_BUYER and one.favour == "none" and one.outcome != "partial"):
            return Refused("invalid", "disputes.outcome_and_favour")
    most = dispute.paid_minor
    if refund_minor(wish.issues) > most:
        return Refused("refused", "disputes.more_than_paid", facts={"most_minor": most})
    if dispute.buyer is None and (wish.money or any(one.outcome in FOR_BUYER for one in wish.issues)):
        return Refused("invalid", "disputes.no_buyer")
    return None


def refund_minor(issues: Sequence[RuledIssue]) -> int:
    """What goes back of what was paid for the order."""
    return sum(
        one.amount_minor or 0 for one in issues if one.outcome in WITH_MONEY and one.outcome != "compensate"
    )


def compensation_minor(issues: Sequence[RuledIssue]) -> int:
    """What the shop pays on top of the order."""
    return sum(one.amount_minor or 0 for one in issues if one.outcome == "compensate")


def main_outcome(issues: Sequence[RuledIssue]) -> Outcome:
    """The outcome that stands for the whole."""
    named = {one.outcome for one in issues}
    return next(one for one in _ORDER if one in named)


def main_favour(issues: Sequence[RuledIssue]) -> Favour:
    """For whom the whole is: of the issue whose outcome stands for it."""
    main = main_outcome(issues)
    return next(one.favour for one in issues if one.outcome == main)


def winner(dispute: Dispute, favour: Favour | None) -> str:
    """Who that is in the words of the table of remedies."""
    if favour not in {"claimant", "respondent"}:
        return "nobody"
    party = dispute.claimant if favour == "claimant" else dispute.respondent
    return "buyer" if party.kind == "person" and party.id == dispute.buyer else "seller"


def side_of_buyer(dispute: Dispute) -> Quarreller:
    """The side the buyer stands on."""
    return "claimant" if winner(dispute, "claimant") == "buyer" else "respondent"


def drafted(dispute: Dispute, issue: Issue, outcome: Mapping[str, object]) -> RuledIssue:
    """What a draft proposes for an issue: what was asked where the table allows it, else what it names."""
    allowed = _outcomes(outcome.get("choices"))
    asked = _outcomes((issue.remedy,))
    named = _outcomes((outcome.get("outcome"),)) or ["not_proved"]
    chosen = asked[0] if asked and asked[0] in allowed else named[0]
    favour: Favour = issue.favour or "none"
    amount = None
    if chosen in WITH_MONEY:
        amount = issue.amount_minor if issue.amount_minor is not None else dispute.asked_minor
    return RuledIssue(issue.id, chosen, favour, amount)


def _outcomes(words: object) -> list[Outcome]:
    """The outcomes among some words of a table."""
    named = cast("tuple[object, ...]", words) if isinstance(words, tuple) else ()
    return [one for one in _ORDER if one in named]


def with_favour(issue: Issue, favour: Favour) -> Issue:
    """An issue as somebody else than the table found it."""
    return structs.replace(issue, favour=favour)


def sorted_exhibits(
    exhibits: Sequence[Exhibit], why: Mapping[UUID, str]
) -> tuple[list[UUID], list[RefusedExhibit]]:
    """What a draft rests on, and what it does not, by what D7 and the officer say of each."""
    used = [one.id for one in exhibits if one.accept != "no"]
    left = [RefusedExhibit(one.id, why.get(one.id, "")) for one in exhibits if one.accept == "no"]
    return used, left


def cited(issues: Sequence[Issue], basis: Mapping[str, str]) -> list[CitedRow]:
    """The rows of D3 each issue stands on."""
    return [CitedRow("disputes.burden", one.row, basis.get(one.row, ""), one.id) for one in issues if one.row]
