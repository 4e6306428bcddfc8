"""The doors of files: in for those who may speak, out by a signed address."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from xiaoer.conversations.actions import upload as actions
from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.conversations.queries import files as queries
from xiaoer.conversations.queries.files import KeptFile
from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.plumbing.file_addresses import make_address, read_address
from xiaoer.plumbing.file_names import disposition
from xiaoer.plumbing.files import FileStore
from xiaoer.plumbing.http import Call, StreamAnswer
from xiaoer.plumbing.upload import Upload
from xiaoer.rulebook.queries import Books

Variant = Literal["original", "thumbnail"]
Name = Annotated[str, msgspec.Meta(max_length=1000)]


class File(msgspec.Struct):
    """An uploaded file; its addresses open without a cookie for two to three hours."""

    id: UUID
    conversation_id: UUID | None
    name: str
    media_type: str
    size_bytes: int
    width: int | None
    height: int | None
    url: str
    thumbnail_url: str | None


async def post_file(call: Call, conversation_id: UUID, data: Upload, name: Name = "") -> File:
    """Upload a file for a conversation: the raw body or a form; then name its id in a message or a case."""
    who = speaker_of(call.actor, "files.write")
    async with call.database.read(call.tenant) as tx:
        thread = await actions.room_for(tx, who, conversation_id)
    book = await call.service(Books).of(call.tenant, thread.shop, call.now)
    kept, sha256 = await actions.keep(
        call.tenant,
        call.service(FileStore),
        book,
        thread=thread,
        person=call.actor.person,
        name=name or data.name,
        chunks=data.chunks(),
        now=call.now,
    )
    await call.database.run(call.tenant, lambda tx: actions.write_down(tx, kept, sha256))
    return _file(call, kept)


async def get_file(call: Call, file: UUID) -> File:
    """What a file is, with fresh addresses to open it by."""
    who = speaker_of(call.actor, "conversations.read")
    async with call.database.read(call.tenant) as tx:
        return _file(call, await queries.readable(tx, who, file))


async def open_file(  # noqa: PLR0917  the door hands them over by name
    call: Call,
    file: UUID,
    t: UUID,
    e: int,
    s: Annotated[str, msgspec.Meta(max_length=100)],
    v: Variant = "original",
) -> StreamAnswer:
    """A file by its signed address."""
    query = {"t": str(t), "v": v, "e": str(e), "s": s}
    address = granted(read_address(call.services.settings.key("files"), file, query, call.now))
    async with call.database.read(address.tenant) as tx:
        kept = await queries.kept(tx, file)
    is_small = address.variant == "thumbnail"
    if is_small and kept.thumbnail_key is None:
        raise Refusal(Refused("not_found", "conversations.file_unknown"))
    key = kept.thumbnail_key if is_small and kept.thumbnail_key else kept.store_key
    body = await call.service(FileStore).get(key)
    is_picture = kept.width is not None
    headers = {
        "content-disposition": disposition(kept.name, inline=is_picture),
        "content-length": str(body.size_bytes),
        "cache-control": "private, max-age=3600",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return StreamAnswer(body.chunks, "image/jpeg" if is_small else kept.media_type, headers)


def _file(call: Call, kept: KeptFile) -> File:
    key = call.services.settings.key("files")
    return File(
        id=kept.id,
        conversation_id=kept.conversation,
        name=kept.name,
        media_type=kept.media_type,
        size_bytes=kept.size_bytes,
        width=kept.width,
        height=kept.height,
        url=make_address(key, call.tenant, kept.id, call.now),
        thumbnail_url=(
            make_address(key, call.tenant, kept.id, call.now, variant="thumbnail")
            if kept.thumbnail_key
            else None
        ),
    )
