"""Decision tables as data: declared inputs, numbered rows, exactly one row for every case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, Literal, get_args

Value = str | int | bool
OutValue = str | int | bool | tuple[str, ...] | None
InputKind = Literal["bool", "words", "ints", "bands"]
OutputKind = Literal["bool", "words", "int", "text"]
Hit = Literal["unique", "collect"]
Authority = Literal["law", "platform", "promise", "agreement", "custom"]
"""On whose word a row stands, the strongest first: law goes before the platform's rule, and so on."""

FlawKind = Literal[
    "syntax", "shape", "unknown_word", "repeated_row", "gap", "overlap", "unreachable", "columns", "below_law"
]
AUTHORITIES: Final[tuple[Authority, ...]] = get_args(Authority)

_MEMO_LIMIT: Final = 8192


class FactError(ValueError):
    """A caller asked a table with a missing, unknown or impossible fact: a fault of the program."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a table, said so that an editor can point at it.

    `rows` are the ids concerned, `line` the line in the text when known, `example` a case (input → fact)
    that shows a gap or an overlap, `name` and `word` the column and the value that are not understood.
    """

    kind: FlawKind
    message: str
    rows: tuple[str, ...] = ()
    line: int | None = None
    example: Mapping[str, Value] | None = field(default=None, hash=False)
    name: str | None = None
    word: str | None = None


