"""A file as it arrives → records: finds out its form, keeps nothing but what is not complete yet."""

from typing import Final, Literal, Protocol

from xiaoer.orders.rules.lines import Bad, Line, Lines
from xiaoer.orders.rules.records import CsvRecords, Record, json_record
from xiaoer.orders.rules.retail import RetailRecords
from xiaoer.orders.rules.rows import Kind

Format = Literal["xiaoer", "jsonl", "csv", "retail"]
"""`xiaoer` is JSON lines or CSV, whichever the first line looks like."""


class Reader(Protocol):
    """Takes bytes, gives records; what is wrong comes out as `Bad` in its place."""

    def feed(self, chunk: bytes) -> list[Record | Bad]:
        """The records that this chunk completes."""
        ...

    def close(self) -> list[Record | Bad]:
        """What is left at the end of the file."""
        ...


class LineReader:
    """Reads JSON lines and CSV."""

    def __init__(self, form: Format = "xiaoer", kind: Kind | None = None) -> None:
        self._lines: Final = Lines(encoding="utf-8" if form == "jsonl" else None)
        self._kind: Final = kind
        self._csv: CsvRecords | None = CsvRecords(kind) if form == "csv" else None
        self._decided = form != "xiaoer"

    def feed(self, chunk: bytes) -> list[Record | Bad]:
        """The records that this chunk completes."""
        return self._read(self._lines.feed(chunk))

    def close(self) -> list[Record | Bad]:
        """What is left at the end of the file."""
        found = self._read(self._lines.close())
        return [*found, *self._csv.close()] if self._csv is not None else found

    def _read(self, lines: list[Line | Bad]) -> list[Record | Bad]:
        if not self._decided:
            self._decide(lines)
        if self._csv is not None:
            return self._csv.feed(lines)
        found: list[Record | Bad] = []
        for line in lines:
            record = line if isinstance(line, Bad) else json_record(line)
            if record is not None:
                found.append(record)
        return found

    def _decide(self, lines: list[Line | Bad]) -> None:
        for line in lines:
            if isinstance(line, Line) and not line.text.isspace() and line.text:
                self._decided = True
                if line.text.lstrip()[0] not in "{[":
                    self._csv = CsvRecords(self._kind)
                return


def reader(form: Format, kind: Kind | None = None, shop: str | None = None) -> Reader:
    """The reader of a format; `kind` is that of rows which name none, `shop` that of the retail data set."""
    if form == "retail":
        return RetailRecords(shop)
    return LineReader(form, kind)
