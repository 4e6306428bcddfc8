"""The doors of the marketplace's people: what is contested, and what is taken back."""

from uuid import UUID

from xiaoer.compensation.actions import grants as actions
from xiaoer.compensation.http import doors
from xiaoer.compensation.http.doors import GrantAnswerWish, UndoGrantWish
from xiaoer.compensation.queries import grants as queries
from xiaoer.compensation.queries import views
from xiaoer.compensation.queries.views import GrantShown, GrantWhole
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def list_contested(
    call: Call, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[GrantShown]:
    """Contested offers, the oldest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.contested(tx, after=starting_after, limit=limit + 1)
        return await doors.page(tx, found, limit, "officer")


async def get_grant(call: Call, grant: UUID) -> GrantWhole:
    """One grant."""
    async with call.database.read(call.tenant) as tx:
        return await views.whole(tx, await queries.grant(tx, grant), "officer")


async def get_why(call: Call, grant: UUID) -> list[Explained]:
    """Every decision about what the grant makes good, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        return await doors.reasons(call, tx, await queries.grant(tx, grant))


async def post_answer(call: Call, grant: UUID, data: GrantAnswerWish) -> GrantWhole:
    """Answer a contested offer: it stands, or it is more."""
    me = call.actor.person
    return await doors.done(
        call,
        "officer",
        lambda tx: actions.answer(
            tx, grant, amount_minor=data.amount_minor, text=data.text, person=me, now=call.now
        ),
    )


async def post_undo(call: Call, grant: UUID, data: UndoGrantWish) -> GrantWhole:
    """Take a grant back by counter-entries."""
    me = call.actor.person
    return await doors.done(
        call, "officer", lambda tx: actions.undo(tx, grant, by=me, why=data.text, now=call.now)
    )
