"""A shop, a buyer, words between them, evidence numbers and complaints, at one movable moment."""

from typing import Any
from uuid import UUID

from tests.after_sale.counter import Counter
from tests.client import Response
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.plumbing.clock import new_id

ENDED = {"refused", "merged", "withdrawn", "apology_accepted", "settled", "upheld", "rejected", "not_proved"}


class Bar(Counter):
    """Everything a complaint needs."""

    conversation: str

    async def talk(self) -> str:
        """The buyer speaks with the shop, and an agent answers."""
        buyer = self.client("buyer")
        made = await buyer.post(f"/public/v1/shops/{self.shop}/conversation")
        assert made.status in {200, 201}, made.body
        self.conversation = made.json["id"]
        for words in ("衣服破了", "给个说法"):
            wish = {"kind": "text", "text": words, "client_id": str(new_id())}
            said = await buyer.post(f"/public/v1/conversations/{self.conversation}/entries", wish)
            assert said.status == 201, said.body
        return self.conversation

    async def number(self, who: str = "buyer", *, purpose: str = "complaint", last: int = 2) -> str:
        """A fresh evidence number over what was said."""
        if not hasattr(self, "conversation"):
            await self.talk()
        place = (
            f"/public/v1/conversations/{self.conversation}/evidence"
            if who == "buyer"
            else f"/api/v1/shops/{self.shop}/conversations/{self.conversation}/evidence"
        )
        wish = {"first": 1, "last": last, "purpose": purpose, "reason": "骂人"}
        made = await self.client(who).post(place, wish)
        assert made.status == 201, made.body
        return made.json["number"]

    def bench(self, who: str) -> str:
        """Where somebody finds complaints."""
        if who in {"buyer", "other_buyer"}:
            return "/public/v1/me/complaints"
        if who in {"agent", "manager"}:
            return f"/api/v1/shops/{self.shop}/complaints"
        return "/platform/v1/complaints"

    async def complains(self, who: str = "buyer", type: str = "abuse", **more: Any) -> Response:
        """Somebody complains."""
        return await self.client(who).post(self.bench(who), {"type": type, "text": "客服骂我", **more})

    async def lodged(self, who: str = "buyer", type: str = "abuse", **more: Any) -> dict[str, Any]:
        """A complaint that must be written down."""
        made = await self.complains(who, type, **more)
        assert made.status == 201, made.body
        return made.json

    async def accepted(self, **more: Any) -> dict[str, Any]:
        """A buyer's complaint of abuse that is taken on at once."""
        made = await self.lodged(evidence=[await self.number()], conversation=self.conversation, **more)
        assert made["state"] == "accepted", made
        return made

    async def step(self, who: str, complaint: str, deed: str, data: object = None) -> Response:
        """Somebody does something with a complaint."""
        return await self.client(who).post(
            f"{self.bench(who)}/{complaint}/{deed}", {} if data is None else data
        )

    async def stepped(self, who: str, complaint: str, deed: str, data: object = None) -> dict[str, Any]:
        """The same, which must be possible."""
        answer = await self.step(who, complaint, deed, data)
        assert answer.status in {200, 201}, answer.body
        return answer.json

    async def look(self, complaint: str, who: str = "officer") -> dict[str, Any]:
        """A complaint as somebody sees it."""
        answer = await self.client(who).get(f"{self.bench(who)}/{complaint}")
        assert answer.status == 200, answer.body
        return answer.json

    async def rows(self, complaint: str) -> list[str]:
        """The rows of every decision about a complaint."""
        answer = await self.client("officer").get(f"/platform/v1/complaints/{complaint}/why")
        return [one["row"] for one in answer.json]

    async def clocked(self) -> None:
        """Every open complaint has its clock and no other, every closed one has none."""
        found = await self.owner.fetch(
            "select c.id, c.closed_at is null as open, (select count(*) from clocks.clock k "
            "where k.tenant = c.tenant and k.owner = c.id and k.name = c.clock and k.due_at = c.due_at) "
            "as right_ones, (select count(*) from clocks.clock k where k.tenant = c.tenant "
            "and k.owner = c.id) as all_ones from complaints.complaint c where c.tenant = $1",
            self.tenant,
        )
        for _id, is_open, right, every in found:
            assert (right, every) == ((1, 1) if is_open else (0, 0))

    async def written(self) -> int:
        """How many lines all complaints have."""
        return await self.owner.fetchval(
            "select count(*) from complaints.happening where tenant = $1", self.tenant
        )

    async def close(self) -> None:
        """Put away what speaks."""
        await self.program.services.service(Marker).close()
        await self.program.services.service(Committer).close()

    async def party(self, complaint: str) -> tuple[UUID, UUID | None]:
        """Complainant and accused as they are kept."""
        row = await self.owner.fetchrow(
            "select complainant, accused from complaints.complaint where id = $1", UUID(complaint)
        )
        assert row is not None
        return row[0], row[1]
