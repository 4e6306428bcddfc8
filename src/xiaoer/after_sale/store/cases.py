"""How cases are kept: the case, its lines and offers, what happened, and what an order still holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.after_sale.model import Case, Doer, Happening, Offer
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class PurchaseSum(Struct, frozen=True):
    """What was paid for an order, what is held for open cases, and what went back."""

    paid_minor: int
    held_minor: int
    refunded_minor: int

    @property
    def free_minor(self) -> int:
        """What could still go back."""
        return self.paid_minor - self.held_minor - self.refunded_minor


class Taken(Struct, frozen=True):
    """How many of an item other cases are about, and what they took."""

    item: UUID
    quantity: int
    amount_minor: int


class Trust(Struct, frozen=True):
    """What a buyer's earlier cases say about him and about this order."""

    orders: int
    asked: int
    repairs: int
    returns: int
    ahead_minor: int
    lost: bool
    details: dict[str, object] | None


statements: Final = Statements(__file__, "cases.sql")
_insert_case: Final = statements.command("insert_case")
_insert_lines: Final = statements.command("insert_lines")
_save_case: Final = statements.command("save_case")
_lock_case: Final = statements.value("lock_case", UUID)
_find_cases: Final = statements.rows("find_cases", Case)
_find_of_client: Final = statements.value("find_of_client", UUID)
_find_by_number: Final = statements.value("find_by_number", UUID)
_taken: Final = statements.rows("taken", Taken)
_open_sum: Final = statements.rows("open_sum", PurchaseSum)
_change_sum: Final = statements.command("change_sum")
_insert_happening: Final = statements.command("insert_happening")
_happenings: Final = statements.rows("happenings", Happening)
_insert_offer: Final = statements.command("insert_offer")
_end_offer: Final = statements.command("end_offer")
_offers: Final = statements.rows("offers", Offer)
_lose_fast: Final = statements.command("lose_fast")
_known_files: Final = statements.value("known_files", UUID)
_paid_minor: Final = statements.value("paid_minor", int)
_find_sum: Final = statements.rows("find_sum", PurchaseSum)
_trust: Final = statements.rows("trust", Trust)


def _plain(thing: object) -> object:
    return msgspec.to_builtins(thing)


async def insert_case(tx: Tx, case: Case) -> None:
    """Keep a new case and its lines."""
    await _insert_case.run(
        tx,
        shop=case.shop,
        id=case.id,
        purchase=case.purchase,
        order_number=case.order_number,
        buyer=case.buyer,
        kind=case.kind,
        path=case.path,
        reason=case.reason,
        condition=case.condition,
        text=case.text,
        state=case.state,
        version=case.version,
        opened_by=case.opened_by,
        opened_side=case.opened_side,
        client_id=case.client_id,
        currency=case.currency,
        asked_minor=case.asked_minor,
        refund_minor=case.refund_minor,
        held_minor=case.held_minor,
        money=_plain(case.money),
        freight=_plain(case.freight),
        payment_method=case.payment_method,
        ahead=case.ahead,
        conversation=case.conversation,
        clock=case.clock,
        due_at=case.due_at,
        rules_at=case.rules_at,
        rules_version=case.rules_version,
        now=case.opened_at,
        answered_at=case.answered_at,
        return_address=_plain(case.return_address),
    )
    if case.lines:
        await _insert_lines.run(
            tx,
            shop=case.shop,
            id=case.id,
            purchase=case.purchase,
            items=[line.item for line in case.lines],
            quantities=[line.quantity for line in case.lines],
            amounts=[line.amount_minor for line in case.lines],
            titles=[line.title for line in case.lines],
            images=[line.image_url for line in case.lines],
            variants=[line.new_variant for line in case.lines],
        )


async def save_case(tx: Tx, case: Case, was_version: int) -> bool:
    """Keep a case as it stands now; False when somebody changed it since it was read."""
    return bool(
        await _save_case.run(
            tx,
            shop=case.shop,
            id=case.id,
            version=was_version,
            kind=case.kind,
            path=case.path,
            reason=case.reason,
            state=case.state,
            asked_minor=case.asked_minor,
            refund_minor=case.refund_minor,
            refunded_minor=case.refunded_minor,
            held_minor=case.held_minor,
            money=_plain(case.money),
            freight=_plain(case.freight),
            ahead=case.ahead,
            rounds=case.rounds,
            repairs=case.repairs,
            return_address=_plain(case.return_address),
            back=_plain(case.back),
            out=_plain(case.out),
            payout=case.payout,
            attempt=case.attempt,
            clock=case.clock,
            due_at=case.due_at,
            stage=case.stage,
            moved_at=case.moved_at,
            answered_at=case.answered_at,
            closed_at=case.closed_at,
        )
    )


