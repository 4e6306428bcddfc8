"""Clients as the pages are: an outbox that sends again under the same client id, a timeline that closes gaps.

A `Writer` sends the words of one person in one conversation, one at a time and in order, by frame or by
POST, until each is acknowledged. A `Reader` shows a timeline: events in order, a fetch where one is missing.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Literal
from uuid import UUID

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.faults.installation import until

AGAIN_SECONDS = (0.02, 0.05, 0.1, 0.2)
ANSWER_SECONDS = 10.0
Door = Literal["frame", "post"]
LOST = (OSError, WebSocketException, httpx.TransportError, TimeoutError)
"""How a client finds out that nobody heard it, or that it will not hear the answer."""


class Account:
    """Somebody with a session; where he writes to, and under which addresses his conversation lies."""

    def __init__(self, url: str, token: str, conversation: UUID, shop: UUID | None = None) -> None:
        self.url = url
        self.token = token
        self.conversation = conversation
        base = "/public/v1" if shop is None else f"/api/v1/shops/{shop}"
        self.entries = f"{base}/conversations/{conversation}/entries"

    @property
    def topic(self) -> str:
        return f"conversation:{self.conversation}"

    def http(self) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=ANSWER_SECONDS)

    @asynccontextmanager
    async def socket(self, **more: Any) -> AsyncGenerator[ClientConnection]:
        """A greeted socket; raises what `LOST` lists."""
        address = self.url.replace("http", "ws", 1) + "/socket"
        async with connect(
            address, compression=None, open_timeout=5, close_timeout=1, max_size=None, **more
        ) as socket:
            await say(socket, t="hello", token=self.token)
            ready = msgspec.json.decode(await socket.recv())
            assert ready["t"] == "ready", ready
            yield socket


async def say(socket: ClientConnection, **frame: object) -> None:
    await socket.send(msgspec.json.encode(frame).decode())


async def until_closed(socket: ClientConnection) -> int | None:
    """Hear everything that still comes; the code with which the server closed, None when the line was cut."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


class Writer:
    """One person's words in one conversation, each until it is acknowledged."""

    def __init__(self, account: Account, name: str, door: Door) -> None:
        self.account = account
        self.name = name
        self.door: Door = door
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.tries = 0
        self.refusals: list[tuple[int, str]] = []
        """What was answered instead of an acknowledgement, as status and code."""

    async def write(self, number: int) -> None:
        """So many words, one after the other."""
        begun = len(self.acknowledged)
        await (self._by_frame if self.door == "frame" else self._by_post)(range(begun, begun + number))

    def wish(self, number: int) -> dict[str, Any]:
        return {
            "client_id": f"{self.name}-{number}",
            "conversation_id": str(self.account.conversation),
            "text": f"{self.name} 说第 {number} 句",
        }

    def _take(self, wish: Mapping[str, Any], entry: dict[str, Any]) -> None:
        assert entry.keys() >= {"id", "version"}, entry
        assert entry["text"] == wish["text"]
        assert entry["client_id"] == wish["client_id"]
        before = self.acknowledged.setdefault(wish["client_id"], entry)
        assert (before["id"], before["version"]) == (entry["id"], entry["version"]), "acknowledged twice"

    async def _by_post(self, numbers: range) -> None:
        async with self.account.http() as http:
            for number in numbers:
                wish = self.wish(number)
                while wish["client_id"] not in self.acknowledged:
                    self.tries += 1
                    try:
                        answer = await http.post(self.account.url + self.account.entries, json=wish)
                    except LOST:
                        await self._pause()
                        continue
                    if answer.status_code == 201:
                        self._take(wish, answer.json())
                    else:
                        self._refused(answer.status_code, answer.json()["error"])
                        await self._pause()

    async def _by_frame(self, numbers: range) -> None:
        left = [self.wish(number) for number in numbers]
        while left:
            try:
                async with self.account.socket() as socket:
                    while left:
                        self.tries += 1
                        ref = f"{self.tries}:{left[0]['client_id']}"
                        await say(socket, t="send", ref=ref, wish=left[0])
                        frame = await self._answer(socket, ref)
                        if frame["t"] == "ok":
                            self._take(left[0], frame["entry"])
                            del left[0]
                        else:
                            self._refused(503, frame["error"])
                            await self._pause()
            except LOST:
                await self._pause()

    @staticmethod
    async def _answer(socket: ClientConnection, ref: str) -> dict[str, Any]:
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                frame = msgspec.json.decode(await socket.recv())
                if frame.get("ref") == ref:
                    return frame

    def _refused(self, status: int, error: Mapping[str, Any]) -> None:
        """Only `unavailable` may be tried again: anything else would be a fault."""
        assert error["kind"] == "unavailable", error
        assert status == 503, (status, error)
        self.refusals.append((status, error["code"]))

    @staticmethod
    async def _pause() -> None:
        await asyncio.sleep(random.choice(AGAIN_SECONDS))


