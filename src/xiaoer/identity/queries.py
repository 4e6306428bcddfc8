"""People and shops, and what somebody sees of himself."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaoer.identity import rules
from xiaoer.identity.model import (
    Bearer,
    BuyerProfile,
    Marketplace,
    Me,
    Member,
    MyMarketplace,
    MyShop,
    Person,
    PersonKind,
    Scope,
    SessionView,
    Shop,
    ShopState,
    StaffRole,
    TokenView,
    WidgetKey,
)
from xiaoer.identity.store import access as access_store
from xiaoer.identity.store import people as people_store
from xiaoer.identity.store import shops as shops_store
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.settings import Settings
from xiaoer.plumbing.tokens import Shown


async def bearer_of(tx: Tx, shown: Shown, now: datetime) -> Bearer | None:
    """Who stands behind a session or token that holds now."""
    if shown.kind == "session":
        return await access_store.bearer_of_session(tx, shown.hash, now)
    return await access_store.bearer_of_token(tx, shown.hash, now)


async def frame_origins(tx: Tx, shop_id: UUID) -> tuple[str, ...]:
    """The web origins a shop's widget may stand on; in a system transaction."""
    return tuple(await shops_store.frame_origins(tx, shop_id))


async def origin_known(tx: Tx, origin: str) -> bool:
    """Whether any shop has named this web origin; in a system transaction."""
    return await shops_store.origin_known(tx, origin)


async def marketplace(tx: Tx) -> Marketplace:
    """The marketplace of this transaction. Raises LookupError when there is none."""
    return await shops_store.find_marketplace(tx)


async def home_zone(tx: Tx) -> ZoneInfo:
    """The time zone on the wall of the marketplace."""
    return ZoneInfo((await marketplace(tx)).time_zone)


async def marketplace_named(tx: Tx, slug: str | None) -> Marketplace:
    """The marketplace with this slug, or the only one there is; in a system transaction. Raises Refusal."""
    if slug is not None:
        found = await shops_store.marketplace_by_slug(tx, slug)
        if found is None:
            raise Refusal(Refused("not_found", "identity.unknown_marketplace", facts={"marketplace": slug}))
        return found
    some = await some_marketplaces(tx)
    if len(some) != 1:
        raise Refusal(Refused("invalid", "identity.marketplace_needed"))
    return some[0]


async def marketplaces(tx: Tx) -> Sequence[Marketplace]:
    """Every marketplace of this installation; in a system transaction."""
    return await shops_store.marketplaces(tx, limit=None)


async def homes(database: Database) -> list[UUID]:
    """Whose data there is: the tenant of every marketplace of this installation."""
    async with database.system() as tx:
        return [one.tenant for one in await marketplaces(tx)]


async def some_marketplaces(tx: Tx) -> Sequence[Marketplace]:
    """At most two marketplaces; in a system transaction."""
    return await shops_store.marketplaces(tx, limit=2)


async def tenant_of_shop(tx: Tx, shop: UUID) -> UUID:
    """The marketplace of an open shop; in a system transaction. Raises Refusal."""
    tenant = await shops_store.tenant_of_shop(tx, shop)
    if tenant is None:
        raise Refusal(Refused("not_found", "plumbing.unknown_shop"))
    return tenant


async def person(tx: Tx, person_id: UUID) -> Person:
    """One person. Raises Refusal when there is none by this id."""
    found = await people_store.people_by_ids(tx, [person_id])
    if not found:
        raise Refusal(Refused("not_found", "identity.unknown_person"))
    return found[0]


async def profile(tx: Tx, buyer: UUID) -> BuyerProfile:
    """A buyer's address and ways to pay. Raises Refusal when there is no such buyer."""
    found = await people_store.find_profile(tx, buyer)
    if found is None:
        raise Refusal(Refused("not_found", "identity.unknown_person"))
    return found


async def people(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, Person]:
    """The people among these ids."""
    return {one.id: one for one in await people_store.people_by_ids(tx, ids)} if ids else {}


async def people_page(
    tx: Tx,
    *,
    kind: PersonKind,
    q: str | None = None,
    role: StaffRole | None = None,
    shop: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Person]:
    """People of one kind in the order they came."""
    return await people_store.people_page(tx, kind=kind, q=q, role=role, shop=shop, after=after, limit=limit)


