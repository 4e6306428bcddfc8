"""Hands for tests of the guard's appeals and proofs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests import make
from tests.client import Response
from tests.conversations.talk import Talk
from xiaoer import main
from xiaoer.clocks.jobs import Ringer

OURS = "量子面料"
"""A term the shop itself forbids."""

SHOPS = f"这款是{OURS}的，摸起来很软。"
LISTED = "这款是全网最低价。"
"""Words the marketplace's own list holds back."""


PAPER = b"%PDF-1.4 a paper"


@dataclass
class Desk:
    """A talk and everybody around it."""

    talk: Talk

    async def ask(self, who: str, method: str, rest: str, data: Any = None, **query: Any) -> Any:
        client = self.talk.client(who)
        path = rest if rest.startswith("/platform/") else f"/api/v1/shops/{self.talk.shop}/guard{rest}"
        return await (client.get(path, **query) if method == "GET" else client.post(path, data))

    async def done(self, who: str, method: str, rest: str, data: Any = None, **query: Any) -> Any:
        answer = await self.ask(who, method, rest, data, **query)
        assert answer.status < 300, answer.body
        return answer.json if answer.body else None

    async def refused(
        self, who: str, method: str, rest: str, data: Any = None
    ) -> tuple[int, str, str | None]:
        answer = await self.ask(who, method, rest, data)
        assert answer.status >= 400, answer.body
        return answer.status, answer.code, answer.json["error"]["row"]

    async def count(self, table: str) -> int:
        async with self.talk.database.read(self.talk.tenant) as tx:
            return int(await tx.fetchval(f"select count(*) from {table}"))

    async def ring(self) -> None:
        """Every clock that is due rings."""
        await Ringer(self.talk.database, main.TIMERS).ring_awake(self.talk.now)

    async def finding(self, text: str) -> dict[str, Any]:
        """What holds a text back first."""
        wish = {"text": text, "conversation_id": str(self.talk.conversation)}
        review = await self.done("agent", "POST", "/review", wish)
        return next(one for one in review["findings"] if one["verdict"] in {"rewrite", "block"})

    async def upload(
        self, who: str = "agent", name: str = "检验报告.pdf", content: bytes = PAPER
    ) -> Response:
        """A paper for the talk, as the door answers."""
        return await self.talk.client(who).request(
            "POST",
            "/public/v1/files",
            body=content,
            query={"conversation_id": str(self.talk.conversation), "name": name},
            headers={"content-type": "application/octet-stream"},
        )

    async def file(self, who: str = "agent", name: str = "检验报告.pdf") -> str:
        """A paper uploaded for the talk."""
        answer = await self.upload(who, name)
        assert answer.status == 201, answer.body
        return str(answer.json["id"])

    async def objection(self, text: str, who: str = "agent", **more: Any) -> dict[str, Any]:
        found = await self.finding(text)
        wish = {
            "text": text,
            "conversation_id": str(self.talk.conversation),
            "kind": found["kind"],
            "start": found["start"],
            "reason": "这是面料的名字。",
            **more,
        }
        return await self.done(who, "POST", "/objections", wish)

    async def proof(self, text: str, sort: str, **more: Any) -> dict[str, Any]:
        """A wish to send words with a proof."""
        found = await self.finding(text)
        return {
            "text": text,
            "conversation_id": str(self.talk.conversation),
            "kind": found["kind"],
            "start": found["start"],
            "sort": sort,
            "reference": "NO.2026-118",
            "reason": "检验报告在档。",
            "ends": (self.talk.now + timedelta(days=30)).isoformat(),
            **more,
        }


async def at_desk(talk: Talk) -> Desk:
    """The agent serves the buyer; an administrator is there too; the shop has its own list."""
    for name in ("boss", "second boss"):
        talk.people[name] = await make.person(talk.database, talk.tenant, role="administrator", name=name)
        talk.tokens[name] = await make.session(talk.database, talk.tenant, talk.people[name])
    await talk.said("buyer", "这款怎么样")
    await talk.assign("agent")
    path = f"/api/v1/shops/{talk.shop}/rulebook/guard.absolute_add"
    answer = await talk.client("manager").put(path, {"value": [OURS], "reason": "x"})
    assert answer.status == 200, answer.body
    return Desk(talk)
