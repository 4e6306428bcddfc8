"""What can happen next to a drawn sample and to an agent's appeal against a score."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where a sample stands.

    drawn: a first grade is wanted · second: another reads it blind · apart: the two differ, a third decides ·
    settled: a grade stands · lapsed: nobody graded it in time.
    """

    DRAWN = "drawn"
    SECOND = "second"
    APART = "apart"
    SETTLED = "settled"
    LAPSED = "lapsed"


class Event(StrEnum):
    """What happens to a sample: a grade is in and more is wanted, two differ, it settles, time runs out."""

    WAIT = "wait"
    DIFFER = "differ"
    SETTLE = "settle"
    LAPSE = "lapse"


S, E = State, Event
FIRST_CLOCK: Final = "grading.first"
SECOND_CLOCK: Final = "grading.second"
THIRD_CLOCK: Final = "grading.third"

SAMPLE: Final = Machine(
    name="grading_sample",
    start=S.DRAWN,
    final=frozenset({S.SETTLED, S.LAPSED}),
    steps={
        (S.DRAWN, E.WAIT): S.SECOND,
        (S.DRAWN, E.SETTLE): S.SETTLED,
        (S.DRAWN, E.LAPSE): S.LAPSED,
        (S.SECOND, E.SETTLE): S.SETTLED,
        (S.SECOND, E.DIFFER): S.APART,
        (S.APART, E.SETTLE): S.SETTLED,
    },
    due={
        S.DRAWN: (FIRST_CLOCK, E.LAPSE),
        S.SECOND: (SECOND_CLOCK, E.SETTLE),
        S.APART: (THIRD_CLOCK, E.SETTLE),
    },
)
"""Silence settles with the grades that are in (table grading.settle); without any, the machine's score
stays."""


class AppealState(StrEnum):
    """Where an appeal against a score stands."""

    LODGED = "lodged"
    KEPT = "kept"
    CHANGED = "changed"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


class AppealEvent(StrEnum):
    """What happens to it: somebody else decides, the agent takes it back, nobody decides in time."""

    KEEP = "keep"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    SILENT = "silent"


APPEAL_CLOCK: Final = "grading.appeal"
A, D = AppealState, AppealEvent
STEPS: Final[Mapping[tuple[AppealState, AppealEvent], AppealState]] = {
    (A.LODGED, D.KEEP): A.KEPT,
    (A.LODGED, D.CHANGE): A.CHANGED,
    (A.LODGED, D.WITHDRAW): A.WITHDRAWN,
    (A.LODGED, D.SILENT): A.SET_ASIDE,
}

APPEAL: Final = Machine(
    name="score_appeal",
    start=A.LODGED,
    final=frozenset({A.KEPT, A.CHANGED, A.SET_ASIDE, A.WITHDRAWN}),
    steps=STEPS,
    due={A.LODGED: (APPEAL_CLOCK, D.SILENT)},
)
"""Whoever is to decide and stays silent loses: the score does not count (D11)."""
