"""Files that come in: measured while they arrive, sniffed, cleaned, kept, written down."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.conversations.model.thread import Speaker, Thread
from xiaoer.conversations.queries import threads
from xiaoer.conversations.store import upload as store
from xiaoer.conversations.store.upload import KeptFile
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.file_names import clean_name, media_type
from xiaoer.plumbing.files import FileStore, Stored, make_key
from xiaoer.plumbing.pictures import picture
from xiaoer.rulebook.model import Book

PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


async def room_for(tx: Tx, speaker: Speaker, conversation: UUID) -> Thread:
    """The conversation somebody may keep a file with. Raises Refusal before a byte is read.

    Whether he may say something there is asked when he sends it: a photo may as well go with a case.
    """
    return (await threads.readable(tx, speaker, conversation)).thread


async def keep(
    tenant: UUID,
    files: FileStore,
    book: Book,
    *,
    thread: Thread,
    person: UUID,
    name: str,
    chunks: AsyncIterator[bytes],
    now: datetime,
) -> tuple[KeptFile, bytes]:
    """Keep one file for a conversation; outside any transaction, for it lasts as long as the sender takes.

    What the sender says of its type counts for nothing; pictures lose their metadata and get a thumbnail.
    Returns the file and its SHA-256, still to be written down. Raises Refusal for one too large, of a type
    that is not allowed, or broken; then nothing is kept.
    """
    file = new_id()
    stored = await files.put(make_key(tenant, file), chunks, limit_bytes=book.integer("file.max_bytes"))
    try:
        return await _described(
            tenant, files, book, stored, _new(file, thread, stored, person=person, name=name, now=now)
        )
    except BaseException:
        await files.delete(stored.key)
        raise


def _new(file: UUID, thread: Thread, stored: Stored, *, person: UUID, name: str, now: datetime) -> KeptFile:
    return KeptFile(
        id=file,
        shop=thread.shop,
        conversation=thread.id,
        person=person,
        name=clean_name(name),
        media_type=media_type(stored.head),
        size_bytes=stored.size_bytes,
        width=None,
        height=None,
        store_key=stored.key,
        thumbnail_key=None,
        created_at=now,
    )


async def _described(
    tenant: UUID, files: FileStore, book: Book, stored: Stored, kept: KeptFile
) -> tuple[KeptFile, bytes]:
    if stored.size_bytes == 0:
        raise Refusal(Refused("invalid", "conversations.file_empty"))
    if kept.media_type not in book.words("file.types"):
        raise Refusal(
            Refused(
                "refused", "conversations.file_type", facts={"media_type": kept.media_type, "name": kept.name}
            )
        )
    if kept.media_type not in PICTURES:
        return kept, stored.sha256
    made = await picture(await files.read(stored.key))
    clean = await files.put_bytes(stored.key, made.data)
    small = await files.put_bytes(make_key(tenant, kept.id, "thumbnail"), made.thumbnail)
    described = structs.replace(
        kept, size_bytes=clean.size_bytes, width=made.width, height=made.height, thumbnail_key=small.key
    )
    return described, clean.sha256


async def write_down(tx: Tx, kept: KeptFile, sha256: bytes) -> None:
    """Write a kept file down, so that a message may carry it."""
    await store.insert_file(tx, kept, sha256)
