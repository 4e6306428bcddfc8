"""The doors of the marketplace's people: propose, approve, review, and watch over those who do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.blocks.actions import decide, review
from xiaoer.blocks.actions.propose import propose
from xiaoer.blocks.http import doors
from xiaoer.blocks.http.doors import ApproveWish, BlockReasonWish, WrongWish
from xiaoer.blocks.model import BlockAlert, BlockState, BlockWish, LookedAt, WatchLine
from xiaoer.blocks.queries import blocks as queries
from xiaoer.blocks.queries.views import BlockShown, BlockWhole
from xiaoer.identity import queries as identity
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import Books

View = Literal["to_hear", "to_approve", "to_review", "in_force", "all"]
_STATES: Final[Mapping[str, tuple[BlockState, ...]]] = {
    "to_hear": ("proposed",),
    "to_approve": ("heard",),
    "to_review": ("in_review",),
    "in_force": ("in_force", "on_watch", "in_review"),
}


class WatchShown(Struct, frozen=True, kw_only=True):
    """Wrong blocks by one kind of people; below `minimum` blocks on either side nobody stands out."""

    by: LookedAt
    since: datetime
    until: datetime
    minimum: int
    rows: list[WatchLine]
    names: dict[str, str]


class BlockAlertShown(Struct, frozen=True, kw_only=True):
    """Somebody who stood out, by name."""

    alert: BlockAlert
    name: str


async def list_blocks(
    call: Call, *, view: View = "to_approve", limit: Limit = 50, starting_after: UUID | None = None
) -> Page[BlockShown]:
    """Blocks of everybody: what waits, the oldest first, or all, the newest first."""
    async with call.database.read(call.tenant) as tx:
        if view == "all":
            found = await queries.newest(tx, before=starting_after, limit=limit + 1)
        else:
            found = await queries.in_states(
                tx,
                _STATES[view],
                approval="marketplace" if view in {"to_hear", "to_approve"} else None,
                after=starting_after,
                limit=limit + 1,
            )
        return await doors.page(call, tx, found, limit, "marketplace")


async def get_block(call: Call, block: UUID) -> BlockWhole:
    """One block."""
    async with call.database.read(call.tenant) as tx:
        return await doors.whole(call, tx, await queries.block(tx, block), "marketplace")


async def get_why(call: Call, block: UUID) -> list[Explained]:
    """Every decision about a block, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await queries.block(tx, block)
        return await doors.reasons(call, tx, block)


async def post_block(call: Call, data: BlockWish) -> BlockWhole:
    """Propose to block a person or a shop."""
    me, fresh = call.actor.person, new_id()
    return await doors.done(
        call,
        "marketplace",
        lambda tx: propose(tx, data, id=fresh, side="marketplace", shop=None, proposer=me, now=call.now),
    )


async def post_approve(call: Call, block: UUID, data: ApproveWish) -> BlockWhole:
    """Approve somebody else's proposal, with the reasons."""
    me = call.actor.person
    return await doors.done(
        call,
        "marketplace",
        lambda tx: decide.approve(
            tx, block, "marketplace", person=me, text=data.text, days=data.days, now=call.now
        ),
    )


async def post_refuse(call: Call, block: UUID, data: BlockReasonWish) -> BlockWhole:
    """Do not approve a proposal."""
    me = call.actor.person
    return await doors.done(
        call,
        "marketplace",
        lambda tx: decide.refuse(tx, block, "marketplace", person=me, text=data.text, now=call.now),
    )


async def post_withdraw(call: Call, block: UUID) -> BlockWhole:
    """Take one's own proposal back."""
    me = call.actor.person
    return await doors.done(
        call, "marketplace", lambda tx: decide.withdraw(tx, block, "marketplace", person=me, now=call.now)
    )


async def post_keep(call: Call, block: UUID, data: BlockReasonWish) -> BlockWhole:
    """After another look: it was right and stays."""
    me = call.actor.person
    return await doors.done(
        call, "marketplace", lambda tx: review.keep(tx, block, person=me, text=data.text, now=call.now)
    )


async def post_lift(call: Call, block: UUID, data: BlockReasonWish) -> BlockWhole:
    """Lift a block that was right and is not needed any more."""
    me = call.actor.person
    return await doors.done(
        call,
        "marketplace",
        lambda tx: review.lift(tx, block, "marketplace", person=me, text=data.text, now=call.now),
    )


async def post_lift_wrong(call: Call, block: UUID, data: WrongWish) -> BlockWhole:
    """It was wrong: lift it and make it good at once."""
    me = call.actor.person
    return await doors.done(
        call,
        "marketplace",
        lambda tx: review.lift_wrong(
            tx,
            block,
            by=me,
            now=call.now,
            insult=data.insult,
            insult_evidence=data.insult_evidence,
            text=data.text,
        ),
    )


# ── the watch over the watchers ──────────────────────────────────────────


async def get_watch(
    call: Call, *, by: LookedAt = "proposer", from_: datetime | None = None, to: datetime | None = None
) -> WatchShown:
    """Blocks and how many were wrong, by proposer, approver or shop, each beside all the others."""
    book = await call.service(Books).of(call.tenant, None, call.now)
    since, until = from_ or call.now - book.duration("blocks.figures_days"), to or call.now
    minimum = book.integer("blocks.figures_minimum")
    async with call.database.read(call.tenant) as tx:
        rows = await queries.figures(tx, by, since=since, until=until, minimum=minimum)
        ids = [one.subject for one in rows]
        names = await (identity.names(tx, shops=ids) if by == "shop" else identity.names(tx, ids))
    return WatchShown(
        by=by,
        since=since,
        until=until,
        minimum=minimum,
        rows=rows,
        names={str(key): name for key, name in names.items()},
    )


async def list_alerts(
    call: Call, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[BlockAlertShown]:
    """Who stood out by wrong blocks, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.alerts(tx, before=starting_after, limit=limit + 1)
        shops = {one.subject for one in found if one.looked_at == "shop"}
        names = await identity.names(tx, {one.subject for one in found} - shops, shops)
    lines = [BlockAlertShown(alert=one, name=names.get(one.subject, "")) for one in found]
    return page_of(lines, limit, lambda one: str(one.alert.id))
