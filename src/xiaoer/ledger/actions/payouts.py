"""What happens to a payout: ordered, asked for, recorded, tried again, called off; one transaction each."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import rules, store
from xiaoer.ledger.actions import posting as postings
from xiaoer.ledger.events import (
    PayoutAsked,
    PayoutCancelled,
    PayoutFailed,
    PayoutPaid,
    PayoutRetried,
    PayoutStuck,
)
from xiaoer.ledger.machine import REMINDER, RETRY, Event
from xiaoer.ledger.model import AccountRef, Line, Payout, PayoutWish, Posting, ShopFunds
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.plumbing.payments import ProviderAnswer
from xiaoer.rulebook import queries as rulebook

UNKNOWN_PAYOUT: Final = Refused("not_found", "ledger.unknown_payout")
_log = log.get("ledger")


async def order_payout(tx: Tx, wish: PayoutWish, now: datetime) -> Payout:
    """Write the intent to pay a buyer, charge who bears it, and let the clock have the provider asked.

    Asks nobody itself. The same key again gives the first payout back and charges nothing. Raises Refusal:
    ledger.key_taken when the key stands for another wish, ledger.more_than_paid beyond `limit_minor`.
    """
    if (before := await store.find_payout_by_key(tx, wish.key)) is not None:
        return _first(before, wish)
    if wish.purchase is not None and wish.limit_minor is not None:
        await store.lock_purchase(tx, wish.purchase)
        if refused := rules.within_limit(wish, await store.given_back(tx, wish.purchase)):
            # a twin may have ordered the same while we waited for the purchase
            if (twin := await store.find_payout_by_key(tx, wish.key)) is not None:
                return _first(twin, wish)
            raise Refusal(refused)
    if not await store.insert_payout(tx, wish, now):
        twin = await store.find_payout_by_key(tx, wish.key)
        if twin is None:  # the id is another payout's
            raise Refusal(rules.KEY_TAKEN)
        return _first(twin, wish)
    await _reserve(tx, wish, now)
    await clocks.start(tx, owner=wish.id, name=RETRY, due_at=now, now=now, shop=wish.shop)
    return await _payout(tx, wish.id)


def _first(before: Payout, wish: PayoutWish) -> Payout:
    if refused := rules.same_wish(before, wish):
        raise Refusal(refused)
    return before


async def _reserve(tx: Tx, wish: PayoutWish, now: datetime) -> None:
    funds = ShopFunds(wish.currency)
    if wish.source == "shop":
        funds = await postings.lock_shop(tx, wish.shop, wish.currency)
    borne = rules.bearer_lines(wish, tx.tenant, funds)
    await postings.post(
        tx,
        Posting(
            id=rules.posting_id(wish.id, "ordered"),
            reason="payout_ordered",
            subject_kind=wish.subject_kind,
            subject=wish.subject,
            lines=[*borne, Line(AccountRef("buyer", wish.buyer), wish.amount_minor)],
            currency=wish.currency,
            at=now,
        ),
    )


async def clock_rang(tx: Tx, payout_id: UUID, now: datetime) -> None:
    """One more attempt is counted, the next one set, and whoever asks providers is told."""
    payout = await store.lock_payout(tx, payout_id)
    if payout is None or not rules.takes(payout, Event.ASK):
        return
    book = await rulebook.book(tx, None, now)
    attempts = payout.attempts + 1
    pause = rules.pause_seconds(
        attempts,
        first_seconds=book.integer("ledger.payout_first_pause_seconds"),
        longest_seconds=book.integer("ledger.payout_longest_pause_minutes") * 60,
        call_seconds=book.integer("ledger.payout_call_seconds"),
    )
    await store.ask_payout(tx, payout.id, rules.step(payout, Event.ASK), now)
    due_at = now + timedelta(seconds=pause)
    await clocks.start(tx, owner=payout.id, name=RETRY, due_at=due_at, now=now, shop=payout.shop)
    await publish(tx, PayoutAsked(tenant=tx.tenant, at=now, payout=payout.id))
    if attempts == book.integer("ledger.payout_attempts"):
        await _tell_stuck(tx, payout, now)


async def reminder_rang(tx: Tx, payout_id: UUID, now: datetime) -> None:
    """A refused payout still waits for a person: it is told again, and again after the next pause."""
    payout = await store.lock_payout(tx, payout_id)
    if payout is None or not rules.takes(payout, Event.REMIND):
        return
    await _remind(tx, payout, now)
    await _tell_stuck(tx, payout, now)


async def _remind(tx: Tx, payout: Payout, now: datetime) -> None:
    book = await rulebook.book(tx, None, now)
    due_at = now + timedelta(hours=book.integer("ledger.payout_reminder_hours"))
    await clocks.start(tx, owner=payout.id, name=REMINDER, due_at=due_at, now=now, shop=payout.shop)


async def _tell_stuck(tx: Tx, payout: Payout, now: datetime) -> None:
    await publish(
        tx,
        PayoutStuck(
            tenant=tx.tenant,
            at=now,
            payout=payout.id,
            shop=payout.shop,
            state=payout.state,
            attempts=payout.attempts,
            trouble=payout.trouble,
        ),
    )


async def record_paid(tx: Tx, payout_id: UUID, answer: ProviderAnswer, now: datetime) -> Payout:
    """The provider has paid: post it, end the payout, tell. A second time changes nothing."""
    payout = await _locked(tx, payout_id)
    if not rules.takes(payout, Event.PAY):
        if payout.state != "paid" or payout.provider_ref != answer.ref:
            _log.error("payout_paid_unexpectedly", payout=str(payout.id), state=payout.state)
        return payout
    await store.end_payout(
        tx,
        payout.id,
        rules.step(payout, Event.PAY),
        now=now,
        provider_ref=answer.ref,
        paid_at=answer.at,
    )
    await _post_paid(tx, payout, now)
    await _stop_clocks(tx, payout.id)
    await publish(
        tx,
        PayoutPaid.of(payout, tx.tenant, now),
    )
    return await _payout(tx, payout.id)


async def _post_paid(tx: Tx, payout: Payout, now: datetime) -> None:
    """Last of all before the commit: every payout of the marketplace meets at the provider's account."""
    await postings.post(
        tx,
        Posting(
            id=rules.posting_id(payout.id, "paid"),
            reason="payout_paid",
            subject_kind=payout.subject_kind,
            subject=payout.subject,
            lines=[
                Line(AccountRef("buyer", payout.buyer), -payout.amount_minor),
                Line(AccountRef("provider", tx.tenant), payout.amount_minor),
            ],
            currency=payout.currency,
            at=now,
        ),
    )


