"""How a grant stands, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine

ANSWER: Final = "compensation.answer"
DECISION: Final = "compensation.decision"
PACKET: Final = "compensation.packet_return"
COUPON: Final = "compensation.coupon_end"


class State(StrEnum):
    """Where a grant stands.

    made: being carried out · offered: its receiver may take or contest it · contested: people answer ·
    waiting: a red packet nobody opened yet · held: a coupon to be used · paying: money on its way · given:
    the receiver has it · used: the coupon was · returned: back with the payer · undone: taken back.
    """

    MADE = "made"
    OFFERED = "offered"
    CONTESTED = "contested"
    WAITING = "waiting"
    HELD = "held"
    PAYING = "paying"
    GIVEN = "given"
    USED = "used"
    RETURNED = "returned"
    UNDONE = "undone"


class Event(StrEnum):
    """What happens to a grant.

    offer, send, issue, pay, give: it is carried out, by its kind; offering again is the people's answer ·
    accept: taken, by word or by silence · claim: the red packet is opened · expire: its time is over · paid,
    called_off: what became of the money.
    """

    OFFER = "offer"
    SEND = "send"
    ISSUE = "issue"
    PAY = "pay"
    GIVE = "give"
    ACCEPT = "accept"
    CONTEST = "contest"
    REMIND = "remind"
    CLAIM = "claim"
    USE = "use"
    EXPIRE = "expire"
    PAID = "paid"
    CALLED_OFF = "called_off"
    UNDO = "undo"


S, E = State, Event

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.MADE, E.OFFER): S.OFFERED,
    (S.MADE, E.SEND): S.WAITING,
    (S.MADE, E.ISSUE): S.HELD,
    (S.MADE, E.PAY): S.PAYING,
    (S.MADE, E.GIVE): S.GIVEN,
    (S.OFFERED, E.ACCEPT): S.MADE,
    (S.OFFERED, E.CONTEST): S.CONTESTED,
    (S.OFFERED, E.UNDO): S.UNDONE,
    (S.CONTESTED, E.ACCEPT): S.MADE,
    (S.CONTESTED, E.OFFER): S.OFFERED,
    (S.CONTESTED, E.REMIND): S.CONTESTED,
    (S.CONTESTED, E.UNDO): S.UNDONE,
    (S.WAITING, E.CLAIM): S.PAYING,
    (S.WAITING, E.EXPIRE): S.RETURNED,
    (S.WAITING, E.UNDO): S.UNDONE,
    (S.HELD, E.USE): S.USED,
    (S.HELD, E.EXPIRE): S.RETURNED,
    (S.HELD, E.UNDO): S.UNDONE,
    (S.PAYING, E.PAID): S.GIVEN,
    (S.PAYING, E.CALLED_OFF): S.CONTESTED,
    (S.PAYING, E.UNDO): S.UNDONE,
    (S.GIVEN, E.UNDO): S.UNDONE,
    (S.USED, E.UNDO): S.UNDONE,
}

GRANT: Final[Machine[State, Event]] = Machine(
    name="grant",
    start=S.MADE,
    final=frozenset({S.RETURNED, S.UNDONE}),
    steps=STEPS,
    due={
        S.OFFERED: (ANSWER, E.ACCEPT),
        S.CONTESTED: (DECISION, E.REMIND),
        S.WAITING: (PACKET, E.EXPIRE),
        S.HELD: (COUPON, E.EXPIRE),
    },
    resting={
        S.MADE: "never kept: it is carried out in the same breath",
        S.CONTESTED: "people answer by what is shown to them, and are reminded",
        S.PAYING: "the ledger has the provider asked until it pays or a person calls it off",
        S.GIVEN: "it is with its receiver; only the fall of its ground takes it back",
        S.USED: "it is spent; only the fall of its ground makes its bearer whole",
    },
)
