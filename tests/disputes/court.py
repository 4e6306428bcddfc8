"""A shop, a buyer, officers and disputes between them at one movable moment, for tests of the court."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests import make
from tests.after_sale.counter import Counter
from xiaoer.disputes.model.court import Dispute
from xiaoer.disputes.queries import disputes

QUALITY = {"issue": "visible_quality", "words": "杯子有裂纹", "remedy": "refund"}


class Court(Counter):
    """The counter of after-sale with everything about disputes at hand."""

    async def contested(self, kind: str = "refund_only", **more: Any) -> dict[str, Any]:
        """A case the shop has refused."""
        purchase = await self.order("delivered", signed=timedelta(days=1))
        case = await self.opened(purchase, kind, reason="quality", **more)
        return await self.did(
            "agent", case["id"], "refuse", {"reason": "not_our_fault", "text": "不是我们的问题"}
        )

    async def disputed(self, *issues: dict[str, Any], who: str = "buyer", **more: Any) -> dict[str, Any]:
        """A dispute about such a case, in the period it begins with."""
        case = await self.contested()
        return await self.disputes_case(case["id"], *issues, who=who, **more)

    async def disputes_case(
        self, case: str, *issues: dict[str, Any], who: str = "buyer", **more: Any
    ) -> dict[str, Any]:
        """The buyer takes a case to the marketplace."""
        answer = await self.takes(case, *issues, who=who, **more)
        assert answer.status == 201, answer.body
        return answer.json

    async def takes(self, case: str, *issues: dict[str, Any], who: str = "buyer", **more: Any) -> Any:
        """The same, which may be refused."""
        path = f"{self.place(who)}/{case}/dispute"
        return await self.client(who).post(path, {"issues": list(issues) or [QUALITY], **more})

    async def in_evidence(self, *issues: dict[str, Any], **more: Any) -> dict[str, Any]:
        """A dispute in which both show what they must."""
        dispute = await self.disputed(*issues, **more)
        await self.past(dispute["id"])
        return await self.seen("buyer", dispute["id"])

    async def in_hearing(self, *issues: dict[str, Any], **more: Any) -> dict[str, Any]:
        """A dispute in which silence has decided and an officer hears both."""
        dispute = await self.in_evidence(*issues, **more)
        while (found := await self.seen("buyer", dispute["id"]))["state"] == "evidence":
            await self.past(dispute["id"])
        return found

    async def past(self, dispute: str) -> None:
        """The clock of a dispute rings."""
        found = await self.dispute(dispute)
        assert found.due_at is not None
        self.now = max(self.now, found.due_at)
        await self.later(seconds=1)

    def where(self, who: str) -> str:
        """Where somebody finds disputes."""
        if who in {"buyer", "other_buyer"}:
            return "/public/v1/me/disputes"
        if who in {"agent", "manager"}:
            return f"/api/v1/shops/{self.shop}/disputes"
        return "/platform/v1/disputes"

    async def seen(self, who: str, dispute: str) -> dict[str, Any]:
        """A dispute as somebody sees it."""
        answer = await self.client(who).get(f"{self.where(who)}/{dispute}")
        assert answer.status == 200, answer.body
        return answer.json

    async def acts(self, who: str, dispute: str, deed: str, data: object = None) -> Any:
        """Somebody does something with a dispute."""
        path = f"{self.where(who)}/{dispute}/{deed}"
        return await self.client(who).post(path, {} if data is None else data)

    async def acted(self, who: str, dispute: str, deed: str, data: object = None) -> dict[str, Any]:
        """The same, which must be possible."""
        answer = await self.acts(who, dispute, deed, data)
        assert answer.status == 200, answer.body
        return answer.json

    async def refused(self, who: str, dispute: str, deed: str, data: object = None) -> str:
        """The code of a deed that must be refused, and that wrote nothing."""
        before = await self.written()
        answer = await self.acts(who, dispute, deed, data)
        assert answer.status >= 400, answer.body
        assert await self.written() == before
        return answer.json["error"]["code"]

    async def written(self) -> list[int]:
        """How many rows there are about disputes."""
        tables = ("dispute", "issue", "exhibit", "proposal", "ruling", "effect", "happening", "vote", "judge")
        counted = [await self.owner.fetchval(f"select count(*) from disputes.{one}") for one in tables]
        return [*counted, await self.owner.fetchval("select sum(version) from disputes.dispute")]

    async def dispute(self, dispute: str) -> Dispute:
        async with self.database.read(self.tenant) as tx:
            return await disputes.dispute(tx, UUID(dispute))

    async def drafted(self, dispute: str) -> dict[str, Any]:
        """What a draft proposes to rule."""
        answer = await self.client("officer").get(f"/platform/v1/disputes/{dispute}/draft")
        assert answer.status == 200, answer.body
        return answer.json["wish"]

    async def ruled(self, dispute: str, **changes: Any) -> dict[str, Any]:
        """An officer rules by the draft, changed like this; `issue` changes the first issue."""
        wish = await self.drafted(dispute)
        wish["issues"][0] |= changes.pop("issue", {})
        return await self.acted("officer", dispute, "rule", wish | changes)

    async def another_officer(self, name: str = "officer2") -> UUID:
        """One more who judges."""
        person = await make.person(self.database, self.tenant, role="officer", shops=[])
        self.people[name] = person
        self.tokens[name] = await make.session(self.database, self.tenant, person)
        await self.owner.execute("update identity.session set expires_at = now() + interval '30 years'")
        return person.id

    async def prove_court(self) -> None:
        """What holds at any moment: one running clock for every open dispute and none else; money adds up."""
        await self.prove()
        rows = await self.owner.fetch(
            "select d.closed_at is null as open, (select count(*) from clocks.clock k where "
            "k.tenant = d.tenant and k.owner = d.id and k.name = d.clock and k.due_at = d.due_at) "
            "as right_ones, "
            "(select count(*) from clocks.clock k where k.tenant = d.tenant and k.owner = d.id) "
            "as all_ones, "
            "d.officer in (d.claimant, d.respondent) as own "
            "from disputes.dispute d where d.tenant = $1",
            self.tenant,
        )
        for is_open, right, every, own in rows:
            assert (right, every) == ((1, 1) if is_open else (0, 0))
            assert not own
