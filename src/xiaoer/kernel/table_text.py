"""Decision tables as TOML: read with every mistake named, written back, drawn as Markdown.

A table reads like this; an input a row does not name may be anything:

    table = "reply_clock"
    title = { zh = "应答时钟", en = "Reply clock" }
    hit = "unique"                                   # or "collect"

    [inputs]
    speaker = ["buyer", "agent", "robot"]            # words
    waiting = "bool"                                 # true or false
    strikes = "0..3"                                 # a small range of integers
    days = { bands = { in_window = "..7", late = "8.." } }   # any integer, put into named bands

    [outputs]
    deed = ["start", "stop", "keep"]                 # words
    measures = { words = ["shield", "warn"], many = true }
    points = "int?"                                  # "bool", "int", "text"; ? makes it optional

    [[impossible]]
    when = { speaker = "robot", strikes = "1..3" }
    because = "robots get no strikes"

    [[row]]
    id = "1"
    when = { speaker = ["buyer", "agent"], strikes = "0..1", days = { not = "late" } }
    then = { deed = "start", measures = ["warn"], points = 2 }
    basis = "S-001"
    authority = "platform"                           # law, platform, promise, agreement or custom; optional
    say = { zh = "买家开口,时钟起走。", en = "The buyer speaks, the clock starts." }

One row may say `when = "otherwise"`: it takes what no other row takes. It ends the proof of completeness, so
it is for tables whose cases cannot be listed.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final, cast

from xiaoer.kernel.table import Condition, Flaw, Input, Output, OutValue, Row, Table, TableError, Value
from xiaoer.kernel.table_parse import parse
from xiaoer.kernel.table_proof import flaws

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_ROW_HEADER: Final = re.compile(r"^[ \t]*\[\[[ \t]*row[ \t]*\]\]", re.MULTILINE)
_PLACE: Final = re.compile(r"\(at line (\d+)")


def load(text: str, version: str = "") -> Table:
    """Read a table from TOML; raises TableError with every mistake of form found.

    Gaps and overlaps are not mistakes of form: ask `table_proof.flaws`, or `check` for both. An empty
    `version` becomes a digest of the canonical text, so that equal wording has equal versions.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place else None
        raise TableError((Flaw("syntax", f"not TOML: {error}", line=line),)) from None
    return load_plain(data, version, row_lines(text))


def row_lines(text: str) -> list[int]:
    """Return the line on which each row of a text begins, in the order of the rows."""
    return [text.count("\n", 0, header.start()) + 1 for header in _ROW_HEADER.finditer(text)]


def load_plain(data: Mapping[str, object], version: str = "", lines: list[int] | None = None) -> Table:
    """Read a table from the plain dictionary its TOML (or an editor's JSON) gives; raises TableError."""
    table = parse(data, version, lines or [])
    if version:
        return table
    return parse(data, sha256(dump(table).encode()).hexdigest()[:12], [])


def check(text: str) -> tuple[Flaw, ...]:
    """Return everything wrong with a text, of form and of sense; an empty tuple lets it take effect."""
    try:
        return flaws(load(text))
    except TableError as error:
        return error.flaws


def plain(table: Table) -> dict[str, object]:
    """Return the table as dictionaries, lists and scalars: what `load_plain` reads and an editor edits."""
    data: dict[str, object] = {"table": table.name}
    data |= {"title": dict(table.title)} if table.title else {}
    data |= {"hit": table.hit} if table.hit != "unique" else {}
    data |= {"note": table.note} if table.note else {}
    data["inputs"] = {column.name: _plain_input(column) for column in table.inputs}
    data["outputs"] = {column.name: _plain_output(column) for column in table.outputs}
    data |= {"impossible": _plain_impossible(table)} if table.impossible else {}
    data["row"] = [_plain_row(row) for row in table.rows]
    return data


def dump(table: Table) -> str:
    """Write the table as canonical TOML; loading it again gives an equal table."""
    data = plain(table)
    lines = [f"{key} = {_toml(data[key])}" for key in ("table", "title", "hit", "note") if key in data]
    lines += ["", "[inputs]"]
    lines += [f"{_key(column.name)} = {_toml(_plain_input(column))}" for column in table.inputs]
    lines += ["", "[outputs]"]
    lines += [f"{_key(column.name)} = {_toml(_plain_output(column))}" for column in table.outputs]
    entries = [("impossible", entry) for entry in _plain_impossible(table)]
    entries += [("row", _plain_row(row)) for row in table.rows]
    for section, entry in entries:
        lines += ["", f"[[{section}]]"]
        lines += [f"{key} = {_toml(value)}" for key, value in entry.items()]
    return "\n".join(lines) + "\n"


