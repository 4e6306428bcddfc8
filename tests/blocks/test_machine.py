"""The machine of a block, cell by cell."""

import pytest

from xiaoer.blocks.machine import BLOCK, Event, State
from xiaoer.blocks.model import BlockState
from xiaoer.kernel.machine import Cell, IllegalStep

WRONG = {"lift_wrong": "lifted_wrong"}
LIFTED = {"lift": "lifted_right"} | WRONG
LEGAL = {
    "proposed": {
        "state": "heard",
        "silent": "heard",
        "begin_on_watch": "on_watch",
        "refuse": "refused",
        "withdraw": "withdrawn",
    },
    "heard": {
        "begin": "in_force",
        "begin_on_watch": "on_watch",
        "refuse": "refused",
        "lapse": "refused",
        "withdraw": "withdrawn",
    },
    "in_force": {"ask": "in_review", "run_out": "ended"} | LIFTED,
    "on_watch": {"state": "in_review", "ask": "in_review", "look": "in_review"} | LIFTED,
    "in_review": {"remind": "in_review", "keep": "in_force", "keep_on_watch": "on_watch"} | LIFTED,
    "ended": WRONG,
    "lifted_right": WRONG,
    "lifted_wrong": {},
    "refused": {},
    "withdrawn": {},
}


@pytest.mark.parametrize("cell", list(BLOCK.cells()), ids=lambda cell: f"{cell.state}-{cell.event}")
def test_every_cell(cell: Cell):
    expected = LEGAL[cell.state].get(cell.event)
    assert cell.target == expected
    if expected is None:
        with pytest.raises(IllegalStep):
            BLOCK.step(State(cell.state), Event(cell.event))


def test_the_words_on_the_wire_are_the_states():
    assert {*BlockState.__args__} == {one.value for one in State}


def test_silence_never_blocks_and_never_lengthens():
    """No clock leads into a state that binds, but from one that binds already."""
    binding = {State.IN_FORCE, State.ON_WATCH, State.IN_REVIEW}
    for state, (_, event) in BLOCK.due.items():
        after = BLOCK.step(state, event)
        assert after not in binding or state in binding
