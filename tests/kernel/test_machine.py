"""State machines: stepping, the proof against waiting for ever, cells and drawing."""

from collections.abc import Mapping
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.kernel.machine import IllegalStep, Machine, document


class State(StrEnum):
    ASKED = "asked"
    DISPUTED = "disputed"
    PAYING = "paying"
    DONE = "done"


class Event(StrEnum):
    AGREE = "agree"
    OBJECT = "object"
    SILENT = "silent"
    PAID = "paid"


A, D, P, X = State
STEPS: Mapping[tuple[State, Event], State] = {
    (A, Event.AGREE): P,
    (A, Event.OBJECT): D,
    (A, Event.SILENT): P,
    (D, Event.AGREE): P,
    (P, Event.PAID): X,
    (P, Event.SILENT): D,
}
DUE = {A: ("seller_reply", Event.SILENT), P: ("payment_retry", Event.SILENT)}
RESTING = {D: "an officer has it on his desk"}


def _machine(
    steps: Mapping[tuple[State, Event], State] = STEPS,
    due: Mapping[State, tuple[str, Event]] = DUE,
    resting: Mapping[State, str] = RESTING,
    final: frozenset[State] = frozenset({X}),
) -> Machine[State, Event]:
    return Machine("refund", A, final, steps, due, resting)


def _without(*cells: tuple[State, Event]) -> Mapping[tuple[State, Event], State]:
    return {cell: target for cell, target in STEPS.items() if cell not in cells}


def test_a_machine_steps_and_refuses_to_stumble() -> None:
    machine = _machine()
    assert machine.flaws() == ()
    assert machine.step(A, Event.SILENT) is P
    assert machine.takes(P, Event.PAID)
    assert not machine.takes(P, Event.OBJECT)
    assert machine.accepts(D) == (Event.AGREE,)
    assert machine.clocks == {"seller_reply", "payment_retry"}
    with pytest.raises(IllegalStep, match="'done' does not take 'paid'") as caught:
        machine.step(X, Event.PAID)
    assert (caught.value.state, caught.value.event) == (X, Event.PAID)


def test_every_cell_is_listed() -> None:
    cells = list(_machine().cells())
    assert len(cells) == len(State) * len(Event)
    assert {(cell.state, cell.event): cell.target for cell in cells if cell.target} == STEPS


@pytest.mark.parametrize(
    ("machine", "flaw"),
    [
        (
            _machine(_without((A, Event.OBJECT), (P, Event.SILENT)), {A: DUE[A]}, {P: "bank"}),
            "'disputed' cannot",
        ),
        (_machine({**STEPS, (X, Event.PAID): X}), "final state 'done' has an exit"),
        (_machine(due={**DUE, X: ("rest", Event.PAID)}), "final state 'done' has a clock"),
        (_machine(resting={**RESTING, X: "tired"}), "final state 'done' is declared resting"),
        (_machine(resting={}), "'disputed' can wait for ever: it has no clock"),
        (_machine(resting={D: " "}), "'disputed' gives no reason"),
        (_machine(due={**DUE, A: ("seller_reply", Event.PAID)}), "does not take 'paid', which its clock"),
        (_machine(_without((P, Event.PAID)), due={A: DUE[A]}, resting={}), "no final or resting state"),
        (_machine({**STEPS, (A, Event.SILENT): A}), "'asked' can wait for ever: its clocks only lead round"),
        (
            _machine({**STEPS, (D, Event.SILENT): P}, {**DUE, D: ("court", Event.SILENT)}, {}),
            "'paying' can wait for ever: its clocks only lead round",
        ),
        (_machine({(A, Event.AGREE): X}, {}, {A: "x", D: "x", P: "x"}), "event 'silent' leads nowhere"),
    ],
)
def test_a_flaw_is_named(machine: Machine[State, Event], flaw: str) -> None:
    assert any(flaw in saying for saying in machine.flaws()), machine.flaws()


def test_a_clock_may_ring_in_a_resting_state() -> None:
    steps = {**STEPS, (D, Event.SILENT): D}
    assert _machine(steps, {**DUE, D: ("reminder", Event.SILENT)}).flaws() == ()


def test_a_machine_is_drawn() -> None:
    assert _machine().mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> asked\n"
        "    asked --> paying : agree / silent (clock seller_reply)\n"
        "    asked --> disputed : object\n"
        "    disputed --> paying : agree\n"
        "    paying --> done : paid\n"
        "    paying --> disputed : silent (clock payment_retry)\n"
        "    done --> [*]\n"
        "    note right of disputed : an officer has it on his desk\n"
    )
    page = document(_machine(), ["More words."])
    assert (
        "| asked | agree → paying, object → disputed, silent → paying | seller_reply → silent | – |" in page
    )
    assert "| done | *final* | – | – |" in page
    assert page.endswith("More words.\n")


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(State), st.sampled_from(Event)), st.sampled_from(State), min_size=1
    ),
    st.dictionaries(st.sampled_from(State), st.sampled_from(Event)),
    st.sets(st.sampled_from(State)),
)
def test_a_proved_machine_ends_by_silence_alone(
    steps: dict[tuple[State, Event], State], rings: dict[State, Event], rests: set[State]
) -> None:
    final = frozenset(state for state in State if not any(source == state for source, _ in steps))
    machine = _machine(
        steps,
        {state: ("clock", event) for state, event in rings.items() if state not in final},
        dict.fromkeys(rests - final, "people"),
        final,
    )
    if any("wait" in flaw or "rings" in flaw for flaw in machine.flaws()):
        return
    for state in State:
        here = state
        for _ in State:
            if here in final or here in rests:
                break
            here = machine.step(here, machine.due[here][1])
        assert here in final or here in rests
