"""How an instruction stands, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where an instruction stands.

    asked: the order side has not answered yet · retried: it was silent and is asked once more · stuck: silent
    again, a person looks at it · confirmed, refused: its answer · withdrawn: a person gave it up.
    """

    ASKED = "asked"
    RETRIED = "retried"
    STUCK = "stuck"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to an instruction.

    silent: its time to answer has passed · again: a person asks once more · withdraw: he gives it up.
    """

    CONFIRM = "confirm"
    REFUSE = "refuse"
    SILENT = "silent"
    AGAIN = "again"
    WITHDRAW = "withdraw"


S, E = State, Event
ANSWER_CLOCK: Final = "instructions.answer"

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.ASKED, E.CONFIRM): S.CONFIRMED,
    (S.ASKED, E.REFUSE): S.REFUSED,
    (S.ASKED, E.SILENT): S.RETRIED,
    (S.RETRIED, E.CONFIRM): S.CONFIRMED,
    (S.RETRIED, E.REFUSE): S.REFUSED,
    (S.RETRIED, E.SILENT): S.STUCK,
    (S.STUCK, E.CONFIRM): S.CONFIRMED,
    (S.STUCK, E.REFUSE): S.REFUSED,
    (S.STUCK, E.AGAIN): S.RETRIED,
    (S.STUCK, E.WITHDRAW): S.WITHDRAWN,
}

INSTRUCTION: Final = Machine(
    name="instruction",
    start=S.ASKED,
    final=frozenset({S.CONFIRMED, S.REFUSED, S.WITHDRAWN}),
    steps=STEPS,
    due={S.ASKED: (ANSWER_CLOCK, E.SILENT), S.RETRIED: (ANSWER_CLOCK, E.SILENT)},
    resting={S.STUCK: "a person asks the order side and decides"},
)
