"""How a buyer's money is asked for at the payment provider: outside a transaction, between two of them."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from xiaoer.kernel.refusal import Refusal
from xiaoer.ledger import store
from xiaoer.ledger.actions import collections
from xiaoer.ledger.actions.paying import Payer, word_of
from xiaoer.ledger.model import Collection
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.payments import (
    PaymentProvider,
    PaymentRefusedError,
    PaymentUnclearError,
    PaymentWaitsError,
    ProviderAnswer,
)
from xiaoer.rulebook.queries import Books

_log = log.get("ledger")


class Collector:
    """Asks the provider for buyers' money and has its answer recorded."""

    def __init__(self, database: Database, payer: Payer, books: Books, now: Callable[[], datetime]) -> None:
        self._database = database
        self._payer = payer
        self._books = books
        self._now = now

    async def collect(self, tenant: UUID, collection_id: UUID) -> None:
        """Ask once for a collection; whatever comes of it, the next look is at the clock.

        After an attempt without an answer `find` is asked first, and the key is the same: taken once. When
        its time is over nothing is asked for any more: what was not taken by then is declined.
        """
        one = await self._read(tenant, collection_id)
        if one.state != "asking":
            return
        book = await self._books.of(tenant, None, self._now())
        provider = await self._payer.provider_for(tenant)
        run = self._database.run
        try:
            async with asyncio.timeout(book.integer("ledger.payout_call_seconds")):
                answer = await self._ask(provider, tenant, one)
        except PaymentRefusedError as no:
            word = no.word
            await run(tenant, lambda tx: collections.record_declined(tx, one.id, word, self._now()))
        except PaymentWaitsError as waits:
            where = waits.confirm_url
            await run(
                tenant,
                lambda tx: collections.record_unclear(
                    tx, one.id, "waits_for_buyer", self._now(), confirm_url=where
                ),
            )
        except Exception as fault:  # noqa: BLE001 - whatever a stranger's network raises: nobody knows
            word = word_of(fault)
            _log.warning("collection_unclear", collection=str(one.id), attempts=one.attempts, trouble=word)
            await run(tenant, lambda tx: collections.record_unclear(tx, one.id, word, self._now()))
        else:
            if answer is None:
                await run(tenant, lambda tx: collections.record_declined(tx, one.id, "expired", self._now()))
            else:
                await run(tenant, lambda tx: collections.record_taken(tx, one.id, answer, self._now()))

    async def _ask(self, provider: PaymentProvider, tenant: UUID, one: Collection) -> ProviderAnswer | None:
        """What was taken; None when its time is over and nothing was."""
        over = self._now() >= one.until
        found = None
        if one.attempts > 1 or over:
            found = await provider.find(str(tenant), one.key)
        if found is None and over:
            return None
        if found is None:
            found = await provider.charge(
                account=str(tenant),
                key=one.key,
                payment_ref=one.payment_ref,
                amount_minor=one.amount_minor,
                currency=one.currency,
                until=one.until,
            )
        if (found.amount_minor, found.currency) != (-one.amount_minor, one.currency):
            raise PaymentUnclearError("amount_differs")
        return found

    async def _read(self, tenant: UUID, collection_id: UUID) -> Collection:
        async with self._database.read(tenant) as tx:
            found = await store.find_collection(tx, collection_id)
        if found is None:
            raise Refusal(collections.UNKNOWN_COLLECTION)
        return found
