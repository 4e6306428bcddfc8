"""The door through which a timeline leaves the house."""

from collections.abc import AsyncIterator
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaoer.clocks import queries as clocks
from xiaoer.conversations.actions.speaker import within
from xiaoer.conversations.http import doors
from xiaoer.conversations.queries import lists, threads
from xiaoer.conversations.queries.transcript import timeline
from xiaoer.conversations.rules.transcript import (
    MEDIA_TYPES,
    SUFFIX,
    Format,
    begin,
    end,
    line_of,
    written,
)
from xiaoer.plumbing.file_names import disposition
from xiaoer.plumbing.http import Call, StreamAnswer

DEED = "conversations.transcript"


async def get_transcript(call: Call, shop: UUID, conversation: UUID, format: Format = "text") -> StreamAnswer:
    """The whole timeline to take along, times in the shop's zone; what only staff see stays inside."""
    speaker = within(doors.me(call, DEED), shop)
    async with call.database.read(call.tenant) as tx:
        thread = (await threads.readable(tx, speaker, conversation)).thread
        zone = (await clocks.calendar(tx, shop)).calendar().zone
        (summary,) = await lists.summaries(tx, speaker, [conversation])
    language, catalogue = call.language, call.services.catalogue

    def say(key: str) -> str:
        return catalogue.text(language, "conversations", key)

    title = catalogue.text(language, "conversations", "transcript.title", {"buyer": summary.buyer.name})

    async def chunks() -> AsyncIterator[bytes]:
        yield begin(format, title, zone, language).encode()
        first, local = True, ZoneInfo(zone)
        async for entry in timeline(call.database, call.tenant, shop, conversation, thread.version):
            yield written(format, line_of(entry, local), say, first=first).encode()
            first = False
        yield end(format).encode()

    headers = {
        "content-disposition": disposition(f"{conversation}.{SUFFIX[format]}", inline=False),
        "cache-control": "private, no-store",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return StreamAnswer(chunks(), MEDIA_TYPES[format], headers)
