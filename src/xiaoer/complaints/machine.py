"""How a complaint stands between who complains and who is accused, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where a complaint stands.

    new: being lodged · lodged: people of the marketplace look whether it is taken on · accepted: the accused
    knows and may answer or apologise · apology_offered: the complainant says whether it may end there ·
    in_hearing: a dispute, or people of the marketplace, judge it · the others: how it ended.
    """

    NEW = "new"
    LODGED = "lodged"
    ACCEPTED = "accepted"
    APOLOGY_OFFERED = "apology_offered"
    IN_HEARING = "in_hearing"
    REFUSED = "refused"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    APOLOGY_ACCEPTED = "apology_accepted"
    SETTLED = "settled"
    UPHELD = "upheld"
    REJECTED = "rejected"
    NOT_PROVED = "not_proved"


class Event(StrEnum):
    """What happens to a complaint.

    acceptance_silent: nobody looked in time, so it is taken on · accused_silent, complainant_silent: their
    clocks rang · settle: both agreed in the hearing · hear: people send it to a hearing at once ·
    reverse_refusal: an appeal found that it should have been taken on · uphold, reject, not_prove: what was
    ruled, at first or after a reversal.
    """

    LODGE = "lodge"
    ACCEPT = "accept"
    REFUSE = "refuse"
    MERGE = "merge"
    ACCEPTANCE_SILENT = "acceptance_silent"
    ANSWER = "answer"
    ACCUSED_SILENT = "accused_silent"
    APOLOGISE = "apologise"
    ACCEPT_APOLOGY = "accept_apology"
    DECLINE_APOLOGY = "decline_apology"
    COMPLAINANT_SILENT = "complainant_silent"
    HEAR = "hear"
    REMIND = "remind"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    UPHOLD = "uphold"
    REJECT = "reject"
    NOT_PROVE = "not_prove"
    REVERSE_REFUSAL = "reverse_refusal"


S, E = State, Event

RULED: Final[Mapping[Event, State]] = {
    E.UPHOLD: S.UPHELD,
    E.REJECT: S.REJECTED,
    E.NOT_PROVE: S.NOT_PROVED,
}
"""What a ruling comes to."""

_APPEAL: Final = "it is over, unless an appeal reverses what was decided"


def _steps() -> Mapping[tuple[State, Event], State]:
    steps: dict[tuple[State, Event], State] = {
        (S.NEW, E.LODGE): S.LODGED,
        (S.LODGED, E.ACCEPT): S.ACCEPTED,
        (S.LODGED, E.REFUSE): S.REFUSED,
        (S.LODGED, E.ACCEPTANCE_SILENT): S.ACCEPTED,
        (S.REFUSED, E.REVERSE_REFUSAL): S.ACCEPTED,
        (S.ACCEPTED, E.ANSWER): S.IN_HEARING,
        (S.ACCEPTED, E.ACCUSED_SILENT): S.IN_HEARING,
        (S.ACCEPTED, E.APOLOGISE): S.APOLOGY_OFFERED,
        (S.APOLOGY_OFFERED, E.ACCEPT_APOLOGY): S.APOLOGY_ACCEPTED,
        (S.APOLOGY_OFFERED, E.DECLINE_APOLOGY): S.IN_HEARING,
        (S.APOLOGY_OFFERED, E.COMPLAINANT_SILENT): S.IN_HEARING,
        (S.IN_HEARING, E.ACCEPT_APOLOGY): S.APOLOGY_ACCEPTED,
        (S.IN_HEARING, E.REMIND): S.IN_HEARING,
        (S.IN_HEARING, E.SETTLE): S.SETTLED,
    }
    for state in (S.LODGED, S.ACCEPTED):
        steps[state, E.MERGE] = S.MERGED
    for state in (S.LODGED, S.ACCEPTED, S.APOLOGY_OFFERED, S.IN_HEARING):
        steps[state, E.WITHDRAW] = S.WITHDRAWN
    for state in (S.ACCEPTED, S.APOLOGY_OFFERED):
        steps[state, E.HEAR] = S.IN_HEARING
    for event, target in RULED.items():
        for state in (S.IN_HEARING, *RULED.values()):
            if state is not target:
                steps[state, event] = target
    return steps


COMPLAINT: Final[Machine[State, Event]] = Machine(
    name="complaint",
    start=S.NEW,
    final=frozenset({S.MERGED, S.WITHDRAWN, S.APOLOGY_ACCEPTED, S.SETTLED}),
    steps=_steps(),
    due={
        S.LODGED: ("complaints.acceptance", E.ACCEPTANCE_SILENT),
        S.ACCEPTED: ("complaints.answer", E.ACCUSED_SILENT),
        S.APOLOGY_OFFERED: ("complaints.apology_answer", E.COMPLAINANT_SILENT),
        S.IN_HEARING: ("complaints.hearing_reminder", E.REMIND),
    },
    resting={
        S.NEW: "never kept: lodging follows in the same breath",
        S.IN_HEARING: "judged by its dispute, which has clocks of its own, or by people, who are reminded",
        S.REFUSED: _APPEAL,
        S.UPHELD: _APPEAL,
        S.REJECTED: _APPEAL,
        S.NOT_PROVED: _APPEAL,
    },
)
