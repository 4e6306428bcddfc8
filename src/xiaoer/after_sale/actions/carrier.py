"""What carriers say about the parcels of cases."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.actions import order_side, tell
from xiaoer.after_sale.actions.known import ground
from xiaoer.after_sale.actions.move import Ground, Said, move
from xiaoer.after_sale.actions.note import note
from xiaoer.after_sale.actions.open import SUBJECT
from xiaoer.after_sale.machine import CASE, SILENCE_MEANS, Event, State
from xiaoer.after_sale.model import HARM, PROGRAM, Bearer, Case, Harm
from xiaoer.after_sale.rules.deeds import AGREED
from xiaoer.after_sale.rules.facts import first_parcel_facts, harm_of, transit_facts
from xiaoer.after_sale.store import cases as store
from xiaoer.after_sale.store import parcels
from xiaoer.orders import queries as orders
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook
from xiaoer.rulebook import queries as books

RISK: Final = "after_sale.transit_risk"
_HARM: Final[Mapping[str, Harm]] = {"lost": "loss", "damaged": "breakage"}
_BORNE: Final[Mapping[tuple[bool, str], Event]] = {
    (True, "seller"): Event.ACCEPT_GOODS,
    (True, "buyer"): Event.OBJECT_GOODS,
    (False, "seller"): Event.LOST_OUT,
}
"""What follows from who bears the risk, on the way back (True) and on the way out."""


async def heard(tx: Tx, shop: UUID, *, number: str, event: str, text: str, now: datetime) -> list[UUID]:
    """A carrier says something about a parcel; a returned one that is delivered starts the inspection."""
    found = sorted(await store.find_by_number(tx, shop, number))
    for case in found:
        was = await store.lock_case(tx, case, shop=shop)
        if was is not None:
            await _tell(tx, was, number, event, text=text, now=now)
    if event in _HARM:
        for purchase in sorted(await parcels.own_parcels(tx, shop, number)):
            found += await _own_harmed(tx, shop, purchase, number, event, text=text, now=now)
    return found


async def _own_harmed(
    tx: Tx, shop: UUID, purchase: UUID, number: str, event: str, *, text: str, now: datetime
) -> list[UUID]:
    """An order's own parcel is lost or broken before anybody signed for it: whose risk it is (D14) is kept,
    the buyer is told once, and where it is the shop's, what he asks because of it is agreed to.
    """
    harm = _HARM[event]
    book = await books.book(tx, shop, now)
    decided = book.table(RISK).decide(first_parcel_facts(harm))
    bearer = cast("Bearer", decided.word("bearer"))
    body = {"number": number, "carrier_event": event, "bearer": bearer, "claims": decided.word("claims")}
    fresh = await parcels.insert_harm(
        tx, shop, purchase, number=number, harm=harm, bearer=bearer, text=text, at=now
    )
    if not fresh:
        return []
    kept = rulebook.recorded(
        book, decided,
        id=new_id(), shop=shop, subject_kind=HARM, subject=purchase, actor=None, at=now,
    )  # fmt: skip
    await rulebook.record(tx, [kept])
    bought = await orders.purchase(tx, shop, purchase)
    await tell.harmed(tx, bought, number, harm=harm, bearer=bearer, now=now)
    cases = await parcels.open_cases(tx, purchase)
    for case in cases:
        was = await store.lock_case(tx, case, shop=shop)
        if was is None:
            continue
        under, agreed = await ground(tx, was), AGREED[was.path]
        due = was.state in SILENCE_MEANS and bearer == "seller" and harm == harm_of(was.reason)
        if due:
            after = await move(tx, was, agreed, PROGRAM, under, now=now, said=Said(text, body=body))
            await order_side.agreed(tx, after, now)
        else:
            await note(tx, was, "carrier", PROGRAM, under, now=now, said=Said(text, body=body))
    return cases


async def _tell(tx: Tx, was: Case, number: str, event: str, *, text: str, now: datetime) -> None:
    under = await ground(tx, was)
    said = Said(text, body={"number": number, "carrier_event": event})
    back = was.back is not None and was.back.number == number
    if event in _HARM:
        await _harmed(tx, was, under, back=back, harm=_HARM[event], said=said, now=now)
        return
    if event == "delivered" and back and CASE.takes(State(was.state), Event.ARRIVED):
        assert was.back is not None
        changed = structs.replace(was, back=structs.replace(was.back, arrived_at=now))
        await move(tx, was, Event.ARRIVED, PROGRAM, under, now=now, changed=changed, said=said)
        return
    changed = was
    if event == "delivered" and was.out is not None and was.out.number == number:
        changed = structs.replace(was, out=structs.replace(was.out, arrived_at=now))
    await note(tx, was, "carrier", PROGRAM, under, now=now, changed=changed, said=said)


async def _harmed(
    tx: Tx, was: Case, under: Ground, *, back: bool, harm: str, said: Said, now: datetime
) -> None:
    """Who bears the risk of the way (D14) decides how the case goes on; where nobody waits it is told only.

    On the way back the shop's risk means that the goods count as come, the buyer's that they do not; on the
    way out the shop's risk means that it sends again.
    """
    found = await rulebook.decide(
        tx, under.book, RISK, transit_facts(was, back=back, harm=harm),
        id=new_id(), shop=was.shop, subject_kind=SUBJECT, subject=was.id, actor=None, now=now,
    )  # fmt: skip
    bearer = found.word("bearer")
    said = structs.replace(said, body={**said.body, "bearer": bearer, "claims": found.word("claims")})
    event = _BORNE.get((back, bearer))
    if event is None or not CASE.takes(State(was.state), event):
        await note(tx, was, "carrier", PROGRAM, under, now=now, said=said)
        return
    await move(tx, was, event, PROGRAM, under, now=now, said=said)
