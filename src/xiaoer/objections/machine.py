"""What can happen next to an objection, and to the phrase it proposes."""

from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where an objection stands; overdue: nobody decided in time, the marketplace's people may now, too."""

    LODGED = "lodged"
    OVERDUE = "overdue"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to it: another person decides, who lodged it takes it back, or its time is over."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"
    FALL_DUE = "fall_due"


class Proposed(StrEnum):
    """Where a proposed phrase stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Answer(StrEnum):
    """What happens to it: it is tried on last week (as often as one likes), accepted, or declined."""

    TRY = "try"
    ACCEPT = "accept"
    DECLINE = "decline"


DECISION_CLOCK: Final = "objections.decision"

OBJECTION: Final = Machine(
    name="guard_objection",
    start=State.LODGED,
    final=frozenset({State.UPHELD, State.DISMISSED, State.WITHDRAWN}),
    steps={
        (State.LODGED, Event.UPHOLD): State.UPHELD,
        (State.LODGED, Event.DISMISS): State.DISMISSED,
        (State.LODGED, Event.WITHDRAW): State.WITHDRAWN,
        (State.LODGED, Event.FALL_DUE): State.OVERDUE,
        (State.OVERDUE, Event.UPHOLD): State.UPHELD,
        (State.OVERDUE, Event.DISMISS): State.DISMISSED,
        (State.OVERDUE, Event.WITHDRAW): State.WITHDRAWN,
    },
    due={State.LODGED: (DECISION_CLOCK, Event.FALL_DUE)},
    resting={State.OVERDUE: "silence never decides against an agent: it stays open until a person decides"},
)
"""Whoever is to decide and stays silent loses the sole right to it; no clock upholds words unread."""

PROPOSAL: Final = Machine(
    name="guard_proposal",
    start=Proposed.PROPOSED,
    final=frozenset({Proposed.ACCEPTED, Proposed.DECLINED}),
    steps={
        (Proposed.PROPOSED, Answer.TRY): Proposed.PROPOSED,
        (Proposed.PROPOSED, Answer.ACCEPT): Proposed.ACCEPTED,
        (Proposed.PROPOSED, Answer.DECLINE): Proposed.DECLINED,
    },
    resting={Proposed.PROPOSED: "until somebody accepts it the list stays as it is"},
)
