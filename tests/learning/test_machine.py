"""The machines of a request for a rating and of an unsatisfied dialogue, cell by cell."""

from tests import machines
from xiaoer.kernel.machine import Cell
from xiaoer.learning.machine import DIALOGUE, RATING

RATED = machines.lines(
    {
        "asked": "rate>rated remind>reminded",
        "reminded": "rate>rated lapse>lapsed",
        "rated": "rate>rated lapse>lapsed",
        "lapsed": "",
    }
)
LEARNT = machines.lines(
    {
        "found": "plan>planned contest>contested silent>overdue",
        "returned": "plan>planned silent>overdue",
        "overdue": "plan>planned set_aside>set_aside lapse>lapsed",
        "planned": "improve>improved come_back>came_back",
        "contested": "set_aside>set_aside send_back>returned",
        "improved": "",
        "came_back": "",
        "set_aside": "",
        "lapsed": "",
    }
)


@machines.each_cell(RATING)
def test_a_cell_of_a_rating(cell: Cell) -> None:
    machines.holds(RATING, cell, RATED)


@machines.each_cell(DIALOGUE)
def test_a_cell_of_a_dialogue(cell: Cell) -> None:
    machines.holds(DIALOGUE, cell, LEARNT)


def test_nothing_is_lost() -> None:
    machines.complete(RATING, RATED)
    machines.complete(DIALOGUE, LEARNT)
