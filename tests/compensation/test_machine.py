"""The machine of a grant, cell by cell."""

from tests import machines
from xiaoer.compensation.machine import GRANT, State
from xiaoer.compensation.model import Grant, GrantState
from xiaoer.kernel.machine import Cell

WRITTEN = machines.lines(
    {
        "made": "offer>offered send>waiting issue>held pay>paying give>given",
        "offered": "accept>made contest>contested undo>undone",
        "contested": "accept>made offer>offered remind>contested undo>undone",
        "waiting": "claim>paying expire>returned undo>undone",
        "held": "use>used expire>returned undo>undone",
        "paying": "paid>given called_off>contested undo>undone",
        "given": "undo>undone",
        "used": "undo>undone",
        "returned": "",
        "undone": "",
    }
)


@machines.each_cell(GRANT)
def test_a_cell(cell: Cell) -> None:
    machines.holds(GRANT, cell, WRITTEN)


def test_no_grant_is_lost() -> None:
    machines.complete(GRANT, WRITTEN)


def test_the_words_on_the_wire_are_the_states():
    assert {*GrantState.__args__} == {one.value for one in State}
    assert Grant.__annotations__["state"] is GrantState


def test_only_silence_of_a_known_kind_moves_a_grant():
    assert {state: event.value for state, (_, event) in GRANT.due.items()} == {
        State.OFFERED: "accept",
        State.CONTESTED: "remind",
        State.WAITING: "expire",
        State.HELD: "expire",
    }
