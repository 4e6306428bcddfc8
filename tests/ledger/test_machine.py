"""The payout's machine, cell by cell."""

from typing import get_args

from tests import machines
from xiaoer.kernel.machine import Cell
from xiaoer.ledger import model
from xiaoer.ledger.machine import PAYOUT, REMINDER, RETRY, Event, State

# rows are events, columns are states; · marks a step that cannot happen
WRITTEN = machines.grid("""
        ordered   paying   paid  refused   cancelled
ask     paying    paying   ·     ·         ·
pay     ·         paid     ·     paid      ·
refuse  ·         refused  ·     ·         ·
remind  ·         ·        ·     refused   ·
retry   ·         paying   ·     ordered   ·
cancel  cancelled ·        ·     cancelled ·
""")


@machines.each_cell(PAYOUT)
def test_a_cell(cell: Cell) -> None:
    machines.holds(PAYOUT, cell, WRITTEN)


def test_no_payout_is_lost() -> None:
    machines.complete(PAYOUT, WRITTEN)
    assert PAYOUT.clocks == {RETRY, REMINDER}


def test_nobody_calls_off_what_only_the_provider_knows() -> None:
    assert not PAYOUT.takes(State.PAYING, Event.CANCEL)


def test_the_states_are_those_of_a_payout() -> None:
    assert get_args(model.PayoutState) == tuple(State)