class TableError(ValueError):
    """A text that is no table; `flaws` lists everything found wrong, not only the first."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        super().__init__("; ".join(flaw.message for flaw in flaws))
        self.flaws: Final = flaws


@dataclass(frozen=True, slots=True)
class Input:
    """A declared input and its finite domain, in order.

    `bands` put an unbounded integer into named bands: `edges` holds the first and last integer of each
    (None = without end), so thresholds are data of the table and not of the program.
    """

    name: str
    kind: InputKind
    values: tuple[Value, ...]
    edges: tuple[tuple[int | None, int | None], ...] = ()
    label: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)

    def settle(self, fact: object) -> Value:
        """Turn a fact into the value of the domain it stands for; raises FactError when there is none."""
        if self.kind == "bands" and isinstance(fact, int):
            for value, (first, last) in zip(self.values, self.edges, strict=True):
                if (first is None or first <= fact) and (last is None or fact <= last):
                    return value
        elif self.kind != "bands":
            for value in self.values:
                if value == fact:
                    return value
        raise FactError(f"input {self.name!r} cannot be {fact!r}; its domain is {list(self.values)}")

    def sample(self, value: Value) -> Value:
        """Return a fact that settles to `value`: the value itself, or for a band one of its integers."""
        if self.kind != "bands":
            return value
        first, last = self.edges[self.values.index(value)]
        return first if first is not None else (last if last is not None else 0)


@dataclass(frozen=True, slots=True)
class Output:
    """A declared column of results; `words` bounds it, `many` makes it a tuple, `optional` allows None."""

    name: str
    kind: OutputKind
    words: tuple[str, ...] = ()
    many: bool = False
    optional: bool = False
    label: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """Which values of one input a row takes: the listed ones, or all but the listed ones."""

    values: tuple[Value, ...]
    negated: bool = False

    def takes(self, value: Value) -> bool:
        """Tell whether the condition holds for a value of the domain."""
        return (value in self.values) is not self.negated


@dataclass(frozen=True, slots=True)
class Row:
    """One numbered row; an input that `when` does not name may be anything.

    `otherwise` marks the one row that takes every case no other row takes; its `when` is empty.
    """

    id: str
    when: Mapping[str, Condition] = field(hash=False)
    then: Mapping[str, OutValue] = field(hash=False)
    basis: str
    say: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    note: str = ""
    otherwise: bool = False
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class Impossible:
    """Cases that cannot occur, with the reason; they need no row, and asking about one is a fault."""

    when: Mapping[str, Condition] = field(hash=False)
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table said, complete enough to be stored, explained and replayed."""

    table: str
    version: str
    row: str
    outcome: Mapping[str, OutValue] = field(hash=False)
    basis: str
    inputs: Mapping[str, Value] = field(hash=False)
    authority: Authority | None = None

    def word(self, name: str) -> str:
        """Return a result that is a word or text; raises TypeError when the column is something else."""
        value = self.outcome[name]
        if not isinstance(value, str):
            raise TypeError(f"{self.table}.{name} is {value!r}, no word")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Return a result that is a tuple of words; raises TypeError when the column is something else."""
        value = self.outcome[name]
        if not isinstance(value, tuple):
            raise TypeError(f"{self.table}.{name} is {value!r}, no list of words")
        return value

    def number(self, name: str) -> int:
        """Return a result that is an integer; raises TypeError when the column is something else."""
        value = self.outcome[name]
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{self.table}.{name} is {value!r}, no number")
        return value

    def flag(self, name: str) -> bool:
        """Return a result that is true or false; raises TypeError when the column is something else."""
        value = self.outcome[name]
        if not isinstance(value, bool):
            raise TypeError(f"{self.table}.{name} is {value!r}, neither true nor false")
        return value


@dataclass(frozen=True, slots=True)
class _Compiled:
    """Per input a map from value to the set of rows (as bits) that take it, and the answers already given."""

    key: Callable[[Mapping[str, object]], object]
    bits: tuple[tuple[Input, Mapping[Value, int]], ...]
    all_rows: int
    impossible_shift: int
    memo: dict[object, tuple[Decision, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; build it with `table_text.load`, ask it with `decide` (or `collect`).

    Two tables are equal when their words are; `version` is the caller's name for this wording, by default a
    digest of its canonical text.
    """

    name: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    version: str = ""
    hit: Hit = "unique"
    title: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    note: str = ""
    impossible: tuple[Impossible, ...] = ()
    _compiled: _Compiled = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Only the answers already given are mutable in here: they are a memory, not a state.
        object.__setattr__(self, "_compiled", _compile(self))

    @property
    def cases(self) -> int:
        """How many cases the inputs span, impossible ones included."""
        count = 1
        for column in self.inputs:
            count *= len(column.values)
        return count

    def row(self, id: str) -> Row:
        """Return the row with that id; raises KeyError when there is none."""
        for row in self.rows:
            if row.id == id:
                return row
        raise KeyError(id)

    def decide(self, facts: Mapping[str, object]) -> Decision:
        """Return what the one matching row says about the facts; facts no input names are ignored.

        Raises FactError for a missing, unknown or impossible fact, and for a case no row or several rows take
        (which `table_proof.flaws` finds before a table is put in force). Only for hit policy `unique`.
        """
        compiled = self._compiled
        try:
            found = compiled.memo[compiled.key(facts)]
        except (KeyError, TypeError):
            found = self._look(facts)
        if len(found) != 1 or self.hit != "unique":
            raise FactError(self._why_not_one(facts, found))
        return found[0]

    def collect(self, facts: Mapping[str, object]) -> tuple[Decision, ...]:
        """Return what every matching row says, in the order of the rows; may be empty."""
        compiled = self._compiled
        try:
            return compiled.memo[compiled.key(facts)]
        except (KeyError, TypeError):
            return self._look(facts)

    def again(self, facts: Mapping[str, object], row: str) -> Decision:
        """Return what the table says where it said `row` before: the one matching row, or, where every match
        is told, that row as long as it matches.

        Raises FactError like `decide`, and when the row of a collecting table takes the case no more.
        """
        if self.hit == "unique":
            return self.decide(facts)
        for one in self.collect(facts):
            if one.row == row:
                return one
        raise FactError(f"table {self.name!r}: row {row!r} does not take {dict(facts)}")

    def misses(self, facts: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
        """Return for every row the inputs that keep it from matching: an empty tuple marks the rows that hit.

        The row `otherwise` has no conditions of its own and is left out.
        """
        settled = {column.name: column.settle(_fact(facts, column.name)) for column in self.inputs}
        return {
            row.id: tuple(name for name, condition in row.when.items() if not condition.takes(settled[name]))
            for row in self.rows
            if not row.otherwise
        }

    def _look(self, facts: Mapping[str, object]) -> tuple[Decision, ...]:
        compiled = self._compiled
        mask = -1
        inputs: dict[str, Value] = {}
        for column, bits in compiled.bits:
            fact = _fact(facts, column.name)
            value = column.settle(fact)
            mask &= bits[value]
            inputs[column.name] = int(fact) if column.kind == "bands" and isinstance(fact, int) else value
        if mask >> compiled.impossible_shift:
            reason = self.impossible[(mask >> compiled.impossible_shift).bit_length() - 1].because
            raise FactError(f"table {self.name!r}: {inputs} is declared impossible: {reason}")
        matching = mask & compiled.all_rows
        hits = [row for index, row in enumerate(self.rows) if matching >> index & 1]
        hits = hits or [row for row in self.rows if row.otherwise]
        found = tuple(
            Decision(self.name, self.version, row.id, row.then, row.basis, inputs, row.authority)
            for row in hits
        )
        if len(compiled.memo) >= _MEMO_LIMIT:  # integers in bands are unbounded, the memory is not
            compiled.memo.clear()
        compiled.memo[compiled.key(facts)] = found
        return found

    def _why_not_one(self, facts: Mapping[str, object], found: tuple[Decision, ...]) -> str:
        if self.hit != "unique":
            return f"table {self.name!r} collects; ask it with `collect`"
        case = {column.name: facts[column.name] for column in self.inputs}
        if not found:
            return f"table {self.name!r} has no row for {case}"
        return f"table {self.name!r} has several rows for {case}: {', '.join(hit.row for hit in found)}"


def _fact(facts: Mapping[str, object], name: str) -> object:
    try:
        return facts[name]
    except KeyError:
        raise FactError(f"the fact {name!r} is missing; given: {sorted(facts)}") from None


def _compile(table: Table) -> _Compiled:
    shift = len(table.rows)
    boxes = [(index, row.when) for index, row in enumerate(table.rows) if not row.otherwise]
    boxes += [(shift + index, case.when) for index, case in enumerate(table.impossible)]
    bits: list[tuple[Input, Mapping[Value, int]]] = []
    for column in table.inputs:
        masks: dict[Value, int] = {}
        for value in column.values:
            taken = (i for i, when in boxes if column.name not in when or when[column.name].takes(value))
            masks[value] = sum(1 << i for i in taken)
        bits.append((column, masks))
    key = itemgetter(*(column.name for column in table.inputs))
    return _Compiled(key, tuple(bits), (1 << shift) - 1, shift, {})
