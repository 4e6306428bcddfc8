"""What the doors of every side share."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.blocks.model import Block, Number, Words
from xiaoer.blocks.queries import views
from xiaoer.blocks.queries.views import BlockShown, BlockWhole
from xiaoer.blocks.rules.deeds import Viewer
from xiaoer.compensation.model import Shown
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why


class StatementWish(Struct, frozen=True, forbid_unknown_fields=True):
    """One's own side of it."""

    text: Words


class AskReviewWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why another person should look, and how many minutes it has cost so far."""

    text: Words
    minutes: Annotated[int, Meta(ge=0, le=10_000)] = 0


class ReceiptWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What it cost, in the marketplace's currency, with what shows it."""

    amount_minor: Annotated[int, Meta(ge=1, le=10**9)]
    text: Words
    files: Annotated[tuple[UUID, ...], Meta(max_length=9)] = ()


class ApproveWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The reasons of an approval, and fewer days than were proposed."""

    text: Words
    days: Annotated[int, Meta(ge=1, le=3650)] | None = None


class BlockReasonWish(Struct, frozen=True, forbid_unknown_fields=True):
    """The reasons of a decision."""

    text: Words


class WrongWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why it was wrong; whether the person was insulted, by which evidence numbers."""

    text: Words
    insult: Shown = "none"
    insult_evidence: Annotated[tuple[Number, ...], Meta(max_length=10)] = ()


async def page(call: Call, tx: Tx, found: Sequence[Block], limit: int, viewer: Viewer) -> Page[BlockShown]:
    """A page of blocks from one more than it holds."""
    lines = await views.shown(tx, found, viewer, call.actor.person)
    return page_of(lines, limit, lambda one: str(one.id))


async def whole(call: Call, tx: Tx, block: Block, viewer: Viewer) -> BlockWhole:
    """A block as the caller sees it."""
    return await views.whole(tx, block, viewer, call.actor.person)


async def done(call: Call, viewer: Viewer, work: Callable[[Tx], Awaitable[Block]]) -> BlockWhole:
    """Carry out a deed and answer with the block as it stands after it."""

    async def both(tx: Tx) -> BlockWhole:
        return await whole(call, tx, await work(tx), viewer)

    return await call.database.run(call.tenant, both)


async def reasons(call: Call, tx: Tx, block: UUID) -> list[Explained]:
    """Every decision about a block, with its row and basis."""
    return list(await why(tx, "block", block, call.language))
