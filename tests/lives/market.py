"""A marketplace with everybody in it, at a moment that its neighbour shares: for lives of the whole chain."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Self
from uuid import UUID

from tests import make
from tests.after_sale.counter import Counter
from tests.client import Client, Response
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.penalties.jobs import YearCloser
from xiaoer.penalties.rules.exam import questions
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

MORE_PEOPLE: Final = {"colleague": "agent", "second": "officer", "third": "officer", "fourth": "officer"}
BUYERS: Final = ("buyer", "other_buyer")
OF_SHOP: Final = ("agent", "colleague", "manager")
OFFICERS: Final = ("officer", "second", "third", "fourth")
MATTERS: Final = {
    "cases": ("after_sale.case", "opened_at"),
    "complaints": ("complaints.complaint", "lodged_at"),
    "disputes": ("disputes.dispute", "opened_at"),
    "appeals": ("appeals.appeal", "lodged_at"),
    "penalties": ("penalties.penalty", "at"),
    "blocks": ("blocks.block", "proposed_at"),
    "compensation": ('compensation."grant"', "made_at"),
}
"""What can be done something with: its table, and what it is ordered by."""
HISTORIES: Final = (
    "after_sale.happening", "complaints.happening", "disputes.happening", "appeals.happening",
    "blocks.happening", "compensation.happening", "measures.happening", "penalties.entry",
    "penalties.penalty", "penalties.exam_try", "ledger.posting", "ledger.line", "rulebook.decision",
    "evidence.seal", "evidence.opening", "conversations.entry", "disputes.ruling", "plumbing.outbox",
)  # fmt: skip
WRITTEN: Final = "select " + ", ".join(f"(select count(*) from {one} where tenant = $1)" for one in HISTORIES)
NOT_DONE: Final = {400, 403, 404, 409, 422}
RIGHT: Final = {name: one.right for name, one in questions().items()}
ID: Final = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Listener(Client):
    """A client that remembers every id it was ever told."""

    heard: set[bytes]

    async def request(self, method: str, path: str, **more: Any) -> Response:
        answer = await super().request(method, path, **more)
        asked = set(ID.findall(path.encode()))
        self.heard.update(one for one in ID.findall(answer.body) if one not in asked)
        return answer


class Market(Counter):
    """Everybody and everything of the chain; a life of it goes through the doors alone."""

    conversation: str = ""

    @classmethod
    async def open(cls, database: Database, owner: Connection, *, profile: str | None = None) -> Self:
        market = await super().open(database, owner, profile=profile)
        market.heard = set()
        for who, role in MORE_PEOPLE.items():
            shops = [market.shop] if role == "agent" else []
            market.people[who] = await make.person(database, market.tenant, role=role, shops=shops)
            market.tokens[who] = await make.session(database, market.tenant, market.people[who])
        await owner.execute("update identity.session set expires_at = now() + interval '60 years'")
        market.years = YearCloser(database, lambda: market.now)
        await market.say("buyer", "你好，杯子有裂纹")
        return market

    heard: set[bytes]
    years: YearCloser

    def client(self, who: str) -> Client:
        made = Listener(self.program.app, token=self.tokens[who])
        made.heard = self.heard
        return made

    async def close(self) -> None:
        """Put away what speaks."""
        await self.program.services.service(Marker).close()
        await self.program.services.service(Committer).close()

    # ── finding ──────────────────────────────────────────────────────────

    def where(self, who: str, family: str) -> str:
        """Where somebody finds matters of a kind."""
        if who in BUYERS:
            return "/public/v1/cases" if family == "cases" else f"/public/v1/me/{family}"
        if who in OF_SHOP:
            return f"/api/v1/shops/{self.shop}/{family}"
        return f"/platform/v1/{family}"

    async def matters(self, family: str) -> list[UUID]:
        """Every matter of a kind, oldest first."""
        table, at = MATTERS[family]
        rows = await self.owner.fetch(
            f"select id from {table} where tenant = $1 order by {at}, id", self.tenant
        )
        return [row[0] for row in rows]

    async def at(self, family: str, place: int) -> UUID | None:
        """One of them, counted from the newest."""
        found = await self.matters(family)
        return found[-1 - place % len(found)] if found else None

    async def holder(self, family: str, matter: UUID) -> str:
        """Who of the people has a matter, by his name here."""
        column = {"disputes": "coalesce(case when state = 'second_reading' then second_reader end, officer)",
                  "appeals": "judge"}.get(family)  # fmt: skip
        if column is None:
            return "officer"
        found = await self.owner.fetchval(f"select {column} from {MATTERS[family][0]} where id = $1", matter)
        return next((who for who, one in self.people.items() if one.id == found), "officer")

    async def written(self) -> tuple[int, ...]:
        """How many lines every history of the chain has; each thing that happens writes at least one."""
        [row] = await self.owner.fetch(WRITTEN, self.tenant)
        return tuple(row)

    # ── doing ────────────────────────────────────────────────────────────

    async def asked(self, who: str, path: str, data: Mapping[str, Any] | None = None) -> Response:
        """Somebody wants something done: either it is, or nothing is written."""
        before = await self.written()
        answer = await self.client(who).post(path, data if data is not None else {})
        if answer.status >= 300:
            assert answer.status in NOT_DONE, (path, answer.status, answer.body)
            assert await self.written() == before, f"a refusal wrote: {path} {answer.body!r}"
        return answer

    async def deals(self, who: str, family: str, matter: UUID | str, deed: str, data: Any = None) -> Response:
        """Somebody does something with a matter."""
        doer = await self.holder(family, UUID(str(matter))) if who == "holder" else who
        return await self.asked(doer, f"{self.where(doer, family)}/{matter}/{deed}", data)

    async def say(self, who: str, text: str) -> Response:
        """Somebody speaks between the buyer and the shop; the guard may keep it back."""
        if not self.conversation:
            made = await self.client("buyer").post(f"/public/v1/shops/{self.shop}/conversation")
            assert made.status in {200, 201}, made.body
            self.conversation = made.json["id"]
        place = "/public/v1" if who in BUYERS else f"/api/v1/shops/{self.shop}"
        wish = {"kind": "text", "text": text, "client_id": str(new_id())}
        said = await self.client(who).post(f"{place}/conversations/{self.conversation}/entries", wish)
        assert said.status == 201 or said.status in NOT_DONE, said.body
        return said

    async def seal(self, who: str, purpose: str = "complaint") -> list[str]:
        """Everything said so far under an evidence number, if he may."""
        place = "/public/v1" if who in BUYERS else f"/api/v1/shops/{self.shop}"
        last = await self.owner.fetchval(
            "select max(version) from conversations.entry where conversation = $1", UUID(self.conversation)
        )
        if last is None:
            return []  # the guard let nothing through yet
        wish = {"first": max(1, last - 60), "last": last, "purpose": purpose, "reason": "骂人"}
        made = await self.asked(who, f"{place}/conversations/{self.conversation}/evidence", wish)
        return [made.json["number"]] if made.status == 201 else []

    async def sit(self) -> Response:
        """The manager sits the exam and knows everything."""
        return await self.asked("manager", f"/api/v1/shops/{self.shop}/exam", {"answers": RIGHT})

    # ── time ─────────────────────────────────────────────────────────────

    async def later(self, **span: float) -> None:
        await super().later(**span)
        await self.years.close_due()
        await self.settle()

    async def until_due(self, family: str, matter: UUID) -> None:
        """The clock of a matter rings, if it has one."""
        found = await self.owner.fetchval(
            "select min(due_at) from clocks.clock where tenant = $1 and owner = $2", self.tenant, matter
        )
        if found is not None:
            self.now = max(self.now, found)
            await self.later(seconds=1)

    async def year_end(self) -> None:
        """The last day of the year passes on the marketplace's wall."""
        beyond = self.now.replace(month=12, day=31, hour=17) + timedelta(hours=1)
        self.now = max(self.now, beyond)
        await self.later(seconds=1)
