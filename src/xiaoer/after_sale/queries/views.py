"""Cases as they travel: what stands, what follows from silence, what the viewer may do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.model import (
    Address,
    Case,
    CaseHead,
    CaseLine,
    Freight,
    Happening,
    Kind,
    MoneyLine,
    Offer,
    PriceDifference,
    Side,
    Tracking,
)
from xiaoer.after_sale.model import State as StateWord
from xiaoer.after_sale.rules.deeds import CaseDeed, Terms, deeds, terms_of, then_of, waits_for
from xiaoer.after_sale.store import cases as store
from xiaoer.after_sale.store import lists
from xiaoer.after_sale.store.lists import FileFacts
from xiaoer.ledger import queries as ledger
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
    deeds: tuple[CaseDeed, ...]


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
    difference: PriceDifference | None
    confirm_url: str
    offers: list[Offer]
    timeline: list[Step]
    complaint_possible: bool


class Whole(Struct, frozen=True):
    """What is read of a case before addresses of files are made."""

    case: Case
    offers: Sequence[Offer]
    happenings: Sequence[Happening]
    files: dict[UUID, FileFacts]
    terms: Terms
    confirm_url: str = ""


async def whole(tx: Tx, case: Case) -> Whole:
    """Everything about one case; one statement more where it was just changed, one where it has files."""
    around = case if isinstance(case, store.WholeCase) else await store.around(tx, case)
    files = await lists.files(tx, sorted({file for one in around.happenings for file in one.files}))
    where = await confirm_url(tx, case)
    return Whole(case, around.offers, around.happenings, files, await terms(tx, case), where)


async def terms(tx: Tx, case: CaseHead) -> Terms:
    """What bounds the deeds of a case, by the rules it is decided by."""
    return terms_of(await rulebook.book(tx, case.shop, case.rules_at), case.opened_at)


async def confirm_url(tx: Tx, case: Case) -> str:
    """Where the buyer confirms a payment himself, if the provider wants that; empty else."""
    if case.state != "charging" or case.difference is None or case.difference.collection is None:
        return ""
    found = await ledger.collection(tx, case.difference.collection)
    return found.confirm_url if found is not None else ""


async def lines(tx: Tx, cases: Sequence[CaseHead], side: Side, now: datetime) -> list[CaseLineShown]:
    """Cases as lists show them."""
    moments: dict[UUID, list[datetime]] = {}
    for case in cases:
        moments.setdefault(case.shop, []).append(case.rules_at)
    books = {shop: iter(await rulebook.books(tx, shop, asked)) for shop, asked in moments.items()}
    return [
        CaseLineShown(*line(case, side, terms_of(next(books[case.shop]), case.opened_at), now))
        for case in cases
    ]


def line(case: CaseHead, side: Side, terms: Terms, now: datetime) -> tuple[Any, ...]:
    """What lists show of a case to one side, in the order of `CaseLineShown`."""
    return (
        case.id,
        case.shop,
        case.purchase,
        case.order_number,
        case.buyer,
        case.buyer_name,
        case.kind,
        case.reason,
        case.state,
        case.version,
        next(iter(waits_for(case.state)), None),
        case.clock,
        case.due_at,
        then_of(case),
        case.stage,
        case.currency,
        case.asked_minor,
        case.refund_minor,
        case.refunded_minor,
        case.lines,
        case.rules_version,
        case.opened_at,
        case.moved_at,
        case.closed_at,
        case.conversation,
        deeds(case, side, terms, now),
    )
