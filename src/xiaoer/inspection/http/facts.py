"""The doors of a shop's facts."""

from uuid import UUID

from msgspec import Struct

from xiaoer.inspection.actions import facts as actions
from xiaoer.inspection.model import Fact, FactWish
from xiaoer.inspection.queries import facts as queries
from xiaoer.plumbing.http import Call


class FactList(Struct, frozen=True):
    """All facts of a shop."""

    data: list[Fact]


async def list_facts(call: Call, shop: UUID) -> FactList:
    """What a shop knows for certain and its people must not say otherwise, the newest first."""
    async with call.database.read(call.tenant) as tx:
        return FactList(list(await queries.facts(tx, shop)))


async def post_fact(call: Call, shop: UUID, data: FactWish) -> Fact:
    """Add a fact; consultations that end from now on are held against it."""
    return await call.database.run(
        call.tenant, lambda tx: actions.add(tx, shop, data, call.actor.person, call.now)
    )


async def put_fact(call: Call, shop: UUID, fact: UUID, data: FactWish) -> Fact:
    """Put another fact in its place; answers the new one, which has an id of its own."""
    return await call.database.run(
        call.tenant,
        lambda tx: actions.change(tx, shop, fact, data, person=call.actor.person, now=call.now),
    )


async def delete_fact(call: Call, shop: UUID, fact: UUID) -> None:
    """Put a fact away."""
    await call.database.run(
        call.tenant, lambda tx: actions.archive(tx, shop, fact, call.actor.person, call.now)
    )
