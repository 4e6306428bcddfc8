"""The doors of measures: to whom they happen, people of the marketplace, and everybody."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.identity import queries as identity
from xiaoer.measures.actions import impose
from xiaoer.measures.model import Measure, MeasureState, NoticeLine
from xiaoer.measures.queries import measures, views
from xiaoer.measures.queries.views import MeasureLine, MeasureWhole
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import Books, why


class MeasureWords(Struct, forbid_unknown_fields=True):
    """Why an officer does something about a measure."""

    text: Annotated[str, Meta(min_length=1, max_length=2000)]


# ── everybody ────────────────────────────────────────────────────────────


async def list_notices(
    call: Call, slug: str, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[NoticeLine]:
    """The measures in force against shops of a marketplace, with corrections of those reversed (L-076)."""
    async with call.database.system() as tx:
        home = await identity.marketplace_named(tx, slug)
    book = await call.service(Books).of(home.tenant, None, call.now)
    async with call.database.read(home.tenant) as tx:
        found = await measures.notices(tx, book, call.now, before=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


# ── to whom they happen ──────────────────────────────────────────────────


async def list_mine(
    call: Call, *, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[MeasureLine]:
    """The caller's own measures, newest first, with their reasons."""
    return await _of(call, call.actor.person, is_open=False, limit=limit, starting_after=starting_after)


async def list_of_shop(
    call: Call, shop: UUID, *, open: bool = False, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[MeasureLine]:
    """The measures against a shop, newest first, with their reasons; `open`: only those not ended."""
    return await _of(call, shop, is_open=open, limit=limit, starting_after=starting_after)


async def get_of_shop(call: Call, shop: UUID, measure: UUID) -> MeasureWhole:
    """One measure against a shop, with what happened to it."""
    async with call.database.read(call.tenant) as tx:
        found = await measures.measure(tx, measure, shop)
        return await views.whole(tx, found, call.now, decides=False)


# ── people of the marketplace ────────────────────────────────────────────


async def list_all(
    call: Call,
    *,
    state: MeasureState | None = None,
    late: bool = False,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[MeasureLine]:
    """Measures against everybody, newest first; `late`: only those not published, or not in time."""
    async with call.database.read(call.tenant) as tx:
        found = await measures.page(tx, state, late=late, before=starting_after, limit=limit + 1)
        shown = await views.lines(tx, found, call.now, decides=True)
    return page_of(shown, limit, lambda one: str(one.id))


async def get_one(call: Call, measure: UUID) -> MeasureWhole:
    """One measure, with what happened to it."""
    async with call.database.read(call.tenant) as tx:
        return await views.whole(tx, await measures.measure(tx, measure), call.now, decides=True)


async def get_why(call: Call, measure: UUID) -> list[Explained]:
    """Every decision about what a measure comes from, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        found = await measures.measure(tx, measure)
        return list(await why(tx, found.source_kind, found.source, call.language))


async def post_publish(call: Call, measure: UUID) -> MeasureWhole:
    """Publish a measure against a shop (L-076)."""
    return await _done(call, lambda tx: impose.publish_notice(tx, measure, call.now))


async def post_suspend(call: Call, measure: UUID, data: MeasureWords) -> MeasureWhole:
    """Set a measure aside for the time being; its time does not run."""
    me = call.actor.person
    return await _done(call, lambda tx: impose.suspend(tx, measure, me, call.now, text=data.text))


async def post_resume(call: Call, measure: UUID, data: MeasureWords) -> MeasureWhole:
    """Put a measure back in force for the time that is left."""
    me = call.actor.person
    return await _done(call, lambda tx: impose.resume(tx, measure, me, call.now, text=data.text))


async def post_lift(call: Call, measure: UUID, data: MeasureWords) -> MeasureWhole:
    """End a measure before its time."""
    me = call.actor.person
    return await _done(call, lambda tx: impose.end(tx, measure, "lifted", call.now, by=me, text=data.text))


async def _of(
    call: Call, subject: UUID, *, is_open: bool, limit: int, starting_after: UUID | None
) -> Page[MeasureLine]:
    async with call.database.read(call.tenant) as tx:
        found = await measures.of_subject(
            tx, subject, is_open=is_open, before=starting_after, limit=limit + 1
        )
        shown = await views.lines(tx, found, call.now, decides=False)
    return page_of(shown, limit, lambda one: str(one.id))


async def _done(call: Call, work: Callable[[Tx], Awaitable[Measure]]) -> MeasureWhole:
    async def both(tx: Tx) -> MeasureWhole:
        return await views.whole(tx, await work(tx), call.now, decides=True)

    return await call.database.run(call.tenant, both)
