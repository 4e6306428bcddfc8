"""The machine of appeals: cell by cell, and no state waits for ever."""

from typing import get_args

from tests import machines
from xiaoer.appeals import model
from xiaoer.appeals.machine import APPEAL, State
from xiaoer.kernel.machine import Cell

WRITTEN = machines.lines(
    {
        "new": "accept>accepted look>lodged ask_more>incomplete",
        "lodged": "accept>accepted refuse>refused silent>accepted withdraw>withdrawn",
        "incomplete": "add>accepted lapse>refused withdraw>withdrawn",
        "accepted": "assign>assigned remind>accepted withdraw>withdrawn",
        "assigned": "assign>assigned step_aside>accepted ask_more>supplement remind>assigned "
        "withdraw>withdrawn uphold>upheld dismiss>dismissed",
        "supplement": "add>assigned silent>assigned step_aside>accepted withdraw>withdrawn",
        "upheld": "",
        "dismissed": "",
        "refused": "",
        "withdrawn": "",
    }
)


@machines.each_cell(APPEAL)
def test_a_cell(cell: Cell) -> None:
    machines.holds(APPEAL, cell, WRITTEN)


def test_no_appeal_is_lost() -> None:
    machines.complete(APPEAL, WRITTEN)


def test_the_states_are_those_of_the_wire() -> None:
    assert get_args(model.State) == tuple(State)
    assert {state.value for state in APPEAL.final} == model.ENDED


def test_silence_of_the_marketplace_never_goes_against_the_appellant() -> None:
    for state in (State.LODGED, State.ACCEPTED, State.ASSIGNED):
        assert APPEAL.step(state, APPEAL.due[state][1]) not in APPEAL.final
