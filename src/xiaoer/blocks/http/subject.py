"""The doors of whoever is blocked: a person, or the people of a shop."""

from uuid import UUID

from xiaoer.blocks.actions import subject as actions
from xiaoer.blocks.http import doors
from xiaoer.blocks.http.doors import AskReviewWish, ReceiptWish, StatementWish
from xiaoer.blocks.model import BlockReceipt, SubjectKind
from xiaoer.blocks.queries import blocks as queries
from xiaoer.blocks.queries.views import BlockShown, BlockWhole
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def list_mine(call: Call, limit: Limit = 50, starting_after: UUID | None = None) -> Page[BlockShown]:
    """One's own blocks, the newest first."""
    return await _page(call, "person", call.actor.person, limit, starting_after)


async def get_mine(call: Call, block: UUID) -> BlockWhole:
    """One of one's own blocks: reasons, duration, what stays open, and how it was made good."""
    return await _one(call, "person", call.actor.person, block)


async def get_why(call: Call, block: UUID) -> list[Explained]:
    """Every decision about one's own block, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await queries.block_of_subject(tx, block, "person", call.actor.person)
        return await doors.reasons(call, tx, block)


async def post_statement(call: Call, block: UUID, data: StatementWish) -> BlockWhole:
    """Say one's own side of it before it is decided."""
    return await _state(call, "person", call.actor.person, block, data)


async def post_ask(call: Call, block: UUID, data: AskReviewWish) -> BlockWhole:
    """Ask that another person looks at it."""
    return await _ask(call, "person", call.actor.person, block, data)


async def post_receipt(call: Call, block: UUID, data: ReceiptWish) -> BlockWhole:
    """Hand in what it cost."""
    return await _receipt(call, "person", call.actor.person, block, data)


# ── a shop that is blocked ───────────────────────────────────────────────


async def list_against(
    call: Call, shop: UUID, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[BlockShown]:
    """The blocks against a shop, the newest first."""
    return await _page(call, "shop", shop, limit, starting_after)


async def get_against(call: Call, shop: UUID, block: UUID) -> BlockWhole:
    """One block against the shop."""
    return await _one(call, "shop", shop, block)


async def post_shop_statement(call: Call, shop: UUID, block: UUID, data: StatementWish) -> BlockWhole:
    """Say the shop's side of it before it is decided."""
    return await _state(call, "shop", shop, block, data)


async def post_shop_ask(call: Call, shop: UUID, block: UUID, data: AskReviewWish) -> BlockWhole:
    """Ask that another person looks at the shop's block."""
    return await _ask(call, "shop", shop, block, data)


async def post_shop_receipt(call: Call, shop: UUID, block: UUID, data: ReceiptWish) -> BlockWhole:
    """Hand in what it cost the shop."""
    return await _receipt(call, "shop", shop, block, data)


async def _page(
    call: Call, kind: SubjectKind, subject: UUID, limit: int, before: UUID | None
) -> Page[BlockShown]:
    async with call.database.read(call.tenant) as tx:
        found = await queries.of_subject(tx, kind, subject, before=before, limit=limit + 1)
        return await doors.page(call, tx, found, limit, "subject")


async def _one(call: Call, kind: SubjectKind, subject: UUID, block: UUID) -> BlockWhole:
    async with call.database.read(call.tenant) as tx:
        found = await queries.block_of_subject(tx, block, kind, subject)
        return await doors.whole(call, tx, found, "subject")


async def _state(
    call: Call, kind: SubjectKind, subject: UUID, block: UUID, data: StatementWish
) -> BlockWhole:
    me = call.actor.person
    return await doors.done(
        call,
        "subject",
        lambda tx: actions.state(
            tx, block, kind=kind, subject=subject, person=me, text=data.text, now=call.now
        ),
    )


async def _ask(call: Call, kind: SubjectKind, subject: UUID, block: UUID, data: AskReviewWish) -> BlockWhole:
    me = call.actor.person
    return await doors.done(
        call,
        "subject",
        lambda tx: actions.ask(
            tx,
            block,
            kind=kind,
            subject=subject,
            person=me,
            text=data.text,
            minutes=data.minutes,
            now=call.now,
        ),
    )


async def _receipt(
    call: Call, kind: SubjectKind, subject: UUID, block: UUID, data: ReceiptWish
) -> BlockWhole:
    me = call.actor.person
    receipt = BlockReceipt(
        id=new_id(), amount_minor=data.amount_minor, text=data.text, files=data.files, at=call.now
    )
    return await doors.done(
        call,
        "subject",
        lambda tx: actions.hand_in(tx, block, receipt, kind=kind, subject=subject, person=me),
    )
