"""Named statements from .sql files, bound to what their rows become."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.driver import Row
from xiaoer.plumbing.rows import conversion, decoder, field_names
from xiaoer.plumbing.sql_text import Text, read_statements
from xiaoer.plumbing.together import Part, Then, abreast

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")
W = TypeVar("W")


class Asked(Generic[T]):
    """A statement with its values, to be asked together with another; it finds one row or none."""

    __slots__ = ("read", "sql", "values")

    def __init__(self, sql: str, values: Sequence[object], read: Callable[[Any], T]) -> None:
        self.sql = sql
        self.values = values
        self.read = read


async def both(tx: Tx, first: Asked[T], second: Asked[U]) -> tuple[T | None, U | None]:
    """What two statements find, in one round trip and from one moment.

    The first is carried out first. What it changes the second does not see, nor what others changed while it
    waited for a lock, but in the rows it locks itself.
    """
    one, other = await _abreast(tx, first, second)
    return one, other


async def all_four(
    tx: Tx, first: Asked[T], second: Asked[U], third: Asked[V], fourth: Asked[W]
) -> tuple[T | None, U | None, V | None, W | None]:
    """The same of four; no two of them have a part of one name."""
    one, other, another, last = await _abreast(tx, first, second, third, fourth)
    return one, other, another, last


async def _abreast(tx: Tx, *asked: Asked[Any]) -> list[Any]:
    values = [value for one in asked for value in one.values]
    row = await tx.connection.fetchrow(abreast(tuple(one.sql for one in asked)), *values)
    assert row is not None  # a place for each, whatever was found
    return [None if found is None else one.read(found) for one, found in zip(asked, row, strict=True)]


class Statements:
    """The statements of one file beside a module: `Statements(__file__)` reads its `store.sql`.

    Raises SqlFault when the file is malformed, KeyError for a name it does not have.
    """

    def __init__(self, module_file: str, name: str = "store.sql") -> None:
        self.path = Path(module_file).parent / name
        self.texts = read_statements(self.path.read_text("utf-8"), file=self.path.name)
        self.declared: dict[str, type[Any] | None] = {}
        """What each bound statement's rows become, None for a command; the test of all statements asks."""
        self._area = self.path.parent.name

    def rows(self, name: str, kind: type[T]) -> "Rows[T]":
        """A statement whose rows become `kind`: columns and fields have the same names and order."""
        self.declared[name] = kind
        return Rows(self._text(name), self._sql(name), kind)

    def value(self, name: str, kind: type[T]) -> "Value[T]":
        """A statement of which only the first column counts."""
        self.declared[name] = None
        return Value(self._text(name), self._sql(name), kind)

    def command(self, name: str) -> "Command":
        """A statement that changes rows and returns none."""
        self.declared[name] = None
        return Command(self._text(name), self._sql(name))

    def text(self, name: str) -> str:
        """The SQL with $1, $2 …, for a hot path that calls the driver itself."""
        self.declared[name] = None
        return self._sql(name)

    def parameters(self, name: str) -> tuple[str, ...]:
        """The names of $1, $2 … in order."""
        return self._text(name).parameters

    def _text(self, name: str) -> Text:
        if name not in self.texts:
            raise KeyError(f"{self.path} has no statement {name!r}; it has: {', '.join(sorted(self.texts))}")
        return self.texts[name]

    def _sql(self, name: str) -> str:
        return f"-- {self._area}.{name}\n{self._text(name).sql}"  # the server's log then tells who asked


class _Bound:
    """A statement that knows in which order its parameters go."""

    def __init__(self, text: Text, sql: str) -> None:
        self.name = text.name
        self.sql = sql
        self._names = text.parameters
        self._wants_tenant = "tenant" in text.parameters

    def arguments(self, tx: Tx, given: dict[str, object]) -> list[object]:
        """The values in order; `tenant` is the transaction's unless given. Raises TypeError."""
        if self._wants_tenant and "tenant" not in given:
            given["tenant"] = tx.tenant
        if len(given) == len(self._names):
            try:
                return [given[name] for name in self._names]
            except KeyError:
                pass
        missing = [name for name in self._names if name not in given]
        unknown = [name for name in given if name not in self._names]
        said = [f"missing {', '.join(missing)}"] * bool(missing)
        said += [f"unknown {', '.join(unknown)}"] * bool(unknown)
        raise TypeError(f"statement {self.name}: {'; '.join(said)}")

    async def later(
        self,
        tx: Tx,
        touches: str,
        then: Then | None = None,
        missed: Exception | None = None,
        /,
        **given: object,
    ) -> None:
        """Runs with whatever else waits to be written, before anything is read, or with the commit.

        For statements that change rows of `touches` and give one value at most: `then` is told it, and with
        `missed` it must be 1, or that is raised.
        """
        await tx.connection.later(Part(self.sql, self.arguments(tx, given), touches, then, missed))


