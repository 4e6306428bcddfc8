"""The doors of graders: draw, the work list, a sheet, and how far graders agree."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.grading.actions import draw as drawing
from xiaoer.grading.actions import grade as actions
from xiaoer.grading.actions.move import SUBJECT
from xiaoer.grading.actions.read import Reader
from xiaoer.grading.model import Agreement, Draw, DrawWish, Sheet
from xiaoer.grading.queries import samples as queries
from xiaoer.grading.queries.agreement import agreement_of
from xiaoer.grading.queries.samples import SampleLine, SampleWhole, Worksheet
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why


class DrawWhole(Struct, frozen=True):
    """A draw, and whether its seed draws the same talks again."""

    draw: Draw
    reproduced: bool


async def post_draw(call: Call, shop: UUID, data: DrawWish) -> Draw:
    """Draw talks of some days for people to grade: by chance and by risk."""

    async def work(tx: Tx) -> Draw:
        return await drawing.draw_samples(tx, shop, data, person=call.actor.person, now=call.now)

    return await call.database.run(call.tenant, work)


async def list_draws(
    call: Call, shop: UUID, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[Draw]:
    """The draws of a shop, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.draws(tx, shop, before=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def get_draw(call: Call, shop: UUID, draw: UUID) -> DrawWhole:
    """One draw; it is drawn again by its seed to see whether the same comes out."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.draw(tx, shop, draw)
        return DrawWhole(found, await drawing.reproduced(tx, found))


async def list_samples(
    call: Call, shop: UUID, *, over: bool = False, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[SampleLine]:
    """The samples of a shop that wait for a grade, or that are over; the newest first."""
    return await _samples(call, shop, over=over, limit=limit, before=starting_after)


async def list_all_samples(
    call: Call, *, over: bool = False, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[SampleLine]:
    """The samples of all shops that wait for a grade, or that are over; the newest first."""
    return await _samples(call, None, over=over, limit=limit, before=starting_after)


async def _samples(
    call: Call, shop: UUID | None, *, over: bool, limit: int, before: UUID | None
) -> Page[SampleLine]:
    async with call.database.read(call.tenant) as tx:
        found = await queries.page(
            tx,
            shop,
            person=call.actor.person,
            open=not over,
            before=before,
            limit=limit + 1,
            now=call.now,
        )
    return page_of(found, limit, lambda one: str(one.id))


async def get_sample(call: Call, shop: UUID, sample: UUID) -> SampleWhole:
    """A sample that is over: every sheet, what the machine gave and what stands."""
    async with call.database.read(call.tenant) as tx:
        return await queries.whole(tx, shop, sample)


async def get_sample_why(call: Call, shop: UUID, sample: UUID) -> list[Explained]:
    """Why a sample was drawn and why its score stands, once it is over."""
    async with call.database.read(call.tenant) as tx:
        await queries.over(tx, shop, sample)
        return list(await why(tx, SUBJECT, sample, call.language))


async def post_open(call: Call, shop: UUID, sample: UUID) -> Worksheet:
    """Take a sample into one's hand and read its masked words; the opening is written down."""
    reader = Reader(call.actor.person, call.actor.role_in(shop))

    async def work(tx: Tx) -> Worksheet:
        found, talk = await actions.open_sample(tx, shop, sample, reader, call.now)
        return await queries.worksheet(tx, found, talk)

    return await call.database.run(call.tenant, work)


async def post_grade(call: Call, shop: UUID, sample: UUID, data: Sheet) -> None:
    """Fill in a sheet for a sample one has in hand; it stays as it is."""

    async def work(tx: Tx) -> None:
        await actions.grade(tx, shop, sample, call.actor.person, data, now=call.now)

    await call.database.run(call.tenant, work)


async def get_agreement(
    call: Call, shop: UUID, from_: datetime | None = None, to: datetime | None = None
) -> Agreement:
    """How far graders agree with one another and with the machine: kappa, counts, intervals."""
    async with call.database.read(call.tenant) as tx:
        return await agreement_of(tx, shop, since=from_, until=to, now=call.now)
