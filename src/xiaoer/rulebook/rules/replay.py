"""Decide again what was decided: with the same wording it must agree, with another it says what if."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from xiaoer.kernel.table import Decision, FactError, OutValue, Table
from xiaoer.rulebook.model import Group
from xiaoer.rulebook.rules.grid import Cell, cell


class RowCount(msgspec.Struct, frozen=True):
    """How many decisions a row took then, and how many it would take."""

    row: str
    before: int
    after: int


class DecisionDifference(msgspec.Struct, frozen=True, kw_only=True):
    """Equal questions that get another answer; `row_after` is None when the table cannot answer at all."""

    inputs: dict[str, str | int | bool]
    count: int
    row_before: str
    row_after: str | None
    outcome_before: dict[str, Cell]
    outcome_after: dict[str, Cell]
    fault: str | None = None


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What deciding again gave: how many decisions, how many get another outcome, and which."""

    decisions: int
    changed: int
    rows: list[RowCount]
    differences: list[DecisionDifference]


def again(groups: Iterable[tuple[Group, Table]]) -> Replayed:
    """Decide every group again by the table beside it; another row with the same outcome is no difference."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    differences: list[DecisionDifference] = []
    for group, table in groups:
        before[group.row] += group.count
        said = _ask(table, group)
        if isinstance(said, Decision):
            after[said.row] += group.count
            if outcome(said.outcome) == outcome(group.outcome):
                continue
        differences.append(_difference(group, said))
    return Replayed(
        decisions=before.total(),
        changed=sum(one.count for one in differences),
        rows=[RowCount(row, before[row], after[row]) for row in sorted(before.keys() | after.keys())],
        differences=differences,
    )


def _ask(table: Table, group: Group) -> Decision | str:
    try:
        return table.again(group.inputs, group.row)
    except FactError as fault:
        return str(fault)


def _difference(group: Group, said: Decision | str) -> DecisionDifference:
    return DecisionDifference(
        inputs=dict(group.inputs),
        count=group.count,
        row_before=group.row,
        row_after=said.row if isinstance(said, Decision) else None,
        outcome_before=outcome(group.outcome),
        outcome_after=outcome(said.outcome) if isinstance(said, Decision) else {},
        fault=None if isinstance(said, Decision) else said,
    )


def outcome(given: Mapping[str, OutValue]) -> dict[str, Cell]:
    """An outcome as it is kept and compared: lists instead of tuples."""
    return {name: cell(value) for name, value in given.items()}
