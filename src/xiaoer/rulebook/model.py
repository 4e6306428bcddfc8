"""The things of the rulebook: parameters, entries, and the book that is in force."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

Value = int | bool | str | list[str] | dict[str, str]
Kind = Literal["integer", "boolean", "choice", "text", "words", "texts"]
Scope = Literal["marketplace", "shop"]
Source = Literal["shipped", "marketplace", "shop"]

WORD_MAX: Final = 200
WORDS_MAX: Final = 60_000
TEXT_MAX: Final = 2_000


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One typed value that rules may ask for, as it is shipped."""

    name: str
    type: Kind
    default: Value
    scope: Scope
    basis: str
    unit: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[str, ...] = ()


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


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter with the value that holds now and where it comes from."""

    parameter: Parameter
    value: Value
    source: Source
    version: int
    since: datetime | None
    next_value: Value | None = None
    next_from: datetime | None = None


class Book:
    """All values in force for one shop (or the marketplace itself) until `valid_until`."""

    __slots__ = ("_entries", "valid_until")

    def __init__(self, entries: Mapping[str, InForce], valid_until: datetime | None) -> None:
        self._entries = entries
        self.valid_until = valid_until

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
