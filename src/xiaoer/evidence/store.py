"""How evidence is kept: one function per statement of `store.sql`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.evidence.model import (
    Day,
    DayStamp,
    EvidenceItem,
    EvidenceOpening,
    ProvedLine,
    Seal,
    SealedLine,
    SealShown,
)
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Row(Struct, frozen=True):
    """A message with its hashes; erased ones have neither words nor salt."""

    version: int
    id: UUID
    role: str
    person: UUID | None
    kind: str
    text: str | None
    body: dict[str, object] | None
    at: datetime
    salt: bytes | None
    inner_hash: bytes
    hash: bytes

    def line(self) -> SealedLine:
        """The same message as a pack holds it."""
        if self.salt is None or self.text is None or self.body is None:
            return SealedLine(version=self.version, inner=self.inner_hash.hex(), hash=self.hash.hex())
        return SealedLine(
            version=self.version,
            inner=self.inner_hash.hex(),
            hash=self.hash.hex(),
            id=self.id,
            role=self.role,
            person=self.person,
            kind=self.kind,
            at=self.at,
            text=self.text,
            body=self.body,
            salt=self.salt.hex(),
        )


class FileRow(Struct, frozen=True):
    """An uploaded file and where it lies."""

    id: UUID
    sha256: bytes
    size_bytes: int
    media_type: str
    store_key: str


_statements: Final = Statements(__file__)
_stretch = _statements.rows("stretch", Row)
_proved_lines = _statements.rows("proved_lines", ProvedLine)
_hash_at = _statements.value("hash_at", bytes)
_files_of = _statements.rows("files_of", FileRow)
_own_files = _statements.value("own_files", UUID)
_add_seal = _statements.command("add_seal")
_find_seal = _statements.rows("find_seal", Seal)
_lock_seal = _statements.rows("lock_seal", Seal)
_seals_page = _statements.rows("seals_page", SealShown)
_bind_seal = _statements.command("bind_seal")
_add_opening = _statements.command("add_opening")
_openings = _statements.rows("openings", EvidenceOpening)
_hashes_of_day = _statements.value("hashes_of_day", bytes)
_first_message_at = _statements.value("first_message_at", datetime)
_last_day = _statements.rows("last_day", Day)
_days_between = _statements.rows("days_between", Day)
_days_page = _statements.rows("days_page", Day)
_add_day = _statements.command("add_day")
_unstamped_days = _statements.rows("unstamped_days", Day)
_add_stamp = _statements.command("add_stamp")
_add_item = _statements.command("add_item")
_correct_item = _statements.command("correct_item")
_items = _statements.rows("items", EvidenceItem)


async def stretch(tx: Tx, shop: UUID, conversation: UUID, first: int, last: int) -> list[Row]:
    """A stretch of a timeline in order, both ends included."""
    return await _stretch.all(tx, shop=shop, conversation=conversation, first=first, last=last)


async def proved_lines(tx: Tx, shop: UUID, conversation: UUID, first: int, last: int) -> Sequence[ProvedLine]:
    """Which messages of a stretch went out with proofs."""
    return await _proved_lines.all(tx, shop=shop, conversation=conversation, first=first, last=last)


async def hash_at(tx: Tx, shop: UUID, conversation: UUID, version: int) -> bytes | None:
    """The hash of one entry."""
    return await _hash_at.first(tx, shop=shop, conversation=conversation, version=version)


async def files_of(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, FileRow]:
    """Uploaded files."""
    return {one.id: one for one in await _files_of.all(tx, ids=list(ids))} if ids else {}


async def own_files(tx: Tx, ids: Sequence[UUID], person: UUID, conversation: UUID) -> set[UUID]:
    """Which of these files somebody uploaded himself."""
    return set(await _own_files.all(tx, ids=list(ids), person=person, conversation=conversation))


async def add_seal(tx: Tx, seal: Seal) -> None:
    """Keep a seal."""
    await _add_seal.run(
        tx,
        id=seal.id,
        number=seal.number,
        shop=seal.shop,
        conversation=seal.conversation,
        buyer=seal.buyer,
        first=seal.first,
        last=seal.last,
        purpose=seal.purpose,
        bound_to=seal.case,
        asked_by=seal.asked_by,
        asked_role=seal.asked_role,
        sealed_at=seal.sealed_at,
        statement=seal.statement,
        signature=seal.signature,
        inners=seal.inners,
        names=msgspec.to_builtins(seal.names),
    )


async def find_seal(tx: Tx, number: str) -> Seal | None:
    """The seal of a number."""
    return await _find_seal.first(tx, number=number)


async def lock_seal(tx: Tx, number: str) -> Seal | None:
    """The seal of a number, which nobody else may bind meanwhile."""
    return await _lock_seal.first(tx, number=number)


async def seals_page(
    tx: Tx, *, asked_by: UUID | None, shop: UUID | None, before: UUID | None, limit: int
) -> list[SealShown]:
    """What somebody sealed, or what a shop did, the newest first."""
    return await _seals_page.all(tx, asked_by=asked_by, shop=shop, before=before, limit=limit)


async def bind_seal(tx: Tx, id: UUID, case: UUID) -> None:
    """From now on the number opens for this case only."""
    await _bind_seal.run(tx, id=id, bound_to=case)


async def add_opening(tx: Tx, seal: UUID, opening: EvidenceOpening) -> None:
    """Write down that somebody opened a number."""
    await _add_opening.run(
        tx,
        seal=seal,
        id=opening.id,
        person=opening.person,
        role=opening.role,
        way=opening.way,
        purpose=opening.purpose,
        bound_to=opening.case,
        reason=opening.reason,
        at=opening.at,
    )


async def openings(tx: Tx, seal: UUID, before: UUID | None, limit: int) -> list[EvidenceOpening]:
    """Who opened a number, the newest first."""
    return await _openings.all(tx, seal=seal, before=before, limit=limit)


async def hashes_of_day(tx: Tx, since: datetime, until: datetime) -> list[bytes]:
    """The hashes of all messages between two moments, in the order of their bytes."""
    return await _hashes_of_day.all(tx, since=since, until=until)


async def first_message_at(tx: Tx) -> datetime | None:
    """When the first conversation of the marketplace began."""
    return await _first_message_at.first(tx)


async def last_day(tx: Tx) -> Day | None:
    """The latest day that has its root, without its leaves."""
    return await _last_day.first(tx)


async def days_between(tx: Tx, first: date, last: date) -> list[Day]:
    """The roots of these days with their leaves."""
    return await _days_between.all(tx, first=first, last=last)


async def days_page(tx: Tx, before: date | None, limit: int) -> list[Day]:
    """The latest roots without their leaves."""
    return await _days_page.all(tx, before=before, limit=limit)


async def add_day(tx: Tx, day: Day) -> bool:
    """Keep the root of a day; False when it had one."""
    fields = msgspec.structs.asdict(day)
    del fields["stamp"]
    return await _add_day.run(tx, **fields) == 1


async def unstamped_days(tx: Tx, limit: int) -> list[Day]:
    """The oldest days that no authority has stamped yet."""
    return await _unstamped_days.all(tx, limit=limit)


async def add_stamp(tx: Tx, stamp: DayStamp) -> None:
    """Keep what an authority answered for a day; a day that has its stamp keeps it."""
    await _add_stamp.run(tx, **msgspec.structs.asdict(stamp))


async def add_item(tx: Tx, item: EvidenceItem) -> None:
    """Keep another evidence."""
    fields = msgspec.structs.asdict(item)
    del fields["corrected"]
    fields |= {"files": list(item.files), "shows": list(item.shows)}
    fields |= {
        "comparison": msgspec.to_builtins(item.comparison),
        "weighed": msgspec.to_builtins(item.weighed),
    }
    await _add_item.run(tx, **fields)


async def items(tx: Tx, seal: UUID, limit: int) -> list[EvidenceItem]:
    """What else was shown beside a sealed stretch, in order."""
    return await _items.all(tx, seal=seal, limit=limit)


async def correct_item(tx: Tx, item: EvidenceItem) -> None:
    """Keep what an evidence shows and weighs from now on, with who said so."""
    await _correct_item.run(
        tx,
        seal=item.seal,
        id=item.id,
        shows=list(item.shows),
        timing=item.timing,
        weighed=msgspec.to_builtins(item.weighed),
        corrected=msgspec.to_builtins(item.corrected),
    )
