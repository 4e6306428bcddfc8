"""One import from its first byte to its count: reads, understands, writes batch by batch."""

import asyncio
from collections.abc import AsyncIterable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refused
from xiaoer.orders.actions.batch import Right, write_batch
from xiaoer.orders.actions.naming import UNKNOWN, Moment
from xiaoer.orders.rules.fields import Customs, fault
from xiaoer.orders.rules.lines import Bad
from xiaoer.orders.rules.parse import parse
from xiaoer.orders.rules.reader import Reader
from xiaoer.orders.rules.records import Record
from xiaoer.orders.rules.rows import KINDS, BuyerRow, ItemRow, Kind, OrderRow, ProductRow, Row, ShopRow
from xiaoer.orders.rules.tally import Outcome, Place, Tally
from xiaoer.orders.rules.words import LIMITS
from xiaoer.plumbing.db import Database, Tx

_AT_ONCE: Final = 25  # rows understood in one go: about five milliseconds


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that has been understood and not been written yet."""

    place: Place
    row: Row
    size: int


@dataclass(slots=True)
class Batch:
    """Rows to be written together, no two of which speak of one thing."""

    rows: list[Waiting] = field(default_factory=list[Waiting])
    size: int = 0
    keys: set[Hashable] = field(default_factory=set[Hashable])

    def takes(self, row: Row) -> bool:
        """Whether a row can join: neither too much for the batch nor about something that is in it."""
        full = len(self.rows) >= LIMITS["batch_rows"] or self.size >= LIMITS["batch_characters"]
        return not full and key_of(row) not in self.keys

    def add(self, waiting: Waiting) -> None:
        """Add a row, and remember what it speaks of: a part of an order speaks of the order too."""
        self.rows.append(waiting)
        self.size += waiting.size
        self.keys |= {key_of(waiting.row), order_of(waiting.row)}


def order_of(row: Row) -> Hashable:
    """The order that a row speaks of; None for shops, buyers and products."""
    match row:
        case ShopRow() | BuyerRow() | ProductRow():
            return None
        case OrderRow():
            return "order", row.shop, row.id
        case _:
            return "order", row.shop, row.order


def key_of(row: Row) -> Hashable:
    """What a row speaks of, the same for two rows that would write the same thing."""
    match row:
        case ShopRow() | BuyerRow():
            return type(row), row.id
        case ProductRow():
            return type(row), row.shop, row.id
        case OrderRow():
            return order_of(row)
        case ItemRow():
            return type(row), order_of(row), row.id, row.line
        case _:
            return type(row), order_of(row), row.id


async def customs_of(tx: Tx, shop: str | None) -> Customs:
    """What rows may leave unsaid in this marketplace."""
    home = await identity.marketplace(tx)
    return Customs(home.currency, ZoneInfo(home.time_zone), shop)


class Importer:
    """Writes what it is given, a batch at a time, and counts; memory stays bounded whatever comes.

    Rows that name something unknown wait for the end of the import and are tried once more. `strict` refuses
    rows with fields that nobody knows.
    """

    def __init__(
        self,
        database: Database,
        tenant: UUID,
        *,
        right: Right,
        customs: Customs,
        moment: Moment,
        strict: bool = False,
    ) -> None:
        self.tally: Final = Tally()
        self._database: Final = database
        self._tenant: Final = tenant
        self._right: Final = right
        self._customs: Final = customs
        self._moment: Final = moment
        self._strict: Final = strict
        self._batch = Batch()
        self._writing: asyncio.Task[None] | None = None
        self._deferred: list[Waiting] = []
        self._deferred_size = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """However it ended, the batch that is being written is written to its end."""
        writing, self._writing = self._writing, None
        if writing is not None:
            await asyncio.gather(writing, return_exceptions=True)

    async def read(
        self,
        chunks: AsyncIterable[bytes],
        reader: Reader,
        *,
        file: str | None = None,
        kind: Kind | None = None,
        told: Callable[[int], object] = lambda _: None,
    ) -> None:
        """Take a whole file; `kind` is that of rows which name none.

        `told` hears the size of every chunk when its rows have been taken.
        """
        async for chunk in chunks:
            await self.take(reader.feed(chunk), file, kind)
            told(len(chunk))
        await self.take(reader.close(), file, kind)

    async def take(
        self, records: Iterable[Record | Bad], file: str | None = None, kind: Kind | None = None
    ) -> None:
        """Take some records; whole batches are written at once."""
        for number, record in enumerate(records, 1):
            if isinstance(record, Bad):
                self.tally.fail(Place(record.line, None, file), (record.refused,))
            else:
                await self._take(record, file, kind)
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)  # others in this process have work to do too

    async def take_own(self, data: Mapping[str, object]) -> None:
        """Take a record that stands in no file; it is not counted."""
        row = parse(data, self._customs).row
        if row is not None:
            await self._database.run(
                self._tenant, lambda tx: write_batch(tx, [row], self._right, self._moment)
            )

    async def _take(self, record: Record, file: str | None, kind: Kind | None) -> None:
        parsed = parse(record.data, self._customs, kind)
        place = Place(record.line, parsed.kind, file)
        faults = [*parsed.faults]
        if self._strict:
            faults += [fault("field_unknown", name[:200]) for name in parsed.unknown]
        elif parsed.unknown:
            self.tally.meet_unknown(parsed.kind, parsed.unknown)
        if parsed.row is None or faults:
            self.tally.fail(place, faults[: LIMITS["faults_per_row_max"]])
            return
        if not self._batch.takes(parsed.row):
            await self._write(last=False)
        self._batch.add(Waiting(place, parsed.row, record.size))

    async def close(self) -> Tally:
        """Write what is left, then once more what named something unknown."""
        await self._write(last=False)
        await self._written()
        again, self._deferred = self._deferred, []
        for waiting in sorted(again, key=lambda one: KINDS.index(one.place.kind or "shop")):
            if not self._batch.takes(waiting.row):
                await self._write(last=True)
            self._batch.add(waiting)
        await self._write(last=True)
        await self._written()
        return self.tally

    async def _write(self, *, last: bool) -> None:
        """Begin to write the batch, once the one before has been written: reading goes on meanwhile."""
        batch, self._batch = self._batch, Batch()
        await self._written()
        if batch.rows:
            self._writing = asyncio.create_task(self._write_down(batch, last=last))

    async def _written(self) -> None:
        """Wait for the batch that is being written. Raises what went wrong with it."""
        writing, self._writing = self._writing, None
        if writing is not None:
            await writing

    async def _write_down(self, batch: Batch, *, last: bool) -> None:
        rows = [waiting.row for waiting in batch.rows]

        async def work(tx: Tx) -> list[Outcome]:
            return await write_batch(tx, rows, self._right, self._moment)

        outcomes = await self._database.run(self._tenant, work)
        for waiting, outcome in zip(batch.rows, outcomes, strict=True):
            if not (not last and isinstance(outcome, Refused) and self._defers(waiting, outcome)):
                self.tally.count(waiting.place, outcome)

    def _defers(self, waiting: Waiting, refused: Refused) -> bool:
        """Keep a row for the end when it may pass then and there is room."""
        room = (
            len(self._deferred) < LIMITS["deferred_rows_max"]
            and self._deferred_size + waiting.size <= LIMITS["deferred_characters_max"]
        )
        if refused.code not in UNKNOWN or not room:
            return False
        self._deferred.append(waiting)
        self._deferred_size += waiting.size
        return True
