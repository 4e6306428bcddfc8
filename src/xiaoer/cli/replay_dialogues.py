"""Recorded dialogues, played by real buyers and agents, and what came out compared with what went in."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec

from xiaoer.cli.wire import Caller, ServerSaidNo, Socket, signature
from xiaoer.clocks.model import Line, Talk
from xiaoer.clocks.queries import shipped_calendar
from xiaoer.clocks.rules.figures import response
from xiaoer.clocks.rules.profiles import PROFILES
from xiaoer.conversations.rules.speak import SPEAKERS
from xiaoer.kernel.calendar_text import parse
from xiaoer.plumbing import clock

DELIVERY_SECONDS: Final = 30.0
PAGE: Final = 200


class Login(NamedTuple):
    """An account of the marketplace."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How to play: where, as whom, how fast."""

    server: str
    marketplace: str
    shop: str | None
    agent: Login
    administrator: Login
    speed: float
    """Messages a second over all dialogues; 0 is as fast as it goes."""
    at_once: int


class Exchange(msgspec.Struct, frozen=True):
    """What the buyer said and what he was answered; either may be empty."""

    user: str = ""
    system: str = ""


class Dialogue(msgspec.Struct, frozen=True):
    """One recorded dialogue."""

    id: str
    exchanges: list[Exchange]


class Summary(msgspec.Struct):
    """What came out."""

    dialogues: int = 0
    messages: int = 0
    lost: int = 0
    duplicated: int = 0
    reordered: int = 0
    guard_blocked: int = 0
    guard_findings: dict[str, int] = {}
    acknowledged_ms: dict[str, float] = {}
    delivered_ms: dict[str, float] = {}
    response: dict[str, dict[str, Any]] = {}
    failures: list[str] = []
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether every dialogue went through and nothing was lost, doubled or out of order."""
        return not (self.lost or self.duplicated or self.reordered or self.failures)


@dataclass(slots=True)
class Tally:
    """What the players write down while they play."""

    findings: Counter[str] = field(default_factory=Counter[str])
    acknowledged: list[float] = field(default_factory=list[float])
    delivered: list[float] = field(default_factory=list[float])
    blocked: int = 0
    talks: list[Talk] = field(default_factory=list[Talk])


def read_dialogues(file: Path, limit: int | None) -> Iterator[Dialogue]:
    """Read the dialogues of a file, one JSON object a line; raises ValueError naming a bad line."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if limit is not None and number > limit:
                return
            if not line.strip():
                continue
            try:
                data: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
                yield msgspec.convert({"id": str(number), **data}, Dialogue)
            except msgspec.MsgspecError as error:
                raise ValueError(f"{file}, line {number}: {error}") from error


class Pace:
    """Lets through so many messages a second, over all dialogues."""

    def __init__(self, speed: float) -> None:
        self._pause = 1 / speed if speed > 0 else 0.0
        self._next = time.monotonic()

    async def wait(self) -> None:
        """Wait for the next free moment."""
        if not self._pause:
            return
        self._next = max(self._next + self._pause, time.monotonic())
        await asyncio.sleep(self._next - time.monotonic())


class Stage(NamedTuple):
    """What all players share."""

    plan: Plan
    key: str
    run: str
    agent: Caller
    desk: Socket
    shop: str
    pace: Pace
    tally: Tally


async def play(plan: Plan, dialogues: Sequence[Dialogue], done: Callable[[], None]) -> Summary:
    """Play all dialogues, `plan.at_once` side by side; raises ServerSaidNo when signing in fails."""
    started = time.monotonic()
    summary = Summary(dialogues=len(dialogues))
    tally = Tally()
    async with Caller(plan.server) as administrator, Caller(plan.server) as agent:
        await administrator.sign_in(plan.administrator.name, plan.administrator.password, plan.marketplace)
        key = (await administrator.ask("GET", "/platform/v1/marketplace/widget-key"))["key"]
        me = await agent.sign_in(plan.agent.name, plan.agent.password, plan.marketplace)
        shop = _shop(me["shops"], plan.shop)
        async with agent.socket() as desk:
            stage = Stage(plan, key, secrets.token_hex(4), agent, desk, shop, Pace(plan.speed), tally)
            slots = asyncio.Semaphore(plan.at_once)
            await asyncio.gather(*(_play_one(stage, each, summary, slots, done) for each in dialogues))
    _conclude(summary, tally, time.monotonic() - started)
    return summary


