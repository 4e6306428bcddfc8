"""The doors of a shop to its cases."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.after_sale.actions import shop as actions
from xiaoer.after_sale.actions.carrier import heard
from xiaoer.after_sale.actions.open import open_case
from xiaoer.after_sale.http import doors
from xiaoer.after_sale.http.doors import Quote
from xiaoer.after_sale.model import (
    Address,
    AgreeWish,
    CaseWish,
    CaseWordsWish,
    InspectWish,
    Kind,
    OfferWish,
    ParcelHarm,
    RefuseWish,
    State,
    TrackingWish,
)
from xiaoer.after_sale.queries import cases, views
from xiaoer.after_sale.queries.cases import BoardCount, Filter
from xiaoer.after_sale.queries.figures import CaseFigures, case_figures
from xiaoer.after_sale.queries.views import CaseLineShown, CaseWhole
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


class AgreeManyWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Cases the shop agrees to, all at once."""

    cases: Annotated[list[UUID], Meta(min_length=1, max_length=100)]


class AgreedOne(Struct, frozen=True):
    """What became of one of them: its state now, or why not."""

    case: UUID
    agreed: bool
    state: State | None = None
    code: str | None = None
    message: str | None = None


class CarrierWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What a carrier says about a parcel."""

    number: Annotated[str, Meta(min_length=1, max_length=100)]
    event: Literal["on_way", "delivered", "returned", "lost", "damaged"]
    text: Annotated[str, Meta(max_length=500)] = ""


class CarrierHeard(Struct, frozen=True):
    """The cases a carrier's word was about."""

    cases: list[UUID]


async def list_cases(
    call: Call,
    shop: UUID,
    *,
    order: Literal["due", "newest"] = "due",
    state: list[State] = [],  # noqa: B006  the door makes a fresh one
    kind: Kind | None = None,
    stage: Annotated[int, Meta(ge=0, le=2)] | None = None,
    due_before: datetime | None = None,
    closed: bool | None = None,
    purchase: UUID | None = None,
    buyer: UUID | None = None,
    mine: bool = False,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[CaseLineShown]:
    """The shop's cases: open ones by what falls due first, or all of them, the newest first.

    `mine`: only those in conversations the caller serves.
    """
    served = call.actor.person if mine else None
    wanted = Filter(tuple(state) or None, kind, stage, due_before, purchase, buyer, closed, served)
    async with call.database.read(call.tenant) as tx:
        found = await cases.of_shop(
            tx, shop, wanted, by_due=order == "due", after=starting_after, limit=limit + 1
        )
        return await doors.page(call, "shop", tx, found, limit)


async def get_board(call: Call, shop: UUID) -> list[BoardCount]:
    """How many open cases stand in each state, how many are urgent, and when the first falls due."""
    async with call.database.read(call.tenant) as tx:
        return list(await cases.board(tx, shop))


async def get_figures(
    call: Call, shop: UUID, from_: datetime | None = None, to: datetime | None = None
) -> CaseFigures:
    """What became of the cases opened in a span: answers, refusals and their reasons, people called."""
    async with call.database.read(call.tenant) as tx:
        return await case_figures(tx, shop, since=from_, until=to, now=call.now)


async def get_case(call: Call, shop: UUID, case: UUID) -> CaseWhole:
    """One case of the shop."""
    async with call.database.read(call.tenant) as tx:
        return doors.shown(call, "shop", await views.whole(tx, await cases.case(tx, case, shop=shop)))


async def list_harms(call: Call, shop: UUID, purchase: UUID) -> list[ParcelHarm]:
    """What carriers said of the parcels of an order before they were signed for: lost or broken."""
    async with call.database.read(call.tenant) as tx:
        return list(await cases.harms(tx, purchase, shop=shop))


async def get_harms_why(call: Call, shop: UUID, purchase: UUID) -> list[Explained]:
    """Whose risk it was that parcels of an order were lost or broken, by which row."""
    async with call.database.read(call.tenant) as tx:
        await cases.harms(tx, purchase, shop=shop)
        return await doors.harm_reasons(call, tx, purchase)


async def get_why(call: Call, shop: UUID, case: UUID) -> list[Explained]:
    """Every decision about a case, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await cases.case(tx, case, shop=shop)
        return await doors.reasons(call, tx, case)


async def post_case(call: Call, shop: UUID, purchase: UUID, data: CaseWish) -> CaseWhole:
    """Open a case for the buyer of an order, as he asked by word of mouth."""
    me, fresh = doors.doer(call, "shop", shop), new_id()
    return await doors.done(
        call,
        "shop",
        lambda tx: open_case(tx, me, data, id=fresh, shop=shop, purchase=purchase, buyer=None, now=call.now),
    )


async def post_quote(call: Call, shop: UUID, purchase: UUID, data: CaseWish) -> Quote:
    """What would be decided if the buyer asked this now; nothing is written."""
    return await doors.quoted(call, data, shop=shop, purchase=purchase, buyer=None)


async def post_agree(call: Call, shop: UUID, case: UUID, data: AgreeWish) -> CaseWhole:
    """Agree to what is asked."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.agree(tx, me, case, data, call.now))


async def post_agree_many(call: Call, shop: UUID, data: AgreeManyWish) -> list[AgreedOne]:
    """Agree to many cases; each is answered by itself."""
    me = doors.doer(call, "shop", shop)
    answers = await call.database.run(
        call.tenant, lambda tx: actions.agree_many(tx, me, data.cases, call.now)
    )
    sentence = call.services.catalogue.sentence
    return [
        AgreedOne(case, agreed=False, code=one.code, message=sentence(one, call.language))
        if isinstance(one, Refused)
        else AgreedOne(case, agreed=True, state=one.state)
        for case, one in answers
    ]


async def post_offer(call: Call, shop: UUID, case: UUID, data: OfferWish) -> CaseWhole:
    """Offer to settle for something else."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.offer(tx, me, case, data, call.now))


async def post_refuse(call: Call, shop: UUID, case: UUID, data: RefuseWish) -> CaseWhole:
    """Refuse, with a reason, words and pictures."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.refuse(tx, me, case, data, call.now))


async def put_return_address(call: Call, shop: UUID, case: UUID, data: Address) -> CaseWhole:
    """Say where the goods go back to."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.name_address(tx, me, case, data, call.now))


async def post_arrived(call: Call, shop: UUID, case: UUID) -> CaseWhole:
    """Say that the returned parcel is there; the time for refunding begins."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.arrived(tx, me, case, call.now))


async def post_inspect(call: Call, shop: UUID, case: UUID, data: InspectWish) -> CaseWhole:
    """Say what was found in the returned parcel."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.inspect(tx, me, case, data, call.now))


async def post_send_out(call: Call, shop: UUID, case: UUID, data: TrackingWish) -> CaseWhole:
    """Say with which parcel goods go to the buyer."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.send_out(tx, me, case, data, call.now))


async def post_repaid(call: Call, shop: UUID, case: UUID, data: CaseWordsWish) -> CaseWhole:
    """Say that a buyer who was paid ahead gave the money back."""
    me = doors.doer(call, "shop", shop)
    return await doors.done(call, "shop", lambda tx: actions.repaid(tx, me, case, data, call.now))


async def post_carrier_event(call: Call, shop: UUID, data: CarrierWish) -> CarrierHeard:
    """Tell what a carrier says about a parcel of a case; a connector's door."""
    found = await call.database.run(
        call.tenant,
        lambda tx: heard(tx, shop, number=data.number, event=data.event, text=data.text, now=call.now),
    )
    return CarrierHeard(found)
