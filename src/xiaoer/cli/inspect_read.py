"""Chat logs as shops export them: CSV, JSON lines, Parquet, and research dialogues, row by row."""

import csv
import importlib
import io
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, NamedTuple, cast
from zoneinfo import ZoneInfo

import click
import msgspec

from xiaoer.inspection.model import Role, TalkLine
from xiaoer.orders.rules.lines import encoding_of

Format = Literal["csv", "jsonl", "parquet", "jddc"]
FORMATS: Final[tuple[Format, ...]] = ("csv", "jsonl", "parquet", "jddc")
FIELDS: Final = (
    "conversation",
    "text",
    "role",
    "at",
    "person",
    "buyer",
    "shop",
    "topic",
    "rating",
    "type",
)
_NEEDED: Final = ("conversation", "text", "role")
FIELD_BYTES: Final = 1 << 20
_SNIFF: Final = 1 << 16
TOLD_LINES: Final = 2048
_DELIMITERS: Final = (",", "\t", ";")
_MILLISECONDS: Final = 10_000_000_000


class Raw(msgspec.Struct, array_like=True, tag="r", gc=False):
    """One message as the file holds it, by the fields of `FIELDS`; `line` is its place in the file."""

    file: int
    line: int
    fields: tuple[str, ...]


class Whole(msgspec.Struct, array_like=True, tag="w", gc=False):
    """A dialogue that stands whole in one line of a file; `said` are (role, text), empty ones kept."""

    file: int
    line: int
    id: str
    said: tuple[tuple[str, str], ...]
    topic: str = ""
    rating: int | None = None
    given: tuple[int | None, ...] = ()


class Bad(msgspec.Struct, frozen=True):
    """A row that could not be used: where, and why."""

    file: str
    line: int
    reason: str


Record = Raw | Whole | Bad
Progress = Callable[[int], None]


class Columns(NamedTuple):
    """What the columns are called and what their words mean."""

    names: Mapping[str, Sequence[str]]
    roles: Mapping[str, Role]
    types: Mapping[str, str]
    ratings: Mapping[str, int]
    zone: str
    formats: Sequence[str]


