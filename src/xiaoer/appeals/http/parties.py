"""The doors of whoever a decision concerns: a person in his own name, a shop's people in the shop's."""

from uuid import UUID

from xiaoer.appeals.actions import party as actions
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.http import doors
from xiaoer.appeals.http.doors import AppealRight
from xiaoer.appeals.model import AddWish, AppealWish, AppealWordsWish, TargetKind
from xiaoer.appeals.queries.views import AppealLine, AppealWhole
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def get_my_right(call: Call, kind: TargetKind, target: UUID) -> AppealRight:
    """Whether one may appeal a decision about oneself now, until when, and why not."""
    return await doors.asked(call, None, kind, target)


async def get_right(call: Call, shop: UUID, kind: TargetKind, target: UUID) -> AppealRight:
    """Whether the shop may appeal a decision now, until when, and why not."""
    return await doors.asked(call, shop, kind, target)


async def post_my_appeal(call: Call, data: AppealWish) -> AppealWhole:
    """Lodge an appeal; the same client_id gets the same appeal again."""
    return await doors.lodged(call, None, data)


async def post_appeal(call: Call, shop: UUID, data: AppealWish) -> AppealWhole:
    """Lodge an appeal for the shop; the same client_id gets the same appeal again."""
    return await doors.lodged(call, shop, data)


async def list_my_appeals(
    call: Call, *, closed: bool | None = None, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[AppealLine]:
    """Appeals one lodged or is the other side of, the newest first."""
    me = doors.doer_of(call, None)
    return await doors.listed(call, me, closed=closed, limit=limit, after=starting_after)


async def list_appeals(
    call: Call,
    shop: UUID,
    *,
    closed: bool | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[AppealLine]:
    """Appeals the shop lodged or is the other side of, the newest first."""
    me = doors.doer_of(call, shop)
    return await doors.listed(call, me, closed=closed, limit=limit, after=starting_after)


async def get_my_appeal(call: Call, appeal: UUID) -> AppealWhole:
    """One of one's own appeals."""
    return await doors.whole(call, doors.doer_of(call, None), appeal)


async def get_appeal(call: Call, shop: UUID, appeal: UUID) -> AppealWhole:
    """One of the shop's appeals."""
    return await doors.whole(call, doors.doer_of(call, shop), appeal)


async def get_my_why(call: Call, appeal: UUID) -> list[Explained]:
    """Why an appeal of one's own was taken."""
    return await doors.reasons(call, doors.doer_of(call, None), appeal)


async def get_why(call: Call, shop: UUID, appeal: UUID) -> list[Explained]:
    """Why an appeal of the shop was taken."""
    return await doors.reasons(call, doors.doer_of(call, shop), appeal)


async def post_my_add(call: Call, appeal: UUID, data: AddWish) -> AppealWhole:
    """Show what is missing, or more."""
    me = doors.doer_of(call, None)
    return await doors.done(call, me, lambda tx: actions.add(tx, me, appeal, data, call.now))


async def post_add(call: Call, shop: UUID, appeal: UUID, data: AddWish) -> AppealWhole:
    """Show what is missing, or more."""
    me = doors.doer_of(call, shop)
    return await doors.done(call, me, lambda tx: actions.add(tx, me, appeal, data, call.now))


async def post_my_withdraw(call: Call, appeal: UUID, data: AppealWordsWish) -> AppealWhole:
    """Take an appeal back; the decision stays."""
    me, targets = doors.doer_of(call, None), call.service(Targets)
    return await doors.done(
        call, me, lambda tx: actions.withdraw(tx, me, appeal, data.text, targets=targets, now=call.now)
    )


async def post_withdraw(call: Call, shop: UUID, appeal: UUID, data: AppealWordsWish) -> AppealWhole:
    """Take an appeal back; the decision stays."""
    me, targets = doors.doer_of(call, shop), call.service(Targets)
    return await doors.done(
        call, me, lambda tx: actions.withdraw(tx, me, appeal, data.text, targets=targets, now=call.now)
    )
