"""Which line of an order is meant: lines keep their number, and with it their id, import after import."""

from collections.abc import Sequence
from itertools import count

from xiaoer.orders.rules.rows import ItemRow

Known = tuple[int, str | None]
"""The number of a line and the sender's own id of it."""


def places(named: Sequence[str] | None, lines: Sequence[Known]) -> list[int] | str:
    """Which places (from 0) of the lines a parcel names, by item id or line number; all when it names none.

    The same id may stand on several lines: each naming takes the next. Answers the name that fits no line.
    """
    if named is None:
        return list(range(len(lines)))
    free = list(range(len(lines)))
    found: list[int] = []
    for name in named:
        place = next((place for place in free if lines[place][1] == name), None)
        if place is None:
            place = next((place for place in free if str(lines[place][0]) == name), None)
        if place is None:
            return name
        free.remove(place)
        found.append(place)
    return found


def line_numbers(items: Sequence[ItemRow], known: Sequence[Known]) -> list[int]:
    """The line of each item of an order: as given, the one it has already, or the next one free.

    A line that belonged to another item is not given away: what points at that line must not come to mean
    something else.
    """
    found = [item.line for item in items]
    taken = {line for line in found if line}
    for place, item in enumerate(items):
        if not found[place]:
            own = next((line for line, name in known if name == item.id and line not in taken), 0)
            found[place] = own
            taken.add(own)
    taken.update(line for line, _ in known)
    free = (line for line in count(1) if line not in taken)
    return [line or next(free) for line in found]
