"""The machines of a drawn sample and of an appeal against a score, cell by cell."""

from tests import machines
from xiaoer.grading.machine import APPEAL, SAMPLE
from xiaoer.kernel.machine import Cell

DRAWN = machines.lines(
    {
        "drawn": "wait>second settle>settled lapse>lapsed",
        "second": "settle>settled differ>apart",
        "apart": "settle>settled",
        "settled": "",
        "lapsed": "",
    }
)
APPEALED = machines.lines(
    {
        "lodged": "keep>kept change>changed withdraw>withdrawn silent>set_aside",
        "kept": "",
        "changed": "",
        "set_aside": "",
        "withdrawn": "",
    }
)


@machines.each_cell(SAMPLE)
def test_a_cell_of_a_sample(cell: Cell) -> None:
    machines.holds(SAMPLE, cell, DRAWN)


@machines.each_cell(APPEAL)
def test_a_cell_of_an_appeal(cell: Cell) -> None:
    machines.holds(APPEAL, cell, APPEALED)


def test_nothing_is_lost() -> None:
    machines.complete(SAMPLE, DRAWN)
    machines.complete(APPEAL, APPEALED)
