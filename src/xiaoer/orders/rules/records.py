"""Lines of text → records: JSON lines, and CSV with headers in Chinese or English."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

import msgspec

from xiaoer.orders.rules.lines import Bad, Line, unreadable
from xiaoer.orders.rules.parse import kind_of
from xiaoer.orders.rules.rows import Kind
from xiaoer.orders.rules.words import HEADERS, KIND_HEADERS, LIMITS, folded

_json: Final = msgspec.json.Decoder(float_hook=Decimal)
Data = dict[str, object]

_LISTS: Final = ("items", "variants", "payments", "parcels")
_DELIMITERS: Final = ",\t;"
_QUOTED: Final = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_NOTHING: Final = re.compile("")
_QUOTE_END: Final = re.compile(r'[^"]*+(?:""[^"]*+)*+"')
_REMEMBERED: Final = 100_000  # orders of a flat file whose rows have ended; their number must not come again

csv.field_size_limit(LIMITS["row_bytes_max"])


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was sent; `line` is where it begins, `size` how many characters it had."""

    line: int
    data: Mapping[str, object]
    size: int


def json_record(line: Line) -> Record | Bad | None:
    """The object on one line, numbers as exact decimals; None for an empty line."""
    if not line.text or line.text.isspace():
        return None
    try:
        found = _json.decode(line.text)
    except (msgspec.MsgspecError, RecursionError, ArithmeticError, ValueError) as error:
        if line.text.lstrip()[0] == "[":
            return Bad(line.number, unreadable("json_list"))
        return Bad(line.number, unreadable("not_json", why=str(error)[:200]))
    if isinstance(found, list):
        return Bad(line.number, unreadable("json_list"))
    if not isinstance(found, dict):
        return Bad(line.number, unreadable("not_an_object"))
    return Record(line.number, cast(dict[str, object], found), len(line.text))


class CsvRecords:
    """Joins lines to records, and consecutive rows of one order or product to one.

    Spreadsheets repeat an order for each of its items; such rows carry the same number and become one record
    with a list. Raises nothing: what is wrong comes out as `Bad`.
    """

    def __init__(self, default_kind: Kind | None = None) -> None:
        self._default_kind: Final[Kind | None] = default_kind
        self._delimiter = ","
        self._header: list[str] | None = None
        self._kind_columns: list[int] = []
        self._paths: dict[Kind | None, list[str | None]] = {}
        self._open: list[Line] = []
        self._open_bytes = 0
        self._quoted = False
        self._ended: dict[tuple[object, ...], None] = {}
        self._pending: Record | None = None

    def feed(self, lines: Iterable[Line | Bad]) -> list[Record | Bad]:
        """The records that these lines complete."""
        found: list[Record | Bad] = []
        for line in lines:
            if isinstance(line, Bad):
                found.extend(self._give_up_open())
                found.append(line)
            else:
                found.extend(self._take(line))
        return found

    def close(self) -> list[Record | Bad]:
        """The last record, and the complaint about a quote that was never closed."""
        return [*self._give_up_open(), *self._end_pending()]

    def _take(self, line: Line) -> list[Record | Bad]:
        if self._header is None and not self._open:
            self._delimiter = delimiter_of(line.text)
        self._open.append(line)
        self._open_bytes += len(line.text)
        self._quoted = quote_is_open(line.text, self._delimiter, before=self._quoted)
        if self._quoted:
            return self._give_up_open() if self._open_bytes > LIMITS["row_bytes_max"] else []
        lines, self._open, self._open_bytes = self._open, [], 0
        text = lines[0].text if len(lines) == 1 else "\n".join(part.text for part in lines)
        return self._cells(lines[0].number, text)

    def _give_up_open(self) -> list[Record | Bad]:
        """A quote that never closes spoils its own line only; the lines after it are read anew."""
        found: list[Record | Bad] = []
        while self._open:
            first, *others = self._open
            self._open, self._open_bytes, self._quoted = [], 0, False
            found.append(Bad(first.number, unreadable("quote_not_closed")))
            for line in others:
                found.extend(self._take(line))
        return found

    def _cells(self, number: int, text: str) -> list[Record | Bad]:
        if not text.strip():
            return []
        try:
            cells = next(csv.reader([text], delimiter=self._delimiter))
        except csv.Error as error:
            return [Bad(number, unreadable("not_csv", why=str(error)[:200]))]
        if not any(cell.strip() for cell in cells):
            return []
        if self._header is None:
            self._header = [cell.strip() for cell in cells]
            self._kind_columns = [
                column for column, name in enumerate(self._header) if folded(name) in KIND_HEADERS
            ]
            return _repeated_columns(number, self._header)
        if len(cells) > len(self._header) and any(cell.strip() for cell in cells[len(self._header) :]):
            return [Bad(number, unreadable("too_many_cells", columns=len(self._header)))]
        return self._record(number, cells, len(text))

    def _record(self, number: int, cells: Sequence[str], size: int) -> list[Record | Bad]:
        assert self._header is not None
        kind: Kind | None = self._default_kind
        for column in self._kind_columns:
            said = kind_of(cells[column]) if column < len(cells) else None
            if said is not None:
                kind = said
        if kind not in self._paths:
            self._paths[kind] = [_path(name, kind) for name in self._header]
        data = _nested(self._paths[kind], cells)
        return self._merge(Record(number, data, size), kind)

    def _merge(self, record: Record, kind: Kind | None) -> list[Record | Bad]:
        """Hold back an order or product until a row speaks of another one."""
        if kind not in {"order", "product"}:
            return [*self._end_pending(), record]
        if self._pending is not None and _continues(self._pending.data, record.data):
            merged = _joined(self._pending.data, record.data)
            if _longest(merged) > LIMITS["lines_max"]:
                return [Bad(record.line, unreadable("too_many_lines", most=LIMITS["lines_max"]))]
            self._pending = Record(self._pending.line, merged, self._pending.size + record.size)
            return []
        found = self._end_pending()
        if _key(record.data) in self._ended:
            return [*found, Bad(record.line, unreadable("rows_apart", value=record.data.get("id")))]
        self._pending = record
        return found

    def _end_pending(self) -> list[Record | Bad]:
        if self._pending is None:
            return []
        ended, self._pending = self._pending, None
        if _longest(ended.data):
            self._ended[_key(ended.data)] = None
            if len(self._ended) > _REMEMBERED:
                del self._ended[next(iter(self._ended))]
        return [ended]


