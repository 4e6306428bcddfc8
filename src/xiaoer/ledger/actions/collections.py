"""What happens to money a buyer is to pay: ordered, asked for, taken or declined; one transaction each."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import rules, store
from xiaoer.ledger.actions import posting as postings
from xiaoer.ledger.events import CollectionAsked, CollectionDeclined, CollectionTaken, CollectionWaits
from xiaoer.ledger.machine import COLLECT, CollectionEvent
from xiaoer.ledger.model import AccountRef, Collection, CollectionWish, Credit, Line, Posting
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.plumbing.payments import ProviderAnswer
from xiaoer.rulebook import queries as rulebook

UNKNOWN_COLLECTION: Final = Refused("not_found", "ledger.unknown_collection")
_log = log.get("ledger")


async def order_collection(tx: Tx, wish: CollectionWish, now: datetime) -> Collection:
    """Write the intent to have a buyer pay and let the clock have the provider asked; asks nobody itself.

    The same key again gives the first collection back. Raises Refusal ledger.key_taken when the key stands
    for another wish.
    """
    if not await store.insert_collection(tx, wish, now):
        before = await store.find_collection_by_key(tx, wish.key)
        if before is None or not rules.same_collection(before, wish):
            raise Refusal(rules.KEY_TAKEN)
        return before
    await clocks.start(tx, owner=wish.id, name=COLLECT, due_at=now, now=now, shop=wish.shop)
    return await _collection(tx, wish.id)


async def clock_rang(tx: Tx, collection_id: UUID, now: datetime) -> None:
    """One more attempt is counted, the next one set, and whoever asks providers is told."""
    one = await store.lock_collection(tx, collection_id)
    if one is None or not rules.collects(one, CollectionEvent.ASK):
        return
    book = await rulebook.book(tx, None, now)
    pause = rules.pause_seconds(
        one.attempts + 1,
        first_seconds=book.integer("ledger.payout_first_pause_seconds"),
        longest_seconds=book.integer("ledger.payout_longest_pause_minutes") * 60,
        call_seconds=book.integer("ledger.payout_call_seconds"),
    )
    await store.ask_collection(tx, one.id, rules.collecting(one, CollectionEvent.ASK), now)
    await clocks.start(
        tx, owner=one.id, name=COLLECT, due_at=now + timedelta(seconds=pause), now=now, shop=one.shop
    )
    await publish(tx, CollectionAsked(tenant=tx.tenant, at=now, collection=one.id))


async def look_now(tx: Tx, key: str, now: datetime) -> None:
    """The provider has news of a key: it is asked at once instead of after the pause.

    What it called with is not believed, only what it answers when it is asked.
    """
    one = await store.find_collection_by_key(tx, key)
    if one is not None and one.ended_at is None:
        await clocks.start(tx, owner=one.id, name=COLLECT, due_at=now, now=now, shop=one.shop)


async def record_taken(tx: Tx, collection_id: UUID, answer: ProviderAnswer, now: datetime) -> Collection:
    """The buyer has paid: put it aside, end the collection, tell. A second time changes nothing."""
    one = await _locked(tx, collection_id)
    if not rules.collects(one, CollectionEvent.TAKE):
        if one.state != "taken" or one.provider_ref != answer.ref:
            _log.error("collection_taken_unexpectedly", collection=str(one.id), state=one.state)
        return one
    await store.end_collection(
        tx,
        one.id,
        rules.collecting(one, CollectionEvent.TAKE),
        now=now,
        provider_ref=answer.ref,
        taken_at=answer.at,
    )
    await postings.post(
        tx,
        Posting(
            id=rules.posting_id(one.id, "taken"),
            reason="collection_taken",
            subject_kind=one.subject_kind,
            subject=one.subject,
            lines=[
                Line(AccountRef("provider", tx.tenant), -one.amount_minor),
                Line(AccountRef("held", one.subject), one.amount_minor),
            ],
            currency=one.currency,
            at=now,
        ),
    )
    await clocks.stop(tx, one.id, COLLECT)
    await publish(tx, CollectionTaken.of(one, tx.tenant, now))
    return await _collection(tx, one.id)


async def record_declined(tx: Tx, collection_id: UUID, trouble: str, now: datetime) -> Collection:
    """It was not taken and never will be."""
    one = await _locked(tx, collection_id)
    if not rules.collects(one, CollectionEvent.DECLINE):
        return one
    state = rules.collecting(one, CollectionEvent.DECLINE)
    await store.end_collection(tx, one.id, state, now=now, trouble=trouble)
    await clocks.stop(tx, one.id, COLLECT)
    await publish(tx, CollectionDeclined.of(one, tx.tenant, now, trouble=trouble))
    return await _collection(tx, one.id)


async def record_unclear(
    tx: Tx, collection_id: UUID, trouble: str, now: datetime, *, confirm_url: str = ""
) -> None:
    """Nobody knows yet, or the buyer is to confirm it; the clock that asks again runs already."""
    one = await _locked(tx, collection_id)
    if one.state != "asking":
        return
    await store.note_collection(tx, one.id, trouble=trouble, confirm_url=confirm_url or one.confirm_url)
    if confirm_url and confirm_url != one.confirm_url:
        await publish(tx, CollectionWaits.of(one, tx.tenant, now))


async def give_to_shop(tx: Tx, collection_id: UUID, *, reason: str, now: datetime) -> None:
    """What was put aside is the shop's now; the same collection once."""
    one = await _locked(tx, collection_id)
    await postings.credit_shop(
        tx,
        Credit(
            id=rules.posting_id(one.id, "given"),
            shop=one.shop,
            account="balance",
            amount_minor=one.amount_minor,
            currency=one.currency,
            reason=reason,
            subject_kind=one.subject_kind,
            subject=one.subject,
            origin=AccountRef("held", one.subject),
        ),
        now,
    )


async def _locked(tx: Tx, collection: UUID) -> Collection:
    found = await store.lock_collection(tx, collection)
    if found is None:
        raise Refusal(UNKNOWN_COLLECTION)
    return found


async def _collection(tx: Tx, collection: UUID) -> Collection:
    found = await store.find_collection(tx, collection)
    if found is None:
        raise Refusal(UNKNOWN_COLLECTION)
    return found
