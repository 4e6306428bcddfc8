"""How an instruction stands, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where an instruction stands.

    new: being asked · to_pay: other items cost more and the buyer is to pay that first; nothing has happened
    to the order · charging: he pays · asked: the order side has not answered yet · retried: it was silent
    and is asked once more · stuck: silent again, a person looks at it · confirmed, refused: its answer ·
    withdrawn: a person gave it up · expired: the buyer did not pay in time.
    """

    NEW = "new"
    TO_PAY = "to_pay"
    CHARGING = "charging"
    ASKED = "asked"
    RETRIED = "retried"
    STUCK = "stuck"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Event(StrEnum):
    """What happens to an instruction.

    ask, difference_due: it goes to the order side at once, or the buyer pays first · pay: he does · taken,
    declined: what became of his payment · unpaid: his time is over · silent: the order side's time to answer
    has passed · again: a person asks once more · withdraw: he gives it up.
    """

    ASK = "ask"
    DIFFERENCE_DUE = "difference_due"
    PAY = "pay"
    TAKEN = "taken"
    DECLINED = "declined"
    UNPAID = "unpaid"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    SILENT = "silent"
    AGAIN = "again"
    WITHDRAW = "withdraw"


S, E = State, Event
ANSWER_CLOCK: Final = "instructions.answer"
PAY_CLOCK: Final = "instructions.top_up"

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.NEW, E.ASK): S.ASKED,
    (S.NEW, E.DIFFERENCE_DUE): S.TO_PAY,
    (S.TO_PAY, E.PAY): S.CHARGING,
    (S.TO_PAY, E.WITHDRAW): S.WITHDRAWN,
    (S.TO_PAY, E.UNPAID): S.EXPIRED,
    (S.CHARGING, E.TAKEN): S.ASKED,
    (S.CHARGING, E.DECLINED): S.TO_PAY,
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
    start=S.NEW,
    final=frozenset({S.CONFIRMED, S.REFUSED, S.WITHDRAWN, S.EXPIRED}),
    steps=STEPS,
    due={
        S.TO_PAY: (PAY_CLOCK, E.UNPAID),
        S.ASKED: (ANSWER_CLOCK, E.SILENT),
        S.RETRIED: (ANSWER_CLOCK, E.SILENT),
    },
    resting={
        S.NEW: "never kept: asking it writes where it stands",
        S.CHARGING: "only the provider knows; its collection has a clock and takes nothing after his time",
        S.STUCK: "a person asks the order side and decides",
    },
)
