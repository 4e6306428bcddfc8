"""Hands for tests of grading: parameters, draws, sheets, and what stands."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.conversations.talk import Talk
from xiaoer.grading.actions import appeals, grade
from xiaoer.grading.model import JUDGED
from xiaoer.inspection.model import STEPS


def sheet(points: int = 1, *, red: bool = False) -> dict[str, Any]:
    """A sheet that gives every step so many points and every part all of its own."""
    return {
        "steps": [{"step": step, "points": points, "versions": [1] if points else []} for step in STEPS],
        "parts": [{"part": part, "points": 100, "versions": []} for part in JUDGED],
        "red_line": red,
        "remark": "骂了买家" if red else "",
    }


@dataclass
class Desk:
    """An inspected talk and everybody around it; `score` is the inspection."""

    talk: Talk
    score: UUID
    samples: list[str] = field(default_factory=list)

    def home(self, rest: str) -> str:
        return f"/api/v1/shops/{self.talk.shop}{rest}"

    async def ask(self, who: str, method: str, rest: str, data: Any = None, **query: Any) -> Any:
        client = self.talk.client(who)
        path = rest if rest.startswith("/platform/") else self.home(rest)
        return await (client.get(path, **query) if method == "GET" else client.post(path, data))

    async def done(self, who: str, method: str, rest: str, data: Any = None, **query: Any) -> Any:
        answer = await self.ask(who, method, rest, data, **query)
        assert answer.status < 300, answer.body
        return answer.json if answer.body else None

    async def refused(self, who: str, method: str, rest: str, data: Any = None) -> tuple[int, str]:
        answer = await self.ask(who, method, rest, data)
        assert answer.status >= 400, answer.body
        return answer.status, answer.code

    async def set(self, name: str, value: int) -> None:
        path = f"/platform/v1/rulebook/grading.{name}"
        answer = await self.talk.client("boss").put(path, {"value": value, "reason": "x"})
        assert answer.status == 200, answer.body

    def days(self) -> dict[str, str]:
        since: datetime = self.talk.now - timedelta(days=1)
        return {"from": since.isoformat(), "to": self.talk.now.isoformat()}

    async def draw(self, *, twice: bool = False) -> str:
        """Draw the talk, to be graded once or twice; the path of its sample."""
        await self.set("twice_percent", 100 if twice else 0)
        await self.done("manager", "POST", "/grading-draws", self.days())
        (line,) = (await self.done("officer", "GET", "/grading-samples"))["data"]
        return f"/grading-samples/{line['id']}"

    async def grades(self, who: str, sample: str, points: int = 1, *, red: bool = False) -> None:
        await self.done(who, "POST", f"{sample}/open")
        await self.done(who, "POST", f"{sample}/grade", sheet(points, red=red))

    async def stands(self, who: str = "agent") -> Any:
        return await self.done(who, "GET", f"/inspections/{self.score}/standing")

    async def appeal(self) -> str:
        made = await self.done("agent", "POST", f"/inspections/{self.score}/appeal", {"text": "系统误判。"})
        return f"/score-appeals/{made['id']}"

    async def rings(self, path: str) -> None:
        """The clock of a sample or an appeal rings."""
        talk, owner = self.talk, UUID(path.rsplit("/", 1)[1])
        async with talk.database.transaction(talk.tenant) as tx:
            clock = await tx.fetchval("select name from clocks.clock where owner = $1", owner)
            assert clock is not None
            what = appeals.fell_due if "appeals" in path else grade.fell_due
            assert await what(tx, owner, clock, talk.now) is not None
            assert await what(tx, owner, clock, talk.now) is None

    async def count(self, table: str) -> int:
        async with self.talk.database.read(self.talk.tenant) as tx:
            return int(await tx.fetchval(f"select count(*) from {table}"))
