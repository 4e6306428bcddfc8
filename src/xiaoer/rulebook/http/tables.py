"""The doors to decision tables on the wire: read, draft, ask what if, put in force."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.kernel.table import Flaw, Table, TableError
from xiaoer.kernel.table_text import dump
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook import actions, queries
from xiaoer.rulebook.http.authors import authors
from xiaoer.rulebook.model import (
    TABLE_MAX,
    Book,
    Recorded,
    RuleEntry,
    Source,
    TableInForce,
    TableScope,
    parsed,
)
from xiaoer.rulebook.rules import drafts
from xiaoer.rulebook.rules.explain import said
from xiaoer.rulebook.rules.grid import Grid, RowChange, changes, grid_of, table_of
from xiaoer.rulebook.rules.naming import column_names, names
from xiaoer.rulebook.rules.replay import Replayed
from xiaoer.rulebook.rules.shelf import shelf

LOOK_BACK: Final = timedelta(days=30)
LONGEST_LOOK_BACK: Final = timedelta(days=370)


class Coming(msgspec.Struct, frozen=True):
    """A version that was announced, by whom and why; `back` means back to what is shipped."""

    version: int
    effective_from: datetime
    back: bool
    author: UUID
    reason: str


class TableLine(msgspec.Struct, frozen=True, kw_only=True):
    """A table with the version that holds now and those that are coming."""

    name: str
    title: str
    scope: TableScope
    source: Source
    version: int
    wording: str
    rules_version: str
    since: datetime | None
    author: UUID | None
    reason: str
    rows: int
    cases: int
    notice_days: int | None
    coming: list[Coming]


class Tables(msgspec.Struct, frozen=True):
    """Every table of the rulebook, and the names of those who changed them."""

    data: list[TableLine]
    people: dict[str, str]


class TableWhole(msgspec.Struct, frozen=True, kw_only=True):
    """A table as a grid and as text; `words` and `columns` name its words and bare columns."""

    line: TableLine
    grid: Grid
    text: str
    words: dict[str, str]
    columns: dict[str, str]


class TableDraft(msgspec.Struct, forbid_unknown_fields=True):
    """A wording, as text or as a grid."""

    text: Annotated[str, msgspec.Meta(max_length=TABLE_MAX)] | None = None
    grid: Grid | None = None


class Publication(msgspec.Struct, forbid_unknown_fields=True):
    """A wording to put in force; neither text nor grid goes back to the level above."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    text: Annotated[str, msgspec.Meta(max_length=TABLE_MAX)] | None = None
    grid: Grid | None = None
    effective_from: datetime | None = None


class FlawLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with a draft: where, and a case that shows it."""

    kind: str
    message: str
    rows: list[str]
    line: int | None
    name: str | None
    word: str | None
    example: dict[str, str | int | bool] | None


class CheckedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a draft may be put in force; `changes` are against the wording in force."""

    proved: bool
    flaws: list[FlawLine]
    cases: int | None
    wording: str | None
    text: str
    grid: Grid | None
    changes: list[RowChange]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A stored decision that would come out otherwise."""

    id: UUID
    subject_kind: str
    subject: UUID
    shop: UUID | None
    at: datetime
    row_before: str
    row_after: str | None
    inputs: dict[str, str | int | bool]


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """What a draft would have decided: counts for each row, differing questions, and a page of decisions."""

    since: datetime
    until: datetime
    summary: Replayed
    decisions: Page[Changed]


class TableVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a table, with who made it and why."""

    version: int
    effective_from: datetime
    author: UUID
    author_name: str
    reason: str
    created_at: datetime
    text: str | None


# ── reading ──────────────────────────────────────────────────────────────


async def list_tables(call: Call) -> Tables:
    """Every decision table of the marketplace, with the versions in force and coming."""
    return await _tables(call, None)


async def list_shop_tables(call: Call, shop: UUID) -> Tables:
    """Every decision table that holds for a shop."""
    return await _tables(call, shop)


async def get_table(call: Call, name: str, version: int | None = None) -> TableWhole:
    """A table as a grid and as text: in force, or one of its versions (0: as shipped)."""
    return await _table(call, None, name, version)


async def get_shop_table(call: Call, shop: UUID, name: str) -> TableWhole:
    """A table as it holds for a shop."""
    return await _table(call, shop, name, None)


async def _tables(call: Call, shop: UUID | None) -> Tables:
    async with call.database.read(call.tenant) as tx:
        book = await queries.book(tx, shop, call.now)
        coming = await _coming(tx, call.now)
        lines = [_line(call, book, one, coming) for one in book.tables()]
        changed = [one.author for one in lines] + [one.author for line in lines for one in line.coming]
        people = await authors(tx, changed)
    return Tables(lines, people)


async def _table(call: Call, shop: UUID | None, name: str, version: int | None) -> TableWhole:
    async with call.database.read(call.tenant) as tx:
        book = await queries.book(tx, shop, call.now)
        coming = await _coming(tx, call.now)
        line = _line(call, book, _known(book, name), coming)
        table = book.table(name) if version is None else await queries.version_of(tx, book, name, version)
    known = call.services.catalogue.knowing(call.language)
    return TableWhole(
        line=line,
        grid=grid_of(table),
        text=_text(table, name),
        words=names(known, name, table),
        columns=column_names(known, name, table),
    )


def _known(book: Book, name: str) -> TableInForce:
    try:
        return book.table_in_force(name)
    except KeyError:
        raise Refusal(Refused("not_found", "rulebook.unknown_table", facts={"name": name})) from None


async def _coming(tx: Tx, now: datetime) -> Mapping[str, list[Coming]]:
    found: dict[str, list[Coming]] = {}
    for entry in await queries.coming(tx, now):
        found.setdefault(entry.name, []).append(
            Coming(entry.version, entry.effective_from, entry.value is None, entry.author, entry.reason)
        )
    return found


