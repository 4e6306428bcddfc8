"""The machine of a grant, cell by cell."""

import pytest

from xiaoer.compensation.machine import GRANT, STEPS, Event, State
from xiaoer.compensation.model import Grant, GrantState
from xiaoer.kernel.machine import Cell, IllegalStep

LEGAL = {
    "made": {"offer": "offered", "send": "waiting", "issue": "held", "pay": "paying", "give": "given"},
    "offered": {"accept": "made", "contest": "contested", "undo": "undone"},
    "contested": {"accept": "made", "offer": "offered", "remind": "contested", "undo": "undone"},
    "waiting": {"claim": "paying", "expire": "returned", "undo": "undone"},
    "held": {"use": "used", "expire": "returned", "undo": "undone"},
    "paying": {"paid": "given", "called_off": "contested", "undo": "undone"},
    "given": {"undo": "undone"},
    "used": {"undo": "undone"},
    "returned": {},
    "undone": {},
}


@pytest.mark.parametrize("cell", list(GRANT.cells()), ids=lambda cell: f"{cell.state}-{cell.event}")
def test_every_cell(cell: Cell):
    expected = LEGAL[cell.state].get(cell.event)
    assert cell.target == expected
    if expected is None:
        with pytest.raises(IllegalStep):
            GRANT.step(State(cell.state), Event(cell.event))


def test_the_words_on_the_wire_are_the_states():
    assert {*GrantState.__args__} == {one.value for one in State}
    assert Grant.__annotations__["state"] is GrantState
    assert len(STEPS) == sum(len(events) for events in LEGAL.values())


def test_only_silence_of_a_known_kind_moves_a_grant():
    assert {state: event.value for state, (_, event) in GRANT.due.items()} == {
        State.OFFERED: "accept",
        State.CONTESTED: "remind",
        State.WAITING: "expire",
        State.HELD: "expire",
    }
