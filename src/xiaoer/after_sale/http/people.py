"""The doors of people of the marketplace to cases."""

from uuid import UUID

from xiaoer.after_sale.actions.people import decide
from xiaoer.after_sale.http import doors
from xiaoer.after_sale.model import CaseDecideWish
from xiaoer.after_sale.queries import cases, views
from xiaoer.after_sale.queries.views import CaseLineShown, CaseWhole
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def list_cases(
    call: Call, *, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[CaseLineShown]:
    """What people of the marketplace have to look at, in every shop."""
    async with call.database.read(call.tenant) as tx:
        found = await cases.with_people(tx, after=starting_after, limit=limit + 1)
        return await doors.page(call, "officer", tx, found, limit)


async def get_case(call: Call, case: UUID) -> CaseWhole:
    """One case of any shop."""
    async with call.database.read(call.tenant) as tx:
        return doors.shown(call, "officer", await views.whole(tx, await cases.case(tx, case)))


async def get_why(call: Call, case: UUID) -> list[Explained]:
    """Every decision about a case, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await cases.case(tx, case)
        return await doors.reasons(call, tx, case)


async def post_decide(call: Call, case: UUID, data: CaseDecideWish) -> CaseWhole:
    """Decide a case that people look at."""
    me = doors.doer(call, "officer")
    return await doors.done(call, "officer", lambda tx: decide(tx, me, case, data, call.now))
