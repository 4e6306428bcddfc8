"""A page's end of a socket inside the process: speaks ASGI to the application, without a port."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from xiaoer.plumbing.app import App

WAIT_SECONDS = 10.0


class Page:
    """One open socket: what was said to it waits in `heard` until a test asks for it."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.accepted = False
        self.reading = asyncio.Event()
        self.reading.set()
        self._out: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._news = asyncio.Event()

    async def say(self, **frame: object) -> None:
        """Send a frame."""
        await self._out.put({"type": "websocket.receive", "text": msgspec.json.encode(frame).decode()})

    async def say_text(self, text: str) -> None:
        """Send whatever."""
        await self._out.put({"type": "websocket.receive", "text": text})

    async def hear(self, t: str, take: Callable[[dict[str, Any]], bool] | None = None) -> dict[str, Any]:
        """The next frame of this kind (that `take` takes), removed from what was heard."""
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                for frame in self.heard:
                    if frame["t"] == t and (take is None or take(frame)):
                        self.heard.remove(frame)
                        return frame
                if self.closed is not None:
                    raise AssertionError(f"closed with {self.closed} before {t!r} came; heard {self.heard}")
                self._news.clear()
                await self._news.wait()

    async def event(self, name: str) -> dict[str, Any]:
        """The body of the next event of this name."""
        found = await self.hear("event", lambda frame: frame["name"] == name)
        return found["body"]

    async def end(self) -> int:
        """The code with which the server closed."""
        async with asyncio.timeout(WAIT_SECONDS):
            while self.closed is None:
                self._news.clear()
                await self._news.wait()
        return self.closed

    async def settled(self) -> None:
        """After everything said before has been dealt with."""
        await self.say(t="ping")
        await self.hear("pong")

    # what the server sees

    async def receive(self) -> dict[str, Any]:
        return await self._out.get()

    async def send(self, message: Mapping[str, Any]) -> None:
        await self.reading.wait()
        match message["type"]:
            case "websocket.accept":
                self.accepted = True
            case "websocket.send":
                said = msgspec.json.decode(message["text"])
                self.heard += said if isinstance(said, list) else [said]
            case "websocket.close":
                self.closed = message["code"]
        self._news.set()

    async def hang_up(self) -> None:
        await self._out.put({"type": "websocket.disconnect", "code": 1005})


@asynccontextmanager
async def page(
    app: App,
    *,
    token: str | None = None,
    cookie: str | None = None,
    headers: Mapping[str, str] | None = None,
    hello: bool = True,
    many: bool = False,
) -> AsyncGenerator[Page]:
    """A page with an open socket that has been greeted."""
    one = Page()
    sent = {"host": "xiaoer.test", **(headers or {})}
    if cookie:
        sent["cookie"] = f"xiaoer_session={cookie}"
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": "/socket",
        "raw_path": b"/socket",
        "query_string": b"",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()],
        "client": ("203.0.113.7", 40000),
        "server": ("xiaoer.test", 80),
        "scheme": "ws",
        "subprotocols": [],
    }
    await one._out.put({"type": "websocket.connect"})
    task = asyncio.create_task(app(scope, one.receive, one.send))
    try:
        if hello:
            await one.say(t="hello", token=token, many=many)
            await one.hear("ready")
        yield one
    finally:
        one.reading.set()
        await one.hang_up()
        await asyncio.wait([task], timeout=WAIT_SECONDS)
