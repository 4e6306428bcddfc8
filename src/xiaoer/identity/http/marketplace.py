"""The marketplace's administration: shops, people, tokens, the widget's key."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from xiaoer.identity import queries
from xiaoer.identity.actions import access, people, programs, shops
from xiaoer.identity.model import (
    MarketplaceChange,
    MyMarketplace,
    NewToken,
    Person,
    PersonChange,
    PersonKind,
    PersonWish,
    Scope,
    SetPasswordWish,
    Shop,
    ShopChange,
    ShopState,
    ShopWish,
    StaffRole,
    TokenView,
    TokenWish,
    WidgetKey,
)
from xiaoer.identity.rules import password_flaw
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.plumbing.passwords import Passwords

Query = Annotated[str, Meta(min_length=1, max_length=200)]


async def get_marketplace(call: Call) -> MyMarketplace:
    """The marketplace itself."""
    async with call.database.read(call.tenant) as tx:
        home = await queries.marketplace(tx)
    return MyMarketplace(home.tenant, home.slug, home.name, home.time_zone, home.currency, home.language)


async def patch_marketplace(call: Call, data: MarketplaceChange) -> MyMarketplace:
    """Change its name, time zone or language."""
    async with call.database.transaction(call.tenant) as tx:
        home = await shops.change_marketplace(tx, data)
    return MyMarketplace(home.tenant, home.slug, home.name, home.time_zone, home.currency, home.language)


async def get_widget_key(call: Call) -> WidgetKey:
    """The key that signs buyers' ids for the widget."""
    async with call.database.read(call.tenant) as tx:
        return await queries.widget_key(tx, call.services.settings, call.now)


async def post_widget_key(call: Call) -> WidgetKey:
    """Make a new key; the old one is accepted for a day."""

    async def work(tx: Tx) -> WidgetKey:
        await shops.turn_widget_key(tx, call.now)
        return await queries.widget_key(tx, call.services.settings, call.now)

    return await call.database.run(call.tenant, work)


async def list_shops(
    call: Call,
    *,
    q: Query | None = None,
    state: ShopState | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[Shop]:
    """The marketplace's shops, in the order they came."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.shops_page(tx, after=starting_after, limit=limit + 1, state=state, q=q)
    return page_of(found, limit, lambda one: str(one.id))


async def get_shop(call: Call, shop: UUID) -> Shop:
    """One shop."""
    async with call.database.read(call.tenant) as tx:
        return await queries.shop(tx, shop)


async def post_shop(call: Call, data: ShopWish) -> Shop:
    """Open a shop."""
    return await call.database.run(call.tenant, lambda tx: shops.create_shop(tx, new_id(), data, call.now))


async def patch_shop(call: Call, shop: UUID, data: ShopChange) -> Shop:
    """Change a shop; a closed one takes no new conversations."""
    return await call.database.run(call.tenant, lambda tx: shops.change_shop(tx, shop, data, call.now))


async def list_people(
    call: Call,
    *,
    kind: PersonKind = "staff",
    q: Query | None = None,
    role: StaffRole | None = None,
    shop: UUID | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[Person]:
    """People of one kind; staff are found by a part of their name, buyers by what is exactly theirs."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.people_page(
            tx, kind=kind, q=q, role=role, shop=shop, after=starting_after, limit=limit + 1
        )
    return page_of(found, limit, lambda one: str(one.id))


async def get_person(call: Call, person: UUID) -> Person:
    """One person."""
    async with call.database.read(call.tenant) as tx:
        return await queries.person(tx, person)


async def post_person(call: Call, data: PersonWish) -> Person:
    """Add a colleague."""
    password = people.password_of(data)
    kept = await call.service(Passwords).hash(password) if password else None
    return await call.database.run(
        call.tenant,
        lambda tx: people.create_person(tx, new_id(), data, password_hash=kept, now=call.now),
    )


async def patch_person(call: Call, person: UUID, data: PersonChange) -> Person:
    """Change somebody's name or roles, shut him out or let him in; a lost role ends his sessions."""
    return await call.database.run(
        call.tenant, lambda tx: people.change_person(tx, call.actor, person, data, call.now)
    )


async def post_person_password(call: Call, person: UUID, data: SetPasswordWish) -> None:
    """Hand a colleague a new password; his sessions end."""
    if flaw := password_flaw(data.password):
        raise Refusal(flaw)
    kept = await call.service(Passwords).hash(data.password)
    await call.database.run(call.tenant, lambda tx: people.set_password(tx, person, kept, call.now))


async def post_person_sign_out(call: Call, person: UUID) -> None:
    """End all sessions of somebody."""

    async def work(tx: Tx) -> None:
        found = await queries.person(tx, person)
        await access.sign_out_everywhere(tx, found.id, call.now)

    await call.database.run(call.tenant, work)


async def list_tokens(
    call: Call, *, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[TokenView]:
    """The tokens of programs, without their secrets."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.tokens_page(tx, after=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def list_scopes(call: Call) -> list[Scope]:  # noqa: ARG001  every door gets the call
    """What a token can be given, each with the deeds it opens."""
    return queries.scopes()


async def post_token(call: Call, data: TokenWish) -> NewToken:
    """Make a token for a program; its secret is in this answer and never again."""
    return await call.database.run(
        call.tenant,
        lambda tx: programs.create_token(tx, call.actor, data, token=new_id(), person=new_id(), now=call.now),
    )


async def delete_token(call: Call, token: UUID) -> None:
    """End a token at once."""
    await call.database.run(call.tenant, lambda tx: programs.revoke_token(tx, token, call.now))
