"""The things of the rulebook: parameters, tables, entries, and the book that is in force."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, Literal
from uuid import UUID

import msgspec

from xiaoer.kernel.table import Authority, OutValue, Table
from xiaoer.kernel.table import Value as Fact
from xiaoer.kernel.table_text import dump, load

Value = int | bool | str | list[str] | dict[str, str]
Kind = Literal["integer", "boolean", "choice", "text", "words", "texts"]
Scope = Literal["marketplace", "shop"]
TableScope = Literal["fixed", "marketplace", "shop"]
Source = Literal["shipped", "profile", "marketplace", "shop", "law"]
"""Which layer a value comes from; `law` means that a layer went further than law lets it."""

Notice = Literal["ordinary", "major"]
Better = Literal["higher", "lower"]

WORD_MAX: Final = 200
WORDS_MAX: Final = 60_000
TEXT_MAX: Final = 2_000
TABLE_MAX: Final = 400_000
_SPANS: Final = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One typed value that rules may ask for, as it is shipped.

    `floor` and `ceiling` are law: nobody goes past them. `better` says which direction is better for the
    buyer: a shop may only go there. `notice`: a marketplace announces a change beforehand (L-074, L-075).
    """

    name: str
    type: Kind
    default: Value
    scope: Scope
    basis: str
    unit: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[str, ...] = ()
    floor: int | None = None
    ceiling: int | None = None
    better: Better | None = None
    notice: Notice | None = None


class ShelfTable(msgspec.Struct, frozen=True, kw_only=True):
    """A decision table as it is shipped.

    `better` lists, for outputs that matter to the buyer, their words from worst to best for him: a row of law
    may not be changed downwards.
    """

    name: str
    text: str
    scope: TableScope
    notice: Notice | None = None
    better: dict[str, list[str]] = {}


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A set of values and whole tables that differ from what is shipped."""

    name: str
    title: dict[str, str]
    values: dict[str, Value] = {}
    floors: dict[str, int] = {}
    ceilings: dict[str, int] = {}
    basis: dict[str, str] = {}
    tables: dict[str, str] = {}


class RuleEntry(msgspec.Struct, frozen=True):
    """One version of one parameter; `value` None means back to what is shipped."""

    id: UUID
    shop: UUID | None
    name: str
    version: int
    value: Value | None
    effective_from: datetime
    author: UUID
    reason: str
    created_at: datetime


RELEASE: Final = "rulebook.release"
"""The name under which entries say which release of the program served from when on."""


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter with the value that holds now and where it comes from."""

    parameter: Parameter
    value: Value
    source: Source
    version: int
    since: datetime | None
    author: UUID | None = None
    reason: str = ""
    next_value: Value | None = None
    next_from: datetime | None = None
    next_author: UUID | None = None
    next_reason: str = ""