class Rows(_Bound, Generic[T]):
    """A statement whose rows become things of one class."""

    def __init__(self, text: Text, sql: str, kind: type[T]) -> None:
        super().__init__(text, sql)
        self._columns = field_names(kind)
        self._kind = kind
        self._decode = decoder(kind)
        self._checked = False

    async def all(self, tx: Tx, /, **given: object) -> list[T]:
        """Every row."""
        found = await tx.connection.fetch(self.sql, *self.arguments(tx, given))
        if found and not self._checked:
            self._check(found[0])
        decode = self._decode
        return [decode(row) for row in found]

    def asked(self, tx: Tx, /, **given: object) -> Asked[T]:
        """The same for `both`."""
        return Asked(self.sql, self.arguments(tx, given), self._decode)

    async def first(self, tx: Tx, /, **given: object) -> T | None:
        """The first row, or None."""
        row = await tx.connection.fetchrow(self.sql, *self.arguments(tx, given))
        if row is None:
            return None
        if not self._checked:
            self._check(row)
        return self._decode(row)

    async def first_aside(self, tx: Tx, touches: str, /, **given: object) -> T | None:
        """The first row, ahead of what waits to be written in other tables than `touches`."""
        waiting = await tx.connection.aside(touches)
        found = await self.first(tx, **given)
        tx.connection.waiting[:0] = waiting
        return found

    async def one(self, tx: Tx, /, **given: object) -> T:
        """The first row; there must be one. Raises LookupError."""
        found = await self.first(tx, **given)
        if found is None:
            raise LookupError(f"statement {self.name} found nothing")
        return found

    async def stream(self, tx: Tx, /, *, chunk_rows: int = 500, **given: object) -> AsyncIterator[T]:
        """Row after row with a cursor, for what does not fit into memory; needs a transaction."""
        await tx.connection.begun()
        async for row in tx.connection.cursor(self.sql, *self.arguments(tx, given), prefetch=chunk_rows):
            if not self._checked:
                self._check(row)
            yield self._decode(row)

    def _check(self, row: Row) -> None:
        """Once for each statement: a column in the wrong place would be a lie in the right type."""
        columns = tuple(row.keys())
        if columns != self._columns:
            raise TypeError(
                f"statement {self.name} gives {', '.join(columns)}; "
                f"{self._kind.__name__} needs {', '.join(self._columns)}"
            )
        self._checked = True


class Value(_Bound, Generic[T]):
    """A statement of which only the first column counts."""

    def __init__(self, text: Text, sql: str, kind: type[T]) -> None:
        super().__init__(text, sql)
        self._convert = conversion(kind, text.name)

    async def all(self, tx: Tx, /, **given: object) -> list[T]:
        """The first column of every row."""
        found = await tx.connection.fetch(self.sql, *self.arguments(tx, given))
        return [self._converted(row[0]) for row in found]

    def asked(self, tx: Tx, /, **given: object) -> Asked[T | None]:
        """The same for `both`."""
        return Asked(self.sql, self.arguments(tx, given), lambda row: self._converted(row[0]))

    async def first(self, tx: Tx, /, **given: object) -> T | None:
        """The value, or None when there is no row or the value is null."""
        found = await tx.connection.fetchval(self.sql, *self.arguments(tx, given))
        return None if found is None else self._converted(found)

    async def one(self, tx: Tx, /, **given: object) -> T:
        """The value; there must be one. Raises LookupError."""
        found = await self.first(tx, **given)
        if found is None:
            raise LookupError(f"statement {self.name} found nothing")
        return found

    def _converted(self, value: Any) -> T:
        if self._convert is None or value is None:
            return cast("T", value)
        return self._convert(value)


class Command(_Bound):
    """A statement that changes rows and returns none."""

    async def run(self, tx: Tx, /, **given: object) -> int:
        """How many rows it touched."""
        return touched(await tx.connection.execute(self.sql, *self.arguments(tx, given)))

    async def run_many(self, tx: Tx, rows: Sequence[Mapping[str, object]]) -> None:
        """The same statement for many rows in one go."""
        await tx.connection.executemany(self.sql, [self.arguments(tx, dict(row)) for row in rows])


def touched(status: str) -> int:
    """The number at the end of the server's answer: `UPDATE 3` is 3, `BEGIN` is 0."""
    number = status.rpartition(" ")[2]
    return int(number) if number.isdigit() else 0
