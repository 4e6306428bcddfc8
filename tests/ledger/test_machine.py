"""The payout's machine, cell by cell."""

from typing import get_args

import pytest

from xiaoer.kernel.machine import IllegalStep
from xiaoer.ledger import model
from xiaoer.ledger.machine import PAYOUT, REMINDER, RETRY, Event, State

# rows are events, columns are states; · marks a step that cannot happen
CELLS = """
        ordered   paying   paid  refused   cancelled
ask     paying    paying   ·     ·         ·
pay     ·         paid     ·     paid      ·
refuse  ·         refused  ·     ·         ·
remind  ·         ·        ·     refused   ·
retry   ·         paying   ·     ordered   ·
cancel  cancelled ·        ·     cancelled ·
"""


def _cells() -> list[tuple[str, str, str]]:
    head, *rows = [line.split() for line in CELLS.strip().splitlines()]
    return [(state, row[0], target) for row in rows for state, target in zip(head, row[1:], strict=True)]


def test_every_cell_is_said() -> None:
    assert {(state, event) for state, event, _ in _cells()} == {
        (cell.state.value, cell.event.value) for cell in PAYOUT.cells()
    }
    assert len(_cells()) == len(State) * len(Event) == 30


@pytest.mark.parametrize(("state", "event", "target"), _cells())
def test_a_cell(state: str, event: str, target: str) -> None:
    if target == "·":
        assert not PAYOUT.takes(State(state), Event(event))
        with pytest.raises(IllegalStep):
            PAYOUT.step(State(state), Event(event))
    else:
        assert PAYOUT.step(State(state), Event(event)) == target


def test_no_payout_is_lost() -> None:
    assert PAYOUT.flaws() == ()
    assert PAYOUT.clocks == {RETRY, REMINDER}


def test_nobody_calls_off_what_only_the_provider_knows() -> None:
    assert not PAYOUT.takes(State.PAYING, Event.CANCEL)


def test_the_states_are_those_of_a_payout() -> None:
    assert get_args(model.PayoutState) == tuple(State)
