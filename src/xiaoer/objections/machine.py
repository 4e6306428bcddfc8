"""What can happen next to an objection, and to the phrase it proposes."""

from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where an objection stands."""

    LODGED = "lodged"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to it: another person decides, or who lodged it takes it back."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"


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


OBJECTION: Final = Machine(
    name="guard_objection",
    start=State.LODGED,
    final=frozenset({State.UPHELD, State.DISMISSED, State.WITHDRAWN}),
    steps={
        (State.LODGED, Event.UPHOLD): State.UPHELD,
        (State.LODGED, Event.DISMISS): State.DISMISSED,
        (State.LODGED, Event.WITHDRAW): State.WITHDRAWN,
    },
    resting={
        State.LODGED: "the words have not gone out and the buyer waits for nothing; a person judges them"
    },
)

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
