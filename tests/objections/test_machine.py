"""The machines of an objection and of a proposed phrase, cell by cell."""

from tests import machines
from xiaoer.kernel.machine import Cell
from xiaoer.objections.machine import OBJECTION, PROPOSAL

OBJECTED = machines.lines(
    {
        "lodged": "uphold>upheld dismiss>dismissed withdraw>withdrawn fall_due>overdue",
        "overdue": "uphold>upheld dismiss>dismissed withdraw>withdrawn",
        "upheld": "",
        "dismissed": "",
        "withdrawn": "",
    }
)
PROPOSED = machines.lines(
    {"proposed": "try>proposed accept>accepted decline>declined", "accepted": "", "declined": ""}
)


@machines.each_cell(OBJECTION)
def test_a_cell_of_an_objection(cell: Cell) -> None:
    machines.holds(OBJECTION, cell, OBJECTED)


@machines.each_cell(PROPOSAL)
def test_a_cell_of_a_proposal(cell: Cell) -> None:
    machines.holds(PROPOSAL, cell, PROPOSED)


def test_nothing_is_lost() -> None:
    machines.complete(OBJECTION, OBJECTED)
    machines.complete(PROPOSAL, PROPOSED)