def markdown(table: Table, language: str = "en") -> str:
    """Draw the table for people who do not read TOML, with the result of its proof underneath."""
    said = any(row.say for row in table.rows)
    stands = any(row.authority for row in table.rows)
    heads = ["row", *(column.name for column in table.inputs)]
    heads += [f"→ {column.name}" for column in table.outputs]
    heads += (["authority"] if stands else []) + ["basis"] + (["in words"] if said else [])
    lines = [
        f"# {_in(table.title, language) or table.name}",
        "",
        f"`{table.name}` · hit policy: {table.hit}",
        "",
    ]
    lines += [table.note, ""] if table.note else []
    lines += [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in table.rows:
        cells = [row.id]
        cells += [_drawn_condition(row, column) for column in table.inputs]
        cells += [_drawn(row.then[column.name]) for column in table.outputs]
        cells += [row.authority or "–"] if stands else []
        cells += [row.basis] + ([_in(row.say, language)] if said else [])
        lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    lines += ["", *_drawn_domains(table), "", _drawn_proof(table)]
    return "\n".join(lines) + "\n"


# ── plain ────────────────────────────────────────────────────────────────


def _plain_input(column: Input) -> object:
    spec: object = "bool"
    if column.kind == "words":
        spec = list(column.values)
    elif column.kind == "ints":
        spec = f"{column.values[0]}..{column.values[-1]}"
    elif column.kind == "bands":
        spec = {str(value): _span(*edges) for value, edges in zip(column.values, column.edges, strict=True)}
    if column.kind != "bands" and not column.label:
        return spec
    key = {"bool": "type", "words": "words", "ints": "range", "bands": "bands"}[column.kind]
    return {key: spec} | ({"label": dict(column.label)} if column.label else {})


def _plain_output(column: Output) -> object:
    if column.kind != "words":
        kind = column.kind + ("?" if column.optional else "")
        return {"type": kind, "label": dict(column.label)} if column.label else kind
    words = list(column.words)
    fields: dict[str, object] = {"many": True} if column.many else {}
    fields |= {"optional": True} if column.optional else {}
    fields |= {"label": dict(column.label)} if column.label else {}
    return {"words": words, **fields} if fields else words


def _plain_impossible(table: Table) -> list[dict[str, object]]:
    return [{"when": _plain_when(case.when), "because": case.because} for case in table.impossible]


def _plain_row(row: Row) -> dict[str, object]:
    then = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in row.then.items()
        if value is not None and value != ()
    }
    entry: dict[str, object] = {"id": row.id, "when": "otherwise" if row.otherwise else _plain_when(row.when)}
    entry |= {"then": then, "basis": row.basis}
    entry |= {"authority": row.authority} if row.authority else {}
    entry |= {"say": dict(row.say)} if row.say else {}
    entry |= {"note": row.note} if row.note else {}
    return entry


def _plain_when(when: Mapping[str, Condition]) -> dict[str, object]:
    return {name: _plain_condition(condition) for name, condition in when.items()}


def _plain_condition(condition: Condition) -> object:
    values: object = condition.values[0] if len(condition.values) == 1 else list(condition.values)
    return {"not": values} if condition.negated else values


def _span(first: int | None, last: int | None) -> str:
    return f"{'' if first is None else first}..{'' if last is None else last}"


# ── TOML ─────────────────────────────────────────────────────────────────


def _toml(value: object) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        inside = ", ".join(f"{_key(key)} = {_toml(item)}" for key, item in fields.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in cast('list[object]', value))}]"
    # JSON and TOML escape alike, but for the one control character JSON lets through
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


# ── Markdown ─────────────────────────────────────────────────────────────


def _drawn_condition(row: Row, column: Input) -> str:
    if row.otherwise:
        return "*otherwise*"
    condition = row.when.get(column.name)
    if condition is None:
        return "–"
    said = ", ".join(_drawn(value) for value in condition.values)
    return f"not {said}" if condition.negated else said


def _drawn(value: OutValue | Value) -> str:
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return ", ".join(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _drawn_domains(table: Table) -> Iterator[str]:
    yield "Inputs:"
    yield ""
    for column in table.inputs:
        names = ", ".join(_drawn(value) for value in column.values)
        if column.kind == "bands":
            pairs = zip(column.values, column.edges, strict=True)
            names = ", ".join(f"{value} ({_span(*edges)})" for value, edges in pairs)
        yield f"- `{column.name}`: {names}"
    for case in table.impossible:
        facts = ", ".join(
            f"{name} {'not ' if cell.negated else ''}{'/'.join(_drawn(value) for value in cell.values)}"
            for name, cell in case.when.items()
        )
        yield f"- impossible: {facts} – {case.because}"


def _drawn_proof(table: Table) -> str:
    if table.hit == "collect":
        return f"{table.cases} cases; each collects the rows that match it."
    found = flaws(table)
    if found:
        return f"{table.cases} cases; **not proved**: {'; '.join(flaw.message for flaw in found)}"
    return f"{table.cases} cases, each taken by exactly one row or declared impossible (proved)."


def _in(said: Mapping[str, str], language: str) -> str:
    return said.get(language) or said.get("en") or next(iter(said.values()), "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
