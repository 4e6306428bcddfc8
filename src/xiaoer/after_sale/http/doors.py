"""What the doors of every side share: from a case to its answer, with addresses of files, and the quote."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.actions.move import Ground
from xiaoer.after_sale.actions.open import quote, recorded
from xiaoer.after_sale.model import (
    HARM,
    Case,
    CaseHead,
    CaseLine,
    CaseWish,
    Doer,
    Freight,
    Kind,
    MoneyLine,
    PriceDifference,
    Side,
)
from xiaoer.after_sale.queries import views
from xiaoer.after_sale.queries.views import CaseFile, CaseLineShown, CaseWhole, FileFacts, Step, Whole
from xiaoer.after_sale.rules.assess import Assessment
from xiaoer.after_sale.rules.deadlines import term
from xiaoer.after_sale.rules.opening import first_clock
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.file_addresses import make_address
from xiaoer.plumbing.http import Call, Page
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why
from xiaoer.rulebook.rules.explain import explained


class Quote(Struct, frozen=True):
    """What would be decided if it were asked now; nothing is written.

    `state` is where the case would stand, `due_at` until when somebody must act, `then` what follows else.
    """

    kind: Kind
    reason: str
    path: str
    at_once: bool
    state: str
    clock: str
    due_at: datetime
    then: str
    lines: tuple[CaseLine, ...]
    money: tuple[MoneyLine, ...]
    asked_minor: int
    refund_minor: int
    currency: str
    freight: Freight
    ahead: bool
    inspect: bool
    difference: PriceDifference | None
    rules_version: str
    decisions: list[Explained]


def doer(call: Call, side: Side, shop: UUID | None = None) -> Doer:
    """Whoever calls, as a case sees him."""
    return Doer(side, call.actor.person, shop)


async def done(call: Call, side: Side, work: Callable[[Tx], Awaitable[Case]]) -> CaseWhole:
    """Carry out a deed and answer with the case as it stands after it."""

    async def both(tx: Tx) -> Whole:
        case = await work(tx)
        return await views.whole(tx, case)

    return shown(call, side, await call.database.run(call.tenant, both))


def shown(call: Call, side: Side, whole: Whole) -> CaseWhole:
    """A case as one side sees it; the buyer does not learn the names of the shop's people."""
    case = whole.case
    return CaseWhole(
        *views.line(case, side, whole.terms, call.now),
        path=case.path,
        condition=case.condition,
        text=case.text,
        money=case.money,
        freight=case.freight,
        payment_method=case.payment_method,
        ahead=case.ahead,
        return_address=case.return_address,
        back=case.back,
        out=case.out,
        difference=case.difference,
        confirm_url=whole.confirm_url if side == "buyer" else "",
        offers=list(whole.offers),
        timeline=[
            Step(
                version=one.version,
                at=one.at,
                event=one.event,
                side=one.side,
                person_name=one.name if side != "buyer" else "",
                from_state=one.from_state,
                state=one.state,
                text=one.text,
                amount_minor=one.amount_minor,
                files=[_file(call, whole.files[file]) for file in one.files if file in whole.files],
                body=one.body,
            )
            for one in whole.happenings
        ],
        complaint_possible=case.state in {"contested", "lapsed", "turned_down", "done"},
    )


def _file(call: Call, file: FileFacts) -> CaseFile:
    key = call.services.settings.key("files")
    small = make_address(key, call.tenant, file.id, call.now, variant="thumbnail") if file.thumbnail else None
    return CaseFile(
        id=file.id,
        name=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        width=file.width,
        height=file.height,
        url=make_address(key, call.tenant, file.id, call.now),
        thumbnail_url=small,
    )


async def page(call: Call, side: Side, tx: Tx, cases: Sequence[CaseHead], limit: int) -> Page[CaseLineShown]:
    """A page of a list from one case more than it holds."""
    more = len(cases) > limit
    found = await views.lines(tx, cases[:limit], side, call.now)
    return Page(found, has_more=more, next_cursor=str(found[-1].id) if more else None)


async def reasons(call: Call, tx: Tx, case: UUID) -> list[Explained]:
    """Why a case stands as it does, decision by decision."""
    return list(await why(tx, "case", case, call.language))


async def harm_reasons(call: Call, tx: Tx, purchase: UUID) -> list[Explained]:
    """Whose risk the harm to an order's own parcels was, by which row."""
    return list(await why(tx, HARM, purchase, call.language))


async def quoted(
    call: Call, wish: CaseWish, *, shop: UUID | None, purchase: UUID, buyer: UUID | None
) -> Quote:
    """What would be decided, and by which rows."""
    async with call.database.read(call.tenant) as tx:
        found, order, under = await quote(tx, wish, shop=shop, purchase=purchase, buyer=buyer, now=call.now)
    return _quote(call, found, order, under)


def _quote(call: Call, found: Assessment, order: Purchase, under: Ground) -> Quote:
    first = first_clock(found)
    known = call.services.catalogue.knowing(call.language)
    return Quote(
        kind=found.kind,
        reason=found.reason,
        path=found.path,
        at_once=first.at_once,
        state=first.state,
        clock=first.clock,
        due_at=term(under.book, first.clock, call.now, under.days),
        then=first.then,
        lines=found.lines,
        money=found.money,
        asked_minor=found.asked_minor,
        refund_minor=found.refund_minor,
        currency=order.currency,
        freight=found.freight,
        ahead=found.ahead,
        inspect=found.inspect,
        difference=found.difference,
        rules_version=under.book.version,
        decisions=[
            explained(one, under.book.table(one.table), call.language, known)
            for one in recorded(
                order.shop_id, order.id, found.decisions, call.actor.person, under=under, now=call.now
            )
        ],
    )
