"""The machine of a penalty, cell by cell."""

from tests import machines
from xiaoer.kernel.machine import Cell
from xiaoer.penalties.machine import PENALTY

WRITTEN = machines.lines(
    {
        "appealable": "window_over>final reverse>reversed",
        "final": "reverse>reversed",
        "reversed": "",
    }
)


@machines.each_cell(PENALTY)
def test_a_cell(cell: Cell) -> None:
    machines.holds(PENALTY, cell, WRITTEN)


def test_no_penalty_is_lost() -> None:
    machines.complete(PENALTY, WRITTEN)
