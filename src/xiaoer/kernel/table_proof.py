"""The proof that a decision table answers every case exactly once, with an example where it does not."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from xiaoer.kernel.table import Condition, Flaw, Input, Row, Table, Value

GAPS_SHOWN: Final = 20

Box = tuple[tuple[Value, ...], ...]


def flaws(table: Table) -> tuple[Flaw, ...]:
    """Return every gap, overlap and unreachable row; an empty tuple proves the table.

    The search covers all cases of the inputs: values that no row tells apart are walked once, so tables far
    too large to enumerate are proved too. At most `GAPS_SHOWN` gaps are listed.
    """
    never = [_box(table.inputs, case.when) for case in table.impossible]
    rows = [(row, _box(table.inputs, row.when)) for row in table.rows if not row.otherwise]
    found: list[Flaw] = []
    found += _unreachable(table, rows, never)
    if table.hit == "unique":
        found += _overlaps(table, rows, never)
        found += _gaps(table, rows, never)
    return tuple(found)


def weaker(table: Table, law: Table, better: Mapping[str, Sequence[str]]) -> tuple[Flaw, ...]:
    """Return where a table answers worse than the rows of law in another table with the same inputs.

    `better` lists the words of an output from worst to best. Every case that a row of law takes must get a
    word at least as good; where it does not, the flaw names the row, the law's basis and an example.
    """
    never = [_box(law.inputs, case.when) for case in (*law.impossible, *table.impossible)]
    columns = tuple(next(one for one in table.inputs if one.name == column.name) for column in law.inputs)
    rows = [(row, _box(columns, row.when)) for row in table.rows if not row.otherwise]
    found: list[Flaw] = []
    for bound in law.rows:
        if bound.authority != "law" or bound.otherwise:
            continue
        box = _box(law.inputs, bound.when)
        for row, other in rows:
            worse = [
                name for name, words in better.items() if _rank(row, name, words) < _rank(bound, name, words)
            ]
            shared = tuple(
                _shared(of_law, of_table, mine, theirs)
                for of_law, of_table, mine, theirs in zip(law.inputs, columns, box, other, strict=True)
            )
            case = next(_outside(shared, never), None) if worse and all(shared) else None
            if case is not None:
                message = f"row {row.id}: {worse[0]} is worse for the buyer than law has it ({bound.basis})"
                example = _example(law.inputs, case)
                found.append(Flaw("below_law", message, (row.id,), example=example, name=worse[0]))
    return tuple(found)


def _shared(law: Input, column: Input, mine: Sequence[Value], theirs: Sequence[Value]) -> tuple[Value, ...]:
    """The values of law's column that a row of the other table takes, too; bands are compared by integers."""
    if law.kind != "bands" or column.kind != "bands":
        return tuple(value for value in mine if value in theirs)
    taken = [span for value, span in zip(column.values, column.edges, strict=True) if value in theirs]
    spans = dict(zip(law.values, law.edges, strict=True))
    return tuple(value for value in mine if any(_meet(spans[value], span) for span in taken))


def _meet(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    (first, last), (start, end) = one, other
    starts_in_time = first is None or end is None or first <= end
    return starts_in_time and (start is None or last is None or start <= last)


def _rank(row: Row, name: str, words: Sequence[str]) -> int:
    """The place of a row's word in a list from worst to best; a word that is not listed is worst."""
    word = row.then.get(name)
    return words.index(word) if isinstance(word, str) and word in words else -1


def _unreachable(table: Table, rows: Sequence[tuple[Row, Box]], never: Sequence[Box]) -> Iterator[Flaw]:
    for row, box in rows:
        if next(_outside(box, never), None) is None:
            yield Flaw("unreachable", f"row {row.id}: no possible case reaches it", (row.id,))
    boxes = [box for _, box in rows]
    for row in table.rows:
        everything = tuple(column.values for column in table.inputs)
        if row.otherwise and next(_outside(everything, [*boxes, *never]), None) is None:
            yield Flaw("unreachable", f"row {row.id}: the other rows leave no case to it", (row.id,))


def _overlaps(table: Table, rows: Sequence[tuple[Row, Box]], never: Sequence[Box]) -> Iterator[Flaw]:
    for (one, box), (two, other) in combinations(rows, 2):
        shared = tuple(
            tuple(value for value in mine if value in theirs) for mine, theirs in zip(box, other, strict=True)
        )
        case = next(_outside(shared, never), None) if all(shared) else None
        if case is not None:
            example = _example(table.inputs, case)
            ids = (one.id, two.id)
            yield Flaw(
                "overlap", f"rows {one.id} and {two.id} both take {_say(example)}", ids, example=example
            )


def _gaps(table: Table, rows: Sequence[tuple[Row, Box]], never: Sequence[Box]) -> Iterator[Flaw]:
    if any(row.otherwise for row in table.rows):
        return
    everything = tuple(column.values for column in table.inputs)
    taken = [box for _, box in rows]
    for shown, case in enumerate(_outside(everything, [*taken, *never])):
        if shown == GAPS_SHOWN:
            return
        example = _example(table.inputs, case)
        yield Flaw("gap", f"no row takes {_say(example)}", example=example)


def _box(inputs: Sequence[Input], when: Mapping[str, Condition]) -> Box:
    """The cases a row takes, as the values it takes of each input."""
    return tuple(
        tuple(value for value in column.values if column.name not in when or when[column.name].takes(value))
        for column in inputs
    )


def _outside(box: Box, covers: Sequence[Box]) -> Iterator[tuple[Value, ...]]:
    """Yield cases of the box that none of the covers holds, one for each group of cases alike.

    Walks input by input with the set of covers (as bits) that still hold the case so far. Values with the
    same set are alike and walked once; a position and set found wholly covered are not walked again.
    """
    if not all(box):
        return
    depth = len(box)
    sets = [tuple(set(values) for values in cover) for cover in covers]
    signatures = [
        {value: sum(1 << i for i, cover in enumerate(sets) if value in cover[level]) for value in values}
        for level, values in enumerate(box)
    ]
    rest = [[set(box[at]) <= cover[at] for at in range(depth)] for cover in sets]
    whole = [  # the covers that take everything from this level on
        sum(1 << i for i, takes in enumerate(rest) if all(takes[level:])) for level in range(depth + 1)
    ]
    covered: set[tuple[int, int]] = set()

    def walk(level: int, alive: int, chosen: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
        if not alive:
            yield chosen + tuple(values[0] for values in box[level:])
            return
        if alive & whole[level] or (level, alive) in covered:
            return
        found = False
        seen: set[int] = set()
        for value, signature in signatures[level].items():
            still = alive & signature
            if still not in seen:
                seen.add(still)
                for case in walk(level + 1, still, (*chosen, value)):
                    found = True
                    yield case
        if not found:
            covered.add((level, alive))

    yield from walk(0, (1 << len(covers)) - 1, ())


def _example(inputs: Sequence[Input], case: tuple[Value, ...]) -> Mapping[str, Value]:
    return {column.name: column.sample(value) for column, value in zip(inputs, case, strict=True)}


def _say(example: Mapping[str, Value]) -> str:
    return ", ".join(f"{name} = {_word(value)}" for name, value in example.items())


def _word(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
