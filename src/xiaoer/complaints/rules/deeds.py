"""What either end of a complaint, and people, may do with it now, and why not where they may not."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from xiaoer.complaints.machine import COMPLAINT, Event, State
from xiaoer.complaints.model import OVER, Complaint, Side
from xiaoer.kernel.refusal import Refused

E = Event
_RUNNING: Final = frozenset({"accepted", "apology_offered", "in_hearing"})


class ComplaintDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: str
    allowed: bool
    code: str | None = None


class _Way(Struct, frozen=True):
    """The events a deed may lead to, else the states in which it may be done."""

    events: tuple[Event, ...] = ()
    states: frozenset[str] = frozenset()


_WAYS: Final[Mapping[Side, Mapping[str, _Way]]] = {
    "complainant": {
        "accept_apology": _Way((E.ACCEPT_APOLOGY,)),
        "decline_apology": _Way((E.DECLINE_APOLOGY,), frozenset({"apology_offered", "in_hearing"})),
        "add": _Way(states=_RUNNING | {"lodged"}),
        "pressure": _Way(states=_RUNNING),
        "withdraw": _Way((E.WITHDRAW,)),
    },
    "accused": {
        "apologise": _Way(states=frozenset({"accepted", "in_hearing"})),
        "answer": _Way(states=_RUNNING),
        "coached": _Way(),
    },
    "people": {
        "acceptance": _Way((E.ACCEPT, E.REFUSE)),
        "merge": _Way((E.MERGE,)),
        "jump": _Way(states=_RUNNING | {"lodged"}),
        "decide": _Way((E.UPHOLD,), frozenset({"in_hearing"})),
    },
    "program": {},
}


def deeds(complaint: Complaint, side: Side, *, people_judge: bool) -> list[ComplaintDeed]:
    """Every deed of a side with its answer; `people_judge`: no dispute decides this one."""
    found: list[ComplaintDeed] = []
    for deed in _WAYS[side]:
        refused = may(complaint, side, deed, people_judge=people_judge)
        if deed == "coached" and refused is not None:
            continue
        found.append(ComplaintDeed(deed, refused is None, refused.code if refused else None))
    return found


def may(complaint: Complaint, side: Side, deed: str, *, people_judge: bool = True) -> Refused | None:
    """Why a side may not do something now; None when it may.

    Codes: complaints.not_yours, over, not_now, no_apology, apology_waits, dispute_decides.
    """
    way = _WAYS[side].get(deed)
    if way is None:
        return Refused("not_allowed", "complaints.not_yours")
    if deed == "coached":
        return None if complaint.coaching == "due" else Refused("not_now", "complaints.not_now")
    if complaint.state in OVER:
        return Refused("not_now", "complaints.over", facts={"state": complaint.state})
    if special := _special(complaint, deed, people_judge=people_judge):
        return special
    state = State(complaint.state)
    if complaint.state in way.states or any(COMPLAINT.takes(state, event) for event in way.events):
        return None
    return Refused("not_now", "complaints.not_now", facts={"state": complaint.state})


def _special(complaint: Complaint, deed: str, *, people_judge: bool) -> Refused | None:
    open_apology = complaint.apology is not None and complaint.apology.state == "open"
    if deed in {"accept_apology", "decline_apology"} and not open_apology:
        return Refused("not_now", "complaints.no_apology")
    if deed == "apologise" and open_apology:
        return Refused("not_now", "complaints.apology_waits")
    if deed == "decide" and not people_judge:
        return Refused("not_now", "complaints.dispute_decides")
    return None


def turn(complaint: Complaint) -> Sequence[str]:
    """Whose turn it is: accused, complainant, people, or nobody."""
    return {
        "lodged": ("people",),
        "accepted": ("accused",),
        "apology_offered": ("complainant",),
        "in_hearing": ("people",),
    }.get(complaint.state, ())