class TableInForce(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a table that holds now and where it comes from."""

    name: str
    text: str
    source: Source
    version: int
    since: datetime | None
    author: UUID | None = None
    reason: str = ""
    next_from: datetime | None = None


_WORDINGS: Final = 1024
_wordings: Final[OrderedDict[str, str]] = OrderedDict()


@lru_cache(maxsize=_WORDINGS)
def parsed(name: str, text: str) -> Table:
    """The table of a text under its full name `<domain>.<table>`; its version is the digest of the wording.

    Raises TableError when the text is no table.
    """
    table = load(text)
    _wordings[table.version] = dump(table)
    while len(_wordings) > _WORDINGS:
        _wordings.popitem(last=False)
    return replace(table, name=name)


def text_of(digest: str) -> str | None:
    """The canonical text of a wording that was parsed here, or None."""
    return _wordings.get(digest)


class Book:
    """All that is in force for one shop (or the marketplace itself) until `valid_until`.

    `version` is the profile and the number of the edition, "taobao.14": with the shop it names the book for
    good, because entries are only added and never begin in the past.
    """

    __slots__ = ("_entries", "_tables", "_texts", "profile", "valid_until", "version")

    def __init__(
        self,
        entries: Mapping[str, InForce],
        valid_until: datetime | None,
        *,
        tables: Mapping[str, TableInForce],
        profile: str,
        edition: int,
    ) -> None:
        self._entries = entries
        self._texts = tables
        self._tables: dict[str, Table] = {}
        self.profile = profile
        self.version = f"{profile}.{edition}"
        self.valid_until = valid_until

    def table(self, name: str) -> Table:
        """The decision table `<domain>.<table>`, whose `version` is the digest of its wording."""
        try:
            return self._tables[name]
        except KeyError:
            found = self._tables[name] = parsed(name, self._texts[name].text)
            return found

    def tables(self) -> Sequence[TableInForce]:
        """Every table in the order of the shelf."""
        return tuple(self._texts.values())

    def table_in_force(self, name: str) -> TableInForce:
        """The text of a table and where it comes from; KeyError when nobody ships it."""
        return self._texts[name]

    def __getitem__(self, name: str) -> InForce:
        """The entry of a parameter; KeyError when nobody ships it."""
        return self._entries[name]

    def all(self) -> Sequence[InForce]:
        """Every parameter in the order it is shipped in."""
        return tuple(self._entries.values())

    def integer(self, name: str) -> int:
        """The value of an integer parameter."""
        value = self._entries[name].value
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} is not an integer")
        return value

    def minor(self, name: str) -> int:
        """The value of a parameter that is an amount of money in minor units."""
        if self._entries[name].parameter.unit != "minor":
            raise TypeError(f"{name} is no amount of money")
        return self.integer(name)

    def duration(self, name: str) -> timedelta:
        """The value of a parameter that is a span of seconds, minutes, hours or days (of 24 hours)."""
        unit = self._entries[name].parameter.unit
        if unit not in _SPANS:
            raise TypeError(f"{name} is no span of time")
        return _SPANS[unit] * self.integer(name)

    def boolean(self, name: str) -> bool:
        """The value of a boolean parameter."""
        value = self._entries[name].value
        if not isinstance(value, bool):
            raise TypeError(f"{name} is not a boolean")
        return value

    def word(self, name: str) -> str:
        """The value of a choice or text parameter."""
        value = self._entries[name].value
        if not isinstance(value, str):
            raise TypeError(f"{name} is not a word")
        return value

    def words(self, name: str) -> Sequence[str]:
        """The value of a words parameter."""
        value = self._entries[name].value
        if not isinstance(value, list):
            raise TypeError(f"{name} is not a list of words")
        return value

    def texts(self, name: str) -> Mapping[str, str]:
        """The texts of a texts parameter by language."""
        value = self._entries[name].value
        if not isinstance(value, dict):
            raise TypeError(f"{name} has no texts")
        return value

    def text_in(self, name: str, language: str) -> str:
        """The text of a texts parameter in a language, else in Chinese, else in whatever there is."""
        value = self.texts(name)
        return value.get(language) or value.get("zh-Hans") or next(iter(value.values()), "")


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it is kept; `version` names the book, `wording` the text of the table."""

    id: UUID
    shop: UUID | None
    table: str
    version: str
    wording: str = ""
    row: str
    inputs: Mapping[str, Fact]
    outcome: Mapping[str, OutValue]
    basis: str
    authority: Authority | None = None
    subject_kind: str
    subject: UUID
    actor: UUID | None
    at: datetime


class ShownFact(msgspec.Struct, frozen=True):
    """One fact or result of a decision, with its label, and as `said` its words, in the reader's language."""

    name: str
    label: str
    value: str | int | bool | list[str] | None
    said: list[str] = []


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as "why?" shows it: the row, what it stands on, its sentence, and what it was asked."""

    id: UUID
    table: str
    title: str
    version: str
    row: str
    basis: str
    authority: Authority | None
    sentence: str
    inputs: list[ShownFact]
    outcome: list[ShownFact]
    actor: UUID | None
    at: datetime


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions that were asked the same and answered the same."""

    inputs: Mapping[str, Fact]
    wording: str
    row: str
    outcome: Mapping[str, OutValue]
    count: int


class Wording(msgspec.Struct, frozen=True):
    """The text of a table that decided something."""

    table: str
    digest: str
    text: str