async def shop(tx: Tx, shop_id: UUID) -> Shop:
    """One shop. Raises Refusal when there is none by this id."""
    found = await shops_store.shops_by_ids(tx, [shop_id])
    if not found:
        raise Refusal(Refused("not_found", "plumbing.unknown_shop"))
    return found[0]


async def shops(tx: Tx, ids: Sequence[UUID] | None = None) -> dict[UUID, Shop]:
    """The shops among these ids; every shop of the marketplace without ids."""
    if ids is None:
        return {one.id: one for one in await shops_store.shops_page(tx, after=None, limit=1_000_000)}
    return {one.id: one for one in await shops_store.shops_by_ids(tx, ids)} if ids else {}


async def names(tx: Tx, people: Collection[UUID] = (), shops: Collection[UUID] = ()) -> dict[UUID, str]:
    """What these people and shops are called; those nobody knows are left out."""
    held = await shops_store.shops_by_ids(tx, sorted(shops)) if shops else ()
    met = await people_store.people_by_ids(tx, sorted(people)) if people else ()
    return {one.id: one.name for one in held} | {one.id: one.display_name for one in met}


async def shops_page(
    tx: Tx,
    *,
    after: UUID | None,
    limit: int,
    state: ShopState | None = None,
    q: str | None = None,
    without: Collection[UUID] = (),
) -> Sequence[Shop]:
    """Shops in the order they came, but for those `without` names."""
    return await shops_store.shops_page(tx, after=after, limit=limit, state=state, q=q, without=without)


async def shop_by_external_id(tx: Tx, external_id: str) -> Shop | None:
    """The shop the marketplace calls by this id."""
    return await shops_store.shop_by_external_id(tx, external_id)


async def team_page(
    tx: Tx, shop_id: UUID, *, after: UUID | None = None, limit: int = 200
) -> Sequence[Member]:
    """The people of a shop."""
    return await people_store.team_page(tx, shop_id, after=after, limit=limit)


async def sessions(tx: Tx, actor: Actor, now: datetime) -> Sequence[SessionView]:
    """Where somebody is signed in."""
    return await access_store.sessions(tx, actor.person, actor.session, now)


def scopes() -> list[Scope]:
    """Every scope a token can be given, by name."""
    table = rules.rights()
    return [
        Scope(scope, sorted(deed for deed, needed in table.scopes.items() if needed == scope))
        for scope in sorted(table.known_scopes())
    ]


async def tokens_page(tx: Tx, *, after: UUID | None, limit: int) -> Sequence[TokenView]:
    """Tokens of programs."""
    return await access_store.tokens_page(tx, after=after, limit=limit)


async def me(tx: Tx, actor: Actor) -> Me:
    """Who is signed in, where he works and what he may do."""
    home = await shops_store.find_marketplace(tx)
    names = await shops(tx, actor.shops)
    return Me(
        id=actor.person,
        role=actor.role,
        display_name=actor.name,
        language=actor.language,
        marketplace=MyMarketplace(
            home.tenant, home.slug, home.name, home.time_zone, home.currency, home.language
        ),
        shops=[
            MyShop(one, names[one].name, "manager" if one in actor.managed else "agent")
            for one in actor.shops
            if one in names
        ],
        visitor=actor.visitor,
        rights=rules.all_rights(actor),
    )


def widget_key_of(settings: Settings, tenant: UUID, number: int) -> str:
    """The key a marketplace signs its buyers' ids with: derived, kept nowhere."""
    return settings.key(f"widget:{tenant}:{number}").hex()


async def widget_key(tx: Tx, settings: Settings, now: datetime) -> WidgetKey:
    """The current widget key, and how long the one before is still accepted."""
    home = await shops_store.find_marketplace(tx)
    numbers = rules.accepted_numbers(home.secret_number, home.secret_turned_at, now)
    until = home.secret_turned_at + rules.access().old_key if home.secret_turned_at else None
    return WidgetKey(
        key=widget_key_of(settings, home.tenant, home.secret_number),
        number=home.secret_number,
        previous_accepted_until=until if len(numbers) > 1 else None,
    )
