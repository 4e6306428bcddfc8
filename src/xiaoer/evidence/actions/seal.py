"""Sealing a stretch of a conversation under a number."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final, cast
from uuid import UUID

from xiaoer.conversations.model.thread import Speaker, Thread
from xiaoer.conversations.queries import threads
from xiaoer.conversations.rules.chain import GENESIS, SALT_BYTES
from xiaoer.evidence import store
from xiaoer.evidence.model import (
    FORMAT,
    Attachment,
    Commitment,
    EvidenceStatement,
    Seal,
    SealedName,
    SealWish,
)
from xiaoer.evidence.rules import seal as rules
from xiaoer.evidence.rules import sign
from xiaoer.evidence.rules.days import local_day
from xiaoer.evidence.rules.sign import Signer
from xiaoer.evidence.store import Row
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook.model import Book

DAYS: Final = "evidence.self_service_days"
MESSAGES: Final = "evidence.messages_max"


async def seal_stretch(
    tx: Tx,
    book: Book,
    signer: Signer,
    speaker: Speaker,
    *,
    conversation: UUID,
    wish: SealWish,
    id: UUID,
    shop: UUID | None,
    now: datetime,
) -> Seal:
    """Seal a stretch somebody may read; a person of the marketplace also what is older than 75 days.

    Raises Refusal: not_found, range_unknown, range_too_long, too_old, chain_broken.
    """
    thread = (await threads.readable(tx, speaker, conversation, shop=shop)).thread
    if refused := rules.refused_range(wish, version=thread.version, messages_max=book.integer(MESSAGES)):
        raise Refusal(refused)
    rows = await store.stretch(tx, thread.shop, conversation, wish.first, wish.last)
    if len(rows) != wish.last - wish.first + 1:
        raise Refusal(Refused("invalid", "evidence.range_unknown", facts={"last": thread.version}))
    if not speaker.everywhere and (refused := rules.refused_age(rows[0].at, now, book.integer(DAYS))):
        raise Refusal(refused)
    made = await _made(
        tx, signer, speaker, thread, rows=rows, wish=wish, id=id, rules_version=book.version, now=now
    )
    await store.add_seal(tx, made)
    return made


async def _made(
    tx: Tx,
    signer: Signer,
    speaker: Speaker,
    thread: Thread,
    *,
    rows: Sequence[Row],
    wish: SealWish,
    id: UUID,
    rules_version: str,
    now: datetime,
) -> Seal:
    previous = await _previous(tx, thread, wish.first)
    people, names = await _people(tx, thread, rows)
    home = await identity.marketplace(tx)
    day = local_day(now, home.time_zone).strftime("%Y%m%d")
    inners = b"".join(row.inner_hash for row in rows)
    person = cast("UUID", speaker.person)
    statement = EvidenceStatement(
        format=FORMAT,
        number=rules.number_of(day, secrets.token_bytes(12)),
        marketplace=tx.tenant,
        shop=thread.shop,
        shop_name=(await identity.shop(tx, thread.shop)).name,
        buyer=thread.buyer,
        conversation=thread.id,
        first=wish.first,
        last=wish.last,
        since=rows[0].at,
        until=rows[-1].at,
        previous=previous.hex(),
        head=rows[-1].hash.hex(),
        inners_sha256=sha256(inners).hexdigest(),
        people=people,
        attachments=await _attachments(tx, rows),
        purpose=wish.purpose,
        case=wish.case,
        reason=wish.reason,
        asked_by=person,
        asked_role=speaker.role_in(thread.shop),
        rules=rules_version,
        sealed_at=now,
    )
    if fault := rules.first_fault(statement, inners, [row.line() for row in rows]):
        raise Refusal(Refused("refused", "evidence.chain_broken", facts={"message": fault.message}))
    return _kept(statement, sign.encode(statement), inners, names, signer=signer, id=id)


def _kept(
    statement: EvidenceStatement,
    words: bytes,
    inners: bytes,
    names: tuple[SealedName, ...],
    *,
    signer: Signer,
    id: UUID,
) -> Seal:
    return Seal(
        id=id,
        number=statement.number,
        shop=statement.shop,
        conversation=statement.conversation,
        buyer=statement.buyer,
        first=statement.first,
        last=statement.last,
        purpose=statement.purpose,
        case=statement.case,
        asked_by=statement.asked_by,
        asked_role=statement.asked_role,
        sealed_at=statement.sealed_at,
        statement=words,
        signature=signer.sign(words),
        inners=inners,
        names=names,
    )


async def _previous(tx: Tx, thread: Thread, first: int) -> bytes:
    if first == 1:
        return GENESIS
    found = await store.hash_at(tx, thread.shop, thread.id, first - 1)
    if found is None:
        raise Refusal(Refused("refused", "evidence.chain_broken", facts={"message": first - 1}))
    return found


async def _people(
    tx: Tx, thread: Thread, rows: Sequence[Row]
) -> tuple[tuple[Commitment, ...], tuple[SealedName, ...]]:
    """Both parties by name: the buyer, and whoever spoke."""
    roles = {thread.buyer: "buyer"}
    for row in rows:
        if row.person is not None:
            roles.setdefault(row.person, row.role)
    known = await identity.people(tx, list(roles))
    return rules.commitments(
        (who, role, known[who].display_name if who in known else "", secrets.token_bytes(SALT_BYTES))
        for who, role in roles.items()
    )


async def _attachments(tx: Tx, rows: Sequence[Row]) -> tuple[Attachment, ...]:
    wanted = {file: row.version for row in reversed(rows) if (file := file_of(row.body)) is not None}
    found = await store.files_of(tx, list(wanted))
    return tuple(
        Attachment(file, version, found[file].sha256.hex(), found[file].size_bytes, found[file].media_type)
        for file, version in sorted(wanted.items(), key=lambda one: (one[1], one[0]))
        if file in found
    )


def file_of(body: dict[str, object] | None) -> UUID | None:
    """The uploaded file a message carries."""
    held = (body or {}).get("file")
    if not isinstance(held, dict):
        return None
    try:
        return UUID(str(cast("dict[str, object]", held).get("id")))
    except ValueError:
        return None
