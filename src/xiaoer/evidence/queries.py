"""What others may ask of evidence."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from xiaoer.evidence import store
from xiaoer.evidence.model import (
    Day,
    DayShown,
    EvidenceItem,
    EvidenceOpening,
    EvidenceStatement,
    Opened,
    Seal,
    SealedLine,
    SealShown,
)
from xiaoer.evidence.rules import seal as rules
from xiaoer.evidence.rules.days import local_day
from xiaoer.evidence.store import FileRow
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

SHOWN_MAX = 200


def statement_of(seal: Seal) -> EvidenceStatement:
    """What was signed when a stretch was sealed."""
    return msgspec.json.decode(seal.statement, type=EvidenceStatement)


async def seal(tx: Tx, number: str) -> Seal:
    """The seal of a number. Raises Refusal."""
    found = await store.find_seal(tx, number)
    if found is None:
        raise Refusal(Refused("not_found", "evidence.unknown_number"))
    return found


async def seals(
    tx: Tx, *, asked_by: UUID | None, shop: UUID | None, before: UUID | None, limit: int
) -> Sequence[SealShown]:
    """What somebody sealed, or what a shop's people did, the newest first."""
    return await store.seals_page(tx, asked_by=asked_by, shop=shop, before=before, limit=limit)


async def lines(tx: Tx, seal: Seal) -> list[SealedLine]:
    """The messages of a sealed stretch as they stand now."""
    rows = await store.stretch(tx, seal.shop, seal.conversation, seal.first, seal.last)
    return [row.line() for row in rows]


async def opened(tx: Tx, seal: Seal, *, after: int = 0, limit: int = SHOWN_MAX) -> Opened:
    """What an opened number shows; the whole stretch is checked, a part of it shown."""
    statement, every = statement_of(seal), await lines(tx, seal)
    fault = rules.first_fault(statement, seal.inners, every) or rules.name_fault(statement, seal.names)
    part = [line for line in every if line.version > after][:limit]
    proved = (
        await store.proved_lines(tx, seal.shop, seal.conversation, part[0].version, part[-1].version)
        if part
        else ()
    )
    return Opened(
        seal=shown(seal),
        statement=statement,
        people=seal.names,
        messages=tuple(part),
        fault=fault,
        proved=tuple(proved),
    )


async def openings(tx: Tx, seal: Seal, *, before: UUID | None, limit: int) -> Sequence[EvidenceOpening]:
    """Who opened a number and why, the newest first."""
    return await store.openings(tx, seal.id, before, limit)


async def items(tx: Tx, seal: Seal) -> Sequence[EvidenceItem]:
    """What else was shown beside a sealed stretch."""
    return await store.items(tx, seal.id, SHOWN_MAX)


async def files(tx: Tx, seal: Seal) -> dict[UUID, FileRow]:
    """The files of a sealed stretch that are still there."""
    return await store.files_of(tx, [one.id for one in statement_of(seal).attachments])


async def zone(tx: Tx) -> str:
    """The marketplace's time zone."""
    return (await identity.marketplace(tx)).time_zone


async def days_of(tx: Tx, statement: EvidenceStatement, zone: str) -> Sequence[Day]:
    """The roots of the days a stretch touches, as far as they are made."""
    return await store.days_between(tx, local_day(statement.since, zone), local_day(statement.until, zone))


async def days(tx: Tx, *, before: date | None, limit: int) -> list[DayShown]:
    """The latest roots as everybody may read them."""
    return [
        DayShown(
            one.day, one.messages, one.root.hex(), one.statement.decode(), one.signature.decode(), one.stamp
        )
        for one in await store.days_page(tx, before, limit)
    ]


def shown(seal: Seal) -> SealShown:
    """A seal as it travels."""
    return SealShown(
        id=seal.id,
        number=seal.number,
        shop_id=seal.shop,
        conversation_id=seal.conversation,
        first=seal.first,
        last=seal.last,
        messages=seal.last - seal.first + 1,
        purpose=seal.purpose,
        case_id=seal.case,
        asked_by=seal.asked_by,
        sealed_at=seal.sealed_at,
        head=statement_of(seal).head,
    )
