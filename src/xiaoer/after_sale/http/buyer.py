"""The doors of a buyer to his cases."""

from uuid import UUID

from xiaoer.after_sale.actions import buyer as actions
from xiaoer.after_sale.actions.open import open_case
from xiaoer.after_sale.http import doors
from xiaoer.after_sale.http.doors import Quote
from xiaoer.after_sale.model import (
    AskWish,
    CaseWish,
    CaseWordsWish,
    ParcelHarm,
    PayWish,
    SettledWish,
    TrackingWish,
)
from xiaoer.after_sale.queries import cases, views
from xiaoer.after_sale.queries.cases import Filter
from xiaoer.after_sale.queries.views import CaseLineShown, CaseWhole
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def post_case(call: Call, purchase: UUID, data: CaseWish) -> CaseWhole:
    """Ask for something about an order; the same client_id gets the same case again."""
    me, fresh = doors.doer(call, "buyer"), new_id()
    return await doors.done(
        call,
        "buyer",
        lambda tx: open_case(
            tx, me, data, id=fresh, shop=None, purchase=purchase, buyer=call.actor.person, now=call.now
        ),
    )


async def post_quote(call: Call, purchase: UUID, data: CaseWish) -> Quote:
    """What would be decided if this were asked now; nothing is written."""
    return await doors.quoted(call, data, shop=None, purchase=purchase, buyer=call.actor.person)


async def list_cases(
    call: Call,
    *,
    order: UUID | None = None,
    closed: bool | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[CaseLineShown]:
    """One's own cases, the newest first; of one order, open or closed."""
    async with call.database.read(call.tenant) as tx:
        found = await cases.of_buyer(
            tx,
            call.actor.person,
            Filter(purchase=order, closed=closed),
            after=starting_after,
            limit=limit + 1,
        )
        return await doors.page(call, "buyer", tx, found, limit)


async def list_harms(call: Call, purchase: UUID) -> list[ParcelHarm]:
    """What carriers said of the parcels of one's own order before they were signed for: lost or broken."""
    async with call.database.read(call.tenant) as tx:
        return list(await cases.harms(tx, purchase, buyer=call.actor.person))


async def get_harms_why(call: Call, purchase: UUID) -> list[Explained]:
    """Whose risk it was that parcels of one's own order were lost or broken, by which row."""
    async with call.database.read(call.tenant) as tx:
        await cases.harms(tx, purchase, buyer=call.actor.person)
        return await doors.harm_reasons(call, tx, purchase)


async def get_case(call: Call, case: UUID) -> CaseWhole:
    """One of one's own cases."""
    async with call.database.read(call.tenant) as tx:
        found = await cases.case(tx, case, buyer=call.actor.person)
        return doors.shown(call, "buyer", await views.whole(tx, found))


async def get_why(call: Call, case: UUID) -> list[Explained]:
    """Every decision about a case of one's own, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await cases.case(tx, case, buyer=call.actor.person)
        return await doors.reasons(call, tx, case)


async def post_accept(call: Call, case: UUID, data: CaseWordsWish) -> CaseWhole:
    """Take the shop's offer."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.accept(tx, me, case, data, call.now))


async def post_ask(call: Call, case: UUID, data: AskWish) -> CaseWhole:
    """Ask differently: another kind, another sum; it declines an open offer and may be a counter-offer."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.ask(tx, me, case, data, call.now))


async def post_withdraw(call: Call, case: UUID, data: CaseWordsWish) -> CaseWhole:
    """Take it back."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.withdraw(tx, me, case, data, call.now))


async def post_call_people(call: Call, case: UUID, data: CaseWordsWish) -> CaseWhole:
    """Ask people of the marketplace to decide."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.call_people(tx, me, case, data, call.now))


async def post_send_back(call: Call, case: UUID, data: TrackingWish) -> CaseWhole:
    """Say with which parcel the goods go back."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.send_back(tx, me, case, data, call.now))


async def post_pay(call: Call, case: UUID, data: PayWish) -> CaseWhole:
    """Pay what the goods of an exchange cost more."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.pay(tx, me, case, data, call.now))


async def post_accept_deduction(call: Call, case: UUID, data: CaseWordsWish) -> CaseWhole:
    """Agree that what came back is worth less."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.accept_deduction(tx, me, case, data, call.now))


async def post_receive(call: Call, case: UUID, data: CaseWordsWish) -> CaseWhole:
    """Say that what the shop sent has come and is as it should be."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.receive(tx, me, case, data, call.now))


async def post_follow_up(call: Call, case: UUID, data: SettledWish) -> CaseWhole:
    """Answer the question whether it is settled."""
    me = doors.doer(call, "buyer")
    return await doors.done(call, "buyer", lambda tx: actions.follow_up(tx, me, case, data, call.now))
