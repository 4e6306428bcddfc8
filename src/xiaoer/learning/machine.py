"""What can happen next to a request for a rating and to an unsatisfied dialogue."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class Asked(StrEnum):
    """Where a request for a rating stands."""

    ASKED = "asked"
    REMINDED = "reminded"
    RATED = "rated"
    LAPSED = "lapsed"


class Answer(StrEnum):
    """What happens to it: the buyer rates, a clock reminds him once, the window closes."""

    RATE = "rate"
    REMIND = "remind"
    LAPSE = "lapse"


REMINDER_CLOCK: Final = "learning.reminder"
WINDOW_CLOCK: Final = "learning.window"

RATING: Final = Machine(
    name="rating",
    start=Asked.ASKED,
    final=frozenset({Asked.LAPSED}),
    steps={
        (Asked.ASKED, Answer.RATE): Asked.RATED,
        (Asked.ASKED, Answer.REMIND): Asked.REMINDED,
        (Asked.REMINDED, Answer.RATE): Asked.RATED,
        (Asked.REMINDED, Answer.LAPSE): Asked.LAPSED,
        (Asked.RATED, Answer.RATE): Asked.RATED,
        (Asked.RATED, Answer.LAPSE): Asked.LAPSED,
    },
    due={
        Asked.ASKED: (REMINDER_CLOCK, Answer.REMIND),
        Asked.REMINDED: (WINDOW_CLOCK, Answer.LAPSE),
        Asked.RATED: (WINDOW_CLOCK, Answer.LAPSE),
    },
)


class State(StrEnum):
    """Where an unsatisfied dialogue stands.

    found: the agent is to look at it · returned: he contested it in vain · overdue: he was silent, his lead
    sees it · planned: cause and improvement are written down · contested: the lead decides · improved: the
    cause did not come back · came_back: it did · set_aside: it was not the agent's · lapsed: nobody looked.
    """

    FOUND = "found"
    RETURNED = "returned"
    OVERDUE = "overdue"
    PLANNED = "planned"
    CONTESTED = "contested"
    IMPROVED = "improved"
    CAME_BACK = "came_back"
    SET_ASIDE = "set_aside"
    LAPSED = "lapsed"


class Event(StrEnum):
    """What happens to an unsatisfied dialogue."""

    PLAN = "plan"
    CONTEST = "contest"
    SET_ASIDE = "set_aside"
    SEND_BACK = "send_back"
    SILENT = "silent"
    IMPROVE = "improve"
    COME_BACK = "come_back"
    LAPSE = "lapse"


S, E = State, Event
ANSWER_CLOCK: Final = "learning.answer"
LEAD_CLOCK: Final = "learning.lead"
FOLLOW_UP_CLOCK: Final = "learning.follow_up"

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.FOUND, E.PLAN): S.PLANNED,
    (S.FOUND, E.CONTEST): S.CONTESTED,
    (S.FOUND, E.SILENT): S.OVERDUE,
    (S.RETURNED, E.PLAN): S.PLANNED,
    (S.RETURNED, E.SILENT): S.OVERDUE,
    (S.OVERDUE, E.PLAN): S.PLANNED,
    (S.OVERDUE, E.SET_ASIDE): S.SET_ASIDE,
    (S.OVERDUE, E.LAPSE): S.LAPSED,
    (S.CONTESTED, E.SET_ASIDE): S.SET_ASIDE,
    (S.CONTESTED, E.SEND_BACK): S.RETURNED,
    (S.PLANNED, E.IMPROVE): S.IMPROVED,
    (S.PLANNED, E.COME_BACK): S.CAME_BACK,
}

DIALOGUE: Final = Machine(
    name="unsatisfied_dialogue",
    start=S.FOUND,
    final=frozenset({S.IMPROVED, S.CAME_BACK, S.SET_ASIDE, S.LAPSED}),
    steps=STEPS,
    due={
        S.FOUND: (ANSWER_CLOCK, E.SILENT),
        S.RETURNED: (ANSWER_CLOCK, E.SILENT),
        S.OVERDUE: (LEAD_CLOCK, E.LAPSE),
        S.CONTESTED: (LEAD_CLOCK, E.SET_ASIDE),
        S.PLANNED: (FOLLOW_UP_CLOCK, E.IMPROVE),
    },
)
"""Silence of the lead about a contested dialogue is for the agent (D11); at the follow-up the rules say
whether the same cause has come back."""