async def record_refused(tx: Tx, payout_id: UUID, round_: int, trouble: str, now: datetime) -> Payout:
    """The provider will not pay in this round: a person is told; the money stays reserved for the buyer."""
    payout = await _locked(tx, payout_id)
    if payout.round != round_ or not rules.takes(payout, Event.REFUSE):
        return payout
    await store.end_payout(tx, payout.id, rules.step(payout, Event.REFUSE), now=now, trouble=trouble)
    await _stop_clocks(tx, payout.id)
    await _remind(tx, payout, now)
    await publish(
        tx,
        PayoutFailed.of(payout, tx.tenant, now, trouble=trouble),
    )
    return await _payout(tx, payout.id)


async def record_unclear(tx: Tx, payout_id: UUID, trouble: str) -> None:
    """Nobody knows whether it was paid; the clock that asks again runs already."""
    payout = await _locked(tx, payout_id)
    if payout.state == "paying":
        await store.note_trouble(tx, payout.id, trouble)


async def retry(tx: Tx, payout_id: UUID, now: datetime) -> Payout:
    """A person has it tried again at once: a refused one in a new round. Raises Refusal."""
    payout = await _locked(tx, payout_id)
    if refused := rules.may_retry(payout):
        raise Refusal(refused)
    was_refused = payout.state == "refused"
    state = rules.step(payout, Event.RETRY)
    if was_refused:
        await store.retry_payout(tx, payout.id, state)
        await clocks.stop(tx, payout.id, REMINDER)
        await publish(tx, PayoutRetried.of(payout, tx.tenant, now))
    await clocks.start(tx, owner=payout.id, name=RETRY, due_at=now, now=now, shop=payout.shop)
    return await _payout(tx, payout.id)


async def cancel(tx: Tx, payout_id: UUID, *, author: UUID | None, note: str, now: datetime) -> Payout:
    """Call a payout off: those who bore it get it back by a counter-posting. Raises Refusal.

    Of a refused one the caller has asked the provider first whether it was not paid after all.
    """
    payout = await _locked(tx, payout_id)
    if refused := rules.may_cancel(payout):
        raise Refusal(refused)
    await store.end_payout(tx, payout.id, rules.step(payout, Event.CANCEL), now=now, trouble=payout.trouble)
    await _stop_clocks(tx, payout.id)
    await postings.reverse(
        tx,
        rules.posting_id(payout.id, "ordered"),
        id=rules.posting_id(payout.id, "cancelled"),
        reason="payout_cancelled",
        now=now,
        author=author,
        note=note,
    )
    await publish(
        tx,
        PayoutCancelled.of(payout, tx.tenant, now),
    )
    return await _payout(tx, payout.id)


async def _stop_clocks(tx: Tx, payout: UUID) -> None:
    await clocks.stop(tx, payout, RETRY)
    await clocks.stop(tx, payout, REMINDER)


async def _locked(tx: Tx, payout: UUID) -> Payout:
    found = await store.lock_payout(tx, payout)
    if found is None:
        raise Refusal(UNKNOWN_PAYOUT)
    return found


async def _payout(tx: Tx, payout: UUID) -> Payout:
    found = await store.find_payout(tx, payout)
    if found is None:
        raise Refusal(UNKNOWN_PAYOUT)
    return found