def _shop(shops: Sequence[dict[str, Any]], wanted: str | None) -> str:
    for shop in shops:
        if wanted is None or wanted in {shop["id"], shop["name"]}:
            return shop["id"]
    raise ServerSaidNo(404, {"code": "replay.no_shop", "message": f"the agent serves no shop {wanted or ''}"})


async def _play_one(
    stage: Stage, dialogue: Dialogue, summary: Summary, slots: asyncio.Semaphore, done: Callable[[], None]
) -> None:
    async with slots:
        try:
            players = await _Players.meet(stage, dialogue)
            async with players.buyer, players.buyer_socket:
                await players.talk()
                await players.compare(summary)
        except (ServerSaidNo, OSError, TimeoutError) as error:
            summary.failures.append(f"dialogue {dialogue.id}: {type(error).__name__}: {error}")
        finally:
            done()


class _Players:
    """One buyer and one agent at work on one dialogue."""

    def __init__(self, stage: Stage, dialogue: Dialogue, buyer: Caller, conversation: str) -> None:
        self.stage = stage
        self.dialogue = dialogue
        self.buyer = buyer
        self.buyer_socket = buyer.socket()
        self.conversation = conversation
        self.sent: list[tuple[str, int]] = []
        self.taken = False

    @classmethod
    async def meet(cls, stage: Stage, dialogue: Dialogue) -> "_Players":
        name = f"replay-{stage.run}-{dialogue.id}"
        async with Caller(stage.plan.server) as door:
            known = await door.ask(
                "POST",
                "/public/v1/identify",
                {
                    "marketplace": stage.plan.marketplace,
                    "buyer_id": name,
                    "identifier_hash": signature(stage.key, name),
                    "display_name": f"买家 {dialogue.id}",
                },
            )
        buyer = Caller(stage.plan.server, known["token"])
        conversation = await buyer.ask("POST", f"/public/v1/shops/{stage.shop}/conversation")
        return cls(stage, dialogue, buyer, conversation["id"])

    async def talk(self) -> None:
        topic = f"conversation:{self.conversation}"
        heard_by_buyer = await self.buyer_socket.follow(topic)
        heard_by_agent: asyncio.Queue[dict[str, Any]] | None = None
        for exchange in self.dialogue.exchanges:
            if exchange.user.strip():
                version = await self._say(self.buyer_socket, exchange.user)
                if heard_by_agent is None:
                    await self._take()
                    heard_by_agent = await self.stage.desk.follow(topic, since=version or 0)
                elif version is not None:
                    await self._hear(heard_by_agent, version)
            if exchange.system.strip() and heard_by_agent is not None:
                version = await self._say(self.stage.desk, exchange.system)
                if version is not None:
                    await self._hear(heard_by_buyer, version)
        await self.stage.desk.unfollow(topic)
        if self.taken:
            await self.stage.agent.ask("POST", f"{self._path}/close")

    @property
    def _path(self) -> str:
        return f"/api/v1/shops/{self.stage.shop}/conversations/{self.conversation}"

    async def _take(self) -> None:
        try:
            await self.stage.agent.ask("POST", f"{self._path}/take")
        except ServerSaidNo as error:
            code = error.error.get("code")
            if code == "conversations.with_colleague":  # somebody else is at work here: step in
                await self.stage.agent.ask("POST", f"{self._path}/step-in")
            elif code != "conversations.already_yours":
                raise
        self.taken = True

    async def _say(self, socket: Socket, text: str) -> int | None:
        await self.stage.pace.wait()
        client_id = secrets.token_hex(12)
        wish = {"conversation_id": self.conversation, "client_id": client_id, "kind": "text", "text": text}
        started = time.perf_counter()
        try:
            entry = await socket.send(wish)
        except ServerSaidNo as error:
            findings = error.error.get("facts", {}).get("findings")
            if findings is None:
                raise
            self.stage.tally.blocked += 1
            self.stage.tally.findings.update(finding["kind"] for finding in findings)
            return None
        self.stage.tally.acknowledged.append(time.perf_counter() - started)
        self.sent.append((client_id, entry["version"]))
        guard: dict[str, Any] = entry.get("guard") or {}
        self.stage.tally.findings.update(finding["kind"] for finding in guard.get("findings", ()))
        return entry["version"]

    async def _hear(self, heard: asyncio.Queue[dict[str, Any]], version: int) -> None:
        started = time.perf_counter()
        while True:
            event = await asyncio.wait_for(heard.get(), DELIVERY_SECONDS)
            if event["version"] == version:
                self.stage.tally.delivered.append(time.perf_counter() - started)
                return

    async def compare(self, summary: Summary) -> None:
        """Read the conversation back and hold it against every acknowledgement."""
        kept: list[dict[str, Any]] = []
        while True:
            after = kept[-1]["version"] if kept else 0
            page = await self.buyer.ask(
                "GET", f"/public/v1/conversations/{self.conversation}/entries", after=after, limit=PAGE
            )
            kept += page["data"]
            if not page["has_more"]:
                break
        self.stage.tally.talks.append(_talk(self.conversation, kept))
        versions = {entry["client_id"]: entry["version"] for entry in kept if entry.get("client_id")}
        counted = Counter(entry["client_id"] for entry in kept if entry.get("client_id"))
        summary.messages += len(self.sent)
        summary.lost += sum(1 for client_id, version in self.sent if versions.get(client_id) != version)
        summary.duplicated += sum(
            counted[client_id] - 1 for client_id, _ in self.sent if client_id in counted
        )
        order = [version for _, version in self.sent]
        numbers = [entry["version"] for entry in kept]
        summary.reordered += sum(1 for a, b in pairwise(order) if b <= a)
        summary.reordered += numbers != list(range(1, len(numbers) + 1))


