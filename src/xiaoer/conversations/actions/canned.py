"""Prepared answers: written by managers, filled from the order when an agent takes one."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.conversations.rules.canned import Filled, fill, unknown
from xiaoer.conversations.store import canned as store
from xiaoer.conversations.store.canned import Canned, CannedFields, Known
from xiaoer.guard import rules as guard
from xiaoer.guard.model import Context
from xiaoer.guard.queries import guard_book
from xiaoer.kernel.money import format_minor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

_MILDEST: Final = Context(on_time_insurance=True)
"""What may stand for some buyer: a prepared answer is reviewed again when it is sent."""


async def add(tx: Tx, shop: UUID, fields: CannedFields, person: UUID, now: datetime) -> Canned:
    """Add a prepared answer. Raises Refusal for a shortcut in use or an unknown place."""
    canned_id = new_id()
    await _check(tx, shop, canned_id, fields, now)
    await store.insert(tx, shop, canned_id, fields, person=person, now=now)
    return await found(tx, shop, canned_id)


async def change(tx: Tx, shop: UUID, canned_id: UUID, fields: CannedFields, now: datetime) -> Canned:
    """Write a prepared answer anew. Raises Refusal as `add`, and when there is none."""
    await _check(tx, shop, canned_id, fields, now)
    if not await store.update(tx, shop, canned_id, fields, now):
        raise Refusal(Refused("not_found", "conversations.unknown_canned"))
    return await found(tx, shop, canned_id)


async def archive(tx: Tx, shop: UUID, canned_id: UUID, now: datetime) -> None:
    """Put a prepared answer away. Raises Refusal when there is none."""
    if not await store.archive(tx, shop, canned_id, now):
        raise Refusal(Refused("not_found", "conversations.unknown_canned"))


async def found(tx: Tx, shop: UUID, canned_id: UUID) -> Canned:
    """One prepared answer. Raises Refusal when there is none."""
    canned = await store.find(tx, shop, canned_id)
    if canned is None:
        raise Refusal(Refused("not_found", "conversations.unknown_canned"))
    return canned


async def filled(
    tx: Tx,
    shop: UUID,
    canned_id: UUID,
    *,
    conversation: UUID,
    purchase: UUID | None,
    agent: str,
    language: str,
) -> Filled:
    """A prepared answer filled for one conversation, and counted as used."""
    canned = await found(tx, shop, canned_id)
    known = await store.values_for(tx, conversation, purchase)
    await store.count_use(tx, shop, canned_id)
    return fill(canned.text, _values(known, agent, language) if known else {"agent": agent})


def _values(known: Known, agent: str, language: str) -> dict[str, str]:
    amount = ""
    if known.total_minor is not None and known.currency is not None:
        amount = format_minor(known.total_minor, known.currency, language)
    return {
        "buyer": known.buyer,
        "agent": agent,
        "shop": known.shop,
        "order": known.order_number or "",
        "state": known.state or "",
        "amount": amount,
        "product": known.product or "",
        "carrier": known.carrier or "",
        "tracking": known.tracking or "",
    }


async def _check(tx: Tx, shop: UUID, canned_id: UUID, fields: CannedFields, now: datetime) -> None:
    review = guard.review(fields.text, _MILDEST, guard_book(await rulebook.book(tx, shop, now)))
    if not review.sendable:
        raise Refusal(guard.must_be_changed(review))
    strange = unknown(fields.text)
    if strange:
        raise Refusal(Refused("refused", "conversations.unknown_place", facts={"names": ", ".join(strange)}))
    if fields.shortcut and await store.shortcut_taken(tx, shop, fields.shortcut, canned_id):
        raise Refusal(Refused("refused", "conversations.shortcut_taken", facts={"shortcut": fields.shortcut}))
