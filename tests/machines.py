"""Machines as tests write them: what is not written cannot happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from xiaoer.kernel.machine import Cell, IllegalStep, Machine

NO_STEP = "·"


@dataclass(frozen=True)
class Written:
    """The states of a machine, and where each event leads from each of them."""

    states: tuple[str, ...]
    steps: Mapping[tuple[str, str], str]


def lines(cells: Mapping[str, str]) -> Written:
    """Read `{state: "event>target event>target"}`; a state without steps is an end."""
    steps = {
        (state, step.partition(">")[0]): step.partition(">")[2]
        for state, written in cells.items()
        for step in written.split()
    }
    return Written(tuple(cells), steps)


def grid(text: str) -> Written:
    """Read a grid with states above and events at the left; a dot marks what cannot happen."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    steps = {
        (state, row[0]): target
        for row in rows
        for state, target in zip(head, row[1:], strict=True)
        if target != NO_STEP
    }
    return Written(tuple(head), steps)


def each_cell(machine: Machine[Any, Any]) -> Callable[[Callable[[Cell], None]], Callable[[Cell], None]]:
    """Run a test for every cell of states × events."""
    return pytest.mark.parametrize("cell", list(machine.cells()), ids=lambda one: f"{one.state}-{one.event}")


def holds(machine: Machine[Any, Any], cell: Cell, written: Written) -> None:
    """Assert that a cell leads where it is written, or is refused."""
    target = written.steps.get((cell.state.value, cell.event.value))
    if target is None:
        assert not machine.takes(cell.state, cell.event)
        with pytest.raises(IllegalStep):
            machine.step(cell.state, cell.event)
    else:
        assert machine.step(cell.state, cell.event).value == target


def complete(machine: Machine[Any, Any], written: Written) -> None:
    """Assert that every state is written and nothing the machine does not know, and that no case is lost."""
    assert set(written.states) == {state.value for state in machine.states}
    assert {*written.steps} <= {(cell.state.value, cell.event.value) for cell in machine.cells()}
    assert machine.flaws() == ()