def columns(own: Path | None) -> Columns:
    """The shipped columns, with what one's own file says instead. Raises click.BadParameter."""
    data = tomllib.loads((files("xiaoer.cli") / "inspect_columns.toml").read_text("utf-8"))
    if own is not None:
        try:
            mine = tomllib.loads(own.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise click.BadParameter(f"{own}: {error}", param_hint="--columns") from None
        for part, values in mine.items():
            if part not in data or not isinstance(values, dict):
                raise click.BadParameter(f"{own}: [{part}] is unknown", param_hint="--columns")
            data[part] |= {
                key: [value] if isinstance(value, str) and key != "zone" else value
                for key, value in cast("dict[str, Any]", values).items()
            }
        unknown = sorted(data["columns"].keys() - set(FIELDS))
        if unknown:
            raise click.BadParameter(f"{own}: there is no field {unknown[0]}", param_hint="--columns")
    return Columns(
        names=data["columns"],
        roles=_words(data["roles"]),
        types=_words(data["types"]),
        ratings={word: int(value) for word, value in _words(data["ratings"]).items()},
        zone=data["times"]["zone"],
        formats=tuple(data["times"]["formats"]),
    )


def _words(groups: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {str(word).strip().lower(): name for name, words in groups.items() for word in words}


def guess(path: Path) -> Format:
    """The format of a file by its name and, for JSON lines, its first line."""
    suffix = path.suffix.lower()
    if suffix in {".csv", ".tsv"}:
        return "csv"
    if suffix in {".parquet", ".pq"}:
        return "parquet"
    with path.open("rb") as file:
        first = file.readline(_SNIFF)
    return "jddc" if b'"exchanges"' in first else "jsonl"


def optional(module: str, package: str, what: str) -> Any:
    """A library that only some need; raises click.ClickException saying how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise click.ClickException(f"{what} needs {package}: pip install {package}") from None


# ── reading ──────────────────────────────────────────────────────────────


def read(path: Path, number: int, format: Format, chosen: Columns, progress: Progress) -> Iterator[Record]:
    """Every row of a file; what cannot be read becomes a Bad and the rest goes on."""
    if format == "parquet":
        yield from _parquet(path, number, chosen, progress)
        return
    with path.open("rb") as file:
        if format == "csv":
            yield from _csv(file, path, number, chosen, progress)
        else:
            yield from _jsonl(file, path, number, chosen, progress)


def _picked(header: Sequence[str], chosen: Columns, path: Path) -> list[int | None]:
    places = {name.strip().lstrip("\ufeff").lower(): place for place, name in reversed([*enumerate(header)])}
    picked = [
        next((places[name.lower()] for name in chosen.names[field] if name.lower() in places), None)
        for field in FIELDS
    ]
    missing = [field for field, place in zip(FIELDS, picked, strict=True) if place is None]
    lacking = [field for field in _NEEDED if field in missing]
    if lacking:
        raise click.ClickException(
            f"{path}: no column for {', '.join(lacking)} among {', '.join(header)}; say which with --columns"
        )
    return picked


def _csv(file: BinaryIO, path: Path, number: int, chosen: Columns, progress: Progress) -> Iterator[Raw | Bad]:
    csv.field_size_limit(FIELD_BYTES)
    start = file.read(_SNIFF)
    file.seek(0)
    encoding = encoding_of(start) or "utf-8"
    lines = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="")
    delimiter = _delimiter(start.decode(encoding, "replace"))
    rows = csv.reader(_counted(lines, file, progress), delimiter=delimiter)
    header = next(rows, None)
    if header is None:
        return
    picked, width = _picked(header, chosen, path), len(header)
    pick = itemgetter(*(width if place is None else place for place in picked))
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Bad(str(path), rows.line_num, str(error))
            continue
        if not row:
            continue
        if len(row) != width:
            yield Bad(str(path), rows.line_num, f"{len(row)} columns, not {width}")
        else:
            row.append("")  # what a column that is missing holds
            yield Raw(number, rows.line_num, pick(row))


def _counted(lines: io.TextIOWrapper, file: BinaryIO, progress: Progress) -> Iterator[str]:
    """The lines of a file, its progress told now and then: by how far its bytes were read."""
    told = 0
    for number, line in enumerate(lines):
        if not number % TOLD_LINES:
            told, before = file.tell(), told
            progress(told - before)
        yield line
    progress(file.tell() - told)


def _delimiter(start: str) -> str:
    """What parts the columns: whatever the first line holds most of."""
    return max(_DELIMITERS, key=start.partition("\n")[0].count)


def _jsonl(file: BinaryIO, path: Path, number: int, chosen: Columns, progress: Progress) -> Iterator[Record]:
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    picked: dict[tuple[str, ...], list[int | None]] = {}
    for place, line in enumerate(file, 1):
        progress(len(line))
        if not line.strip():
            continue
        try:
            data = decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            yield Bad(str(path), place, str(error)[:200])
            continue
        if "exchanges" in data or "messages" in data or "turns" in data:
            yield _whole(data, path, number, place, chosen)
            continue
        header = tuple(data)
        columns = picked.get(header)
        if columns is None:
            try:
                columns = picked[header] = _picked(header, chosen, path)
            except click.ClickException as error:
                yield Bad(str(path), place, error.message[:200])
                continue
        values = [*data.values()]
        fields = tuple("" if one is None else _written(values[one]) for one in columns)
        yield Raw(number, place, fields)


def _written(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)


def _whole(data: dict[str, Any], path: Path, number: int, place: int, chosen: Columns) -> Whole | Bad:
    """A dialogue in one line: `exchanges` of user and system, or `messages` of role and text."""
    said: list[tuple[str, str]] = []
    given: list[int | None] = []
    topics: list[str] = []
    try:
        for one in data.get("exchanges", ()):
            said += [("buyer", _written(one.get("user"))), ("agent", _written(one.get("system")))]
            given += [one.get("sat"), None]
            topics.append(str(one.get("intent") or ""))
        for one in data.get("messages") or data.get("turns") or ():
            word = str(one.get("role") or one.get("speaker") or "").strip().lower()
            role = chosen.roles.get(word)
            if role is None:
                return Bad(str(path), place, f"nobody is called {word!r}; see [roles] of --columns")
            said.append((role, str(one.get("text") or one.get("content") or "")))
            given.append(one.get("sat"))
        topic = str(data.get("topic") or "") or next((one for one in topics if one not in {"", "OTHER"}), "")
        rating = chosen.ratings.get(str(data.get("rating")).strip().lower())
        return Whole(number, place, str(data.get("id", place)), tuple(said), topic, rating, _labels(given))
    except (AttributeError, TypeError):
        return Bad(str(path), place, "no dialogue of exchanges or messages")


def _labels(given: Sequence[object]) -> tuple[int | None, ...]:
    return tuple(one if isinstance(one, int) and 0 <= one <= 2 else None for one in given)


def _parquet(path: Path, number: int, chosen: Columns, progress: Progress) -> Iterator[Raw | Bad]:
    parquet = optional("pyarrow.parquet", "pyarrow", "Parquet")
    try:
        table = parquet.ParquetFile(path)
    except (OSError, ValueError) as error:  # pyarrow's own faults are of these
        raise click.ClickException(f"{path}: {error}") from None
    header: list[str] = table.schema_arrow.names
    picked = _picked(header, chosen, path)
    wanted = [header[place] for place in picked if place is not None]
    size = path.stat().st_size
    total = max(table.metadata.num_rows, 1)
    line = 0
    for batch in table.iter_batches(batch_size=8192, columns=wanted):
        held: dict[str, list[Any]] = batch.to_pydict()
        for row in range(batch.num_rows):
            line += 1
            fields = tuple("" if place is None else _written(held[header[place]][row]) for place in picked)
            yield Raw(number, line, fields)
        progress(size * batch.num_rows // total)


class Understood(NamedTuple):
    """A row whose words are known; its place in the talk is not yet."""

    raw: Raw
    role: Role
    at: datetime | None
    person: str
    kind: str

    def line(self, version: int) -> TalkLine:
        """The message at its place."""
        return TalkLine(version, self.role, self.raw.fields[1], self.at, self.person, cast("Any", self.kind))


# ── meaning ──────────────────────────────────────────────────────────────


class Meaning:
    """What the fields of a row mean, by the columns' words."""

    def __init__(self, chosen: Columns) -> None:
        self._chosen: Final = chosen
        self._zone: Final = ZoneInfo(chosen.zone)

    def understood(self, raw: Raw) -> "Understood":
        """The message of a row; raises ValueError saying what cannot be understood."""
        _, _, role, at, person, buyer, _, _, _, kind = raw.fields
        known = self._chosen.roles.get(role.strip().lower())
        if known is None:
            if buyer and role.strip() == buyer.strip():
                known = "buyer"
            else:
                raise ValueError(f"nobody is called {role[:40]!r}; see [roles] of --columns")
        shown = self._chosen.types.get(kind.strip().lower(), "text")
        moment = self.moment(at) if at.strip() else None
        return Understood(raw, known, moment, "" if known == "buyer" else person, shown)

    def rating(self, raw: Raw) -> int | None:
        """The rating of a row, 1…5, where it says one."""
        return self._chosen.ratings.get(raw.fields[8].strip().lower())

    def moment(self, text: str) -> datetime:
        """A time as files write it; without a zone it is that of the columns. Raises ValueError."""
        text = text.strip()
        found: datetime | None = None
        if text.replace(".", "", 1).isdigit() and len(text) >= 9:
            number = float(text)
            return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, UTC)
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            for form in self._chosen.formats:
                try:
                    found = datetime.strptime(text, form)  # noqa: DTZ007  the zone follows
                except ValueError:
                    continue
                break
        if found is None:
            raise ValueError(f"{text[:40]!r} is no time")
        return (found if found.tzinfo else found.replace(tzinfo=self._zone)).astimezone(UTC)
