"""The machine of disputes: cell by cell, and no state waits for ever."""

from typing import get_args

from tests import machines
from xiaoer.disputes.machine import DISPUTE, OPEN_TALK, Event, State
from xiaoer.disputes.model import court
from xiaoer.kernel.machine import Cell

# state: events that lead to another one; what is not written cannot happen
_TALK = (
    "settle>settled withdraw>withdrawn suspend_agreed>suspended_agreed suspend_court>awaiting_acceptance "
    "suspend_police>with_police"
)
_JUDGED = "ask_more>supplement call_jury>jury rule>execution rule_read>second_reading"
_WAITS = "resume>evidence settle>settled withdraw>withdrawn"
WRITTEN = machines.lines(
    {
        "new": "open_negotiation>negotiation open_evidence>evidence",
        "negotiation": f"{_TALK} time_up>evidence all_shown>evidence",
        "evidence": f"{_TALK} time_up>hearing all_shown>hearing",
        "hearing": f"{_TALK} {_JUDGED} time_up>ruling",
        "supplement": f"{_TALK} time_up>ruling answered>hearing",
        "jury": "time_up>ruling jury_decided>execution",
        "ruling": f"{_TALK} {_JUDGED} remind>ruling",
        "second_reading": "confirm>execution object>ruling time_up>execution",
        "execution": "execute>decided",
        "decided": "time_up>closed appeal>under_appeal reverse>closed",
        "under_appeal": "appeal_over>closed remind>under_appeal reverse>closed",
        "suspended_agreed": _WAITS,
        "awaiting_acceptance": f"{_WAITS} court_accepted>in_court",
        "in_court": f"{_WAITS} remind>in_court",
        "with_police": _WAITS,
        "closed": "",
        "settled": "",
        "withdrawn": "",
    }
)


@machines.each_cell(DISPUTE)
def test_a_cell(cell: Cell) -> None:
    machines.holds(DISPUTE, cell, WRITTEN)


def test_no_dispute_is_lost() -> None:
    machines.complete(DISPUTE, WRITTEN)


def test_the_states_are_those_of_the_wire() -> None:
    assert [state.value for state in State] == list(get_args(court.State))


def test_every_open_state_has_its_clock() -> None:
    waiting = {state for state in State if state not in DISPUTE.final} - {State.NEW}
    assert waiting == set(DISPUTE.due)
    assert {state.value for state in DISPUTE.final} == court.ENDED


def test_both_may_settle_until_somebody_rules() -> None:
    assert {state for state in State if DISPUTE.takes(state, Event.SETTLE)} >= set(OPEN_TALK)
    assert not DISPUTE.takes(State.EXECUTION, Event.SETTLE)
