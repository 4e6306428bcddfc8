"""The machine of a measure, cell by cell."""

import pytest

from xiaoer.kernel.machine import IllegalStep
from xiaoer.measures.machine import MEASURE, Event, State

LEGAL = """
in_force      run_out    ended
in_force      exam_due   awaiting_exam
in_force      pass_exam  in_force
in_force      look       in_force
in_force      suspend    suspended
in_force      end        ended
suspended     pass_exam  suspended
suspended     look       suspended
suspended     resume     in_force
suspended     end        ended
awaiting_exam pass_exam  ended
awaiting_exam look       awaiting_exam
awaiting_exam suspend    suspended
awaiting_exam end        ended
"""
STEPS = {
    (state, event): target for state, event, target in (line.split() for line in LEGAL.strip().splitlines())
}
CELLS = [(state, event) for state in State for event in Event]


@pytest.mark.parametrize(("state", "event"), CELLS, ids=lambda one: one.value)
def test_every_cell(state: State, event: Event) -> None:
    target = STEPS.get((state.value, event.value))
    if target is None:
        with pytest.raises(IllegalStep):
            MEASURE.step(state, event)
    else:
        assert MEASURE.step(state, event).value == target
