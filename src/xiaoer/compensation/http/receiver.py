"""The doors of a buyer to what he was given."""

from uuid import UUID

from msgspec import Struct

from xiaoer.compensation.actions import grants as actions
from xiaoer.compensation.actions.exchange import exchange
from xiaoer.compensation.http import doors
from xiaoer.compensation.http.doors import ContestGrantWish
from xiaoer.compensation.model import ExchangeWish
from xiaoer.compensation.queries import grants as queries
from xiaoer.compensation.queries import views
from xiaoer.compensation.queries.views import GrantShown, GrantWhole
from xiaoer.identity import queries as identity
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Explained


class MyPoints(Struct, frozen=True):
    """How many points one has, and by which rate they become a coupon.

    Each point is worth `exchange_percent` per cent of a minor unit of the currency; `exchange_least` points
    are the least that is exchanged.
    """

    points: int
    currency: str
    exchange_percent: int
    exchange_least: int


async def list_mine(call: Call, limit: Limit = 50, starting_after: UUID | None = None) -> Page[GrantShown]:
    """What one was given: money, coupons, points, red packets; the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.grants_to(
            tx, "person", call.actor.person, before=starting_after, limit=limit + 1
        )
        return await doors.page(tx, found, limit, "receiver")


async def get_points(call: Call) -> MyPoints:
    """One's points, and what they become."""
    async with call.database.read(call.tenant) as tx:
        book = await rulebook.book(tx, None, call.now)
        return MyPoints(
            points=await queries.points(tx, call.actor.person),
            currency=(await identity.marketplace(tx)).currency,
            exchange_percent=book.integer("compensation.exchange_percent"),
            exchange_least=book.integer("compensation.exchange_least"),
        )


async def post_exchange(call: Call, data: ExchangeWish) -> GrantWhole:
    """Exchange points for a coupon."""
    me = call.actor.person
    return await doors.done(call, "receiver", lambda tx: exchange(tx, data, person=me, now=call.now))


async def get_mine(call: Call, grant: UUID) -> GrantWhole:
    """One thing one was given, with everything that happened to it."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.grant_to(tx, grant, "person", call.actor.person)
        return await views.whole(tx, found, "receiver")


async def get_why(call: Call, grant: UUID) -> list[Explained]:
    """Every decision about something one was given, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        return await doors.reasons(call, tx, await queries.grant_to(tx, grant, "person", call.actor.person))


async def post_claim(call: Call, grant: UUID) -> GrantWhole:
    """Open a red packet."""
    me = call.actor.person
    return await doors.done(call, "receiver", lambda tx: actions.claim(tx, grant, person=me, now=call.now))


async def post_accept(call: Call, grant: UUID) -> GrantWhole:
    """Take an offer as it stands."""
    me = call.actor.person
    return await doors.done(
        call,
        "receiver",
        lambda tx: actions.accept(tx, grant, to_kind="person", receiver=me, person=me, now=call.now),
    )


async def post_contest(call: Call, grant: UUID, data: ContestGrantWish) -> GrantWhole:
    """Say why an offer is not enough; people of the marketplace answer."""
    me = call.actor.person
    return await doors.done(
        call,
        "receiver",
        lambda tx: actions.contest(
            tx, grant, to_kind="person", receiver=me, person=me, text=data.text, now=call.now
        ),
    )