class Reader:
    """A screen that shows one timeline; it lives through whatever happens to its socket."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.shown: dict[int, dict[str, Any]] = {}
        self.sockets = 0
        self.doing = "nothing yet"
        self._early: dict[int, dict[str, Any]] = {}
        self._known = 0
        self._setbacks: list[str] = []

    @property
    def have(self) -> int:
        return len(self.shown)

    async def reach(self, lines: int) -> None:
        """Wait until so many lines are shown; nobody helps."""
        try:
            await until(lambda: self.have >= lines, f"a screen shows all {lines} lines")
        except AssertionError as late:
            raise AssertionError(f"{late}: {self}") from None

    def __str__(self) -> str:
        """Where it stands, for whoever reads why a test failed."""
        return (
            f"shows {self.have}, knows of {self._known}, holds {sorted(self._early)[:5]} back, "
            f"socket {self.sockets}, now {self.doing}, setbacks {self._setbacks[-5:]}"
        )

    @asynccontextmanager
    async def watching(self) -> AsyncGenerator["Reader"]:
        """Watch while the block runs."""
        task = asyncio.create_task(self.watch())
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def watch(self) -> None:
        """Listen, come back, close gaps: until cancelled."""
        while True:
            self.doing = "connecting"
            try:
                async with self.account.socket() as socket, self.account.http() as http:
                    self.sockets += 1
                    await say(socket, t="sub", topic=self.account.topic, since=self.have)
                    await self._listen(socket, http)
            except LOST as lost:
                self._setbacks.append(repr(lost))
            await asyncio.sleep(random.choice(AGAIN_SECONDS))

    async def _listen(self, socket: ClientConnection, http: httpx.AsyncClient) -> None:
        self.doing = "listening"
        async for text in socket:
            frame = msgspec.json.decode(text)
            if frame["t"] in {"dropped", "refused"}:
                self._setbacks.append(text if isinstance(text, str) else text.decode())
                return
            self._hear(frame)
            self.doing = "closing a gap"
            await self._close_gaps(http)
            self.doing = "listening"
        self._setbacks.append("closed")

    def _hear(self, frame: Mapping[str, Any]) -> None:
        match frame["t"]:
            case "subbed" | "poke":
                # a poke without a version says only that something may have been missed
                self._known = max(self._known, frame["version"] or self._known + 1)
            case "event" if frame["version"] is not None:
                self._known = max(self._known, frame["version"])
                if frame["name"] == "conversations.entry_added":
                    self._early[frame["version"]] = frame["body"]["entry"]
                self._drain()
            case _:
                pass

    def _drain(self) -> None:
        while entry := self._early.pop(self.have + 1, None):
            assert entry["version"] == self.have + 1
            self.shown[self.have + 1] = entry

    async def _close_gaps(self, http: httpx.AsyncClient) -> None:
        while self._known > self.have:
            query = {"after": self.have, "limit": 100}
            answer = await http.get(self.account.url + self.account.entries, params=query)
            if answer.status_code == 503:
                await asyncio.sleep(AGAIN_SECONDS[-1])
                continue
            assert answer.status_code == 200, answer.text
            found = answer.json()
            for entry in found["data"]:
                if entry["version"] > self.have:
                    self._early[entry["version"]] = entry
            self._drain()
            if not found["has_more"]:
                self._known = self.have
