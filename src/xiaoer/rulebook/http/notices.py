"""The doors to profiles, and to what everybody may read: which changes are coming."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.http import Call
from xiaoer.rulebook import actions, queries
from xiaoer.rulebook.model import Book, RuleEntry, Value, parsed
from xiaoer.rulebook.rules.explain import said
from xiaoer.rulebook.rules.grid import RowChange, changes
from xiaoer.rulebook.rules.shelf import PROFILE, profiles, shelf, shipped


class RuleChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was announced and has not begun (L-074): what, from when, why, and how it differs."""

    name: str
    kind: Literal["parameter", "table"]
    title: str
    announced_at: datetime
    effective_from: datetime
    reason: str
    before: Value | None = None
    after: Value | None = None
    rows: list[RowChange] = []
    text: str | None = None


class RuleChanges(msgspec.Struct, frozen=True):
    """What is coming, the next first."""

    data: list[RuleChange]


class ProfileLine(msgspec.Struct, frozen=True, kw_only=True):
    """A profile: what it changes against what is shipped, and whether it is in force or coming."""

    name: str
    title: str
    in_force: bool
    effective_from: datetime | None
    values: dict[str, Value]
    tables: list[str]


class RuleProfiles(msgspec.Struct, frozen=True):
    """Every profile."""

    data: list[ProfileLine]
    notice_days: int


class ValueDifference(msgspec.Struct, frozen=True):
    """A value that another profile would change."""

    name: str
    title: str
    before: Value
    after: Value


class TableDifference(msgspec.Struct, frozen=True):
    """A table that another profile would change, and how."""

    name: str
    title: str
    rows: list[RowChange]


class ProfilePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What would be different in this marketplace under another profile; its own settings stay."""

    name: str
    title: str
    notice_days: int
    values: list[ValueDifference]
    tables: list[TableDifference]


class RulesProfileWish(msgspec.Struct, forbid_unknown_fields=True):
    """The profile a marketplace chooses."""

    profile: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    effective_from: datetime | None = None


async def list_rule_changes(call: Call, slug: str) -> RuleChanges:
    """Every change of a marketplace's rules that was announced and has not begun; for everybody."""
    async with call.database.system() as tx:
        home = await identity.marketplace_named(tx, slug)
    async with call.database.read(home.tenant) as tx:
        book = await queries.book(tx, None, call.now)
        found = await queries.coming(tx, call.now)
    known = [one for one in found if one.name in shelf() or one.name in shipped()]
    return RuleChanges([_change(call, book, one) for one in known])


def _change(call: Call, book: Book, entry: RuleEntry) -> RuleChange:
    if entry.name in shelf():
        held = book.table(entry.name)
        text = entry.value if isinstance(entry.value, str) else None
        return RuleChange(
            name=entry.name,
            kind="table",
            title=said(held.title, call.language) or entry.name,
            announced_at=entry.created_at,
            effective_from=entry.effective_from,
            reason=entry.reason,
            rows=changes(held, parsed(entry.name, text)) if text else [],
            text=text,
        )
    return RuleChange(
        name=entry.name,
        kind="parameter",
        title=_title(call, entry.name),
        announced_at=entry.created_at,
        effective_from=entry.effective_from,
        reason=entry.reason,
        before=book[entry.name].value,
        after=entry.value,
    )


async def list_profiles(call: Call) -> RuleProfiles:
    """Every profile a marketplace may choose."""
    async with call.database.read(call.tenant) as tx:
        book = await queries.book(tx, None, call.now)
    return _profiles(call, book)


async def get_profile_preview(call: Call, profile: str) -> ProfilePreview:
    """What a profile would change here: every value and table that would come out otherwise."""
    chosen = profiles().get(profile)
    if chosen is None:
        raise Refusal(Refused("not_found", "rulebook.unknown_profile", facts={"name": profile}))
    async with call.database.read(call.tenant) as tx:
        now = await queries.book(tx, None, call.now)
        then = await queries.book_under(tx, profile, call.now)
    return ProfilePreview(
        name=profile,
        title=said(chosen.title, call.language),
        notice_days=actions.notice_days(now, shipped()[PROFILE].notice) or 0,
        values=[
            ValueDifference(one.parameter.name, _title(call, one.parameter.name), one.value, other.value)
            for one, other in zip(now.all(), then.all(), strict=True)
            if one.value != other.value and one.parameter.name != PROFILE
        ],
        tables=[
            TableDifference(
                one.name,
                said(then.table(one.name).title, call.language) or one.name,
                _rows(now, then, one.name),
            )
            for one in then.tables()
            if now.table(one.name).version != then.table(one.name).version
        ],
    )


def _rows(now: Book, then: Book, name: str) -> list[RowChange]:
    return changes(now.table(name), then.table(name))


def _title(call: Call, name: str) -> str:
    return call.services.catalogue.text(call.language, "rulebook", f"parameter.{name}") or name


async def put_profile(call: Call, data: RulesProfileWish) -> RuleProfiles:
    """Choose a profile, now (before the first shop) or announced for later."""
    async with call.database.transaction(call.tenant) as tx:
        await actions.set_value(
            tx,
            shop=None,
            name=PROFILE,
            value=data.profile,
            reason=data.reason,
            author=call.actor.person,
            now=call.now,
            effective_from=data.effective_from,
        )
        book = await queries.book(tx, None, call.now)
    return _profiles(call, book)


def _profiles(call: Call, book: Book) -> RuleProfiles:
    held = book[PROFILE]
    return RuleProfiles(
        [
            ProfileLine(
                name=one.name,
                title=said(one.title, call.language),
                in_force=one.name == book.profile,
                effective_from=held.next_from if held.next_value == one.name else None,
                values=one.values,
                tables=sorted(one.tables),
            )
            for one in profiles().values()
        ],
        actions.notice_days(book, shipped()[PROFILE].notice) or 0,
    )
