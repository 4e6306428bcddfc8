"""How a conversation stands, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where a conversation stands.

    idle: nobody has asked yet · queued, assigned, snoozed: a consultation is open · closed: it has ended and
    the next word opens another · merged: the timeline goes on in another conversation.
    """

    IDLE = "idle"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    SNOOZED = "snoozed"
    CLOSED = "closed"
    MERGED = "merged"


class Event(StrEnum):
    """What happens to a conversation.

    follow_up: somebody of the shop opens a consultation with himself · assign: it gets a person, or another ·
    transfer: it goes to a queue · release: its agent gives it back · take_back: he let it lie ·
    agent_gone: he is not there any more · queue_waited: it has waited long enough for the overflow queue.
    """

    BUYER_SPOKE = "buyer_spoke"
    FOLLOW_UP = "follow_up"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    RELEASE = "release"
    TAKE_BACK = "take_back"
    AGENT_GONE = "agent_gone"
    QUEUE_WAITED = "queue_waited"
    SNOOZE = "snooze"
    WAKE = "wake"
    CLOSE = "close"
    MERGE = "merge"


S, E = State, Event

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.IDLE, E.BUYER_SPOKE): S.QUEUED,
    (S.IDLE, E.FOLLOW_UP): S.ASSIGNED,
    (S.IDLE, E.MERGE): S.MERGED,
    (S.QUEUED, E.BUYER_SPOKE): S.QUEUED,
    (S.QUEUED, E.ASSIGN): S.ASSIGNED,
    (S.QUEUED, E.TRANSFER): S.QUEUED,
    (S.QUEUED, E.QUEUE_WAITED): S.QUEUED,
    (S.QUEUED, E.CLOSE): S.CLOSED,
    (S.QUEUED, E.MERGE): S.MERGED,
    (S.ASSIGNED, E.BUYER_SPOKE): S.ASSIGNED,
    (S.ASSIGNED, E.ASSIGN): S.ASSIGNED,
    (S.ASSIGNED, E.TRANSFER): S.QUEUED,
    (S.ASSIGNED, E.RELEASE): S.QUEUED,
    (S.ASSIGNED, E.TAKE_BACK): S.QUEUED,
    (S.ASSIGNED, E.AGENT_GONE): S.QUEUED,
    (S.ASSIGNED, E.SNOOZE): S.SNOOZED,
    (S.ASSIGNED, E.CLOSE): S.CLOSED,
    (S.ASSIGNED, E.MERGE): S.MERGED,
    (S.SNOOZED, E.BUYER_SPOKE): S.ASSIGNED,
    (S.SNOOZED, E.ASSIGN): S.ASSIGNED,
    (S.SNOOZED, E.TRANSFER): S.QUEUED,
    (S.SNOOZED, E.RELEASE): S.QUEUED,
    (S.SNOOZED, E.TAKE_BACK): S.QUEUED,
    (S.SNOOZED, E.AGENT_GONE): S.QUEUED,
    (S.SNOOZED, E.SNOOZE): S.SNOOZED,
    (S.SNOOZED, E.WAKE): S.ASSIGNED,
    (S.SNOOZED, E.CLOSE): S.CLOSED,
    (S.SNOOZED, E.MERGE): S.MERGED,
    (S.CLOSED, E.BUYER_SPOKE): S.QUEUED,
    (S.CLOSED, E.FOLLOW_UP): S.ASSIGNED,
    (S.CLOSED, E.MERGE): S.MERGED,
}

# The clock `reply` runs beside the states, while the buyer waits for a person; it rings for the supervisor
# and moves nothing (clocks/tables/reply_clock.toml).
CONVERSATION: Final[Machine[State, Event]] = Machine(
    name="conversation",
    start=S.IDLE,
    final=frozenset({S.MERGED}),
    steps=STEPS,
    due={
        S.QUEUED: ("overflow", E.QUEUE_WAITED),
        S.ASSIGNED: ("ignored", E.TAKE_BACK),
        S.SNOOZED: ("snooze", E.WAKE),
    },
    resting={
        S.IDLE: "nobody has asked anything yet",
        S.QUEUED: "somebody of the queue takes it; overflow runs where it has one, reply tells the lead",
        S.ASSIGNED: "a person serves it; reply runs while the buyer waits, ignored until the first answer",
        S.CLOSED: "it has ended; the next word opens another consultation",
    },
)
