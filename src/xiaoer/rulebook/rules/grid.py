"""A table as a grid of typed cells: what an editor shows, changes and sends back."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from xiaoer.kernel.table import Authority, Condition, Hit, InputKind, OutputKind, OutValue, Row, Table
from xiaoer.kernel.table_text import load_plain

Cell = str | int | bool | list[str] | None


class GridInput(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A declared input; `bands` hold the first and last integer of each value of a column of bands."""

    name: str
    kind: InputKind
    values: list[str | int | bool]
    bands: list[tuple[int | None, int | None]] = []
    label: dict[str, str] = {}


class GridOutput(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A declared column of results."""

    name: str
    kind: OutputKind
    words: list[str] = []
    many: bool = False
    optional: bool = False
    label: dict[str, str] = {}


class GridCondition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which values of an input a row takes: the listed ones, or all but those."""

    values: list[str | int | bool]
    negated: bool = False


class GridRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row; an input that `when` does not name may be anything."""

    id: str
    when: dict[str, GridCondition] = {}
    then: dict[str, Cell]
    basis: str
    authority: Authority | None = None
    say: dict[str, str] = {}
    note: str = ""
    otherwise: bool = False


class GridImpossible(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cases that cannot occur, and why."""

    when: dict[str, GridCondition]
    because: str


class Grid(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole decision table."""

    table: str
    title: dict[str, str] = {}
    hit: Hit = "unique"
    note: str = ""
    inputs: list[GridInput]
    outputs: list[GridOutput]
    impossible: list[GridImpossible] = []
    rows: list[GridRow]


def grid_of(table: Table) -> Grid:
    """The cells of a table."""
    return Grid(
        table=table.name,
        title=dict(table.title),
        hit=table.hit,
        note=table.note,
        inputs=[
            GridInput(
                name=one.name,
                kind=one.kind,
                values=list(one.values),
                bands=list(one.edges),
                label=dict(one.label),
            )
            for one in table.inputs
        ],
        outputs=[
            GridOutput(
                name=one.name,
                kind=one.kind,
                words=list(one.words),
                many=one.many,
                optional=one.optional,
                label=dict(one.label),
            )
            for one in table.outputs
        ],
        impossible=[GridImpossible(when=_cells(one.when), because=one.because) for one in table.impossible],
        rows=[_row(row) for row in table.rows],
    )


def _row(row: Row) -> GridRow:
    return GridRow(
        id=row.id,
        when=_cells(row.when),
        then={name: cell(value) for name, value in row.then.items()},
        basis=row.basis,
        authority=row.authority,
        say=dict(row.say),
        note=row.note,
        otherwise=row.otherwise,
    )


def _cells(when: Mapping[str, Condition]) -> dict[str, GridCondition]:
    return {name: GridCondition(values=list(one.values), negated=one.negated) for name, one in when.items()}


def cell(value: OutValue) -> Cell:
    """A result as it travels."""
    return list(value) if isinstance(value, tuple | list) else value


def table_of(grid: Grid) -> Table:
    """The table of a grid; raises TableError with everything wrong with its form."""
    data: dict[str, object] = {"table": grid.table, "title": grid.title, "hit": grid.hit, "note": grid.note}
    data["inputs"] = {one.name: _input(one) for one in grid.inputs}
    data["outputs"] = {one.name: _output(one) for one in grid.outputs}
    data["impossible"] = [{"when": _when(one.when), "because": one.because} for one in grid.impossible]
    data["row"] = [
        {
            "id": row.id,
            "when": "otherwise" if row.otherwise else _when(row.when),
            "then": {name: value for name, value in row.then.items() if value is not None},
            "basis": row.basis,
            "say": row.say,
            "note": row.note,
        }
        | ({"authority": row.authority} if row.authority else {})
        for row in grid.rows
    ]
    return load_plain(data)


def _input(column: GridInput) -> object:
    if column.kind == "bool":
        return {"type": "bool", "label": column.label}
    if column.kind == "words":
        return {"words": column.values, "label": column.label}
    if column.kind == "ints":
        edges = f"{column.values[0]}..{column.values[-1]}" if column.values else ""
        return {"range": edges, "label": column.label}
    spans = zip(column.values, column.bands, strict=False)
    bands = {
        str(name): f"{'' if first is None else first}..{'' if last is None else last}"
        for name, (first, last) in spans
    }
    return {"bands": bands, "label": column.label}


def _output(column: GridOutput) -> object:
    if column.kind == "words":
        return {
            "words": column.words,
            "many": column.many,
            "optional": column.optional,
            "label": column.label,
        }
    return {"type": column.kind + ("?" if column.optional else ""), "label": column.label}


def _when(cells: Mapping[str, GridCondition]) -> dict[str, object]:
    return {name: {"not": one.values} if one.negated else one.values for name, one in cells.items()}


class RowChange(msgspec.Struct, frozen=True):
    """How a row differs from the wording in force."""

    row: str
    change: Literal["added", "removed", "changed"]


def changes(before: Table, after: Table) -> list[RowChange]:
    """The rows that differ between two wordings, those of the later one first."""
    was = {row.id: _row(row) for row in before.rows}
    now = {row.id: _row(row) for row in after.rows}
    found = [
        RowChange(name, "changed" if name in was else "added")
        for name, row in now.items()
        if was.get(name) != row
    ]
    return found + [RowChange(name, "removed") for name in was if name not in now]
