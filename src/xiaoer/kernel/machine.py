"""State machines as data: a table of steps that can be drawn, walked cell by cell and proved."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Final, Generic, NamedTuple, TypeVar

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


class IllegalStep(Exception):
    """An event was let through to a state that does not take it: a fault of the program."""

    def __init__(self, machine: str, state: StrEnum, event: StrEnum) -> None:
        super().__init__(f"machine {machine!r}: state {state.value!r} does not take {event.value!r}")
        self.machine: Final = machine
        self.state: Final = state
        self.event: Final = event


class Cell(NamedTuple):
    """One cell of states × events; `target` is None where the step is illegal."""

    state: StrEnum
    event: StrEnum
    target: StrEnum | None


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, E]):
    """States, events and the steps between them; conditions belong to the rules that choose the event.

    `due` names for a waiting state the clock that ends the wait and the event that clock rings. A state that
    may wait for people without bound stands in `resting` with the reason; it may still name a clock. All
    members of the two enumerations belong to the machine.
    """

    name: str
    start: S
    final: frozenset[S]
    steps: Mapping[tuple[S, E], S] = field(hash=False)
    due: Mapping[S, tuple[str, E]] = field(default_factory=dict[S, tuple[str, E]], hash=False)
    resting: Mapping[S, str] = field(default_factory=dict[S, str], hash=False)

    @property
    def states(self) -> tuple[S, ...]:
        """All states, in the order of their enumeration."""
        return tuple(type(self.start))

    @property
    def events(self) -> tuple[E, ...]:
        """All events, in the order of their enumeration; empty for a machine without steps."""
        kinds = {type(event): None for _, event in self.steps}
        return tuple(event for kind in kinds for event in kind)

    @property
    def clocks(self) -> frozenset[str]:
        """The names of all clocks; each needs an entry in the table of timers."""
        return frozenset(clock for clock, _ in self.due.values())

    def step(self, state: S, event: E) -> S:
        """Return the state the event leads to; raises IllegalStep where the table has no such step."""
        try:
            return self.steps[state, event]
        except KeyError:
            raise IllegalStep(self.name, state, event) from None

    def takes(self, state: S, event: E) -> bool:
        """Tell whether the state takes the event, for a polite refusal before `step`."""
        return (state, event) in self.steps

    def accepts(self, state: S) -> tuple[E, ...]:
        """Return the events a state takes, in the order of the table."""
        return tuple(event for source, event in self.steps if source == state)

    def cells(self) -> Iterator[Cell]:
        """Yield every cell of states × events, legal or not, so that a test can say each of them."""
        for state, event in product(self.states, self.events):
            yield Cell(state, event, self.steps.get((state, event)))

    def flaws(self) -> tuple[str, ...]:
        """Return everything that lets a case get lost, as sentences; an empty tuple proves the machine.

        Proves: every state is reachable, every event is used, final states are final, no state can wait for
        ever unless it is declared resting, clocks alone lead out of every other state, and from every state a
        final or resting state can be reached.
        """
        reachable = self._reach(self.start)
        sayings = [
            *(f"state {state.value!r} cannot be reached" for state in self.states if state not in reachable),
            *self._unused_events(),
            *self._final_flaws(),
            *self._waiting_flaws(),
            *self._lost_states(),
        ]
        return tuple(sayings)

    def mermaid(self) -> str:
        """Draw the machine as Mermaid text; a step that a clock takes is marked with the clock's name."""
        arrows: dict[tuple[S, S], list[str]] = {}
        for (state, event), target in self.steps.items():
            clock = f" (clock {self.due[state][0]})" if self._rings(state, event) else ""
            arrows.setdefault((state, target), []).append(event.value + clock)
        lines = ["stateDiagram-v2", f"    [*] --> {self.start.value}"]
        lines += [
            f"    {state.value} --> {target.value} : {' / '.join(events)}"
            for (state, target), events in arrows.items()
        ]
        lines += [f"    {state.value} --> [*]" for state in self.states if state in self.final]
        lines += [
            f"    note right of {state.value} : {self.resting[state].replace(':', ' –')}"
            for state in self.states
            if state in self.resting
        ]
        return "\n".join(lines) + "\n"

    # ── the proof ────────────────────────────────────────────────────────

    def _unused_events(self) -> Iterator[str]:
        used = {event for _, event in self.steps}
        yield from (f"event {event.value!r} leads nowhere" for event in self.events if event not in used)

    def _final_flaws(self) -> Iterator[str]:
        for state in self.states:
            if state not in self.final:
                continue
            if self.accepts(state):
                yield f"final state {state.value!r} has an exit by {self.accepts(state)[0].value!r}"
            if state in self.due:
                yield f"final state {state.value!r} has a clock"
            if state in self.resting:
                yield f"final state {state.value!r} is declared resting"

    def _waiting_flaws(self) -> Iterator[str]:
        for state in self.states:
            if state in self.final:
                continue
            if state in self.due:
                clock, event = self.due[state]
                if not self.takes(state, event):
                    yield f"{state.value!r} does not take {event.value!r}, which its clock {clock!r} rings"
            elif state not in self.resting:
                yield f"state {state.value!r} can wait for ever: it has no clock and is not declared resting"
            if state in self.resting and not self.resting[state].strip():
                yield f"resting state {state.value!r} gives no reason"
            if self._silence_circles(state):
                yield f"state {state.value!r} can wait for ever: its clocks only lead round in a circle"

    def _silence_circles(self, state: S) -> bool:
        """Follow the clocks alone: true when they lead back to the state and meet no rest on the way."""
        passed: set[S] = set()
        here = state
        while here not in self.final and here not in self.resting and here in self.due:
            if here in passed:
                return here == state
            passed.add(here)
            event = self.due[here][1]
            if not self.takes(here, event):
                return False
            here = self.steps[here, event]
        return False

    def _lost_states(self) -> Iterator[str]:
        ends = self.final | frozenset(self.resting)
        for state in self.states:
            if not ends & self._reach(state):
                yield f"from state {state.value!r} no final or resting state can be reached"

    def _reach(self, start: S) -> frozenset[S]:
        found = {start}
        waiting: list[S] = [start]
        while waiting:
            here = waiting.pop()
            for (state, _), target in self.steps.items():
                if state == here and target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)

    def _rings(self, state: S, event: E) -> bool:
        return state in self.due and self.due[state][1] == event


def document(machine: Machine[S, E], more: Iterable[str] = ()) -> str:
    """Return the page about a machine: drawing, clocks, resting states, and what every state takes."""
    lines = [f"# Machine {machine.name}", "", "```mermaid", machine.mermaid().rstrip("\n"), "```", ""]
    lines += ["| state | takes | clock | waits without bound because |", "|---|---|---|---|"]
    for state in machine.states:
        steps = ((event, machine.step(state, event)) for event in machine.accepts(state))
        takes = ", ".join(f"{event.value} → {target.value}" for event, target in steps)
        clock, event = machine.due.get(state, ("", None))
        rings = f"{clock} → {event.value}" if event is not None else "–"
        kind = "*final*" if state in machine.final else (takes or "–")
        lines.append(f"| {state.value} | {kind} | {rings} | {machine.resting.get(state, '–')} |")
    lines += ["", *more]
    return "\n".join(lines).rstrip("\n") + "\n"
