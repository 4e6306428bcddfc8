"""How an appeal stands, and what can happen to it next."""

from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where an appeal stands.

    new: being lodged · lodged: late with a reason, people say whether it is taken · incomplete: something
    it needs is missing, the appellant's turn · accepted: taken, nobody looks at it yet · assigned: somebody
    who had no part in the decision looks at it · supplement: he asked for more, the appellant's turn.
    """

    NEW = "new"
    LODGED = "lodged"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    SUPPLEMENT = "supplement"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to an appeal.

    accept, look, ask_more, refuse: how it is taken · add: the appellant shows what was asked · assign,
    step_aside: somebody takes it, or must not · lapse: nothing was shown in time · silent: a wait ended
    without a word · remind: people are told again · uphold: the decision was wrong · dismiss: it stands.
    """

    ACCEPT = "accept"
    LOOK = "look"
    ASK_MORE = "ask_more"
    REFUSE = "refuse"
    ADD = "add"
    ASSIGN = "assign"
    STEP_ASIDE = "step_aside"
    LAPSE = "lapse"
    SILENT = "silent"
    REMIND = "remind"
    WITHDRAW = "withdraw"
    UPHOLD = "uphold"
    DISMISS = "dismiss"


S, E = State, Event

APPEAL: Final[Machine[State, Event]] = Machine(
    name="appeal",
    start=S.NEW,
    final=frozenset({S.UPHELD, S.DISMISSED, S.REFUSED, S.WITHDRAWN}),
    steps={
        (S.NEW, E.ACCEPT): S.ACCEPTED,
        (S.NEW, E.LOOK): S.LODGED,
        (S.NEW, E.ASK_MORE): S.INCOMPLETE,
        (S.LODGED, E.ACCEPT): S.ACCEPTED,
        (S.LODGED, E.REFUSE): S.REFUSED,
        (S.LODGED, E.SILENT): S.ACCEPTED,
        (S.LODGED, E.WITHDRAW): S.WITHDRAWN,
        (S.INCOMPLETE, E.ADD): S.ACCEPTED,
        (S.INCOMPLETE, E.LAPSE): S.REFUSED,
        (S.INCOMPLETE, E.WITHDRAW): S.WITHDRAWN,
        (S.ACCEPTED, E.ASSIGN): S.ASSIGNED,
        (S.ACCEPTED, E.REMIND): S.ACCEPTED,
        (S.ACCEPTED, E.WITHDRAW): S.WITHDRAWN,
        (S.ASSIGNED, E.ASSIGN): S.ASSIGNED,
        (S.ASSIGNED, E.STEP_ASIDE): S.ACCEPTED,
        (S.ASSIGNED, E.ASK_MORE): S.SUPPLEMENT,
        (S.ASSIGNED, E.REMIND): S.ASSIGNED,
        (S.ASSIGNED, E.WITHDRAW): S.WITHDRAWN,
        (S.ASSIGNED, E.UPHOLD): S.UPHELD,
        (S.ASSIGNED, E.DISMISS): S.DISMISSED,
        (S.SUPPLEMENT, E.ADD): S.ASSIGNED,
        (S.SUPPLEMENT, E.SILENT): S.ASSIGNED,
        (S.SUPPLEMENT, E.STEP_ASIDE): S.ACCEPTED,
        (S.SUPPLEMENT, E.WITHDRAW): S.WITHDRAWN,
    },
    due={
        S.LODGED: ("appeals.admit", E.SILENT),
        S.INCOMPLETE: ("appeals.complete", E.LAPSE),
        S.ACCEPTED: ("appeals.assign", E.REMIND),
        S.ASSIGNED: ("appeals.review", E.REMIND),
        S.SUPPLEMENT: ("appeals.supplement", E.SILENT),
    },
    resting={
        S.NEW: "never kept: lodging an appeal takes it in the same breath",
        S.ACCEPTED: "somebody without a part in the decision must be found; people are reminded",
        S.ASSIGNED: "a person decides, never a clock; he and his colleagues are reminded",
    },
)
"""An appeal: nobody who decided before decides again, and silence of the marketplace refuses nothing."""
