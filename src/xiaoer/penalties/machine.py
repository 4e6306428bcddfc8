"""How a penalty stands, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine

APPEAL: Final = "penalties.appeal_window"


class State(StrEnum):
    """Where a penalty stands.

    appealable: it may still be appealed against · final: the window is over · reversed: it was taken back,
    and everything is as if it had never been.
    """

    APPEALABLE = "appealable"
    FINAL = "final"
    REVERSED = "reversed"


class Event(StrEnum):
    """What happens to a penalty: its window ends, or it is taken back."""

    WINDOW_OVER = "window_over"
    REVERSE = "reverse"


S, E = State, Event

STEPS: Final[Mapping[tuple[State, Event], State]] = {
    (S.APPEALABLE, E.WINDOW_OVER): S.FINAL,
    (S.APPEALABLE, E.REVERSE): S.REVERSED,
    (S.FINAL, E.REVERSE): S.REVERSED,
}

PENALTY: Final[Machine[State, Event]] = Machine(
    name="penalty",
    start=S.APPEALABLE,
    final=frozenset({S.REVERSED}),
    steps=STEPS,
    due={S.APPEALABLE: (APPEAL, E.WINDOW_OVER)},
    resting={S.FINAL: "it stands; an appeal that was lodged in time, or an officer who erred, takes it back"},
)
