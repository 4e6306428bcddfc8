"""A stall whose items are changed before dispatch: orders, money, clocks, the whole program at one moment."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid4

from tests import make
from tests.client import Client, Response
from tests.instructions.goods import Trade, trade
from xiaoer import main
from xiaoer.clocks import queries as clocks
from xiaoer.clocks.jobs import Ringer
from xiaoer.identity import queries as identity
from xiaoer.instructions import queries
from xiaoer.instructions.model import Instructed
from xiaoer.ledger import queries as ledger
from xiaoer.ledger.actions.paying import Payer
from xiaoer.ledger.jobs import PayoutRunner
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.outbox import Outbox
from xiaoer.plumbing.payments_development import DevelopmentPayments
from xiaoer.rulebook import actions as rulebook

NOON = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
ORDER_SIDE = "http://127.0.0.1:9/orders"


class Stall:
    """Everything at hand; `now` may be moved."""

    def __init__(self, database: Database, goods: Trade) -> None:
        self.database = database
        self.goods = goods
        self.now = NOON
        self.program = make.program(database, now=lambda: self.now)
        self.ringer = Ringer(database, main.TIMERS)
        self.tokens: dict[str, str] = {}

    @classmethod
    async def open(cls, database: Database, owner: Connection) -> Self:
        stall = cls(database, await trade(database))
        async with database.read(stall.goods.tenant) as tx:
            person = await identity.person(tx, stall.goods.buyer)
        stall.tokens["buyer"] = await make.session(database, stall.goods.tenant, person)
        for role in ("agent", "manager", "officer"):
            shops = [] if role == "officer" else [stall.goods.shop]
            _, token = await make.signed_in(database, stall.goods.tenant, role=role, shops=shops)
            stall.tokens[role] = token
        _, stall.tokens["stranger"] = await make.signed_in(database, stall.goods.tenant)
        await owner.execute("update identity.session set expires_at = now() + interval '30 years'")
        return stall

    async def order_side_elsewhere(self) -> None:
        """From now on the orders are kept by a program of the marketplace's own."""
        async with self.database.transaction(self.goods.tenant) as tx:
            await rulebook.set_value(
                tx,
                shop=None,
                name="instructions.order_side_url",
                value=ORDER_SIDE,
                reason="tests",
                author=uuid4(),
                now=self.now - timedelta(days=30),
            )

    @property
    def provider(self) -> DevelopmentPayments:
        provider = self.program.services.service(Payer).provider
        assert isinstance(provider, DevelopmentPayments)
        return provider

    def _client(self, who: str) -> Client:
        return Client(self.program.app, token=self.tokens[who])

    def _place(self, who: str, number: str) -> str:
        order = self.goods.orders[number]
        if who in {"buyer", "stranger"}:
            return f"/public/v1/orders/{order}"
        return f"/api/v1/shops/{self.goods.shop}/orders/{order}"

    async def order(self, number: str = "P1", who: str = "buyer") -> dict[str, Any]:
        return (await self._client(who).get(self._place(who, number))).json

    async def asks(self, who: str, variant: str, *, number: str = "P1", method: str = "alipay_1") -> Response:
        """Somebody asks for other teas."""
        item = (await self.order(number))["items"][0]["id"]
        wish = {
            "lines": [{"item": item, "new_variant": str(self.goods.variants[variant])}],
            "payment_method": method,
            "client_id": str(uuid4()),
        }
        return await self._client(who).post(f"{self._place(who, number)}/items", wish)

    async def changes(self, kind: str, body: dict[str, Any], *, who: str = "agent") -> Response:
        """Any other change of the first order."""
        return await self._client(who).post(
            f"{self._place(who, 'P1')}/{kind}", {**body, "client_id": str(uuid4())}
        )

    async def pays(self, made: str, *, who: str = "buyer", method: str | None = None) -> Response:
        body = {} if method is None else {"payment_method": method}
        return await self._client(who).post(f"{self._place(who, 'P1')}/instructions/{made}/pay", body)

    async def gives_up(self, made: str, *, who: str = "buyer") -> Response:
        return await self._client(who).post(f"{self._place('buyer', 'P1')}/instructions/{made}/withdraw")

    async def answers(self, made: str, *, confirms: bool) -> Response:
        """The order side that is elsewhere says yes or no."""
        place = f"/api/v1/shops/{self.goods.shop}/instructions/{made}/answer"
        return await self._client("manager").post(place, {"confirms": confirms})

    async def later(self, **span: float) -> None:
        """Time passes: clocks ring, money is asked for, news is heard."""
        self.now += timedelta(**span)
        while await self.ringer.ring_awake(self.now):
            pass
        await self.program.services.service(Outbox).drain()
        while await self.ringer.ring_awake(self.now):
            pass
        await self.program.services.service(PayoutRunner).pay_waiting()
        await self.program.services.service(Outbox).drain()
        while await self.ringer.ring_awake(self.now):
            pass

    async def standing(self, made: str) -> Instructed:
        async with self.database.read(self.goods.tenant) as tx:
            return await queries.instruction(tx, UUID(made))

    async def clocks(self, made: str) -> Sequence[str]:
        async with self.database.read(self.goods.tenant) as tx:
            return [one.name for one in await clocks.running(tx, [UUID(made)])]

    async def moved(self) -> list[int]:
        """What the provider has taken (below zero) and paid, in the order it did."""
        far = timedelta(days=10_000)
        found = await self.provider.statement(str(self.goods.tenant), NOON - far, NOON + far)
        assert len({one.key for one in found}) == len(found), "one key, one payment"
        return [one.amount_minor for one in found]

    async def held(self) -> int:
        """What is put aside; and the proof that all accounts come to nothing."""
        async with self.database.read(self.goods.tenant, snapshot=True) as tx:
            totals = await ledger.totals(tx)
        assert sum(one.balance_minor for one in totals) == 0
        return sum(one.balance_minor for one in totals if one.kind == "held")

    async def on_its_way(self) -> int:
        """What is the buyer's and has not reached him: the provider refuses, and a person is told."""
        async with self.database.read(self.goods.tenant) as tx:
            return sum(one.balance_minor for one in await ledger.balances(tx, self.goods.buyer))

    async def of_shop(self) -> int:
        """What the shop has, less what it owes."""
        async with self.database.read(self.goods.tenant) as tx:
            funds = await ledger.shop_funds(tx, self.goods.shop)
        return sum(one.balance_minor + one.deposit_minor - one.debt_minor for one in funds)
