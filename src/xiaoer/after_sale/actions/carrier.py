"""What carriers say about the parcels of cases."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.actions.known import ground
from xiaoer.after_sale.actions.move import Said, move
from xiaoer.after_sale.actions.note import note
from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import PROGRAM, Case
from xiaoer.after_sale.store import cases as store
from xiaoer.plumbing.db import Tx


async def heard(tx: Tx, shop: UUID, *, number: str, event: str, text: str, now: datetime) -> list[UUID]:
    """A carrier says something about a parcel; a returned one that is delivered starts the inspection."""
    found = sorted(await store.find_by_number(tx, shop, number))
    for case in found:
        was = await store.lock_case(tx, case, shop=shop)
        if was is not None:
            await _tell(tx, was, number, event, text=text, now=now)
    return found


async def _tell(tx: Tx, was: Case, number: str, event: str, *, text: str, now: datetime) -> None:
    under = await ground(tx, was)
    said = Said(text, body={"number": number, "carrier_event": event})
    comes_back = was.back is not None and was.back.number == number
    if event == "delivered" and comes_back and CASE.takes(State(was.state), Event.ARRIVED):
        assert was.back is not None
        changed = structs.replace(was, back=structs.replace(was.back, arrived_at=now))
        await move(tx, was, Event.ARRIVED, PROGRAM, under, now=now, changed=changed, said=said)
        return
    changed = was
    if event == "delivered" and was.out is not None and was.out.number == number:
        changed = structs.replace(was, out=structs.replace(was.out, arrived_at=now))
    await note(tx, was, "carrier", PROGRAM, under, now=now, changed=changed, said=said)
