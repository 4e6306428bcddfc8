"""The doors of a shop that blocks: propose, approve by another, withdraw, lift."""

from typing import Literal
from uuid import UUID

from xiaoer.blocks.actions import decide, review
from xiaoer.blocks.actions.propose import propose
from xiaoer.blocks.http import doors
from xiaoer.blocks.http.doors import ApproveWish, BlockReasonWish
from xiaoer.blocks.model import Block, BlockState, BlockWish
from xiaoer.blocks.queries import blocks as queries
from xiaoer.blocks.queries.views import BlockShown, BlockWhole
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained

OPEN: list[BlockState] = ["proposed", "heard", "in_force", "on_watch", "in_review"]


async def list_blocks(
    call: Call,
    shop: UUID,
    *,
    view: Literal["open", "all"] = "open",
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[BlockShown]:
    """What the shop blocks, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.of_shop(
            tx, shop, OPEN if view == "open" else None, before=starting_after, limit=limit + 1
        )
        return await doors.page(call, tx, found, limit, "shop")


async def get_block(call: Call, shop: UUID, block: UUID) -> BlockWhole:
    """One block of the shop."""
    async with call.database.read(call.tenant) as tx:
        return await doors.whole(call, tx, await queries.block_of_shop(tx, block, shop), "shop")


async def get_why(call: Call, shop: UUID, block: UUID) -> list[Explained]:
    """Every decision about a block of the shop, or against it, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await queries.block_of_shop(tx, block, shop)
        return await doors.reasons(call, tx, block)


async def post_block(call: Call, shop: UUID, data: BlockWish) -> BlockWhole:
    """Propose to block a buyer: messages, or this shop."""
    me, fresh = call.actor.person, new_id()
    return await doors.done(
        call,
        "shop",
        lambda tx: propose(tx, data, id=fresh, side="shop", shop=shop, proposer=me, now=call.now),
    )


async def post_approve(call: Call, shop: UUID, block: UUID, data: ApproveWish) -> BlockWhole:
    """Approve a colleague's proposal, with the reasons."""
    me = call.actor.person

    async def work(tx: Tx) -> Block:
        await queries.block_of_shop(tx, block, shop)
        return await decide.approve(
            tx, block, "shop", person=me, text=data.text, days=data.days, now=call.now
        )

    return await doors.done(call, "shop", work)


async def post_refuse(call: Call, shop: UUID, block: UUID, data: BlockReasonWish) -> BlockWhole:
    """Do not approve a proposal."""
    me = call.actor.person

    async def work(tx: Tx) -> Block:
        await queries.block_of_shop(tx, block, shop)
        return await decide.refuse(tx, block, "shop", person=me, text=data.text, now=call.now)

    return await doors.done(call, "shop", work)


async def post_withdraw(call: Call, shop: UUID, block: UUID) -> BlockWhole:
    """Take one's own proposal back."""
    me = call.actor.person

    async def work(tx: Tx) -> Block:
        await queries.block_of_shop(tx, block, shop)
        return await decide.withdraw(tx, block, "shop", person=me, now=call.now)

    return await doors.done(call, "shop", work)


async def post_lift(call: Call, shop: UUID, block: UUID, data: BlockReasonWish) -> BlockWhole:
    """Lift a block of the shop that is not needed any more."""
    me = call.actor.person

    async def work(tx: Tx) -> Block:
        await queries.block_of_shop(tx, block, shop)
        return await review.lift(tx, block, "shop", person=me, text=data.text, now=call.now)

    return await doors.done(call, "shop", work)
