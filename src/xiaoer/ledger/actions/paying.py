"""What is done with the payment provider: always outside a transaction, between two of them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import rules, store
from xiaoer.ledger.actions import payouts
from xiaoer.ledger.model import Payout, ProviderLine, Reconciliation
from xiaoer.plumbing import log
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.payments import (
    PaymentProvider,
    PaymentRefusedError,
    PaymentUnclearError,
    ProviderAnswer,
)
from xiaoer.rulebook.queries import Books

SILENT: Final = Refused("unavailable", "ledger.provider_silent")
STATEMENT_SECONDS: Final = 25.0
Connected = Callable[[UUID, str], PaymentProvider]
"""Makes the connection to a marketplace's own provider behind an address."""

_log = log.get("ledger")


class Payer:
    """Asks the provider and has its answer recorded."""

    def __init__(
        self,
        database: Database,
        provider: PaymentProvider,
        books: Books,
        now: Callable[[], datetime],
        *,
        connected: Connected | None = None,
    ) -> None:
        """`provider` serves every marketplace that has not connected one of its own (`connected`)."""
        self.provider = provider
        self.connected = connected
        self._database = database
        self._books = books
        self._now = now

    async def provider_for(self, tenant: UUID) -> PaymentProvider:
        """The marketplace's own provider where its rulebook names one, else the program's."""
        if self.connected is None:
            return self.provider
        book = await self._books.of(tenant, None, self._now())
        address = book.word("ledger.provider_url")
        return self.connected(tenant, address) if address else self.provider

    async def pay(self, tenant: UUID, payout_id: UUID) -> None:
        """Ask once for a payout that is being paid; whatever comes of it, the next look is at the clock.

        After an attempt without an answer `find` is asked first, and the key is the same: paid once.
        """
        payout = await self._read(tenant, payout_id)
        if payout.state != "paying":
            return
        book = await self._books.of(tenant, None, self._now())
        try:
            async with asyncio.timeout(book.integer("ledger.payout_call_seconds")):
                answer = await self._ask(tenant, payout)
        except PaymentRefusedError as no:
            word = no.word
            await self._database.run(
                tenant,
                lambda tx: payouts.record_refused(tx, payout_id, payout.round, word, self._now()),
            )
        except Exception as fault:  # noqa: BLE001 - whatever a stranger's network raises: nobody knows
            word = word_of(fault)
            _log.warning("payout_unclear", payout=str(payout_id), attempts=payout.attempts, trouble=word)
            await self._database.run(tenant, lambda tx: payouts.record_unclear(tx, payout_id, word))
        else:
            await self._database.run(
                tenant, lambda tx: payouts.record_paid(tx, payout_id, answer, self._now())
            )

    async def cancel(
        self, tenant: UUID, payout_id: UUID, *, author: UUID | None, note: str, now: datetime
    ) -> Payout:
        """Call a payout off by hand, unless the provider paid it after all: then that is recorded.

        Raises Refusal: ledger.already_paid, ledger.payout_not_refused, ledger.provider_silent.
        """
        payout = await self._read(tenant, payout_id)
        if refused := rules.may_cancel(payout):
            raise Refusal(refused)
        try:
            paid = await self._find(tenant, payout)
        except Exception as fault:
            raise Refusal(SILENT) from fault
        if paid is not None:
            await self._database.run(tenant, lambda tx: payouts.record_paid(tx, payout_id, paid, now))
            raise Refusal(rules.ALREADY_PAID)
        return await self._database.run(
            tenant, lambda tx: payouts.cancel(tx, payout_id, author=author, note=note, now=now)
        )

    async def _ask(self, tenant: UUID, payout: Payout) -> ProviderAnswer:
        if payout.attempts > 1 or payout.round > 1:
            found = await self._find(tenant, payout)
            if found is not None:
                return found
        provider = await self.provider_for(tenant)
        return await provider.refund(
            account=str(tenant),
            key=rules.provider_key(payout.key, payout.round),
            payment_ref=payout.payment_ref,
            amount_minor=payout.amount_minor,
            currency=payout.currency,
        )

    async def _find(self, tenant: UUID, payout: Payout) -> ProviderAnswer | None:
        """What was paid under any key this payout ever had."""
        provider = await self.provider_for(tenant)
        for key in rules.provider_keys(payout):
            with suppress(PaymentRefusedError):  # of a refused key nothing was paid
                if (found := await provider.find(str(tenant), key)) is not None:
                    return found
        return None

    async def _read(self, tenant: UUID, payout_id: UUID) -> Payout:
        async with self._database.read(tenant) as tx:
            found = await store.find_payout(tx, payout_id)
        if found is None:
            raise Refusal(payouts.UNKNOWN_PAYOUT)
        return found


async def reconcile(database: Database, provider: PaymentProvider, tenant: UUID, day: date) -> Reconciliation:
    """One day of the marketplace, in its time zone, as the provider and we know it.

    Raises Refusal when the provider does not answer.
    """
    async with database.read(tenant) as tx:
        home = await identity.home_zone(tx)
    start = datetime.combine(day, time(), home)
    end = datetime.combine(day + timedelta(days=1), time(), home)
    try:
        async with asyncio.timeout(STATEMENT_SECONDS):
            answers = await provider.statement(str(tenant), start, end)
    except Exception as fault:
        raise Refusal(SILENT) from fault
    theirs = [
        ProviderLine(
            ref=one.ref, key=one.key, amount_minor=one.amount_minor, currency=one.currency, at=one.at
        )
        for one in answers
    ]
    keys = sorted({key for line in theirs for key in rules.keys_meant(line.key)})
    async with database.read(tenant, snapshot=True) as tx:
        ours = await store.paid_between(tx, start, end)
        known = await store.payouts_with_keys(tx, keys)
    return rules.reconcile(day.isoformat(), ours, theirs, known)


def word_of(fault: Exception) -> str:
    """A short word for people about a fault of the network."""
    if isinstance(fault, PaymentUnclearError):
        return fault.word
    return "time_out" if isinstance(fault, TimeoutError) else "no_answer"
