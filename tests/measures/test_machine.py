"""The machine of a measure, cell by cell."""

from tests import machines
from xiaoer.kernel.machine import Cell
from xiaoer.measures.machine import MEASURE

WRITTEN = machines.lines(
    {
        "in_force": "run_out>ended exam_due>awaiting_exam pass_exam>in_force look>in_force "
        "suspend>suspended end>ended",
        "suspended": "pass_exam>suspended look>suspended resume>in_force end>ended",
        "awaiting_exam": "pass_exam>ended look>awaiting_exam suspend>suspended end>ended",
        "ended": "",
    }
)


@machines.each_cell(MEASURE)
def test_a_cell(cell: Cell) -> None:
    machines.holds(MEASURE, cell, WRITTEN)


def test_no_measure_is_lost() -> None:
    machines.complete(MEASURE, WRITTEN)
