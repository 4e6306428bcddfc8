"""A shop, a buyer and the whole program, for tests of what is given."""

from typing import Any
from uuid import UUID

from tests.after_sale.counter import Counter
from xiaoer.compensation.actions import grants
from xiaoer.compensation.model import Grant, GrantWish
from xiaoer.compensation.queries import grants as queries
from xiaoer.ledger import queries as ledger
from xiaoer.plumbing.clock import new_id

BALANCE = 10_000_000


class Purse(Counter):
    """The counter of a shop, with what it gives."""

    def wish(self, kind: str = "money", amount_minor: int = 1_000, **more: Any) -> GrantWish:
        """Something for the buyer, borne by the shop unless it is said otherwise."""
        wish: dict[str, Any] = {
            "id": new_id(), "key": str(new_id()), "kind": kind, "bearer": "shop", "shop": self.shop,
            "to_kind": "person", "receiver": self.people["buyer"].id, "amount_minor": amount_minor,
            "currency": "CNY", "purpose": "ruling", "subject_kind": "ruling", "subject": new_id(),
        }  # fmt: skip
        if kind == "points":
            wish |= {"bearer": "marketplace", "currency": "PTS"}
        return GrantWish(**{**wish, **more})

    async def gives(self, kind: str = "money", amount_minor: int = 1_000, **more: Any) -> Grant:
        wish = self.wish(kind, amount_minor, **more)
        return await self.database.run(self.tenant, lambda tx: grants.grant(tx, wish, self.now))

    async def undoes(self, grant: UUID) -> Grant:
        return await self.database.run(
            self.tenant, lambda tx: grants.undo(tx, grant, by=None, why="reversed", now=self.now)
        )

    async def grant(self, grant: UUID) -> Grant:
        async with self.database.read(self.tenant) as tx:
            return await queries.grant(tx, grant)

    async def held(self, grant: UUID) -> int:
        """What is put aside for a grant."""
        async with self.database.read(self.tenant) as tx:
            return sum(one.balance_minor for one in await ledger.balances(tx, grant))

    async def funds(self, shop: UUID | None = None) -> tuple[int, int, int]:
        """A shop's balance, deposit and debt."""
        async with self.database.read(self.tenant) as tx:
            for one in await ledger.shop_funds(tx, shop or self.shop):
                return one.balance_minor, one.deposit_minor, one.debt_minor
        return 0, 0, 0

    async def marketplaces(self, currency: str = "CNY") -> int:
        """What the marketplace itself has, below zero when it spent."""
        async with self.database.read(self.tenant) as tx:
            held = await ledger.balances(tx, self.tenant)
        return sum(
            one.balance_minor for one in held if one.kind == "marketplace" and one.currency == currency
        )

    async def points(self) -> int:
        async with self.database.read(self.tenant) as tx:
            return await queries.points(tx, self.people["buyer"].id)
