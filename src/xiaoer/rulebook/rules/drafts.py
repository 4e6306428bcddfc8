"""Is a wording of a table fit to be put in force, and how does it differ from another?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Flaw, Input, Table, TableError
from xiaoer.kernel.table_proof import flaws, weaker
from xiaoer.kernel.table_text import dump, load, row_lines
from xiaoer.rulebook.model import TABLE_MAX, parsed
from xiaoer.rulebook.rules.shelf import shelf, texts


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with everything found wrong; `table` and the canonical `text` when its form is right."""

    flaws: tuple[Flaw, ...]
    table: Table | None
    text: str


def check(name: str, text: str, profile: str) -> Checked:
    """Everything that keeps a text from being put in force as `name`: form, gaps, overlaps, columns, law."""
    try:
        table = load(dump(replace(load(text), name=short(name))))
    except TableError as error:
        return Checked(error.flaws, None, text)
    shipped = parsed(name, texts(profile)[name])
    found = _columns(replace(table, name=name), shipped)
    if not found:
        found = flaws(table)
    if not found:
        found = weaker(table, shipped, shelf()[name].better)
    return Checked(_placed(found, table, text), replace(table, name=name), dump(table))


def _placed(found: tuple[Flaw, ...], table: Table, text: str) -> tuple[Flaw, ...]:
    """The flaws with the line on which their first row begins in the text that was sent."""
    lines = dict(zip((row.id for row in table.rows), row_lines(text), strict=False))
    return tuple(replace(flaw, line=lines.get(flaw.rows[0])) if flaw.rows else flaw for flaw in found)


def fit(name: str, text: str, profile: str) -> str | Refused:
    """The canonical text of a draft that may be put in force, or why it may not."""
    if len(text) > TABLE_MAX:
        return Refused("invalid", "rulebook.table_too_long", facts={"name": name, "limit": TABLE_MAX})
    found = check(name, text, profile)
    return flawed(name, found.flaws) if found.flaws else found.text


def loose(name: str, text: str, profile: str) -> Table | Refused:
    """The table of a draft that may be asked, with gaps and overlaps as they are, or why it is none."""
    found = check(name, text, profile)
    if found.table is None or any(flaw.kind == "columns" for flaw in found.flaws):
        return flawed(name, found.flaws)
    return found.table


def flawed(name: str, flaws: Sequence[Flaw]) -> Refused:
    """The refusal of a draft with flaws; it names the first and says how many there are."""
    first = flaws[0]
    row = first.rows[0] if first.rows else None
    facts: dict[str, object] = {"name": name, "flaws": len(flaws), "first": first.message}
    return Refused("refused", "rulebook.flawed_table", row=row, facts=facts)


def short(name: str) -> str:
    """The name a table has in its own text: without its domain."""
    return name.rpartition(".")[2]


def _same_domain(column: Input, shipped: Input) -> bool:
    if column.kind != shipped.kind:
        return False
    if column.kind != "bands":
        return set(column.values) == set(shipped.values)
    reaches = (column.edges[0][0], column.edges[-1][1])
    return reaches == (shipped.edges[0][0], shipped.edges[-1][1])


def _columns(draft: Table, shipped: Table) -> tuple[Flaw, ...]:
    """The program asks a table by its columns: they and their words stay; bands are the table's own, because
    the program gives integers.
    """
    found: list[Flaw] = []
    if draft.hit != shipped.hit:
        found.append(Flaw("columns", f"hit is {shipped.hit!r}, not {draft.hit!r}"))
    for kind, mine, theirs in (
        ("input", draft.inputs, shipped.inputs),
        ("output", draft.outputs, shipped.outputs),
    ):
        ours = {one.name: one for one in mine}
        wanted = {one.name: one for one in theirs}
        found += [
            Flaw("columns", f"the {kind} {one!r} is missing", name=one) for one in wanted if one not in ours
        ]
        found += [
            Flaw("columns", f"the program knows no {kind} {one!r}", name=one)
            for one in ours
            if one not in wanted
        ]
    known = {one.name: one for one in shipped.inputs}
    for column in draft.inputs:
        if column.name in known and not _same_domain(column, known[column.name]):
            words = ", ".join(str(value) for value in known[column.name].values)
            found.append(
                Flaw("columns", f"the input {column.name!r} has the words {words}", name=column.name)
            )
    results = {one.name: one for one in shipped.outputs}
    for output in draft.outputs:
        if output.name in results:
            was = results[output.name]
            if (output.kind, output.many) != (was.kind, was.many) or not set(output.words) <= set(was.words):
                words = ", ".join(was.words) or was.kind
                found.append(Flaw("columns", f"the output {output.name!r} gives {words}", name=output.name))
            elif output.optional and not was.optional:
                found.append(Flaw("columns", f"the output {output.name!r} is needed", name=output.name))
    return tuple(found)
