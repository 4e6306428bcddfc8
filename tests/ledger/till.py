"""A shop with money, a buyer who is to get some, and a provider that does as it is told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, Self
from uuid import UUID

from tests import make
from xiaoer import main
from xiaoer.clocks import queries as clocks
from xiaoer.clocks.jobs import Ringer
from xiaoer.clocks.store import Running
from xiaoer.ledger import queries
from xiaoer.ledger.actions import payouts, posting
from xiaoer.ledger.actions.paying import Payer
from xiaoer.ledger.jobs import PayoutRunner
from xiaoer.ledger.model import Credit, Payout, PayoutWish, ShopFunds, Source, Split
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.payments_development import DevelopmentPayments

NOON = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)


def wish_of(
    shop: UUID,
    buyer: UUID,
    amount_minor: int,
    *,
    key: str | None = None,
    source: Source = "shop",
    purchase: UUID | None = None,
    limit_minor: int | None = None,
    currency: str = "CNY",
) -> PayoutWish:
    payout = new_id()
    return PayoutWish(
        id=payout,
        key=key or f"case:{payout}",
        shop=shop,
        buyer=buyer,
        purchase=purchase,
        payment_ref=None,
        amount_minor=amount_minor,
        currency=currency,
        subject_kind="case",
        subject=new_id(),
        source=source,
        limit_minor=limit_minor,
    )


async def credit(
    tx: Tx, shop: UUID, account: Literal["balance", "deposit"], amount_minor: int, now: datetime = NOON
) -> Split:
    wish = Credit(
        id=new_id(),
        shop=shop,
        account=account,
        amount_minor=amount_minor,
        currency="CNY",
        reason="top_up",
        subject_kind="shop",
        subject=shop,
    )
    return await posting.credit_shop(tx, wish, now)


async def funds(tx: Tx, shop: UUID) -> tuple[int, int, int]:
    """Balance, deposit, debt in CNY."""
    for one in await queries.shop_funds(tx, shop):
        if one.currency == "CNY":
            return one.balance_minor, one.deposit_minor, one.debt_minor
    return 0, 0, 0


class Till:
    """One marketplace at one moment, with everything that makes money move."""

    def __init__(self, database: Database, tenant: UUID, shop: UUID) -> None:
        self.database = database
        self.tenant = tenant
        self.shop = shop
        self.buyer = new_id()
        self.now = NOON
        self.patience = 0
        self.program = make.program(database, now=lambda: self.now)
        self.ringer = Ringer(database, main.TIMERS)

    @classmethod
    async def open(cls, database: Database, *, balance: int = 0, deposit: int = 0) -> Self:
        tenant = (await make.marketplace(database)).tenant
        till = cls(database, tenant, (await make.shop(database, tenant)).id)
        async with database.transaction(tenant) as tx:
            if balance:
                await credit(tx, till.shop, "balance", balance)
            if deposit:
                await credit(tx, till.shop, "deposit", deposit)
        return till

    @property
    def payer(self) -> Payer:
        return self.program.services.service(Payer)

    @property
    def provider(self) -> DevelopmentPayments:
        assert isinstance(self.payer.provider, DevelopmentPayments)
        return self.payer.provider

    @property
    def runner(self) -> PayoutRunner:
        return self.program.services.service(PayoutRunner)

    async def order(self, amount_minor: int, *, key: str | None = None, source: Source = "shop") -> Payout:
        wish = wish_of(self.shop, self.buyer, amount_minor, key=key, source=source)
        return await self.database.run(self.tenant, lambda tx: payouts.order_payout(tx, wish, self.now))

    async def later(self, seconds: float) -> None:
        """Time passes, clocks ring, the provider is asked."""
        self.now += timedelta(seconds=seconds)
        while await self.ringer.ring_awake(self.now):
            pass
        await self.runner.pay_waiting()

    async def payout(self, payout: UUID) -> Payout:
        async with self.database.read(self.tenant) as tx:
            return await queries.payout(tx, payout)

    async def funds(self) -> ShopFunds:
        async with self.database.read(self.tenant) as tx:
            return (await queries.shop_funds(tx, self.shop))[0]

    async def buyers(self) -> int:
        """What is on its way to the buyer."""
        async with self.database.read(self.tenant) as tx:
            return sum(one.balance_minor for one in await queries.balances(tx, self.buyer))

    async def clocks(self, payout: UUID) -> Sequence[Running]:
        async with self.database.read(self.tenant) as tx:
            return await clocks.running(tx, [payout])

    async def paid_out(self) -> list[tuple[str, int]]:
        """What the provider says it has paid: key and amount."""
        far = timedelta(days=10_000)
        lines = await self.provider.statement(str(self.tenant), NOON - far, NOON + far)
        return [(one.key, one.amount_minor) for one in lines]

    async def prove(self) -> None:
        """The ledger is zero in every currency, and every balance is the sum of its lines."""
        async with self.database.read(self.tenant, snapshot=True) as tx:
            sums: dict[str, int] = {}
            for one in await queries.totals(tx):
                sums[one.currency] = sums.get(one.currency, 0) + one.balance_minor
            assert not any(sums.values())
            assert list(await queries.wrong_accounts(tx)) == []
