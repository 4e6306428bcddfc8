"""Hands for tests of grading: parameters, draws, sheets, and what stands."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests import make
from tests.conversations.talk import Talk, begin
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.grading.actions import appeals, grade
from xiaoer.grading.model import JUDGED
from xiaoer.inspection.model import STEPS
from xiaoer.plumbing.db import Database

BADLY = (
    ("buyer", "你好，我买的耳机坏了"),
    ("agent", "哦"),
    ("buyer", "我等了三天了，我的电话是13812345678"),
    ("agent", "不清楚"),
    ("buyer", "知道了"),
    ("agent", "嗯"),
)


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


@asynccontextmanager
async def at_desk(database: Database) -> AsyncIterator[Desk]:
    """An inspected talk of `agent`, and as graders the manager and three officers."""
    made: Talk = await begin(database)
    for name, role in (("second", "officer"), ("third", "officer"), ("boss", "administrator")):
        made.people[name] = await make.person(database, made.tenant, role=role, name=name)
        made.tokens[name] = await make.session(database, made.tenant, made.people[name])
    await made.said(*BADLY[0])
    await made.assign("agent")
    for who, text in BADLY[1:]:
        made.now += timedelta(seconds=20)
        await made.said(who, text)
    path = f"/api/v1/shops/{made.shop}/conversations/{made.conversation}/close"
    assert (await made.client("agent").post(path)).status == 200
    await made.react()
    made.now += timedelta(hours=1)
    async with database.read(made.tenant) as tx:
        score = await tx.fetchval("select id from inspection.score")
    yield Desk(made, score)
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()
