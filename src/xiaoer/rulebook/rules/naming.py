"""How the words of tables are called for people: by their domain's names, else by those of the rulebook."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from xiaoer.kernel.table import Table

Known = Callable[[str, str], str | None]
"""What the catalogue says under a key of a domain, in the language of whoever reads."""

_ELSEWHERE: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("blocks", "widest"): ("blocks", "scope"),
    ("compensation", "harm"): ("compensation", "purpose"),
    ("compensation", "remedy"): ("compensation", "kind"),
    ("complaints", "ending"): ("complaints", "state"),
    ("complaints", "next"): ("complaints", "rung"),
    ("complaints", "ways"): ("complaints", "way"),
    ("conversations", "deed"): ("conversations", "desk.deed"),
    ("conversations", "state"): ("conversations", "desk.state"),
    ("disputes", "category"): ("after_sale", "fact"),
    ("disputes", "choices"): ("disputes", "outcome"),
    ("disputes", "holder"): ("disputes", "side"),
    ("disputes", "refused"): ("disputes", "follows"),
    ("disputes", "shown"): ("disputes", "follows"),
    ("disputes", "sight"): ("after_sale", "fact"),
    ("disputes", "silent"): ("disputes", "follows"),
    ("evidence", "kind"): ("disputes", "page.kind"),
    ("guard", "wanted"): ("guard", "verdict"),
    ("inspection", "fault"): ("inspection", "reason"),
    ("inspection", "reason"): ("inspection", "alert.reason"),
    ("instructions", "answer"): ("after_sale", "fact"),
    ("instructions", "difference"): ("after_sale", "fact"),
    ("instructions", "settle"): ("after_sale", "fact"),
    ("instructions", "state"): ("after_sale", "fact"),
    ("penalties", "measures"): ("measures", "kind"),
}
"""Columns whose words stand in the catalogue under another name."""


def named(known: Known, table: str, column: str, value: str) -> str | None:
    """A word of a column; None when nobody has given it a name. A refusal is told by its sentence.

    A text may be several words one after the other: each is named, or none.
    """
    if " " in value:
        several = [named(known, table, column, word) for word in value.split()]
        return " / ".join(text for text in several if text) if all(several) else None
    if "." in value:
        domain, _, code = value.partition(".")
        return known(domain, f"refused.{code}")
    domain = table.partition(".")[0]
    other, prefix = _ELSEWHERE.get((domain, column), (domain, "fact"))
    places = ((domain, f"{column}.{value}"), (other, f"{prefix}.{value}"), ("rulebook", f"word.{value}"))
    texts = (known(*place) for place in places)
    return next((text for text in texts if text is not None and "{{" not in text), None)


def column_named(known: Known, table: str, column: str) -> str | None:
    """What a column is called whose table does not say it."""
    return known(table.partition(".")[0], f"fact_name.{column}") or known("rulebook", f"fact.{column}")


def spoken(table: Table) -> Iterator[tuple[str, str]]:
    """Every word of a table with its column, inputs first; a free text is one, a code (CNY) none."""
    for column in table.inputs:
        yield from ((column.name, value) for value in column.values if isinstance(value, str))
    for column in table.outputs:
        yield from ((column.name, word) for word in column.words)
        if column.kind == "text":
            texts = dict.fromkeys(row.then.get(column.name) for row in table.rows)
            yield from ((column.name, text) for text in texts if isinstance(text, str) and text.islower())


def names(known: Known, name: str, table: Table) -> dict[str, str]:
    """The words of a table that have a name; where two columns share a word the first one names it."""
    found: dict[str, str] = {}
    for column, value in spoken(table):
        if value not in found and (text := named(known, name, column, value)) is not None:
            found[value] = text
    return found


def column_names(known: Known, name: str, table: Table) -> dict[str, str]:
    """The columns without a label of their own that have a name, with it."""
    columns = (*table.inputs, *table.outputs)
    found = {one.name: column_named(known, name, one.name) for one in columns if not one.label}
    return {column: text for column, text in found.items() if text is not None}