def delimiter_of(header: str) -> str:
    """The sign that parts the columns: comma, tab or semicolon, whichever the header has most of."""
    bare = _QUOTED.sub("", header)
    return max(_DELIMITERS, key=bare.count)


def quote_is_open(line: str, delimiter: str, *, before: bool) -> bool:
    """Whether a quoted cell is open at the end of this line; `before`: one was at its start."""
    place = 0
    while True:
        if before:
            end = _QUOTE_END.match(line, place)
        elif line.startswith('"', place):
            end = _QUOTED.match(line, place)
        else:
            end = _NOTHING.match(line, place)
        if end is None:
            return True
        before = False
        place = line.find(delimiter, end.end())
        if place < 0:
            return False
        place += 1


def _repeated_columns(number: int, header: Sequence[str]) -> list[Record | Bad]:
    seen: set[str] = set()
    for name in header:
        if name and folded(name) in seen:
            return [Bad(number, unreadable("column_repeated", value=name[:50]))]
        seen.add(folded(name))
    return []


def _path(name: str, kind: Kind | None) -> str | None:
    """The field that a header means; one that nobody knows stays as it is and will be told."""
    if not name:
        return None
    if folded(name) in KIND_HEADERS:
        return "kind"
    known = HEADERS.get(kind, {}) if kind else {}
    return known.get(folded(name), name.strip())


def _nested(paths: Sequence[str | None], cells: Sequence[str]) -> Data:
    """The cells of a row as an object: `address.city` goes into one, `items.title` into a list of one."""
    data: Data = {}
    for path, cell in zip(paths, cells, strict=False):
        if path is None or not cell.strip():
            continue
        *above, last = path.split(".")
        place: Data | None = data
        for depth, name in enumerate(above):
            place = None if place is None else _inner(place, name, listed=depth == 0 and name in _LISTS)
        if place is not None:
            place.setdefault(last, cell)
    return data


def _inner(place: Data, name: str, *, listed: bool) -> Data | None:
    """The object under a name, made when missing; None when another column says that there is none."""
    if name not in place:
        made: Data = {}
        place[name] = [made] if listed else made
    found = place[name]
    if isinstance(found, list):
        found = cast("list[object]", found)[0]
    return cast("Data", found) if isinstance(found, dict) else None


def _key(data: Mapping[str, object]) -> tuple[object, ...]:
    return data.get("kind"), data.get("shop"), data.get("id")


def _continues(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether a row goes on with the order or product before it: same number, or nothing but its items.

    Spreadsheets leave the cells of the order empty when they were merged.
    """
    if not _longest(after):
        return False
    return _key(before) == _key(after) or all(name in _LISTS or name == "kind" for name in after)


def _joined(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    joined = {**after, **before}
    for name in _LISTS:
        rows, new = _rows(before, name), _rows(after, name)
        # Payments and parcels are repeated with every item; the same one twice is one.
        added = new if name in {"items", "variants"} else [row for row in new if row not in rows]
        if added:
            joined[name] = [*rows, *added]
    return joined


def _rows(data: Mapping[str, object], name: str) -> list[object]:
    rows = data.get(name)
    return cast("list[object]", rows) if isinstance(rows, list) else []


def _longest(data: Mapping[str, object]) -> int:
    return max(len(_rows(data, name)) for name in _LISTS)
