"""How a measure stands, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine

END: Final = "measures.end"
REVIEW: Final = "measures.review"
PUBLISH: Final = "measures.publish"


class State(StrEnum):
    """Where a measure stands.

    in_force: it binds · suspended: an officer has set it aside for the time being · awaiting_exam: its
    time is over and it binds until the rule exam is passed (P-008) · ended: it binds nobody any more.
    """

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    AWAITING_EXAM = "awaiting_exam"
    ENDED = "ended"


class Event(StrEnum):
    """What happens to a measure.

    run_out: its time is over and nothing else is owed · exam_due: its time is over, the exam is not passed ·
    pass_exam: the exam is passed · look: somebody should look at it again · suspend, resume: an officer sets
    it aside and puts it back · end: it is lifted, reversed or replaced.
    """

    RUN_OUT = "run_out"
    EXAM_DUE = "exam_due"
    PASS_EXAM = "pass_exam"  # noqa: S105 - an exam, no word to sign in with
    LOOK = "look"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"


S, E = State, Event

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.IN_FORCE, E.RUN_OUT): S.ENDED,
    (S.IN_FORCE, E.EXAM_DUE): S.AWAITING_EXAM,
    (S.IN_FORCE, E.PASS_EXAM): S.IN_FORCE,
    (S.IN_FORCE, E.LOOK): S.IN_FORCE,
    (S.IN_FORCE, E.SUSPEND): S.SUSPENDED,
    (S.IN_FORCE, E.END): S.ENDED,
    (S.SUSPENDED, E.PASS_EXAM): S.SUSPENDED,
    (S.SUSPENDED, E.LOOK): S.SUSPENDED,
    (S.SUSPENDED, E.RESUME): S.IN_FORCE,
    (S.SUSPENDED, E.END): S.ENDED,
    (S.AWAITING_EXAM, E.PASS_EXAM): S.ENDED,
    (S.AWAITING_EXAM, E.LOOK): S.AWAITING_EXAM,
    (S.AWAITING_EXAM, E.SUSPEND): S.SUSPENDED,
    (S.AWAITING_EXAM, E.END): S.ENDED,
}

MEASURE: Final[Machine[State, Event]] = Machine(
    name="measure",
    start=S.IN_FORCE,
    final=frozenset({S.ENDED}),
    steps=STEPS,
    due={
        S.IN_FORCE: (END, E.RUN_OUT),
        S.SUSPENDED: (REVIEW, E.LOOK),
        S.AWAITING_EXAM: (REVIEW, E.LOOK),
    },
    resting={
        S.IN_FORCE: "one without an end has a review date, or lasts until its appeal succeeds",
        S.SUSPENDED: "an officer or the appeal resumes or ends it, and is reminded",
        S.AWAITING_EXAM: "its subject passes the exam whenever he likes, and is reminded",
    },
)