async def lock_case(
    tx: Tx, case: UUID, *, shop: UUID | None = None, buyer: UUID | None = None
) -> Case | None:
    """A case, locked until the end of the transaction; None when there is none of this shop or buyer."""
    if await _lock_case.first(tx, id=case, shop=shop, buyer=buyer) is None:
        return None
    return await _find_cases.one(tx, ids=[case])


async def find_cases(tx: Tx, ids: Sequence[UUID]) -> list[Case]:
    """Some cases, in the order they were asked for."""
    return await _find_cases.all(tx, ids=list(ids)) if ids else []


async def find_of_client(tx: Tx, person: UUID, client_id: str) -> UUID | None:
    """The case somebody has opened under a key of his own."""
    return await _find_of_client.first(tx, person=person, client_id=client_id)


async def find_by_number(tx: Tx, shop: UUID, number: str) -> list[UUID]:
    """The open cases a parcel belongs to."""
    return await _find_by_number.all(tx, shop=shop, number=number)


async def taken(tx: Tx, shop: UUID, purchase: UUID) -> dict[UUID, Taken]:
    """What other cases are about, item by item; ask under the order's lock."""
    return {one.item: one for one in await _taken.all(tx, shop=shop, purchase=purchase)}


async def open_sum(tx: Tx, shop: UUID, purchase: UUID, paid_minor: int) -> PurchaseSum:
    """What an order still holds, locked until the end of the transaction."""
    return await _open_sum.one(tx, shop=shop, purchase=purchase, paid_minor=paid_minor)


async def change_sum(tx: Tx, shop: UUID, purchase: UUID, *, held_minor: int, refunded_minor: int) -> None:
    """Hold more or less for a case, and count what was paid. Raises db.Broken beyond what was paid."""
    await _change_sum.run(
        tx, shop=shop, purchase=purchase, more_held_minor=held_minor, more_refunded_minor=refunded_minor
    )


async def insert_happening(
    tx: Tx,
    case: Case,
    *,
    id: UUID,
    at: datetime,
    event: str,
    doer: Doer,
    from_state: str,
    text: str,
    amount_minor: int | None,
    files: Sequence[UUID],
    body: Mapping[str, object],
) -> None:
    """Add a line to the timeline; its version is the case's."""
    await _insert_happening.run(
        tx,
        shop=case.shop,
        case_id=case.id,
        version=case.version,
        id=id,
        at=at,
        event=event,
        side=doer.side,
        person=doer.person,
        from_state=from_state,
        state=case.state,
        text=text,
        amount_minor=amount_minor,
        files=list(files),
        body=dict(body),
    )


async def happenings(tx: Tx, shop: UUID, case: UUID) -> list[Happening]:
    """The timeline of a case."""
    return await _happenings.all(tx, shop=shop, id=case)


async def insert_offer(tx: Tx, case: Case, offer: Offer) -> None:
    """Keep an open offer; any other has been ended before."""
    await _insert_offer.run(
        tx,
        shop=case.shop,
        case_id=case.id,
        number=offer.number,
        side=offer.side,
        person=offer.person,
        settlement=offer.settlement,
        amount_minor=offer.amount_minor,
        back_payer=offer.back_payer,
        text=offer.text,
        expires_at=offer.expires_at,
        at=offer.at,
    )


async def end_offer(tx: Tx, case: Case, state: str) -> None:
    """The open offer of a case, if there is one, is answered."""
    await _end_offer.run(tx, shop=case.shop, case_id=case.id, state=state)


async def offers(tx: Tx, shop: UUID, case: UUID) -> list[Offer]:
    """Every offer of a case, in order."""
    return await _offers.all(tx, shop=shop, id=case)


async def lose_fast(tx: Tx, buyer: UUID, case: UUID, now: datetime) -> None:
    """The buyer did not repay: he is not paid ahead again (O-011)."""
    await _lose_fast.run(tx, buyer=buyer, case_id=case, now=now)


async def known_files(tx: Tx, shop: UUID, person: UUID, files: Sequence[UUID]) -> set[UUID]:
    """Which of these files somebody uploaded himself for this shop."""
    return {*await _known_files.all(tx, shop=shop, person=person, ids=list(files))} if files else set()


async def trust(tx: Tx, buyer: UUID, purchase: UUID, since: datetime) -> Trust:
    """What a buyer's earlier cases say about him and about this order."""
    return await _trust.one(tx, buyer=buyer, purchase=purchase, since=since)


async def paid_minor(tx: Tx, shop: UUID, purchase: UUID) -> int | None:
    """What was paid for an order, as its first case found it."""
    return await _paid_minor.first(tx, shop=shop, purchase=purchase)


async def find_sum(tx: Tx, shop: UUID, purchase: UUID) -> PurchaseSum | None:
    """What an order still holds, without a lock; None while it never had a case."""
    return await _find_sum.first(tx, shop=shop, purchase=purchase)
