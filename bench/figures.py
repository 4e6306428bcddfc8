"""What was measured: a figure, its floor from the same run, and what is asked for; and how it is shown."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec
from msgspec import Struct

Better = Literal["more", "less"]
TITLES: Final = {
    "rows": "The database alone",
    "talk": "Messages, complete: guarded, chained, on the clock, kept, delivered to the other party",
    "rate": "Messages at a fixed rate",
    "idle": "Connected buyers who say nothing",
    "cases": "Cases of after-sale, four clients at once",
    "disputes": "The court",
    "history": "As history grows",
    "clocks": "Clocks",
    "guard": "The guard",
    "inspection": "Inspection of a log",
}


class Target(Struct, frozen=True):
    """What is asked for: first, and in the end. `of_floor` says that both are shares of the floor."""

    first: float
    goal: float
    of_floor: bool = False


class Figure(Struct, frozen=True):
    """One measured figure."""

    group: str
    name: str
    value: float
    unit: str
    better: Better = "more"
    floor: float | None = None
    target: Target | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure as a multiple of its floor."""
        return self.value / self.floor if self.floor else None

    @property
    def reached(self) -> str:
        """`goal`, `first`, `below`, or nothing where nothing is asked for."""
        if self.target is None:
            return ""
        value = self.ratio if self.target.of_floor else self.value
        if value is None:
            return ""
        for word, limit in (("goal", self.target.goal), ("first", self.target.first)):
            if (value >= limit) if self.better == "more" else (value <= limit):
                return word
        return "below"


HEAD: Final = ("figure", "measured", "unit", "floor", "× floor", "asked: first / goal", "reached")


def rows(figures: Iterable[Figure]) -> list[tuple[str, ...]]:
    """The cells of a table, one row for each figure."""
    return [
        (
            one.name + (f" ({one.note})" if one.note else ""),
            number(one.value),
            one.unit,
            "" if one.floor is None else number(one.floor),
            "" if one.ratio is None else number(one.ratio),
            _asked(one),
            one.reached,
        )
        for one in figures
    ]


def grouped(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    """The figures under their titles, in the order of the titles."""
    found = [(title, [one for one in figures if one.group == group]) for group, title in TITLES.items()]
    return [(title, members) for title, members in found if members]


def plain(figures: Sequence[Figure]) -> str:
    """A table for a terminal."""
    cells = {title: rows(members) for title, members in grouped(figures)}
    everything = [HEAD, *(row for part in cells.values() for row in part)]
    widths = [max(len(row[place]) for row in everything) for place in range(len(HEAD))]
    lines = [_line(HEAD, widths)]
    for title, part in cells.items():
        lines += ["", title, *(_line(row, widths) for row in part)]
    return "\n".join(lines)


def markdown(figures: Sequence[Figure]) -> str:
    """Tables for a page."""
    parts: list[str] = []
    for title, members in grouped(figures):
        parts += [f"### {title}", "", _cells(HEAD), _cells(("---", *["---:"] * 5, "---"))]
        parts += [*(_cells(row) for row in rows(members)), ""]
    return "\n".join(parts)


def as_json(figures: Sequence[Figure], about: dict[str, str]) -> bytes:
    """Everything, for programs."""
    shown = [
        msgspec.to_builtins(one) | {"ratio": one.ratio, "reached": one.reached or None} for one in figures
    ]
    return msgspec.json.format(msgspec.json.encode({"about": about, "figures": shown}), indent=1)


def number(value: float) -> str:
    """Three figures that count."""
    if value == 0:
        return "0"
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def _asked(one: Figure) -> str:
    if one.target is None:
        return ""
    sign = "≥" if one.better == "more" else "≤"
    of = " × floor" if one.target.of_floor else ""
    return f"{sign} {number(one.target.first)} / {number(one.target.goal)}{of}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        f"{cell:<{width}}" if place in {0, 2, 6} else f"{cell:>{width}}"
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
