"""From plain dictionaries to a decision table, naming every mistake of form by column and row."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Final, cast

from xiaoer.kernel.table import (
    AUTHORITIES,
    Authority,
    Condition,
    Flaw,
    FlawKind,
    Hit,
    Impossible,
    Input,
    Output,
    OutputKind,
    OutValue,
    Row,
    Table,
    TableError,
    Value,
)

INTS_LIMIT: Final = 1000
RESERVED: Final = frozenset({"any", "otherwise"})
_WORD: Final = re.compile(r"\w[\w:/+-]*(\.[\w:/+-]+)*")
_RANGE: Final = re.compile(r"(-?\d+)?\.\.(-?\d+)?")
_TABLE_KEYS: Final = frozenset({"table", "title", "hit", "note", "inputs", "outputs", "impossible", "row"})
_ROW_KEYS: Final = frozenset({"id", "when", "then", "basis", "authority", "say", "note"})
_KINDS_OUT: Final[Mapping[str, OutputKind]] = {"bool": "bool", "int": "int", "text": "text"}


def parse(data: Mapping[str, object], version: str, lines: Sequence[int]) -> Table:
    """Build a table; `lines` are the lines of its rows in the text, if known. Raises TableError."""
    return _Parser(lines).table(data, version)


class _Parser:
    """Gathers mistakes while it reads, so that an editor shows them all at once."""

    def __init__(self, lines: Sequence[int]) -> None:
        self._lines = lines
        self._flaws: list[Flaw] = []
        self._row = ""
        self._line: int | None = None

    def table(self, data: Mapping[str, object], version: str) -> Table:
        self._only(data, _TABLE_KEYS, "a table")
        name = self._text(data, "table")
        if name and not _WORD.fullmatch(name):
            self._wrong(f"the name of a table is one word, not {name!r}")
        hit = data.get("hit", "unique")
        if hit not in ("unique", "collect"):
            self._wrong(f"hit is 'unique' or 'collect', not {hit!r}")
        inputs = [self._input(*entry) for entry in self._section(data, "inputs").items()]
        outputs = [self._output(*entry) for entry in self._section(data, "outputs").items()]
        known_inputs = {column.name: column for column in inputs if column}
        known_outputs = {column.name: column for column in outputs if column}
        columns_understood = all(inputs) and all(outputs) and known_inputs and known_outputs
        impossible: list[Impossible] = []
        rows: list[Row] = []
        if columns_understood:
            impossible = [self._impossible(entry, known_inputs) for entry in self._list(data, "impossible")]
            self._required_rows(data)
            for index, entry in enumerate(self._list(data, "row")):
                self._line = self._lines[index] if index < len(self._lines) else None
                rows.append(self._one_row(entry, index, known_inputs, known_outputs))
            self._row, self._line = "", None
            self._repeated(rows)
        title, note = self._say(data.get("title"), "title"), self._text(data, "note", "")
        if self._flaws:
            raise TableError(tuple(self._flaws))
        return Table(
            name=name,
            inputs=tuple(known_inputs.values()),
            outputs=tuple(known_outputs.values()),
            rows=tuple(rows),
            version=version,
            hit=cast("Hit", hit),
            title=title,
            note=note,
            impossible=tuple(impossible),
        )

    # ── columns ──────────────────────────────────────────────────────────

    def _input(self, name: str, spec: object) -> Input | None:
        label: Mapping[str, str] = {}
        if isinstance(spec, dict):
            fields = cast("dict[str, object]", spec)
            self._only(fields, frozenset({"words", "range", "bands", "type", "label"}), f"input {name!r}")
            label = self._say(fields.get("label"), f"label of {name!r}")
            if "bands" in fields:
                return self._bands(name, fields["bands"], label)
            spec = fields.get("words", fields.get("range", fields.get("type")))
        if spec == "bool":
            return Input(name, "bool", (False, True), label=label)
        if isinstance(spec, list):
            return Input(
                name, "words", self._words(cast("list[object]", spec), f"input {name!r}"), label=label
            )
        if isinstance(spec, str) and (numbers := self._range(spec)) is not None:
            return Input(name, "ints", tuple(numbers), label=label)
        self._wrong(
            f'input {name!r}: a list of words, "bool", a range like "0..3" or bands, not {spec!r}', name
        )
        return None

    def _bands(self, name: str, spec: object, label: Mapping[str, str]) -> Input | None:
        if not isinstance(spec, dict) or not spec:
            self._wrong(f'input {name!r}: bands are {{ name = "first..last", … }}, not {spec!r}', name)
            return None
        edges: list[tuple[int | None, int | None]] = []
        bands = cast("dict[str, object]", spec)
        for band, text in bands.items():
            match = _RANGE.fullmatch(text) if isinstance(text, str) else None
            if match is None:
                self._wrong(f'input {name!r}: band {band!r} is "first..last", not {text!r}', name, band)
                return None
            edges.append(
                (None if match[1] is None else int(match[1]), None if match[2] is None else int(match[2]))
            )
        for (_, last), (first, _) in pairwise(edges):
            if last is None or first is None or first != last + 1:
                self._wrong(f"input {name!r}: each band starts one after the end of the band before it", name)
                return None
        if any(first is not None and last is not None and first > last for first, last in edges):
            self._wrong(f"input {name!r}: a band ends before it starts", name)
            return None
        return Input(name, "bands", self._words(list(bands), f"bands of {name!r}"), tuple(edges), label)

    def _range(self, text: str) -> range | None:
        match = _RANGE.fullmatch(text)
        if match is None or match[1] is None or match[2] is None:
            return None
        first, last = int(match[1]), int(match[2])
        return range(first, last + 1) if 0 <= last - first < INTS_LIMIT else None

    def _output(self, name: str, spec: object) -> Output | None:
        optional = many = False
        label: Mapping[str, str] = {}
        if isinstance(spec, dict):
            fields = cast("dict[str, object]", spec)
            self._only(fields, frozenset({"words", "type", "many", "optional", "label"}), f"output {name!r}")
            label = self._say(fields.get("label"), f"label of {name!r}")
            many, optional = fields.get("many") is True, fields.get("optional") is True
            spec = fields.get("words", fields.get("type"))
        if isinstance(spec, str) and spec.endswith("?"):
            spec, optional = spec[:-1], True
        if isinstance(spec, list):
            return Output(
                name,
                "words",
                self._words(cast("list[object]", spec), f"output {name!r}"),
                many,
                optional,
                label,
            )
        kind = _KINDS_OUT.get(spec) if isinstance(spec, str) else None
        if kind is None or many:
            self._wrong(f'output {name!r}: a list of words, "bool", "int" or "text", not {spec!r}', name)
            return None
        return Output(name, kind, (), many, optional, label)

    def _words(self, spec: Sequence[object], where: str) -> tuple[str, ...]:
        words: list[str] = []
        for word in spec:
            if not isinstance(word, str) or not _WORD.fullmatch(word) or word in RESERVED:
                self._wrong(f"{where}: {word!r} cannot be a word", word=str(word))
            elif word in words:
                self._wrong(f"{where}: the word {word!r} stands there twice", word=word)
            else:
                words.append(word)
        if not spec:
            self._wrong(f"{where}: needs at least one word")
        return tuple(words)

    # ── rows ─────────────────────────────────────────────────────────────

    def _one_row(
        self, entry: object, index: int, inputs: Mapping[str, Input], outputs: Mapping[str, Output]
    ) -> Row:
        fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
        given = fields.get("id")
        self._row = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""
        if not self._row.strip():
            self._wrong(f"row number {index + 1} has no id")
        self._only(fields, _ROW_KEYS, "a row")
        otherwise = fields.get("when") == "otherwise"
        when = self._when({} if otherwise else fields.get("when", {}), inputs)
        then = self._then(fields.get("then"), outputs)
        basis = self._text(fields, "basis")
        say, note = self._say(fields.get("say"), "say"), self._text(fields, "note", "")
        return Row(self._row, when, then, basis, say, note, otherwise, self._authority(fields))

    def _authority(self, fields: Mapping[str, object]) -> Authority | None:
        given = fields.get("authority")
        for authority in AUTHORITIES:
            if given == authority:
                return authority
        if given is not None:
            perhaps = _perhaps(str(given), AUTHORITIES)
            message = f"authority: {_say(given)} is not among {_shown(AUTHORITIES)}{perhaps}"
            self._wrong(message, "authority", str(given), "unknown_word")
        return None

    def _impossible(self, entry: object, inputs: Mapping[str, Input]) -> Impossible:
        fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
        self._only(fields, frozenset({"when", "because"}), "an impossible case")
        return Impossible(self._when(fields.get("when"), inputs), self._text(fields, "because"))

    def _when(self, spec: object, inputs: Mapping[str, Input]) -> Mapping[str, Condition]:
        if not isinstance(spec, dict):
            self._wrong(f"when is {{ input = value, … }}, not {spec!r}")
            return {}
        when: dict[str, Condition] = {}
        for name, cell in cast("dict[str, object]", spec).items():
            column = inputs.get(name)
            if column is None:
                self._wrong(f"there is no input {name!r}{_perhaps(name, inputs)}", name, name, "unknown_word")
            elif cell != "any":
                when[name] = self._condition(cell, column)
        return {name: when[name] for name in inputs if name in when}

    def _condition(self, cell: object, column: Input) -> Condition:
        negated = isinstance(cell, dict)
        if isinstance(cell, dict):
            fields = cast("dict[str, object]", cell)
            if set(fields) != {"not"}:
                self._wrong(f"{column.name}: only {{ not = … }} is understood, not {fields!r}", column.name)
            cell = fields.get("not", [])
        items = cast("list[object]", cell) if isinstance(cell, list) else [cell]
        wanted = {value for item in items for value in self._values(item, column)}
        values = tuple(value for value in column.values if value in wanted)
        if not items:
            self._wrong(
                f"{column.name}: the condition names no value of {_shown(column.values)}", column.name
            )
        return Condition(values, negated)

    def _values(self, item: object, column: Input) -> tuple[Value, ...]:
        if column.kind == "ints" and isinstance(item, str) and (numbers := self._range(item)) is not None:
            inside = tuple(number for number in numbers if number in column.values)
            if len(inside) == len(numbers):
                return inside
        # a boolean is an integer to Python, not to the reader of a table
        elif isinstance(item, bool) is (column.kind == "bool") and item in column.values:
            return (cast("Value", item),)
        perhaps = _perhaps(str(item), [str(value) for value in column.values])
        self._wrong(
            f"{column.name}: {_say(item)} is not among {_shown(column.values)}{perhaps}",
            column.name,
            str(item),
            "unknown_word",
        )
        return ()

    def _then(self, spec: object, outputs: Mapping[str, Output]) -> Mapping[str, OutValue]:
        if not isinstance(spec, dict):
            self._wrong(f"then is {{ output = value, … }}, not {spec!r}")
            return {}
        given = cast("dict[str, object]", spec)
        for name in given:
            if name not in outputs:
                self._wrong(
                    f"there is no output {name!r}{_perhaps(name, outputs)}", name, name, "unknown_word"
                )
        return {name: self._result(given.get(name), column) for name, column in outputs.items()}

    def _result(self, cell: object, column: Output) -> OutValue:
        if cell is None:
            if column.optional or column.many:
                return () if column.many else None
            self._wrong(f"the output {column.name!r} is missing", column.name)
            return None
        if column.kind == "words":
            words: list[object] = [cell]
            if column.many and isinstance(cell, list):
                words = cast("list[object]", cell)
            for word in words:
                if word not in column.words:
                    perhaps = _perhaps(str(word), column.words)
                    message = f"{column.name}: {_say(word)} is not among {_shown(column.words)}{perhaps}"
                    self._wrong(message, column.name, str(word), "unknown_word")
            return tuple(str(word) for word in words) if column.many else str(words[0])
        kinds: Mapping[OutputKind, type] = {"bool": bool, "int": int, "text": str}
        if not isinstance(cell, kinds[column.kind]) or (column.kind == "int" and isinstance(cell, bool)):
            self._wrong(f"{column.name}: {_say(cell)} is no {column.kind}", column.name)
        return cast("OutValue", cell)

    def _repeated(self, rows: Sequence[Row]) -> None:
        ids = [row.id for row in rows]
        for repeated in dict.fromkeys(row.id for row in rows if ids.count(row.id) > 1):
            message = f"the row id {repeated} stands there twice"
            self._flaws.append(Flaw("repeated_row", message, (repeated,)))
        if sum(row.otherwise for row in rows) > 1:
            self._wrong("only one row may say otherwise")

    # ── small things ─────────────────────────────────────────────────────

    def _required_rows(self, data: Mapping[str, object]) -> None:
        if not data.get("row"):
            self._wrong("a table needs at least one row")

    def _section(self, data: Mapping[str, object], key: str) -> dict[str, object]:
        section = data.get(key)
        if not isinstance(section, dict) or not section:
            self._wrong(f"a table needs [{key}] with at least one column")
            return {}
        return cast("dict[str, object]", section)

    def _list(self, data: Mapping[str, object], key: str) -> list[object]:
        entries = data.get(key)
        if isinstance(entries, list):
            return cast("list[object]", entries)
        if entries is not None:
            self._wrong(f"{key} is a list: write [[{key}]]")
        return []

    def _text(self, data: Mapping[str, object], key: str, default: str | None = None) -> str:
        value = data.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self._wrong(f"{key} is missing" if value is None else f"{key} is a text, not {value!r}", key)
            return ""
        return value

    def _say(self, spec: object, where: str) -> Mapping[str, str]:
        if spec is None:
            return {}
        said = cast("dict[str, object]", spec) if isinstance(spec, dict) else {"en": spec}
        if not all(isinstance(text, str) for text in said.values()):
            self._wrong(f'{where} is a text or {{ zh = "…", en = "…" }}')
            return {}
        return {language: str(text) for language, text in said.items()}

    def _only(self, data: Mapping[str, object], known: frozenset[str], what: str) -> None:
        for key in data:
            if key not in known:
                self._wrong(f"{what} has no {key!r}{_perhaps(key, known)}", key, key)

    def _wrong(
        self, message: str, name: str | None = None, word: str | None = None, kind: FlawKind = "shape"
    ) -> None:
        rows = (self._row,) if self._row else ()
        message = f"row {self._row}: {message}" if self._row else message
        self._flaws.append(Flaw(kind, message, rows, self._line, name=name, word=word))


def _perhaps(word: str, known: Sequence[str] | Mapping[str, object] | frozenset[str]) -> str:
    near = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _shown(values: Sequence[object]) -> str:
    shown = [_say(value) for value in values[:12]]
    return "[" + ", ".join([*shown, "…"] if len(values) > len(shown) else shown) + "]"


def _say(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
