"""How a block stands, and what can happen to it next (D8)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine

STATEMENT: Final = "blocks.statement"
APPROVAL: Final = "blocks.approval"
END: Final = "blocks.end"
LOOK: Final = "blocks.look"
ANSWER: Final = "blocks.review_answer"


class State(StrEnum):
    """Where a block stands.

    proposed: the person is asked for a statement · heard: somebody else is to approve · in_force: until its
    end · on_watch: in force until somebody looks at it again · in_review: in force, another person looks ·
    ended: its time is over · lifted_right: lifted, it had been right · lifted_wrong: it was wrong and is made
    good · refused: nobody approved · withdrawn: its proposer took it back.
    """

    PROPOSED = "proposed"
    HEARD = "heard"
    IN_FORCE = "in_force"
    ON_WATCH = "on_watch"
    IN_REVIEW = "in_review"
    ENDED = "ended"
    LIFTED_RIGHT = "lifted_right"
    LIFTED_WRONG = "lifted_wrong"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to a block.

    state, silent: the person was heard, or did not speak in time · begin, begin_on_watch: approved, with an
    end or until it is looked at · lapse: nobody approved in time · ask, look: the person asks for a review,
    or its date has come · keep, keep_on_watch: it stays.
    """

    STATE = "state"
    SILENT = "silent"
    BEGIN = "begin"
    BEGIN_ON_WATCH = "begin_on_watch"
    REFUSE = "refuse"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    ASK = "ask"
    LOOK = "look"
    REMIND = "remind"
    KEEP = "keep"
    KEEP_ON_WATCH = "keep_on_watch"
    RUN_OUT = "run_out"
    LIFT = "lift"
    LIFT_WRONG = "lift_wrong"


S, E = State, Event

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.PROPOSED, E.STATE): S.HEARD,
    (S.PROPOSED, E.SILENT): S.HEARD,
    (S.PROPOSED, E.BEGIN_ON_WATCH): S.ON_WATCH,
    (S.PROPOSED, E.REFUSE): S.REFUSED,
    (S.PROPOSED, E.WITHDRAW): S.WITHDRAWN,
    (S.HEARD, E.BEGIN): S.IN_FORCE,
    (S.HEARD, E.BEGIN_ON_WATCH): S.ON_WATCH,
    (S.HEARD, E.REFUSE): S.REFUSED,
    (S.HEARD, E.LAPSE): S.REFUSED,
    (S.HEARD, E.WITHDRAW): S.WITHDRAWN,
    (S.IN_FORCE, E.ASK): S.IN_REVIEW,
    (S.IN_FORCE, E.RUN_OUT): S.ENDED,
    (S.IN_FORCE, E.LIFT): S.LIFTED_RIGHT,
    (S.IN_FORCE, E.LIFT_WRONG): S.LIFTED_WRONG,
    (S.ON_WATCH, E.STATE): S.IN_REVIEW,
    (S.ON_WATCH, E.ASK): S.IN_REVIEW,
    (S.ON_WATCH, E.LOOK): S.IN_REVIEW,
    (S.ON_WATCH, E.LIFT): S.LIFTED_RIGHT,
    (S.ON_WATCH, E.LIFT_WRONG): S.LIFTED_WRONG,
    (S.IN_REVIEW, E.REMIND): S.IN_REVIEW,
    (S.IN_REVIEW, E.KEEP): S.IN_FORCE,
    (S.IN_REVIEW, E.KEEP_ON_WATCH): S.ON_WATCH,
    (S.IN_REVIEW, E.LIFT): S.LIFTED_RIGHT,
    (S.IN_REVIEW, E.LIFT_WRONG): S.LIFTED_WRONG,
    (S.ENDED, E.LIFT_WRONG): S.LIFTED_WRONG,
    (S.LIFTED_RIGHT, E.LIFT_WRONG): S.LIFTED_WRONG,
}

BLOCK: Final[Machine[State, Event]] = Machine(
    name="block",
    start=S.PROPOSED,
    final=frozenset({S.LIFTED_WRONG, S.REFUSED, S.WITHDRAWN}),
    steps=STEPS,
    due={
        S.PROPOSED: (STATEMENT, E.SILENT),
        S.HEARD: (APPROVAL, E.LAPSE),
        S.IN_FORCE: (END, E.RUN_OUT),
        S.ON_WATCH: (LOOK, E.LOOK),
        S.IN_REVIEW: (ANSWER, E.REMIND),
    },
    resting={
        S.IN_REVIEW: "another person decides by the evidence, never a clock; he is reminded",
        S.ENDED: "its time is over; only the finding that it was wrong touches it again",
        S.LIFTED_RIGHT: "lifted; only the finding that it was wrong touches it again",
    },
)
