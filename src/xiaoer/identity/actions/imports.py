"""Shops and buyers as imports bring them: many at once, counted, and never at the cost of somebody else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from xiaoer.identity import rules
from xiaoer.identity.events import AccessChanged
from xiaoer.identity.model import ShopState
from xiaoer.identity.store import imports as store
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish

Done = Literal["created", "updated", "unchanged"]
Flaw = Literal["not_a_buyer", "email_taken", "phone_taken", "not_yours"]
"""Why a buyer was not written: the id is that of staff, another has his e-mail address or phone number, or he
is there already and who imports may only add buyers."""


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What the marketplace says about a shop; what is None stays as it is."""

    external_id: str
    name: str | None = None
    state: ShopState | None = None
    language: str | None = None
    time_zone: str | None = None
    allowed_origins: list[str] | None = None


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """What the marketplace says about a buyer; what is None stays as it is."""

    external_id: str
    display_name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    address: dict[str, str] | None = None
    payment_methods: list[dict[str, Any]] | None = None


async def ids_of_shops(tx: Tx, keys: Iterable[str]) -> dict[str, UUID]:
    """The shops of the marketplace among these keys: its own ids, or ours."""
    asked = sorted(set(keys))
    ids = [own for key in asked if (own := _uuid(key))]
    return await store.shops_by_keys(tx, asked, ids) if asked else {}


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


async def ids_of_buyers(tx: Tx, external_ids: Iterable[str]) -> dict[str, UUID]:
    """The buyers among these ids of the marketplace; who was merged is answered as who he is now."""
    asked = sorted(set(external_ids))
    known = await store.known_people(tx, asked) if asked else []
    return {
        one.external_id: one.merged_into or one.id for one in known if one.external_id and one.kind == "buyer"
    }


async def import_shops(
    tx: Tx, shops: Sequence[ShopFacts], now: datetime, new_id: Callable[[], UUID]
) -> list[Done]:
    """Add and change shops, each external id once; answers what became of each."""
    records = [
        store.ShopRecord(
            new_id(),
            one.external_id,
            one.name,
            one.state,
            one.language,
            one.time_zone,
            one.allowed_origins,
        )
        for one in shops
    ]
    added = await store.add_shops(tx, records, now)
    created = {row.external_id for row in added}
    rest = [record for record in records if record.external_id not in created]
    changed = await store.update_shops(tx, rest) if rest else []
    await publish(tx, *(AccessChanged(tenant=tx.tenant, at=now, shop=row.id) for row in (*added, *changed)))
    updated = {row.external_id for row in changed}
    return [_done(one.external_id, created, updated) for one in shops]


async def import_buyers(
    tx: Tx,
    buyers: Sequence[BuyerFacts],
    now: datetime,
    new_id: Callable[[], UUID],
    *,
    may_change: bool = True,
) -> list[Done | Flaw]:
    """Add and change buyers, each external id once; answers what became of each.

    Without `may_change` buyers that are there already stay as they are. Raises Duplicate when somebody takes
    an e-mail address or phone number in the same moment.
    """
    records = [
        store.BuyerRecord(
            new_id(),
            one.external_id,
            one.display_name,
            rules.fold_email(one.email) if one.email else None,
            rules.fold_phone(one.phone) if one.phone else None,
            one.language,
            one.address,
            one.payment_methods,
        )
        for one in buyers
    ]
    flaws = await _flaws(tx, records)
    good = [record for record in records if record.external_id not in flaws]
    created = {row.external_id for row in await store.add_buyers(tx, good, now)} if good else set[str]()
    rest = [record for record in good if record.external_id not in created]
    changed = {row.external_id for row in await store.changed_buyers(tx, rest)} if rest else set[str]()
    if changed and may_change:
        await store.update_buyers(tx, [record for record in rest if record.external_id in changed])
    elif changed:
        flaws |= dict.fromkeys(changed, "not_yours")
    return [flaws.get(one.external_id) or _done(one.external_id, created, changed) for one in buyers]


async def _flaws(tx: Tx, records: Sequence[store.BuyerRecord]) -> dict[str, Flaw]:
    """Those who cannot be written, told beforehand so that one of them does not undo the others."""
    emails = {record.email for record in records if record.email}
    phones = {record.phone for record in records if record.phone}
    known = await store.known_people(tx, [record.external_id for record in records], [*emails], [*phones])
    kinds = {one.external_id: one.kind for one in known}
    email_of = {one.email: one.external_id for one in known if one.email}
    phone_of = {one.phone: one.external_id for one in known if one.phone}
    flaws: dict[str, Flaw] = {}
    for record in records:
        if kinds.get(record.external_id, "buyer") != "buyer":
            flaws[record.external_id] = "not_a_buyer"
        elif record.email and email_of.setdefault(record.email, record.external_id) != record.external_id:
            flaws[record.external_id] = "email_taken"
        elif record.phone and phone_of.setdefault(record.phone, record.external_id) != record.external_id:
            flaws[record.external_id] = "phone_taken"
    return flaws


def _done(external_id: str, created: set[str], updated: set[str]) -> Done:
    return "created" if external_id in created else "updated" if external_id in updated else "unchanged"
