"""A shop with a manager and two agents, buyers, two officers and server evidence, for tests of blocks."""

from itertools import count
from typing import Any, Self
from uuid import UUID

import msgspec

from tests import make
from tests.client import Response
from tests.compensation.purse import Purse
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

_number = count(1)


class Yard(Purse):
    """The purse of a shop, with its quarrels."""

    @classmethod
    async def open(cls, database: Database, owner: Connection, *, profile: str | None = None) -> Self:
        yard = await super().open(database, owner, profile=profile)
        for who, role in (("colleague", "agent"), ("second", "officer"), ("third", "officer")):
            shops = [yard.shop] if role == "agent" else []
            yard.people[who] = await make.person(database, yard.tenant, role=role, shops=shops)
            yard.tokens[who] = await make.session(database, yard.tenant, yard.people[who])
        await owner.execute("update identity.session set expires_at = now() + interval '30 years'")
        return yard

    async def evidence(self, *parties: str, buyer: str = "buyer", shop: UUID | None = None) -> str:
        """An evidence number of a talk between this buyer and people of the shop."""
        number = f"E{next(_number):06d}"
        names = [{"id": str(self.people[who].id), "name": who, "salt": ""} for who in (buyer, *parties)]
        await self.owner.execute(
            "insert into evidence.seal (tenant, id, number, shop, conversation, buyer, first, last, purpose, "
            "asked_by, asked_role, sealed_at, statement, signature, inners, names) values ($1, $2, $3, $4, "
            "$5, $6, 1, 1, 'after_sale', $7, 'agent', $8, '', '', $9, $10::text::jsonb)",
            self.tenant, new_id(), number, shop or self.shop, new_id(), self.people[buyer].id,
            self.people["agent"].id, self.now, bytes(32), msgspec.json.encode(names).decode(),
        )  # fmt: skip
        return number

    def home(self, who: str) -> str:
        """Where somebody finds blocks."""
        if who in {"buyer", "other_buyer"}:
            return "/public/v1/me/blocks"
        if who in {"agent", "colleague", "manager"}:
            return f"/api/v1/shops/{self.shop}/blocks"
        return "/platform/v1/blocks"

    async def proposes(self, who: str, **more: Any) -> Response:
        """Somebody proposes to block the buyer; by default a colleague, for what was said to the agent."""
        evidence = more.pop("evidence", None)
        wish: dict[str, Any] = {
            "subject": str(self.people["buyer"].id), "ground": "harassment", "facts": "多次辱骂客服",
            "scope": "message" if who not in {"officer", "second"} else "function", "days": 7,
            "evidence": [await self.evidence("agent")] if evidence is None else evidence,
        }  # fmt: skip
        if wish["scope"] == "function":
            wish["stops"] = "limit_messages"
        return await self.client(who).post(self.home(who), wish | more)

    async def proposed(self, who: str = "colleague", **more: Any) -> str:
        answer = await self.proposes(who, **more)
        assert answer.status == 201, answer.body
        return answer.json["block"]["id"]

    async def acts(self, who: str, block: str, deed: str, data: object = None) -> Response:
        """Somebody does something with a block."""
        return await self.client(who).post(f"{self.home(who)}/{block}/{deed}", {} if data is None else data)

    async def acted(self, who: str, block: str, deed: str, data: object = None) -> dict[str, Any]:
        answer = await self.acts(who, block, deed, data)
        assert answer.status == 200, answer.body
        return answer.json

    async def in_force(self, **more: Any) -> str:
        """A block of the shop that was heard and approved by the manager."""
        block = await self.proposed(**more)
        await self.acted("buyer", block, "statement", {"text": "我没有骂人"})
        await self.acted("manager", block, "approve", {"text": "记录清楚，属实"})
        return block

    async def block(self, block: str, who: str = "officer") -> dict[str, Any]:
        answer = await self.client(who).get(f"{self.home(who)}/{block}")
        assert answer.status == 200, answer.body
        return answer.json

    async def binding(self) -> list[tuple[str, str]]:
        """The measures that bind anybody now: kind and state."""
        rows = await self.owner.fetch(
            "select kind, state from measures.measure where tenant = $1 and state <> 'ended' order by kind",
            self.tenant,
        )
        return [(row["kind"], row["state"]) for row in rows]

    async def count(self) -> int:
        return await self.owner.fetchval("select count(*) from blocks.block where tenant = $1", self.tenant)
