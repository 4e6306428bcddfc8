"""The machine of complaints: cell by cell, and no state waits for ever."""

from typing import get_args

from tests import machines
from xiaoer.complaints import model
from xiaoer.complaints.machine import COMPLAINT, Event, State
from xiaoer.kernel.machine import Cell

WRITTEN = machines.lines(
    {
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
)


@machines.each_cell(COMPLAINT)
def test_a_cell(cell: Cell) -> None:
    machines.holds(COMPLAINT, cell, WRITTEN)


def test_no_complaint_is_lost() -> None:
    machines.complete(COMPLAINT, WRITTEN)


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
