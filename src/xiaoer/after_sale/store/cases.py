"""How cases are kept: the case, its lines and offers, what happened, and what an order still holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from xiaoer.after_sale.model import Case, Doer, Happening, Offer, State
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Asked, Statements


class Hold(Struct, frozen=True):
    """What could still go back of an order that is locked now; `first`: it never had a case."""

    free_minor: int
    first: bool


class WholeCase(Case, frozen=True, kw_only=True):
    """A case with what was offered in it and what happened in it."""

    offers: list[Offer]
    happenings: list[Happening]


class HeldCase(WholeCase, frozen=True, kw_only=True):
    """The same of a case that is locked, and the name of whoever does something with it now."""

    doer_name: str

    @property
    def is_fresh(self) -> bool:
        """Whether nothing was written in it while it was waited for: its timeline is of before that."""
        return bool(self.happenings) and self.happenings[-1].version == self.version


class Around(Struct, frozen=True):
    """What was offered in a case and what happened in it."""

    offers: list[Offer]
    happenings: list[Happening]


PLACE: Final = "after_sale.case"
statements: Final = Statements(__file__, "cases.sql")
_insert_case: Final = statements.value("insert_case", int)
_save_case: Final = statements.value("save_case", int)
_lock_case: Final = statements.rows("lock_case", Case)
_lock_cases: Final = statements.rows("lock_cases", Case)
_lock_whole: Final = statements.rows("lock_whole", HeldCase)
_find_whole: Final = statements.rows("find_whole", WholeCase)
_find_by_number: Final = statements.value("find_by_number", UUID)
_change_paid: Final = statements.command("change_paid")
_open_sum: Final = statements.value("open_sum", int)
_lock_sum: Final = statements.value("lock_sum", int)
_hold_order: Final = statements.rows("hold_order", Hold)
_around: Final = statements.rows("around", Around)
_insert_offer: Final = statements.command("insert_offer")
_end_offer: Final = statements.command("end_offer")
_offers: Final = statements.rows("offers", Offer)
_lose_fast: Final = statements.command("lose_fast")
_known_files: Final = statements.value("known_files", UUID)
_paid_minor: Final = statements.value("paid_minor", int)


def _plain(thing: object) -> object:
    return msgspec.to_builtins(thing)


class Line(Struct, frozen=True):
    """A line of the timeline that is kept with the case; its version is the case's."""

    id: UUID
    at: datetime
    event: str
    doer: Doer
    from_state: State
    text: str = ""
    amount_minor: int | None = None
    files: Sequence[UUID] = ()
    body: Mapping[str, object] = {}


def begun(case: Case, line: Line, name: str) -> WholeCase:
    """A case that has just been opened, with the first line of its timeline, as it will be read."""
    return WholeCase(**structs.asdict(case), offers=[], happenings=[_happened(case, line, name)])


def offered(was: HeldCase, case: Case, line: Line, made: Offer) -> Case:
    """A case in which something was just offered, as it will be read, if what was before is known."""
    if not isinstance(case, HeldCase) or not was.is_fresh or case.version != was.version + 1:
        return Case(**{name: getattr(case, name) for name in Case.__struct_fields__})
    before = [structs.replace(one, state="replaced") if one.state == "open" else one for one in was.offers]
    happened = _happened(case, line, was.doer_name)
    return structs.replace(case, offers=[*before, made], happenings=[*was.happenings, happened])


def _happened(case: Case, line: Line, name: str) -> Happening:
    return Happening(
        version=case.version,
        at=line.at,
        event=line.event,
        side=line.doer.side,
        person=line.doer.person,
        from_state=line.from_state,
        state=case.state,
        text=line.text,
        amount_minor=line.amount_minor,
        files=tuple(line.files),
        body=dict(line.body),
        name=name,
    )


async def insert_case(tx: Tx, case: Case, line: Line, missed: Exception) -> None:
    """Keep a new case, together with other writes; raises `missed` when its order has not so much left."""
    await _insert_case.later(
        tx,
        PLACE,
        None,
        missed,
        purchase=case.purchase,
        order_number=case.order_number,
        buyer=case.buyer,
        condition=case.condition,
        text=case.text,
        version=case.version,
        opened_by=case.opened_by,
        opened_side=case.opened_side,
        client_id=case.client_id,
        currency=case.currency,
        payment_method=case.payment_method,
        conversation=case.conversation,
        rules_at=case.rules_at,
        rules_version=case.rules_version,
        items=[one.item for one in case.lines],
        quantities=[one.quantity for one in case.lines],
        amounts=[one.amount_minor for one in case.lines],
        titles=[one.title for one in case.lines],
        images=[one.image_url for one in case.lines],
        variants=[one.new_variant for one in case.lines],
        forms=[one.becomes for one in case.lines],
        **_standing(case),
        **_told(line),
    )


