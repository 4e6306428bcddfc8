"""The machine of appeals: cell by cell, and no state waits for ever."""

from typing import get_args

import pytest

from xiaoer.appeals import model
from xiaoer.appeals.machine import APPEAL, Event, State
from xiaoer.kernel.machine import Cell, IllegalStep

CELLS = {
    "new": "accept>accepted look>lodged ask_more>incomplete",
    "lodged": "accept>accepted refuse>refused silent>accepted withdraw>withdrawn",
    "incomplete": "add>accepted lapse>refused withdraw>withdrawn",
    "accepted": "assign>assigned remind>accepted withdraw>withdrawn",
    "assigned": "assign>assigned step_aside>accepted ask_more>supplement remind>assigned withdraw>withdrawn "
    "uphold>upheld dismiss>dismissed",
    "supplement": "add>assigned silent>assigned step_aside>accepted withdraw>withdrawn",
    "upheld": "",
    "dismissed": "",
    "refused": "",
    "withdrawn": "",
}
SAID = {
    (state, step.partition(">")[0]): step.partition(">")[2]
    for state, steps in CELLS.items()
    for step in steps.split()
}


@pytest.mark.parametrize("cell", list(APPEAL.cells()), ids=lambda cell: f"{cell.state}-{cell.event}")
def test_a_cell(cell: Cell) -> None:
    state, event = State(cell.state), Event(cell.event)
    target = SAID.get((state.value, event.value))
    if target is None:
        with pytest.raises(IllegalStep):
            APPEAL.step(state, event)
    else:
        assert APPEAL.step(state, event) == target


def test_every_state_is_said_and_nothing_else() -> None:
    assert CELLS.keys() == {state.value for state in State}
    assert {*SAID} <= {(state.value, event.value) for state in State for event in Event}


def test_no_appeal_is_lost() -> None:
    assert APPEAL.flaws() == ()


def test_the_states_are_those_of_the_wire() -> None:
    assert get_args(model.State) == tuple(State)
    assert {state.value for state in APPEAL.final} == model.ENDED


def test_silence_of_the_marketplace_never_goes_against_the_appellant() -> None:
    for state in (State.LODGED, State.ACCEPTED, State.ASSIGNED):
        assert APPEAL.step(state, APPEAL.due[state][1]) not in APPEAL.final
