"""The doors of people of the marketplace: the queue, one appeal, the decision, and who stands out."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from xiaoer.appeals.actions import assign, watch
from xiaoer.appeals.actions import people as actions
from xiaoer.appeals.actions.decide import decide
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.http import doors
from xiaoer.appeals.model import (
    AdmitWish,
    AppealAssignWish,
    AppealReasonWish,
    AppealWordsWish,
    DecideAppealWish,
)
from xiaoer.appeals.queries import appeals, figures
from xiaoer.appeals.queries.appeals import View
from xiaoer.appeals.queries.figures import AlertShown, Reversals
from xiaoer.appeals.queries.views import AppealLine, AppealWhole
from xiaoer.appeals.rules.figures import LookedAt
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def list_appeals(
    call: Call, *, view: View = "all", limit: Limit = 50, starting_after: UUID | None = None
) -> Page[AppealLine]:
    """Appeals by what falls due first: nobody's yet, one's own, all open ones; or the closed ones."""
    async with call.database.read(call.tenant) as tx:
        ids = await appeals.of_people(
            tx, view, person=call.actor.person, after=starting_after, limit=limit + 1
        )
        return await doors.page(doors.people(call), tx, ids, limit)


async def get_appeal(call: Call, appeal: UUID) -> AppealWhole:
    """One appeal."""
    return await doors.whole(call, doors.people(call), appeal)


async def get_why(call: Call, appeal: UUID) -> list[Explained]:
    """Every decision about an appeal."""
    return await doors.reasons(call, doors.people(call), appeal)


async def post_admit(call: Call, appeal: UUID, data: AdmitWish) -> AppealWhole:
    """Say whether a late appeal is taken, with the reason."""
    me, targets = doors.people(call), call.service(Targets)
    return await doors.done(
        call, me, lambda tx: actions.admit(tx, me, appeal, data, targets=targets, now=call.now)
    )


async def post_take(call: Call, appeal: UUID) -> AppealWhole:
    """Take an appeal nobody looks at yet."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: assign.take(tx, me, appeal, call.now))


async def post_assign(call: Call, appeal: UUID, data: AppealAssignWish) -> AppealWhole:
    """Give an appeal to an officer who had no part in the decision."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: assign.give(tx, me, appeal, data.person, call.now))


async def post_step_aside(call: Call, appeal: UUID, data: AppealReasonWish) -> AppealWhole:
    """Leave an appeal to somebody else, with the reason; one never gets it again."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: assign.step_aside(tx, me, appeal, data.text, call.now))


async def post_ask_more(call: Call, appeal: UUID, data: AppealReasonWish) -> AppealWhole:
    """Ask the appellant for what is missing; he has what is left of his window."""
    me = doors.people(call)
    return await doors.done(call, me, lambda tx: actions.ask_more(tx, me, appeal, data.text, call.now))


async def post_suspend(call: Call, appeal: UUID, data: AppealReasonWish) -> AppealWhole:
    """Hold up what was decided while it is looked at."""
    me, targets = doors.people(call), call.service(Targets)
    return await doors.done(
        call, me, lambda tx: actions.suspend(tx, me, appeal, data.text, targets=targets, now=call.now)
    )


async def post_resume(call: Call, appeal: UUID, data: AppealWordsWish) -> AppealWhole:
    """Let what was decided go on."""
    me, targets = doors.people(call), call.service(Targets)
    return await doors.done(
        call, me, lambda tx: actions.resume(tx, me, appeal, data.text, targets=targets, now=call.now)
    )


async def post_decide(call: Call, appeal: UUID, data: DecideAppealWish) -> AppealWhole:
    """Decide an appeal: what was wrong is undone with every effect, what was right stays."""
    me, targets = doors.people(call), call.service(Targets)
    return await doors.done(call, me, lambda tx: decide(tx, me, appeal, data, targets=targets, now=call.now))


async def get_figures(
    call: Call, *, by: LookedAt = "officer", days: Annotated[int, Meta(ge=1, le=366)] = 90
) -> Reversals:
    """Reversal rates of officers, agents or shops, each beside all the others."""
    async with call.database.read(call.tenant) as tx:
        return await figures.reversals(tx, by, days, call.now)


async def list_alerts(call: Call, limit: Limit = 50, starting_after: UUID | None = None) -> Page[AlertShown]:
    """Whoever stood out, the latest first."""
    async with call.database.read(call.tenant) as tx:
        found = await figures.alerts(tx, before=starting_after, limit=limit + 1)
    more = len(found) > limit
    return Page(found[:limit], has_more=more, next_cursor=str(found[limit - 1].id) if more else None)


async def post_seen(call: Call, alert: UUID) -> None:
    """Say that one has looked at an alert."""
    async with call.database.transaction(call.tenant) as tx:
        await watch.see(tx, alert, call.actor.person, call.now)
