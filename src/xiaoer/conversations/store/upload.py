"""How uploaded files are written down."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.guard.model import ProofFile
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class KeptFile(Struct, frozen=True):
    """An uploaded file and where it lies."""

    id: UUID
    shop: UUID | None
    conversation: UUID | None
    person: UUID
    name: str
    media_type: str
    size_bytes: int
    width: int | None
    height: int | None
    store_key: str
    thumbnail_key: str | None
    created_at: datetime


statements: Final = Statements(__file__, "upload.sql")
_insert_file: Final = statements.command("insert_file")
_find_kept: Final = statements.rows("find_kept", KeptFile)
_find_given: Final = statements.rows("find_given", ProofFile)


async def insert_file(tx: Tx, file: KeptFile, sha256: bytes) -> None:
    """Write an uploaded file down."""
    await _insert_file.run(
        tx,
        id=file.id,
        shop=file.shop,
        conversation=file.conversation,
        person=file.person,
        name=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=sha256,
        width=file.width,
        height=file.height,
        store_key=file.store_key,
        thumbnail_key=file.thumbnail_key,
        now=file.created_at,
    )


async def find_kept(tx: Tx, file: UUID) -> KeptFile | None:
    """An uploaded file."""
    return await _find_kept.first(tx, file=file)


async def find_given(tx: Tx, person: UUID, conversation: UUID, file: UUID) -> ProofFile | None:
    """A file somebody uploaded himself for a conversation."""
    return await _find_given.first(tx, file=file, person=person, conversation=conversation)
