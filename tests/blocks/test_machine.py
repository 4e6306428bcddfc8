"""The machine of a block, cell by cell."""

from tests import machines
from xiaoer.blocks.machine import BLOCK, State
from xiaoer.blocks.model import BlockState
from xiaoer.kernel.machine import Cell

_WRONG = "lift_wrong>lifted_wrong"
_LIFTED = f"lift>lifted_right {_WRONG}"
WRITTEN = machines.lines(
    {
        "proposed": "state>heard silent>heard begin_on_watch>on_watch refuse>refused withdraw>withdrawn",
        "heard": "begin>in_force begin_on_watch>on_watch refuse>refused lapse>refused withdraw>withdrawn",
        "in_force": f"ask>in_review run_out>ended {_LIFTED}",
        "on_watch": f"state>in_review ask>in_review look>in_review {_LIFTED}",
        "in_review": f"remind>in_review keep>in_force keep_on_watch>on_watch {_LIFTED}",
        "ended": _WRONG,
        "lifted_right": _WRONG,
        "lifted_wrong": "",
        "refused": "",
        "withdrawn": "",
    }
)


@machines.each_cell(BLOCK)
def test_a_cell(cell: Cell) -> None:
    machines.holds(BLOCK, cell, WRITTEN)


def test_no_block_is_lost() -> None:
    machines.complete(BLOCK, WRITTEN)


def test_the_words_on_the_wire_are_the_states():
    assert {*BlockState.__args__} == {one.value for one in State}


def test_silence_never_blocks_and_never_lengthens():
    """No clock leads into a state that binds, but from one that binds already."""
    binding = {State.IN_FORCE, State.ON_WATCH, State.IN_REVIEW}
    for state, (_, event) in BLOCK.due.items():
        after = BLOCK.step(state, event)
        assert after not in binding or state in binding
