"""Is a wording of a table fit to be put in force, and how does it differ from another?"""

from dataclasses import dataclass, replace

from xiaoer.kernel.table import Flaw, Table, TableError
from xiaoer.kernel.table_proof import flaws, weaker
from xiaoer.kernel.table_text import dump, load
from xiaoer.rulebook.model import parsed
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
        table = load(text)
    except TableError as error:
        return Checked(error.flaws, None, text)
    shipped = parsed(name, texts(profile)[name])
    found = _columns(replace(table, name=name), shipped)
    if not found:
        found = flaws(table)
    if not found:
        found = weaker(table, shipped, shelf()[name].better)
    return Checked(found, replace(table, name=name), dump(table))


def _columns(draft: Table, shipped: Table) -> tuple[Flaw, ...]:
    """The program asks a table by its columns: they and their words stay, but for the edges of bands."""
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
        if column.name in known and (
            column.kind != known[column.name].kind or set(column.values) != set(known[column.name].values)
        ):
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
