"""The doors for asking a table about one case, made up or real."""

from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.kernel.table import Decision, FactError, Table, Value
from xiaoer.plumbing.http import Call
from xiaoer.rulebook import queries
from xiaoer.rulebook.http.tables import TableDraft, draft_or_refusal
from xiaoer.rulebook.model import TABLE_MAX, Book, ShownFact, parsed
from xiaoer.rulebook.rules import drafts
from xiaoer.rulebook.rules.explain import said, shown
from xiaoer.rulebook.rules.grid import Grid

Facts = Annotated[dict[str, str | int | bool], msgspec.Meta(max_length=50)]


class TableTrial(msgspec.Struct, forbid_unknown_fields=True):
    """A case, and the wording to ask: text or grid, neither for the one in force."""

    facts: Facts
    text: Annotated[str, msgspec.Meta(max_length=TABLE_MAX)] | None = None
    grid: Grid | None = None


class ShopTrial(msgspec.Struct, forbid_unknown_fields=True):
    """A case to ask the wording about that holds for a shop."""

    facts: Facts


class Answering(msgspec.Struct, frozen=True, kw_only=True):
    """A row that takes the case, its sentence in the reader's language, and what it says."""

    row: str
    basis: str
    authority: str | None
    sentence: str
    outcome: list[ShownFact]


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """Every row that takes the case (one, in a proved table); `impossible` says why it cannot occur."""

    rows: list[Answering]
    impossible: str | None
    rules_version: str
    wording: str


async def post_trial(call: Call, name: str, data: TableTrial) -> Tried:
    """Ask a table, or a draft of it, about one case; nothing is kept."""
    async with call.database.read(call.tenant) as tx:
        book = await queries.book(tx, None, call.now)
    held = _table(book, name)
    if data.text is None and data.grid is None:
        return _tried(call, book, held, data.facts)
    draft = granted(
        drafts.loose(name, draft_or_refusal(name, TableDraft(data.text, data.grid)), book.profile)
    )
    return _tried(call, book, draft, data.facts)


async def post_shop_trial(call: Call, shop: UUID, name: str, data: ShopTrial) -> Tried:
    """Ask a table that holds for a shop about one case; nothing is kept."""
    async with call.database.read(call.tenant) as tx:
        book = await queries.book(tx, shop, call.now)
    return _tried(call, book, _table(book, name), data.facts)


def _table(book: Book, name: str) -> Table:
    try:
        return parsed(name, book.table_in_force(name).text)
    except KeyError:
        raise Refusal(Refused("not_found", "rulebook.unknown_table", facts={"name": name})) from None


def _tried(call: Call, book: Book, table: Table, facts: dict[str, str | int | bool]) -> Tried:
    for column in table.inputs:
        _settled(table, column.name, facts)
    found: tuple[Decision, ...] = ()
    impossible = None
    try:
        found = table.collect(facts)
    except FactError:
        impossible = next(
            (
                one.because
                for one in table.impossible
                if all(condition.takes(_settled(table, name, facts)) for name, condition in one.when.items())
            ),
            "",
        )
    labels = {one.name: one.label for one in table.outputs}
    known = call.services.catalogue.knowing(call.language)
    return Tried(
        rows=[
            Answering(
                row=one.row,
                basis=one.basis,
                authority=one.authority,
                sentence=said(table.row(one.row).say, call.language),
                outcome=shown(table.name, one.outcome, labels, language=call.language, known=known),
            )
            for one in found
        ],
        impossible=impossible,
        rules_version=book.version,
        wording=table.version,
    )


def _settled(table: Table, name: str, facts: dict[str, str | int | bool]) -> Value:
    """The value of an input that a fact stands for; refuses a fact that is missing or out of its domain."""
    column = next(one for one in table.inputs if one.name == name)
    try:
        if name in facts and (column.kind == "bool") == isinstance(facts[name], bool):
            return column.settle(facts[name])
    except FactError:
        pass
    said_facts: dict[str, object] = {"field": f"facts.{name}", "name": name}
    raise Refusal(Refused("invalid", "rulebook.wrong_fact", facts=said_facts))
