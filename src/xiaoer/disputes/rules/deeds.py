"""What a side may do with a dispute now, and why not: the one list buttons are drawn from."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from xiaoer.disputes.machine import DISPUTE, OPEN_TALK, Event, State
from xiaoer.disputes.model.court import ENDED, Dispute, Proposal, Side
from xiaoer.kernel.refusal import Refused

E = Event
_TALK: Final = frozenset(OPEN_TALK)
_SHOW: Final = frozenset({"negotiation", "evidence", "hearing", "supplement", "ruling"})
_SUSPENDED: Final = frozenset({"suspended_agreed", "awaiting_acceptance", "in_court", "with_police"})
_JUDGED: Final = frozenset({"hearing", "ruling"})


class DisputeDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: str
    allowed: bool
    code: str | None = None


_PARTY: Final[Mapping[str, frozenset[str]]] = {
    "say": _SHOW | _SUSPENDED,
    "show": _SHOW,
    "ready": frozenset({"negotiation", "evidence", "supplement"}),
    "propose": _SHOW,
    "answer": _SHOW,
    "withdraw": frozenset(_TALK) | _SUSPENDED,
    "suspend": frozenset(_TALK),
    "prove_court": frozenset({"awaiting_acceptance"}),
    "resume": _SUSPENDED,
    "challenge": frozenset({"evidence", "hearing", "supplement", "ruling"}),
    "execute": frozenset({"execution"}),
}
_OFFICER: Final[Mapping[str, frozenset[str]]] = {
    "ask": _JUDGED,
    "propose": _SHOW,
    "weigh": frozenset({"evidence", "hearing", "supplement", "ruling"}),
    "refused": frozenset({"evidence", "hearing", "supplement", "ruling"}),
    "rule": _JUDGED,
    "read": frozenset({"second_reading"}),
    "execute": frozenset({"execution"}),
    "recuse": _SHOW | {"jury", "second_reading"},
    "assign": _SHOW | {"jury"},
    "jury": _JUDGED,
    "suspend": frozenset(_TALK),
    "resume": _SUSPENDED,
}


def deeds(dispute: Dispute, side: Side, *, proposal: Proposal | None = None) -> list[DisputeDeed]:
    """Every deed of a side with its answer, in the order the buttons stand."""
    ways = _OFFICER if side == "officer" else _PARTY
    return [_deed(dispute, side, deed, proposal) for deed in ways]


def may(dispute: Dispute, side: Side, deed: str, *, proposal: Proposal | None = None) -> Refused | None:
    """Why a side may not do something now; None when it may.

    Codes: disputes.dispute_over, not_now, claimant_only, loser_only, nothing_proposed, already_ready.
    """
    states = (_OFFICER if side == "officer" else _PARTY)[deed]
    if dispute.state in ENDED:
        return Refused("not_now", "disputes.dispute_over")
    if dispute.state not in states:
        return Refused("not_now", "disputes.not_now", facts={"state": dispute.state})
    if side == "officer":
        return None
    return _of_party(dispute, side, deed, proposal)


def _of_party(dispute: Dispute, side: Side, deed: str, proposal: Proposal | None) -> Refused | None:
    if deed == "withdraw" and side != "claimant":
        return Refused("not_allowed", "disputes.claimant_only")
    if deed == "execute" and dispute.favour == side:
        return Refused("not_allowed", "disputes.loser_only")
    if deed == "answer" and (proposal is None or _said(proposal, side)):
        return Refused("not_now", "disputes.nothing_proposed")
    if deed == "ready" and is_ready(dispute, side) and dispute.state != "supplement":
        return Refused("not_now", "disputes.already_ready")
    return None


def is_ready(dispute: Dispute, side: Side) -> bool:
    """Whether a side has said that it has nothing more."""
    return dispute.ready_claimant if side == "claimant" else dispute.ready_respondent


def turn(dispute: Dispute, holders: Sequence[Side]) -> list[Side]:
    """Whose turn it is."""
    state = State(dispute.state)
    if dispute.state in ENDED:
        return []
    if state in {State.EVIDENCE, State.SUPPLEMENT}:
        return sorted({one for one in holders if one != "officer"}) or ["claimant", "respondent"]
    if state in {State.HEARING, State.RULING, State.SECOND_READING, State.UNDER_APPEAL}:
        return ["officer"]
    if state is State.JURY:
        return ["jury"]
    if state is State.EXECUTION:
        return ["respondent" if dispute.favour == "claimant" else "claimant"]
    return ["claimant", "respondent"]


def then(dispute: Dispute) -> str | None:
    """The state silence leads to."""
    due = DISPUTE.due.get(State(dispute.state))
    return None if due is None else DISPUTE.step(State(dispute.state), due[1]).value


def _said(proposal: Proposal, side: Side) -> bool:
    return (proposal.claimant_said if side == "claimant" else proposal.respondent_said) is not None


def _deed(dispute: Dispute, side: Side, deed: str, proposal: Proposal | None) -> DisputeDeed:
    refused = may(dispute, side, deed, proposal=proposal)
    return DisputeDeed(deed, refused is None, refused.code if refused else None)
