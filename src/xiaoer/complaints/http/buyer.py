"""The doors of a buyer to complaints."""

from typing import Literal
from uuid import UUID

from xiaoer.complaints.http import doors
from xiaoer.complaints.http.doors import ComplaintQuote, Prepared, Token, TypeShown
from xiaoer.complaints.model import ComplaintWish, ComplaintWordsWish, SaidWish, ShowWish, WithdrawWish
from xiaoer.complaints.queries.complaints import Filter
from xiaoer.complaints.queries.views import ComplaintLine, ComplaintWhole
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def list_types(call: Call) -> list[TypeShown]:  # noqa: ARG001  every door is called
    """What a buyer may complain of, and what each kind needs."""
    return doors.offered("buyer")


async def post_complaint(call: Call, data: ComplaintWish) -> ComplaintWhole:
    """Complain; the same client_id gets the same complaint again."""
    return await doors.lodged(call, doors.buyer(call), data)


async def post_quote(call: Call, data: ComplaintWish) -> ComplaintQuote:
    """What would become of it if it were lodged now; nothing is written."""
    return await doors.quoted(call, doors.buyer(call), data)


async def get_prepared(call: Call, token: Token) -> Prepared:
    """What an operator of the hotline wrote down, behind the link the caller got."""
    return await doors.begun(call, doors.buyer(call), token)


async def list_complaints(
    call: Call,
    *,
    side: Literal["by", "against"] | None = None,
    closed: bool | None = None,
    purchase: UUID | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[ComplaintLine]:
    """Complaints one's own, made by oneself or of oneself, the newest first."""
    wanted = Filter(side=side, closed=closed, purchase=purchase)
    return await doors.listed(call, doors.buyer(call), wanted, after=starting_after, limit=limit)


async def get_complaint(call: Call, complaint: UUID) -> ComplaintWhole:
    """One complaint one made or is accused in."""
    return await doors.read(call, doors.buyer(call), complaint)


async def get_why(call: Call, complaint: UUID) -> list[Explained]:
    """Every decision about a complaint, with its row and basis."""
    return await doors.reasons(call, doors.buyer(call), complaint)


async def post_withdraw(call: Call, complaint: UUID, data: WithdrawWish) -> ComplaintWhole:
    """Take a complaint back, any time before it is upheld."""
    return await doors.withdraw(call, doors.buyer(call), complaint, data)


async def post_accept_apology(call: Call, complaint: UUID, data: ComplaintWordsWish) -> ComplaintWhole:
    """Accept an apology: the complaint ends there."""
    return await doors.accept_apology(call, doors.buyer(call), complaint, data)


async def post_decline_apology(call: Call, complaint: UUID, data: ComplaintWordsWish) -> ComplaintWhole:
    """Decline an apology: the complaint goes on."""
    return await doors.decline_apology(call, doors.buyer(call), complaint, data)


async def post_add(call: Call, complaint: UUID, data: ShowWish) -> ComplaintWhole:
    """Add words and evidence to a complaint."""
    return await doors.add(call, doors.buyer(call), complaint, data)


async def post_pressure(call: Call, complaint: UUID, data: ShowWish) -> ComplaintWhole:
    """Report that one is pressed to take it back; it becomes a complaint of its own."""
    return await doors.pressure(call, doors.buyer(call), complaint, data)


async def post_apologise(call: Call, complaint: UUID, data: SaidWish) -> ComplaintWhole:
    """Apologise, and ask whether it may end there."""
    return await doors.apologise(call, doors.buyer(call), complaint, data)


async def post_answer(call: Call, complaint: UUID, data: ShowWish) -> ComplaintWhole:
    """Answer a complaint with words and evidence."""
    return await doors.answer(call, doors.buyer(call), complaint, data)
