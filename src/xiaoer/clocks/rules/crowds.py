"""Clocks that fall due together ring together; pure."""

from collections.abc import Container, Sequence
from uuid import UUID

from xiaoer.clocks.ring import Ring


def in_steps(rings: Sequence[Ring], together: Container[str]) -> list[list[Ring]]:
    """The steps in which rings are dealt with: one by one in their order, but those of some names together.

    A ring joins the step that is open for its name unless its owner has been rung behind that step: to each
    owner everything happens in the order in which it fell due.
    """
    steps: list[list[Ring]] = []
    open_for: dict[str, int] = {}
    last: dict[UUID, int] = {}
    for ring in rings:
        place = open_for.get(ring.name)
        if place is None or last.get(ring.owner, place) > place:
            place = len(steps)
            steps.append([])
            if ring.name in together:
                open_for[ring.name] = place
        steps[place].append(ring)
        last[ring.owner] = place
    return steps
