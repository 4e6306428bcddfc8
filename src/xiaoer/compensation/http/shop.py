"""The doors of a shop: red packets, coupons, what it bears and what it was given."""

from datetime import datetime, time, timedelta
from uuid import UUID

from msgspec import Struct

from xiaoer.compensation.actions import grants as actions
from xiaoer.compensation.actions.packets import send_packet
from xiaoer.compensation.http import doors
from xiaoer.compensation.http.doors import ContestGrantWish, UseWish
from xiaoer.compensation.model import GrantKind, PacketCount, PacketWish, Sent
from xiaoer.compensation.queries import grants as queries
from xiaoer.compensation.queries import views
from xiaoer.compensation.queries.views import GrantShown, GrantWhole
from xiaoer.identity import queries as identity
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import Books

MONTH = timedelta(days=30)


class PacketFigures(Struct, frozen=True):
    """Red packets of a span by where they stand; what I sent today, and what may be sent."""

    counts: list[PacketCount]
    today: Sent
    packet_max_minor: int
    agent_day_max_minor: int
    agent_day_count: int
    shop_day_max_minor: int


async def list_grants(
    call: Call,
    shop: UUID,
    *,
    kind: GrantKind | None = None,
    order: UUID | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[GrantShown]:
    """What a shop bears or was concerned by, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.grants_of_shop(
            tx, shop, kind=kind, purchase=order, before=starting_after, limit=limit + 1
        )
        return await doors.page(tx, found, limit, "shop")


async def list_given(
    call: Call, shop: UUID, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[GrantShown]:
    """What the shop itself was given, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.grants_to(tx, "shop", shop, before=starting_after, limit=limit + 1)
        return await doors.page(tx, found, limit, "receiver")


async def get_grant(call: Call, shop: UUID, grant: UUID) -> GrantWhole:
    """One grant that concerns the shop."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.grant_of_shop(tx, grant, shop)
        side = "receiver" if (found.to_kind, found.receiver) == ("shop", shop) else "shop"
        return await views.whole(tx, found, side)


async def get_why(call: Call, shop: UUID, grant: UUID) -> list[Explained]:
    """Every decision about a grant that concerns the shop, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        return await doors.reasons(call, tx, await queries.grant_of_shop(tx, grant, shop))


async def post_packet(call: Call, shop: UUID, purchase: UUID, data: PacketWish) -> GrantWhole:
    """Send the buyer of an order a red packet."""
    me = call.actor.person
    return await doors.done(
        call, "shop", lambda tx: send_packet(tx, shop, purchase, data, agent=me, now=call.now)
    )


async def get_packets(
    call: Call,
    shop: UUID,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    agent: UUID | None = None,
) -> PacketFigures:
    """What became of a span's red packets (30 days when none is given), and what is left of the limits."""
    book = await call.service(Books).of(call.tenant, shop, call.now)
    async with call.database.read(call.tenant) as tx:
        home = await identity.home_zone(tx)
        day = datetime.combine(call.now.astimezone(home).date(), time(), home)
        counts = await queries.packet_counts(
            tx, shop, since=from_ or call.now - MONTH, until=to or call.now + MONTH, agent=agent
        )
        return PacketFigures(
            counts=list(counts),
            today=await queries.sent_since(tx, shop, call.actor.person, day),
            packet_max_minor=book.minor("compensation.packet_max"),
            agent_day_max_minor=book.minor("compensation.packet_agent_day_max"),
            agent_day_count=book.integer("compensation.packet_agent_day_count"),
            shop_day_max_minor=book.minor("compensation.packet_shop_day_max"),
        )


async def post_use(call: Call, shop: UUID, grant: UUID, data: UseWish) -> GrantWhole:
    """Spend a buyer's coupon on one of his orders in this shop."""
    me = call.actor.person
    return await doors.done(
        call,
        "shop",
        lambda tx: actions.use(tx, grant, shop=shop, purchase=data.order, person=me, now=call.now),
    )


async def post_accept(call: Call, shop: UUID, grant: UUID) -> GrantWhole:
    """Take what the shop was offered."""
    me = call.actor.person
    return await doors.done(
        call,
        "receiver",
        lambda tx: actions.accept(tx, grant, to_kind="shop", receiver=shop, person=me, now=call.now),
    )


async def post_contest(call: Call, shop: UUID, grant: UUID, data: ContestGrantWish) -> GrantWhole:
    """Say why what the shop was offered is not enough."""
    me = call.actor.person
    return await doors.done(
        call,
        "receiver",
        lambda tx: actions.contest(
            tx, grant, to_kind="shop", receiver=shop, person=me, text=data.text, now=call.now
        ),
    )
