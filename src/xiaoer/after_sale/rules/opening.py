"""Where a case would stand the moment it is opened."""

from msgspec import Struct

from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.rules.assess import Assessment
from xiaoer.after_sale.rules.deeds import AGREED


class First(Struct, frozen=True):
    """The first state, its clock, and the state silence leads to."""

    at_once: bool
    state: str
    clock: str
    then: str


def first_clock(found: Assessment) -> First:
    """Where what is asked stands at first."""
    at_once = not found.event.startswith("ask_")
    event = AGREED[found.path] if at_once else Event(found.event)
    state = CASE.step(State.NEW, event)
    clock, rings = CASE.due[state]
    return First(at_once, state.value, clock, CASE.step(state, rings).value)