def _line(call: Call, book: Book, held: TableInForce, coming: Mapping[str, list[Coming]]) -> TableLine:
    table = book.table(held.name)
    on_shelf = shelf()[held.name]
    return TableLine(
        name=held.name,
        title=said(table.title, call.language) or held.name,
        scope=on_shelf.scope,
        source=held.source,
        version=held.version,
        wording=table.version,
        rules_version=book.version,
        since=held.since,
        author=held.author,
        reason=held.reason,
        rows=len(table.rows),
        cases=table.cases,
        notice_days=actions.notice_days(book, on_shelf.notice),
        coming=coming.get(held.name, []),
    )


def _text(table: Table, name: str) -> str:
    return dump(replace(table, name=drafts.short(name)))


async def list_table_history(
    call: Call, name: str, before: int | None = None, limit: Limit = 50
) -> Page[TableVersion]:
    """The versions of the marketplace's table, newest first, with their authors."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.history(tx, name, None, before, limit + 1)
        names = await authors(tx, [one.author for one in found])
    versions = [_version(one, names.get(str(one.author), "")) for one in found]
    return page_of(versions, limit, lambda one: str(one.version))


def _version(entry: RuleEntry, author: str) -> TableVersion:
    return TableVersion(
        version=entry.version,
        effective_from=entry.effective_from,
        author=entry.author,
        author_name=author,
        reason=entry.reason,
        created_at=entry.created_at,
        text=entry.value if isinstance(entry.value, str) else None,
    )


# ── drafting ─────────────────────────────────────────────────────────────


async def post_check(call: Call, name: str, data: TableDraft) -> CheckedDraft:
    """Prove a draft complete and unique, or say what is wrong with it, where, with an example."""
    async with call.database.read(call.tenant) as tx:
        book = await queries.book(tx, None, call.now)
    _known(book, name)
    try:
        text = _draft_text(data)
    except TableError as error:
        return _checked(error.flaws, None, "", None)
    found = drafts.check(name, text, book.profile)
    return _checked(found.flaws, found.table, found.text, book.table(name))


def _draft_text(draft: TableDraft | Publication) -> str:
    """The text of a draft; raises TableError when its grid is no table."""
    if draft.text is not None and draft.grid is None:
        return draft.text
    if draft.grid is not None and draft.text is None:
        return dump(table_of(draft.grid))
    raise Refusal(Refused("invalid", "rulebook.text_or_grid"))


def _checked(flaws: tuple[Flaw, ...], table: Table | None, text: str, held: Table | None) -> CheckedDraft:
    return CheckedDraft(
        proved=not flaws,
        flaws=[
            FlawLine(
                kind=one.kind,
                message=one.message,
                rows=list(one.rows),
                line=one.line,
                name=one.name,
                word=one.word,
                example=dict(one.example) if one.example is not None else None,
            )
            for one in flaws
        ],
        cases=table.cases if table else None,
        wording=table.version if table else None,
        text=text,
        grid=grid_of(table) if table else None,
        changes=changes(held, table) if table and held else [],
    )


async def post_what_if(
    call: Call,
    name: str,
    data: TableDraft,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    shop: UUID | None = None,
    starting_after: str | None = None,
    limit: Limit = 50,
) -> WhatIf:
    """Decide stored decisions (last month's by default) again by a draft: counts and differences."""
    until = until or call.now
    since = since or until - LOOK_BACK
    if not since < until or until - since > LONGEST_LOOK_BACK:
        raise Refusal(Refused("invalid", "rulebook.span", facts={"days": LONGEST_LOOK_BACK.days}))
    async with call.database.read(call.tenant) as tx:
        book = await queries.book(tx, None, call.now)
        _known(book, name)
        table = parsed(name, granted(drafts.fit(name, draft_or_refusal(name, data), book.profile)))
        span = queries.Span(name, since, until, shop)
        summary = await queries.what_if(tx, span, table)
        found = await queries.changed(tx, span, summary, starting_after, limit + 1)
    page = page_of([_changed(one, table) for one in found], limit, lambda one: queries.cursor(one.at, one.id))
    return WhatIf(since=since, until=until, summary=summary, decisions=page)


def draft_or_refusal(name: str, data: TableDraft | Publication) -> str:
    """The text of a draft; raises Refusal when its grid is no table."""
    try:
        return _draft_text(data)
    except TableError as error:
        raise Refusal(drafts.flawed(name, error.flaws)) from None


def _changed(decision: Recorded, table: Table) -> Changed:
    row_after: str | None
    try:
        row_after = table.again(decision.inputs, decision.row).row
    except ValueError:
        row_after = None
    return Changed(
        id=decision.id,
        subject_kind=decision.subject_kind,
        subject=decision.subject,
        shop=decision.shop,
        at=decision.at,
        row_before=decision.row,
        row_after=row_after,
        inputs=dict(decision.inputs),
    )


# ── putting in force ─────────────────────────────────────────────────────


async def put_table(call: Call, name: str, data: Publication) -> TableLine:
    """Put a wording in force, now or announced for later; only a proved one, only after its public notice."""
    text = None
    if data.text is not None or data.grid is not None:
        text = draft_or_refusal(name, data)

    async def publish(tx: Tx) -> TableLine:
        await actions.set_table(
            tx,
            shop=None,
            name=name,
            text=text,
            reason=data.reason,
            author=call.actor.person,
            now=call.now,
            effective_from=data.effective_from,
        )
        book = await queries.book(tx, None, call.now)
        return _line(call, book, book.table_in_force(name), await _coming(tx, call.now))

    return await call.database.run(call.tenant, publish)
