"""The machine of an instruction, cell by cell."""

from tests import machines
from xiaoer.instructions.machine import INSTRUCTION, Event, State
from xiaoer.kernel.machine import Cell

WRITTEN = machines.lines(
    {
        "new": "ask>asked difference_due>to_pay",
        "to_pay": "pay>charging withdraw>withdrawn unpaid>expired",
        "charging": "taken>asked declined>to_pay",
        "asked": "confirm>confirmed refuse>refused silent>retried",
        "retried": "confirm>confirmed refuse>refused silent>stuck",
        "stuck": "confirm>confirmed refuse>refused again>retried withdraw>withdrawn",
        "confirmed": "",
        "refused": "",
        "withdrawn": "",
        "expired": "",
    }
)


@machines.each_cell(INSTRUCTION)
def test_a_cell(cell: Cell) -> None:
    machines.holds(INSTRUCTION, cell, WRITTEN)


def test_no_instruction_is_lost() -> None:
    machines.complete(INSTRUCTION, WRITTEN)


def test_a_buyer_who_does_not_pay_leaves_the_order_as_it_is() -> None:
    """O-003: the change falls away, and nothing was asked of the order side."""
    assert INSTRUCTION.step(State.TO_PAY, Event.UNPAID) is State.EXPIRED


def test_silence_alone_ends_with_a_person() -> None:
    state = INSTRUCTION.step(State.ASKED, Event.SILENT)
    assert INSTRUCTION.step(state, Event.SILENT) is State.STUCK
