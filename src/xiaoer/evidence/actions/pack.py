"""Making a pack of a sealed stretch: read in one glance at the database, then written without it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.evidence import queries
from xiaoer.evidence.model import Day, Seal, SealedLine
from xiaoer.evidence.rules import pack as rules
from xiaoer.evidence.rules import page, sign
from xiaoer.evidence.rules.sign import Signer
from xiaoer.evidence.store import FileRow
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import log, typeset
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.files import FileStore

ATTACHMENTS_MAX_BYTES: Final = 256 * 1024 * 1024
_log: Final = log.get("evidence")


class Read(Struct, frozen=True):
    """What the database gives for a pack."""

    lines: Sequence[SealedLine]
    days: Sequence[Day]
    files: dict[UUID, FileRow]
    zone: str


async def make_pack(
    database: Database, files: FileStore, tenant: UUID, seal: Seal, signer: Signer, *, now: datetime
) -> bytes:
    """The pack of a seal. Raises Refusal(pack_too_large) for attachments beyond the limit."""
    async with database.read(tenant, snapshot=True) as tx:
        zone = await queries.zone(tx)
        days = await queries.days_of(tx, queries.statement_of(seal), zone)
        held = Read(await queries.lines(tx, seal), days, await queries.files(tx, seal), zone)
    attachments, missing = await _attachments(files, seal, held)
    facts = page.facts_of(
        queries.statement_of(seal), seal.names, held.lines, held.zone, sign.fingerprint(signer.public)
    )
    read = await typeset.pdf(page.SOURCE, facts)

    def written() -> bytes:
        parts = rules.parts_of(
            seal, held.lines, held.days, names=seal.names, attachments=attachments, page=read
        )
        return rules.closed(seal.number, parts, missing, signer=signer, now=now)

    return await asyncio.to_thread(written)


async def _attachments(files: FileStore, seal: Seal, held: Read) -> tuple[dict[str, bytes], list[UUID]]:
    """The files of messages whose words are still there; what was erased is named as missing."""
    erased = {line.version for line in held.lines if line.erased}
    statement = queries.statement_of(seal)
    wanted = [one for one in statement.attachments if one.version not in erased and one.id in held.files]
    if sum(one.size_bytes for one in wanted) > ATTACHMENTS_MAX_BYTES:
        facts = {"limit_bytes": ATTACHMENTS_MAX_BYTES}
        raise Refusal(Refused("refused", "evidence.pack_too_large", facts=facts))
    found: dict[str, bytes] = {}
    there: set[UUID] = set()
    for one in wanted:
        try:
            data = await files.read(held.files[one.id].store_key)
        except Refusal as refusal:
            if refusal.refused.kind != "not_found":
                raise
            continue
        if sha256(data).hexdigest() != one.sha256:
            _log.error("attachment_altered", file=str(one.id), number=seal.number)
        found[rules.file_name(one)] = data
        there.add(one.id)
    return found, [one.id for one in statement.attachments if one.id not in there]
