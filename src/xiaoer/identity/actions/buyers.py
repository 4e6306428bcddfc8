"""Buyers as their marketplace knows them, and visitors who turn out to be one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoer.identity import rules
from xiaoer.identity.events import AccessChanged, PersonMerged
from xiaoer.identity.model import BuyerProfile, PaymentMethod
from xiaoer.identity.store import access as access_store
from xiaoer.identity.store import people as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish

MAKE_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """What the marketplace says about one of its buyers; None = nothing new."""

    external_id: str
    display_name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: dict[str, Any] | None = None
    payment_methods: list[dict[str, Any]] | None = None


@dataclass(slots=True)
class Ensured:
    """Every buyer's id by his external id, and which of them were new or have changed."""

    ids: dict[str, UUID] = field(default_factory=dict[str, UUID])
    created: set[str] = field(default_factory=set[str])
    changed: set[str] = field(default_factory=set[str])


async def ensure_buyer(
    tx: Tx,
    external_id: str,
    now: datetime,
    new_id: Callable[[], UUID],
    *,
    display_name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    address: dict[str, Any] | None = None,
    payment_methods: list[dict[str, Any]] | None = None,
) -> UUID:
    """The buyer the marketplace calls by this id, made when he is new, refreshed when something is said."""
    facts = BuyerFacts(external_id, display_name, email, phone, address, payment_methods)
    return (await ensure_buyers(tx, [facts], now, new_id)).ids[external_id]


async def ensure_buyers(
    tx: Tx, buyers: Sequence[BuyerFacts], now: datetime, new_id: Callable[[], UUID]
) -> Ensured:
    """The same for many. Of two with one external id the later counts."""
    latest = list({buyer.external_id: buyer for buyer in buyers}.values())
    done = Ensured()
    for start in range(0, len(latest), MAKE_AT_ONCE):
        part = latest[start : start + MAKE_AT_ONCE]
        rows = [_row(buyer, new_id()) for buyer in part]
        for one in await store.ensure_buyers(tx, rows, now):
            (done.created if one.created else done.changed).add(one.external_id)
        done.ids |= await store.ids_of_external(tx, [buyer.external_id for buyer in part])
    return done


def _row(buyer: BuyerFacts, person: UUID) -> store.BuyerRow:
    return store.BuyerRow(
        id=person,
        external_id=buyer.external_id,
        display_name=buyer.display_name,
        email=rules.usable_email(buyer.email),
        phone=rules.usable_phone(buyer.phone),
        address=buyer.address,
        payment_methods=buyer.payment_methods,
    )


async def lock_profile(tx: Tx, buyer: UUID) -> BuyerProfile:
    """A buyer's address and ways to pay, kept from change by others. Raises Refusal for an unknown one."""
    found = await store.lock_profile(tx, buyer)
    if found is None:
        raise Refusal(Refused("not_found", "identity.unknown_person"))
    return found


async def change_profile(
    tx: Tx,
    buyer: UUID,
    *,
    address: dict[str, str] | None = None,
    payment_methods: Sequence[PaymentMethod] | None = None,
) -> None:
    """Change a buyer's address or ways to pay, all of them at once; None stays as it is."""
    await store.change_profile(tx, buyer, address=address, payment_methods=payment_methods)


async def merge_visitor(tx: Tx, *, visitor: UUID, buyer: UUID, now: datetime) -> None:
    """A visitor has said who he is: his sessions end, and what was his becomes the buyer's."""
    if await store.merge_visitor(tx, visitor=visitor, buyer=buyer):
        await access_store.revoke_sessions(tx, visitor, now)
        await publish(
            tx,
            PersonMerged(tenant=tx.tenant, at=now, visitor=visitor, buyer=buyer),
            AccessChanged(tenant=tx.tenant, at=now, person=visitor),
        )
