"""Statements that change different tables, as one: they travel in one round trip; pure."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

Then = Callable[[Any], Awaitable[None] | None]
"""What is made of the value a statement gave; may refuse, and may ask the database."""

_QUIET: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_HEAD: Final = re.compile(r"\s*with\s+", re.IGNORECASE)
_NAME: Final = re.compile(r"\s*([a-z_][a-z0-9_]*)\s+as\s+(?:materialized\s+)?\(", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\$(\d+)")


MISSED: Final = "XM000"
"""The word of `plumbing.missed`: a statement did not do what it was to do, and its place is the text."""


class Part(Struct, frozen=True):
    """A statement that waits: its values, the table it is about, and what its one value means.

    With `missed` the value must be 1, or everything is refused with that; the database itself looks, so that
    a commit may follow at once. `then` looks here, and may ask for more.
    """

    sql: str
    values: Sequence[object]
    touches: str
    then: Then | None = None
    missed: Exception | None = None

    def suits(self, other: "Part") -> bool:
        """Whether both may be one statement: about other tables, with other names inside."""
        return self.touches != other.touches and _apart(self.sql, other.sql)


@lru_cache(maxsize=1024)
def _apart(one: str, other: str) -> bool:
    """Whether no part of one statement has the name of a part of the other."""
    return {*_split(one)[1]}.isdisjoint(_split(other)[1])


@lru_cache(maxsize=512)
def together(texts: tuple[str, ...], proved: tuple[bool, ...]) -> str:
    """One statement that does what several do; a column for each with the value it gave, or null.

    Where it is to be `proved`, another value than 1 fails with the place of its statement, counted from 0.

    Their own CTEs come to the top, where alone PostgreSQL lets them change rows; numbers go on counting.
    """
    inside: list[str] = []
    columns: list[str] = []
    for place, (ctes, main) in enumerate(_moved(texts), 1):
        inside += [*ctes, _part(place, main)]
        value = f"(table part_{place})" if _selects(main) else "null"
        if proved[place - 1]:
            value = f"case when {value} = 1 then 1 else plumbing.missed({place - 1}) end"
        columns.append(f"{value} as value_{place}")
    return _whole("together", texts, inside, columns)


@lru_cache(maxsize=512)
def abreast(texts: tuple[str, ...]) -> str:
    """One statement that asks what several ask, in their order; for each a column with its row, or null."""
    inside: list[str] = []
    columns: list[str] = []
    for place, (ctes, main) in enumerate(_moved(texts), 1):
        inside += [*ctes, _part(place, main)]
        columns.append(f"(select part_{place} from part_{place}) as row_{place}")  # noqa: S608 - numbers
    return _whole("abreast", texts, inside, columns)


def _moved(texts: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The CTEs of each statement and what is left of it, its numbers behind those of the one before."""
    count = 0
    for text in texts:
        loud = _loud(text)
        ctes, _, main = _split(_NUMBER.sub(lambda found, by=count: f"${int(found[1]) + by}", loud))
        yield ctes, main
        count += max((int(found[1]) for found in _NUMBER.finditer(loud)), default=0)


def _selects(main: str) -> bool:
    return main[:6].lower() == "select"


def _part(place: int, main: str) -> str:
    return f"part_{place} as {'materialized ' if _selects(main) else ''}(\n{main}\n)"


def _whole(how: str, texts: tuple[str, ...], inside: list[str], columns: list[str]) -> str:
    names = ", ".join(text.partition("\n")[0].removeprefix("-- ") for text in texts)
    everything = ",\n".join(inside)
    return f"-- {how}: {names}\nwith {everything}\nselect {', '.join(columns)}"


def _loud(sql: str) -> str:
    """The statement without its comments."""
    return _QUIET.sub(lambda found: "" if found[0][:2] in {"--", "/*"} else found[0], sql).strip()


@lru_cache(maxsize=512)
def _split(sql: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The CTEs of a statement, their names, and what is left of it."""
    text = _loud(sql)
    masked = _QUIET.sub(lambda found: "x" * len(found[0]), text)
    head = _HEAD.match(masked)
    if head is None:
        return (), (), text
    ctes: list[str] = []
    names: list[str] = []
    place = head.end()
    while (found := _NAME.match(masked, place)) is not None:
        end = _closed(masked, found.end())
        ctes.append(text[place:end].strip())
        names.append(found[1])
        place = end
        if not masked[place:].lstrip().startswith(","):
            break
        place = masked.index(",", place) + 1
    return tuple(ctes), tuple(names), text[place:].strip()


def _closed(masked: str, place: int) -> int:
    """The place behind the bracket that closes the one opened just before."""
    depth = 1
    for at in range(place, len(masked)):
        depth += {"(": 1, ")": -1}.get(masked[at], 0)
        if depth == 0:
            return at + 1
    raise ValueError("a bracket is not closed")
