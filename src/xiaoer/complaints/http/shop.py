"""The doors of a shop to complaints."""

from typing import Literal
from uuid import UUID

from xiaoer.complaints.actions.accused import coached
from xiaoer.complaints.http import doors
from xiaoer.complaints.http.doors import ComplaintQuote, Prepared, Token, TypeShown
from xiaoer.complaints.model import ComplaintWish, ComplaintWordsWish, SaidWish, ShowWish, State, WithdrawWish
from xiaoer.complaints.queries.complaints import Filter
from xiaoer.complaints.queries.views import ComplaintLine, ComplaintWhole
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def list_types(
    call: Call,  # noqa: ARG001  every door is called
    shop: UUID,  # noqa: ARG001  and asks whose it is
) -> list[TypeShown]:
    """What a shop may complain of, and what each kind needs."""
    return doors.offered("shop")


async def post_complaint(call: Call, shop: UUID, data: ComplaintWish) -> ComplaintWhole:
    """Complain; the same client_id gets the same complaint again."""
    return await doors.lodged(call, doors.shop_of(call, shop), data)


async def post_quote(call: Call, shop: UUID, data: ComplaintWish) -> ComplaintQuote:
    """What would become of it if it were lodged now; nothing is written."""
    return await doors.quoted(call, doors.shop_of(call, shop), data)


async def get_prepared(call: Call, shop: UUID, token: Token) -> Prepared:
    """What an operator of the hotline wrote down, behind the link the caller got."""
    return await doors.begun(call, doors.shop_of(call, shop), token)


async def list_complaints(
    call: Call,
    shop: UUID,
    *,
    side: Literal["by", "against"] | None = None,
    state: list[State] = [],  # noqa: B006  the door makes a fresh one
    closed: bool | None = None,
    purchase: UUID | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[ComplaintLine]:
    """Complaints the shop's, made by it or of it, the newest first."""
    wanted = Filter(states=tuple(state) or None, side=side, closed=closed, purchase=purchase)
    return await doors.listed(call, doors.shop_of(call, shop), wanted, after=starting_after, limit=limit)


async def get_complaint(call: Call, shop: UUID, complaint: UUID) -> ComplaintWhole:
    """One complaint the shop made or is accused in."""
    return await doors.read(call, doors.shop_of(call, shop), complaint)


async def get_why(call: Call, shop: UUID, complaint: UUID) -> list[Explained]:
    """Every decision about a complaint, with its row and basis."""
    return await doors.reasons(call, doors.shop_of(call, shop), complaint)


async def post_withdraw(call: Call, shop: UUID, complaint: UUID, data: WithdrawWish) -> ComplaintWhole:
    """Take a complaint back, any time before it is upheld."""
    return await doors.withdraw(call, doors.shop_of(call, shop), complaint, data)


async def post_accept_apology(
    call: Call, shop: UUID, complaint: UUID, data: ComplaintWordsWish
) -> ComplaintWhole:
    """Accept an apology: the complaint ends there."""
    return await doors.accept_apology(call, doors.shop_of(call, shop), complaint, data)


async def post_decline_apology(
    call: Call, shop: UUID, complaint: UUID, data: ComplaintWordsWish
) -> ComplaintWhole:
    """Decline an apology: the complaint goes on."""
    return await doors.decline_apology(call, doors.shop_of(call, shop), complaint, data)


async def post_add(call: Call, shop: UUID, complaint: UUID, data: ShowWish) -> ComplaintWhole:
    """Add words and evidence to a complaint."""
    return await doors.add(call, doors.shop_of(call, shop), complaint, data)


async def post_pressure(call: Call, shop: UUID, complaint: UUID, data: ShowWish) -> ComplaintWhole:
    """Report that one is pressed to take it back; it becomes a complaint of its own."""
    return await doors.pressure(call, doors.shop_of(call, shop), complaint, data)


async def post_apologise(call: Call, shop: UUID, complaint: UUID, data: SaidWish) -> ComplaintWhole:
    """Apologise, and ask whether it may end there."""
    return await doors.apologise(call, doors.shop_of(call, shop), complaint, data)


async def post_answer(call: Call, shop: UUID, complaint: UUID, data: ShowWish) -> ComplaintWhole:
    """Answer a complaint with words and evidence."""
    return await doors.answer(call, doors.shop_of(call, shop), complaint, data)


async def post_coached(call: Call, shop: UUID, complaint: UUID, data: SaidWish) -> ComplaintWhole:
    """Write down that the shop has talked it over with its agent."""
    me = doors.shop_of(call, shop)
    return await doors.done(call, me, lambda tx: coached(tx, me, complaint, data, call.now))
