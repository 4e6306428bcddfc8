"""The doors to what was given up: an administrator looks, has it tried again, or drops it."""

from datetime import datetime
from typing import Annotated

import msgspec

from xiaoer.plumbing import outbox_store
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.plumbing.outbox import Outbox

MANY = 200
Before = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class Letter(msgspec.Struct, frozen=True):
    """A reaction that failed for good: which, to what, when and why; without the words of the event."""

    id: int
    reaction: str
    event: str
    topic: str
    at: datetime
    attempts: int
    died_at: datetime
    fault: str


class Letters(msgspec.Struct, forbid_unknown_fields=True):
    """Which dead letters are meant."""

    ids: Annotated[list[Before], msgspec.Meta(min_length=1, max_length=MANY)]


class Done(msgspec.Struct, frozen=True):
    """How many of them there were."""

    count: int


async def list_letters(call: Call, limit: Limit = 50, starting_after: Before | None = None) -> Page[Letter]:
    """What was given up in the marketplace, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await outbox_store.list_dead(tx, limit + 1, only=call.tenant, before=starting_after)
    page = [
        Letter(one.id, one.reaction, one.name, one.topic, one.at, one.attempts, one.died_at, one.fault)
        for one in found[:limit]
    ]
    more = len(found) > limit
    return Page(page, more, str(page[-1].id) if more else None)


async def post_retry(call: Call, data: Letters) -> Done:
    """Have dead letters tried again at once."""
    count = await call.database.run(
        call.tenant, lambda tx: outbox_store.revive(tx, data.ids, call.now, only=call.tenant)
    )
    call.service(Outbox).wake()
    return Done(count)


async def post_drop(call: Call, data: Letters) -> Done:
    """Drop dead letters; nobody tries them again."""
    return Done(
        await call.database.run(
            call.tenant, lambda tx: outbox_store.drop_dead(tx, data.ids, only=call.tenant)
        )
    )
