"""A shop, a buyer, orders and the whole program at one movable moment, for tests of cases."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Self
from uuid import UUID

import msgspec

from tests import make
from tests.client import Client, Response
from xiaoer import main
from xiaoer.clocks import queries as clocks
from xiaoer.clocks.jobs import Ringer
from xiaoer.clocks.store import Running
from xiaoer.identity.model import Person
from xiaoer.ledger import queries as ledger
from xiaoer.ledger.actions import posting
from xiaoer.ledger.actions.paying import Payer
from xiaoer.ledger.jobs import PayoutRunner
from xiaoer.ledger.model import Credit
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.outbox import Outbox
from xiaoer.plumbing.payments_development import DevelopmentPayments
from xiaoer.rulebook import actions as rulebook

NOON = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
"""Midday in Shanghai."""

_number = count(1)
ITEM = {"quantity": 1, "unit_price_minor": 10_000, "paid_minor": 10_000, "flags": [], "confirmed": False}


class Counter:
    """Everything at hand; `now` may be moved, and `later` lets silence act and money move."""

    def __init__(self, database: Database, owner: Connection, tenant: UUID, shop: UUID) -> None:
        self.database = database
        self.owner = owner
        self.tenant = tenant
        self.shop = shop
        self.now = NOON
        self.people: dict[str, Person] = {}
        self.tokens: dict[str, str] = {}
        self.program = make.program(database, now=lambda: self.now)
        self.ringer = Ringer(database, main.TIMERS)
        self.items: dict[UUID, list[UUID]] = {}

    @classmethod
    async def open(cls, database: Database, owner: Connection, *, profile: str | None = None) -> Self:
        tenant = (await make.marketplace(database)).tenant
        if profile is not None:  # chosen before there is a shop, nobody has to be told first
            async with database.transaction(tenant) as tx:
                await rulebook.set_value(
                    tx, shop=None, name="rulebook.profile", value=profile, reason="test", author=tenant,
                    now=NOON - timedelta(days=1),
                )  # fmt: skip
        counter = cls(database, owner, tenant, (await make.shop(database, tenant)).id)
        for who in ("buyer", "other_buyer", "agent", "manager", "officer", "administrator"):
            role = "buyer" if who == "other_buyer" else who
            shops = [counter.shop] if who in {"agent", "manager"} else []
            person = await make.person(database, tenant, role=role, shops=shops)
            counter.people[who] = person
            counter.tokens[who] = await make.session(database, tenant, person)
        await owner.execute("update identity.session set expires_at = now() + interval '30 years'")
        async with database.transaction(tenant) as tx:
            wish = Credit(
                id=new_id(),
                shop=counter.shop,
                account="balance",
                amount_minor=10_000_000,
                currency="CNY",
                reason="top_up",
                subject_kind="shop",
                subject=counter.shop,
            )
            await posting.credit_shop(tx, wish, NOON)
        return counter

    # ── arranging ────────────────────────────────────────────────────────

    async def order(
        self,
        state: str = "paid",
        items: Sequence[Mapping[str, Any]] = (ITEM,),
        *,
        freight_minor: int = 0,
        signed: timedelta | None = None,
        details: Mapping[str, Any] | None = None,
        who: str = "buyer",
    ) -> UUID:
        """An order; `signed` is how long ago it was signed for."""
        purchase, number = new_id(), next(_number)
        paid = sum(item["paid_minor"] for item in items) + freight_minor
        signed_at = None if signed is None else self.now - signed
        await self.owner.execute(
            "insert into orders.purchase (tenant, shop, id, external_id, buyer, state, source_state, "
            "currency, total_minor, paid_minor, freight_minor, discount_minor, on_time_insurance, "
            "freight_insurance, free_shipping, placed_at, signed_at, details, listed_at, created_at, "
            "updated_at) "
            "values ($1, $2, $3, $4, $5, $6, $6, 'CNY', $7, $7, $8, 0, false, false, true, $9, $10, "
            "$11::text::jsonb, $9, $9, $9)",
            self.tenant, self.shop, purchase, f"A{number}", self.people[who].id, state, paid, freight_minor,
            self.now, signed_at, msgspec.json.encode(details or {}).decode(),
        )  # fmt: skip
        self.items[purchase] = []
        for line, item in enumerate(items, 1):
            whole = ITEM | dict(item)
            fresh = new_id()
            self.items[purchase].append(fresh)
            await self.owner.execute(
                "insert into orders.item (tenant, shop, purchase, id, line, title, quantity, "
                "unit_price_minor, paid_minor, flags, confirmed_no_return) "
                "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                self.tenant, self.shop, purchase, fresh, line, f"茶 {line}", whole["quantity"],
                whole["unit_price_minor"], whole["paid_minor"], whole["flags"], whole["confirmed"],
            )  # fmt: skip
        await self.owner.execute(
            "insert into orders.payment (tenant, shop, purchase, id, external_id, place, kind, method, "
            "amount_minor, currency, at) values ($1, $2, $3, $4, 'p', 1, 'payment', 'alipay', $5, 'CNY', $6)",
            self.tenant, self.shop, purchase, new_id(), paid, self.now,
        )  # fmt: skip
        return purchase

    async def variant(self, price_minor: int) -> UUID:
        """Something of the shop an item may be exchanged for."""
        product, fresh, number = new_id(), new_id(), next(_number)
        await self.owner.execute(
            "insert into orders.product (tenant, shop, id, external_id, title, currency, available, "
            "created_at, updated_at) values ($1, $2, $3, $4, '茶', 'CNY', true, $5, $5)",
            self.tenant, self.shop, product, f"p{number}", self.now,
        )  # fmt: skip
        await self.owner.execute(
            "insert into orders.variant (tenant, shop, id, product, external_id, place, price_minor, "
            "currency, available, options) values ($1, $2, $3, $4, $5, 1, $6, 'CNY', true, "
            "jsonb_build_object('规格', '大罐'))",
            self.tenant, self.shop, fresh, product, f"v{number}", price_minor,
        )  # fmt: skip
        return fresh

    async def rule(self, name: str, value: object) -> None:
        """The marketplace sets a parameter."""
        async with self.database.transaction(self.tenant) as tx:
            await rulebook.set_value(
                tx, shop=None, name=name, value=value, reason="test", author=self.people["administrator"].id,
                now=self.now,
            )  # fmt: skip

    # ── doing ────────────────────────────────────────────────────────────

    def client(self, who: str) -> Client:
        return Client(self.program.app, token=self.tokens[who])

    async def asks(self, purchase: UUID, kind: str, *, who: str = "buyer", **more: Any) -> Response:
        """The buyer asks; `agent` asks for him."""
        path = f"/public/v1/orders/{purchase}/cases"
        if who in {"agent", "manager"}:
            path = f"/api/v1/shops/{self.shop}/orders/{purchase}/cases"
        return await self.client(who).post(path, {"kind": kind, **more})

    async def opened(self, purchase: UUID, kind: str, **more: Any) -> dict[str, Any]:
        """A case that must be opened."""
        answer = await self.asks(purchase, kind, **more)
        assert answer.status == 201, answer.body
        return answer.json

    async def does(self, who: str, case: str, deed: str, data: object = None) -> Response:
        """Somebody does something with a case."""
        return await self.client(who).post(f"{self.place(who)}/{case}/{deed}", {} if data is None else data)

    async def did(self, who: str, case: str, deed: str, data: object = None) -> dict[str, Any]:
        """The same, which must be possible."""
        answer = await self.does(who, case, deed, data)
        assert answer.status == 200, answer.body
        return answer.json

    def place(self, who: str) -> str:
        """Where somebody finds cases."""
        if who in {"buyer", "other_buyer"}:
            return "/public/v1/cases"
        if who in {"agent", "manager"}:
            return f"/api/v1/shops/{self.shop}/cases"
        return "/platform/v1/cases"

    async def case(self, case: str, who: str = "agent") -> dict[str, Any]:
        answer = await self.client(who).get(f"{self.place(who)}/{case}")
        assert answer.status == 200, answer.body
        return answer.json

    async def later(self, **span: float) -> None:
        """Time passes: clocks ring, money is asked for, news is heard."""
        self.now += timedelta(**span)
        while await self.ringer.ring_awake(self.now):
            pass
        await self.settle()

    async def settle(self) -> None:
        """Everything that follows at once is done."""
        await self.program.services.service(Outbox).drain()
        while await self.ringer.ring_awake(self.now):
            pass
        await self.program.services.service(PayoutRunner).pay_waiting()
        await self.program.services.service(Outbox).drain()

    # ── looking ──────────────────────────────────────────────────────────

    @property
    def provider(self) -> DevelopmentPayments:
        provider = self.program.services.service(Payer).provider
        assert isinstance(provider, DevelopmentPayments)
        return provider

    async def clocks(self, case: str) -> Sequence[Running]:
        async with self.database.read(self.tenant) as tx:
            return await clocks.running(tx, [UUID(case)])

    async def paid_out(self) -> list[tuple[str, int]]:
        """What the provider says it has paid."""
        far = timedelta(days=10_000)
        lines = await self.provider.statement(str(self.tenant), NOON - far, NOON + far)
        return [(one.key, one.amount_minor) for one in lines]

    async def sums(self, purchase: UUID) -> tuple[int, int, int]:
        """Of an order: paid, held, refunded."""
        found = await self.owner.fetchrow(
            "select paid_minor, held_minor, refunded_minor from after_sale.purchase_sum where purchase = $1",
            purchase,
        )
        return (0, 0, 0) if found is None else tuple(found)

    async def prove(self) -> None:
        """What holds at any moment, whatever happened."""
        open_cases = await self.owner.fetch(
            "select c.id, (select count(*) from clocks.clock k where k.tenant = c.tenant and k.owner = c.id "
            "and k.name = c.clock and k.due_at = c.due_at) as right_ones, "
            "(select count(*) from clocks.clock k where k.tenant = c.tenant and k.owner = c.id) as all_ones, "
            "c.closed_at is null as open from after_sale.case c where c.tenant = $1",
            self.tenant,
        )
        for _case, right, every, is_open in open_cases:
            assert (right, every) == ((1, 1) if is_open else (0, 0))
        wrong = await self.owner.fetch(
            "select s.purchase from after_sale.purchase_sum s where s.tenant = $1 and (s.held_minor <> "
            "(select coalesce(sum(c.held_minor), 0) from after_sale.case c where c.tenant = s.tenant and "
            "c.purchase = s.purchase) or s.held_minor + s.refunded_minor > s.paid_minor)",
            self.tenant,
        )
        assert wrong == []
        keys = [key for key, _ in await self.paid_out()]
        assert len(keys) == len(set(keys))
        async with self.database.read(self.tenant, snapshot=True) as tx:
            sums: dict[str, int] = {}
            for one in await ledger.totals(tx):
                sums[one.currency] = sums.get(one.currency, 0) + one.balance_minor
            assert not any(sums.values())
