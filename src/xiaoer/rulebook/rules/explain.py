"""A decision in words: the row's sentence, and every fact with its label."""

from collections.abc import Mapping, Sequence
from functools import partial

from xiaoer.kernel.table import Input, Output, OutValue, Table
from xiaoer.kernel.table import Value as Fact
from xiaoer.rulebook.model import Explained, Recorded, ShownFact
from xiaoer.rulebook.rules.naming import Known, column_named, named


def said(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in Chinese, else in English, else in whatever there is."""
    for one in (language, "zh" if language.startswith("zh") else "en", "en", "zh"):
        if texts.get(one):
            return texts[one]
    return next(iter(texts.values()), "")


def explained(decision: Recorded, table: Table | None, language: str, known: Known) -> Explained:
    """A kept decision as "why?" shows it; without the wording the bare names must do."""
    show = partial(shown, decision.table, language=language, known=known)
    sentence, title = "", decision.table
    inputs: Sequence[Input] = ()
    outputs: Sequence[Output] = ()
    if table is not None:
        title, inputs, outputs = said(table.title, language) or title, table.inputs, table.outputs
        rows = [row for row in table.rows if row.id == decision.row]
        sentence = said(rows[0].say, language) if rows else ""
    return Explained(
        id=decision.id,
        table=decision.table,
        title=title,
        version=decision.version,
        row=decision.row,
        basis=decision.basis,
        authority=decision.authority,
        sentence=sentence,
        inputs=show(decision.inputs, {one.name: one.label for one in inputs}),
        outcome=show(decision.outcome, {one.name: one.label for one in outputs}),
        actor=decision.actor,
        at=decision.at,
    )


def shown(
    table: str,
    facts: Mapping[str, Fact] | Mapping[str, OutValue],
    labels: Mapping[str, Mapping[str, str]],
    *,
    language: str,
    known: Known,
) -> list[ShownFact]:
    """Facts by their labels, in the order of the labels."""
    names = [name for name in labels if name in facts] + [name for name in facts if name not in labels]
    return [
        ShownFact(
            name,
            said(labels.get(name, {}), language) or column_named(known, table, name) or name,
            _plain(facts[name]),
            _in_words(table, name, facts[name], known),
        )
        for name in names
    ]


def _in_words(table: str, column: str, value: OutValue, known: Known) -> list[str]:
    words = [value] if isinstance(value, str) else value if isinstance(value, tuple | list) else ()
    return [named(known, table, column, word) or word for word in words]


def _plain(value: OutValue) -> str | int | bool | list[str] | None:
    return list(value) if isinstance(value, tuple | list) else value