def _talk(conversation: str, entries: Sequence[dict[str, Any]]) -> Talk:
    """The conversation as the response figures count it."""
    lines = [
        Line(
            datetime.fromisoformat(entry["at"]), SPEAKERS.get(entry["role"], "system"), entry["consultation"]
        )
        for entry in entries
        if entry["kind"] not in {"system", "recall"}
    ]
    return Talk(buyer=UUID(conversation), lines=tuple(lines))


def _responses(talks: Sequence[Talk]) -> dict[str, dict[str, Any]]:
    """How fast was answered, by every shipped profile; small numbers are counted but not assessed."""
    calendar = parse(shipped_calendar())
    found: dict[str, dict[str, Any]] = {}
    for name, profile in PROFILES.items():
        counted = response(talks, profile, calendar, clock.now())
        found[name] = {
            "counts": counted.counts,
            "in_time": counted.in_time.numerator,
            "of": counted.in_time.denominator,
            "left_out": counted.left_out,
            "assessed": counted.assessed,
            "average_seconds": counted.average_seconds,
        }
    return found


def _conclude(summary: Summary, tally: Tally, seconds: float) -> None:
    summary.seconds = seconds
    summary.guard_blocked = tally.blocked
    summary.guard_findings = dict(tally.findings.most_common())
    summary.acknowledged_ms = _spread(tally.acknowledged)
    summary.delivered_ms = _spread(tally.delivered)
    summary.response = _responses(tally.talks)


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    if not ordered:
        return {}
    return {
        name: round(ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000, 2)
        for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))
    }
