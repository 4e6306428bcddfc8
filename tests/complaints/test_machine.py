"""The machine of complaints: cell by cell, and no state waits for ever."""

from typing import get_args

import pytest

from xiaoer.complaints import model
from xiaoer.complaints.machine import COMPLAINT, Event, State
from xiaoer.kernel.machine import Cell, IllegalStep

CELLS = {
    "new": "lodge>lodged",
    "lodged": "accept>accepted refuse>refused merge>merged acceptance_silent>accepted withdraw>withdrawn",
    "accepted": "answer>in_hearing accused_silent>in_hearing apologise>apology_offered hear>in_hearing "
    "merge>merged withdraw>withdrawn",
    "apology_offered": "accept_apology>apology_accepted decline_apology>in_hearing "
    "complainant_silent>in_hearing hear>in_hearing withdraw>withdrawn",
    "in_hearing": "uphold>upheld reject>rejected not_prove>not_proved accept_apology>apology_accepted "
    "remind>in_hearing settle>settled withdraw>withdrawn",
    "refused": "reverse_refusal>accepted",
    "merged": "",
    "withdrawn": "",
    "apology_accepted": "",
    "settled": "",
    "upheld": "reject>rejected not_prove>not_proved",
    "rejected": "uphold>upheld not_prove>not_proved",
    "not_proved": "uphold>upheld reject>rejected",
}
SAID = {
    (state, step.partition(">")[0]): step.partition(">")[2]
    for state, steps in CELLS.items()
    for step in steps.split()
}


@pytest.mark.parametrize("cell", list(COMPLAINT.cells()), ids=lambda cell: f"{cell.state}-{cell.event}")
def test_a_cell(cell: Cell) -> None:
    state, event = State(cell.state), Event(cell.event)
    target = SAID.get((state.value, event.value))
    if target is None:
        with pytest.raises(IllegalStep):
            COMPLAINT.step(state, event)
    else:
        assert COMPLAINT.step(state, event) == target


def test_every_state_is_said_and_nothing_else() -> None:
    assert CELLS.keys() == {state.value for state in State}
    assert {*SAID} <= {(state.value, event.value) for state in State for event in Event}


def test_no_complaint_is_lost() -> None:
    assert COMPLAINT.flaws() == ()


def test_the_states_are_those_of_the_wire() -> None:
    assert get_args(model.State) == tuple(State)
    over = {
        state for state in State if state in COMPLAINT.final or "appeal" in COMPLAINT.resting.get(state, "")
    }
    assert {state.value for state in over} == model.OVER


def test_withdrawn_is_never_upheld() -> None:
    """S-062: taking it back ends it; and it can be taken back from everywhere before it is ruled on."""
    assert COMPLAINT.accepts(State.WITHDRAWN) == ()
    before = {State.LODGED, State.ACCEPTED, State.APOLOGY_OFFERED, State.IN_HEARING}
    assert {state for state in State if COMPLAINT.takes(state, Event.WITHDRAW)} == before
