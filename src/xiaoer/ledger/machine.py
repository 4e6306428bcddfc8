"""How a payout and a collection stand, and what can happen to them next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine

RETRY: Final = "ledger.payout_retry"
REMINDER: Final = "ledger.payout_reminder"
COLLECT: Final = "ledger.collection_retry"


class State(StrEnum):
    """Where a payout stands.

    ordered: the intent is written, nobody has been asked · paying: the provider is being asked, or did not
    say · paid: the buyer has it · refused: the provider will not · cancelled: a person called it off.
    """

    ORDERED = "ordered"
    PAYING = "paying"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What happens to a payout.

    ask: its clock rings and the provider is asked, again where it has not answered · pay: it was paid,
    perhaps long ago · refuse: the provider says never · remind: nobody has decided · retry, cancel: a person
    decides.
    """

    ASK = "ask"
    PAY = "pay"
    REFUSE = "refuse"
    REMIND = "remind"
    RETRY = "retry"
    CANCEL = "cancel"


S, E = State, Event

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.ORDERED, E.ASK): S.PAYING,
    (S.ORDERED, E.CANCEL): S.CANCELLED,
    (S.PAYING, E.ASK): S.PAYING,
    (S.PAYING, E.PAY): S.PAID,
    (S.PAYING, E.REFUSE): S.REFUSED,
    (S.PAYING, E.RETRY): S.PAYING,
    (S.REFUSED, E.PAY): S.PAID,
    (S.REFUSED, E.REMIND): S.REFUSED,
    (S.REFUSED, E.RETRY): S.ORDERED,
    (S.REFUSED, E.CANCEL): S.CANCELLED,
}

PAYOUT: Final[Machine[State, Event]] = Machine(
    name="payout",
    start=S.ORDERED,
    final=frozenset({S.PAID, S.CANCELLED}),
    steps=STEPS,
    due={
        S.ORDERED: (RETRY, E.ASK),
        S.PAYING: (RETRY, E.ASK),
        S.REFUSED: (REMINDER, E.REMIND),
    },
    resting={
        S.PAYING: "only the provider knows; it is asked again, the pauses grow, in the end an officer looks",
        S.REFUSED: "an officer has it tried again or calls it off, and is reminded",
    },
)


class CollectionState(StrEnum):
    """Where a collection stands.

    ordered: the intent is written, nobody has been asked · asking: the provider is being asked, waits for the
    buyer or did not say · taken: the money is put aside · declined: it is not taken and never will be.
    """

    ORDERED = "ordered"
    ASKING = "asking"
    TAKEN = "taken"
    DECLINED = "declined"


class CollectionEvent(StrEnum):
    """What happens to a collection.

    ask: its clock rings and the provider is asked, again where it has not answered · take: the buyer has
    paid, perhaps long ago · decline: the provider says never, or the time is over and nothing was taken.
    """

    ASK = "ask"
    TAKE = "take"
    DECLINE = "decline"


C, D = CollectionState, CollectionEvent

COLLECTION_STEPS: Final[Mapping[tuple[CollectionState, CollectionEvent], CollectionState]] = {
    (C.ORDERED, D.ASK): C.ASKING,
    (C.ASKING, D.ASK): C.ASKING,
    (C.ASKING, D.TAKE): C.TAKEN,
    (C.ASKING, D.DECLINE): C.DECLINED,
}

COLLECTION: Final[Machine[CollectionState, CollectionEvent]] = Machine(
    name="collection",
    start=C.ORDERED,
    final=frozenset({C.TAKEN, C.DECLINED}),
    steps=COLLECTION_STEPS,
    due={C.ORDERED: (COLLECT, D.ASK), C.ASKING: (COLLECT, D.ASK)},
    resting={
        C.ASKING: "only the provider knows; it is asked again until it says, and takes nothing after its time"
    },
)
