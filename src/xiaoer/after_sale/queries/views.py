"""Cases as they travel: what stands, what follows from silence, what the viewer may do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.machine import CASE, State
from xiaoer.after_sale.model import (
    Address,
    Case,
    CaseLine,
    Freight,
    Happening,
    Kind,
    MoneyLine,
    Offer,
    Side,
    Tracking,
)
from xiaoer.after_sale.model import State as StateWord
from xiaoer.after_sale.rules.deeds import CaseDeed, deeds, waits_for
from xiaoer.after_sale.store import cases as store
from xiaoer.after_sale.store import lists
from xiaoer.after_sale.store.lists import FileFacts
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

__all__ = ["CaseFile", "CaseLineShown", "CaseWhole", "FileFacts", "Step", "Whole", "line", "lines", "whole"]


class CaseLineShown(Struct, frozen=True):
    """A case in a list: enough to draw a card with its countdown.

    `then` is what happens when nobody does anything until `due_at`: the state it comes to, a key `then.<…>`
    of the catalogue after_sale. `turn`: whose turn it is, buyer, shop or people.
    """

    id: UUID
    shop_id: UUID
    order_id: UUID
    order_number: str
    buyer_id: UUID
    buyer_name: str
    kind: Kind
    reason: str
    state: StateWord
    version: int
    turn: str | None
    clock: str | None
    due_at: datetime | None
    then: str | None
    stage: int
    currency: str
    asked_minor: int
    refund_minor: int
    refunded_minor: int
    lines: tuple[CaseLine, ...]
    rules_version: str
    opened_at: datetime
    moved_at: datetime
    closed_at: datetime | None
    conversation_id: UUID | None
    deeds: list[CaseDeed]


class CaseFile(Struct, frozen=True):
    """A photo or file said with something in a case; its addresses open for two to three hours."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int
    width: int | None
    height: int | None
    url: str
    thumbnail_url: str | None


class Step(Struct, frozen=True):
    """One line of the timeline of a case; `event` is a key `event.<…>` of the catalogue."""

    version: int
    at: datetime
    event: str
    side: Side
    person_name: str
    from_state: StateWord
    state: StateWord
    text: str
    amount_minor: int | None
    files: list[CaseFile]
    body: dict[str, object]


class CaseWhole(CaseLineShown, frozen=True, kw_only=True):
    """One case with everything the viewer may know."""

    path: str
    condition: str
    text: str
    money: tuple[MoneyLine, ...]
    freight: Freight
    payment_method: str
    ahead: bool
    return_address: Address | None
    back: Tracking | None
    out: Tracking | None
    offers: list[Offer]
    timeline: list[Step]
    complaint_possible: bool


class Whole(Struct, frozen=True):
    """What is read of a case before addresses of files are made."""

    case: Case
    offers: Sequence[Offer]
    happenings: Sequence[Happening]
    files: dict[UUID, FileFacts]
    names: dict[UUID, str]
    rounds: int


async def whole(tx: Tx, case: Case) -> Whole:
    """Everything about one case, read in a handful of statements."""
    offers = await store.offers(tx, case.shop, case.id)
    happenings = await store.happenings(tx, case.shop, case.id)
    files = await lists.files(tx, sorted({file for one in happenings for file in one.files}))
    people = {one.person for one in happenings if one.person is not None} | {case.buyer}
    names = await lists.names(tx, sorted(people))
    return Whole(case, offers, happenings, files, names, await rounds(tx, case.shop, case.rules_at))


async def rounds(tx: Tx, shop: UUID, at: datetime) -> int:
    """How often a shop may offer."""
    return (await rulebook.book(tx, shop, at)).integer("after_sale.offer_rounds")


async def lines(tx: Tx, ids: Sequence[UUID], side: Side, now: datetime) -> list[CaseLineShown]:
    """Cases as lists show them, in the order of their ids."""
    found = await store.find_cases(tx, ids)
    names = await lists.names(tx, sorted({case.buyer for case in found}))
    most = await rounds(tx, found[0].shop, now) if found and side == "shop" else 0
    return [line(case, side, names.get(case.buyer, ""), most) for case in found]


def line(case: Case, side: Side, buyer_name: str, offers_most: int) -> CaseLineShown:
    """A case as a list shows it to one side."""
    return CaseLineShown(
        id=case.id,
        shop_id=case.shop,
        order_id=case.purchase,
        order_number=case.order_number,
        buyer_id=case.buyer,
        buyer_name=buyer_name,
        kind=case.kind,
        reason=case.reason,
        state=case.state,
        version=case.version,
        turn=next(iter(waits_for(case.state)), None),
        clock=case.clock,
        due_at=case.due_at,
        then=then(case),
        stage=case.stage,
        currency=case.currency,
        asked_minor=case.asked_minor,
        refund_minor=case.refund_minor,
        refunded_minor=case.refunded_minor,
        lines=case.lines,
        rules_version=case.rules_version,
        opened_at=case.opened_at,
        moved_at=case.moved_at,
        closed_at=case.closed_at,
        conversation_id=case.conversation,
        deeds=deeds(case, side, rounds=offers_most),
    )


def then(case: Case) -> str | None:
    """The state silence leads to."""
    if case.closed_at is not None:
        return None
    state = State(case.state)
    return CASE.step(state, CASE.due[state][1]).value
