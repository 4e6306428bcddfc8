"""A shop's team, as its managers keep it."""

from uuid import UUID

from xiaoer.identity import queries
from xiaoer.identity.actions import people
from xiaoer.identity.model import Member, MemberChange, MemberWish, PersonWish
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.plumbing.passwords import Passwords


async def list_team(
    call: Call, shop: UUID, *, limit: Limit = 100, starting_after: UUID | None = None
) -> Page[Member]:
    """The people who answer for a shop."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.team_page(tx, shop, after=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.person_id))


async def post_member(call: Call, shop: UUID, data: MemberWish) -> Member:
    """Take a colleague onto the team by his login, or a new one with name and password."""
    async with call.database.read(call.tenant) as tx:
        known = await people.colleague(tx, data.login)
    wish = None if known else _new_colleague(data)
    password = people.password_of(wish) if wish else None
    kept = await call.service(Passwords).hash(password) if password else None

    async def work(tx: Tx) -> Member:
        if wish is None:
            assert known is not None
            return await people.put_member(tx, known.id, data.role, shop, call.now)
        made = await people.create_person(tx, new_id(), wish, password_hash=kept, now=call.now)
        return await people.put_member(tx, made.id, data.role, shop, call.now)

    return await call.database.run(call.tenant, work)


async def patch_member(call: Call, shop: UUID, person: UUID, data: MemberChange) -> Member:
    """Make an agent a manager, or the other way round; a shop keeps at least one manager."""

    async def work(tx: Tx) -> Member:
        await people.member(tx, shop, person)
        return await people.put_member(tx, person, data.role, shop, call.now)

    return await call.database.run(call.tenant, work)


async def delete_member(call: Call, shop: UUID, person: UUID) -> None:
    """Take somebody off the team; his sessions end."""
    await call.database.run(call.tenant, lambda tx: people.remove_member(tx, person, shop, call.now))


def _new_colleague(data: MemberWish) -> PersonWish:
    if data.display_name is None or data.password is None:
        raise Refusal(Refused("refused", "identity.unknown_login"))
    return people.wish_of(data.login, data.display_name, data.password)