async def save_case(
    tx: Tx,
    case: Case,
    was_version: int,
    line: Line,
    missed: Exception,
    *,
    more_held_minor: int = 0,
    more_refunded_minor: int = 0,
) -> None:
    """Keep a case as it stands now, together with other writes.

    Raises `missed` when it was changed meanwhile or its order has not so much left.
    """
    await _save_case.later(
        tx,
        PLACE,
        None,
        missed,
        purchase=case.purchase,
        was_version=was_version,
        refunded_minor=case.refunded_minor,
        rounds=case.rounds,
        repairs=case.repairs,
        back=_plain(case.back),
        out=_plain(case.out),
        payout=case.payout,
        attempt=case.attempt,
        stage=case.stage,
        moved_at=case.moved_at,
        closed_at=case.closed_at,
        more_held_minor=more_held_minor,
        more_refunded_minor=more_refunded_minor,
        **_standing(case),
        **_told(line),
    )


def _standing(case: Case) -> dict[str, object]:
    """What a case is kept with from its first moment and what may change later."""
    return {
        "shop": case.shop,
        "id": case.id,
        "kind": case.kind,
        "path": case.path,
        "reason": case.reason,
        "state": case.state,
        "asked_minor": case.asked_minor,
        "refund_minor": case.refund_minor,
        "held_minor": case.held_minor,
        "money": _plain(case.money),
        "freight": _plain(case.freight),
        "ahead": case.ahead,
        "return_address": _plain(case.return_address),
        "difference": _plain(case.difference),
        "clock": case.clock,
        "due_at": case.due_at,
        "answered_at": case.answered_at,
    }


def _told(line: Line) -> dict[str, object]:
    return {
        "happening": line.id,
        "now": line.at,
        "event": line.event,
        "side": line.doer.side,
        "person": line.doer.person,
        "from_state": line.from_state,
        "said": line.text,
        "amount_minor": line.amount_minor,
        "files": list(line.files),
        "body": dict(line.body),
    }


async def lock_case(
    tx: Tx, case: UUID, *, shop: UUID | None = None, buyer: UUID | None = None
) -> Case | None:
    """A case, locked until the end of the transaction; None when there is none of this shop or buyer."""
    return await _lock_case.first(tx, id=case, shop=shop, buyer=buyer)


async def lock_cases(tx: Tx, cases: Sequence[UUID]) -> dict[UUID, Case]:
    """The same of several by their ids, whoever's they are, in one trip."""
    return {found.id: found for found in await _lock_cases.all(tx, ids=list(cases))}


async def lock_whole(
    tx: Tx, case: UUID, *, person: UUID | None, shop: UUID | None, buyer: UUID | None
) -> HeldCase | None:
    """The same with everything that is known of it, and the name of a person."""
    return await _lock_whole.first(tx, id=case, person=person, shop=shop, buyer=buyer)


async def find_whole(tx: Tx, case: UUID) -> WholeCase | None:
    """One case with its offers and its timeline."""
    return await _find_whole.first(tx, id=case)


def hold_asked(tx: Tx, purchase: UUID) -> Asked[Hold]:
    """The sums of an order, locked until the end of the transaction, to be asked with something else."""
    return _hold_order.asked(tx, purchase=purchase)


async def find_by_number(tx: Tx, shop: UUID, number: str) -> list[UUID]:
    """The open cases a parcel belongs to."""
    return await _find_by_number.all(tx, shop=shop, number=number)


async def open_sum(tx: Tx, shop: UUID, purchase: UUID, paid_minor: int) -> int:
    """What could still go back of an order; its sums are locked until the end of the transaction."""
    return await _open_sum.one(tx, shop=shop, purchase=purchase, paid_minor=paid_minor)


async def lock_sum(tx: Tx, case: Case) -> int:
    """What could still go back of a case's order, its sums locked as above."""
    return await _lock_sum.first(tx, shop=case.shop, purchase=case.purchase) or 0


def sum_asked(tx: Tx, case: Case) -> Asked[int | None]:
    """The same, to be asked together with something else."""
    return _lock_sum.asked(tx, shop=case.shop, purchase=case.purchase)


async def change_paid(tx: Tx, shop: UUID, purchase: UUID, *, paid_minor: int, by_minor: int) -> None:
    """What was paid for an order has changed by so much, to `paid_minor` where no case has looked yet."""
    await _change_paid.run(tx, shop=shop, purchase=purchase, paid_minor=paid_minor, by_minor=by_minor)


async def around(tx: Tx, case: Case) -> Around:
    """The offers and the timeline of a case, in order."""
    return await _around.one(tx, shop=case.shop, id=case.id)


async def insert_offer(tx: Tx, case: Case, offer: Offer) -> None:
    """Keep an open offer; any other has been ended before."""
    await _insert_offer.later(
        tx,
        "after_sale.offer",
        None,
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
    if case.state != "offered":  # an offer is open only while the buyer is to answer it
        return
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


async def paid_minor(tx: Tx, shop: UUID, purchase: UUID) -> int | None:
    """What was paid for an order, as its first case found it."""
    return await _paid_minor.first(tx, shop=shop, purchase=purchase)
