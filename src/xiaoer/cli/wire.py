"""A client of a running server, over HTTP and the socket: what programs like `xiaoer replay` talk through."""

import asyncio
import contextlib
import hashlib
import hmac
import ssl
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlsplit, urlunsplit

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

ANSWER_SECONDS: Final = 60.0
PATIENT_SECONDS: Final = 5.0
T = TypeVar("T")


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The certificates of this machine, read once: every client reading them for itself costs 20 ms each."""
    return ssl.create_default_context()


class ServerSaidNo(Exception):
    """The server refused; `error` is the body of its answer."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        super().__init__(f"{error.get('code', status)}: {error.get('message', '')}")
        self.status: Final = status
        self.error: Final = error

    @property
    def pause_seconds(self) -> float | None:
        """After which pause one may ask again; None where asking too often was not the reason."""
        return self.error.get("facts", {}).get("retry_after_seconds")


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask; whoever is told that he asks too often waits as long as he was told, if that is not long."""
    while True:
        try:
            return await ask()
        except ServerSaidNo as no:
            seconds = no.pause_seconds
            if seconds is None or seconds > PATIENT_SECONDS:
                raise
        await asyncio.sleep(seconds)


class Caller:
    """One person signed in at a server; requests carry his cookie or token."""

    def __init__(self, server: str, token: str | None = None) -> None:
        headers = {"X-Xiaoer": "1"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self.server: Final = server.rstrip("/")
        self.token: Final = token
        self._http = httpx.AsyncClient(
            base_url=self.server, headers=headers, timeout=ANSWER_SECONDS, verify=_trusted()
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def ask(
        self, method: str, path: str, body: object = None, *, content: bytes | None = None, **query: Any
    ) -> Any:
        """Send one request and return the JSON of the answer; `content` goes out as it is.

        Raises ServerSaidNo for a refusal, ConnectionError when no answer came.
        """
        return await patiently(lambda: self._ask(method, path, body, content, query))

    async def _ask(
        self, method: str, path: str, body: object, content: bytes | None, query: Mapping[str, Any]
    ) -> Any:
        try:
            answer = await self._http.request(method, path, json=body, content=content, params=query or None)
        except httpx.TransportError as error:
            raise ConnectionError(str(error) or type(error).__name__) from error
        heard: Any = msgspec.json.decode(answer.content) if answer.content else None
        if answer.is_error:
            raise ServerSaidNo(answer.status_code, _error_of(heard))
        return heard

    async def sign_in(self, login: str, password: str, marketplace: str | None) -> dict[str, Any]:
        """Sign in with a password; the cookie stays with this caller."""
        body = {"login": login, "password": password} | ({"marketplace": marketplace} if marketplace else {})
        return await self.ask("POST", "/public/v1/sign-in", body)

    def socket(self) -> "Socket":
        """A socket as the same person."""
        cookie = "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())
        return Socket(self.server, self.token, cookie)


def _error_of(content: Any) -> Mapping[str, Any]:
    try:
        return content["error"]
    except (KeyError, TypeError):
        return {}


def signature(key: str, buyer: str) -> str:
    """The identifier hash of a buyer under a marketplace's widget key."""
    return hmac.new(key.encode(), buyer.encode(), hashlib.sha256).hexdigest()


class Socket:
    """One open socket: sends wishes, waits for their answers, keeps what arrives in order of arrival."""

    def __init__(self, server: str, token: str | None, cookie: str) -> None:
        parts = urlsplit(server)
        self._address = urlunsplit(
            ("wss" if parts.scheme == "https" else "ws", parts.netloc, "/socket", "", "")
        )
        self._origin = server
        self._token = token
        self._cookie = cookie
        self._connection: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._news: dict[str, asyncio.Queue[dict[str, Any]]] = {}

    async def __aenter__(self) -> Self:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        self._connection = await connect(
            self._address,
            origin=Origin(self._origin),
            additional_headers=headers,
            compression=None,
            max_size=None,
            open_timeout=ANSWER_SECONDS,
        )
        ready = self._expect("ready")
        self._reader = asyncio.create_task(self._read())
        await self._say({"t": "hello"} | ({"token": self._token} if self._token else {}))
        await self._within(ready)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            await self._connection.close()
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader

    async def follow(self, topic: str, since: int = 0) -> asyncio.Queue[dict[str, Any]]:
        """Subscribe to a topic; its events arrive in the queue in the order the server told them."""
        queue = self._news.setdefault(topic, asyncio.Queue())
        await patiently(lambda: self._sub(topic, since))
        return queue

    async def _sub(self, topic: str, since: int) -> None:
        subscribed = self._expect(f"sub:{topic}")
        await self._say({"t": "sub", "topic": topic, "since": since})
        frame = await self._within(subscribed)
        if frame["t"] == "refused":
            raise ServerSaidNo(422, frame["error"])

    async def unfollow(self, topic: str) -> None:
        """Stop hearing of a topic."""
        self._news.pop(topic, None)
        await self._say({"t": "unsub", "topic": topic})

    async def send(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Send a wish and return its entry; raises ServerSaidNo when it is refused."""
        return await patiently(lambda: self._send(wish))

    async def _send(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        ref = str(wish["client_id"])
        answer = self._expect(ref)
        await self._say({"t": "send", "ref": ref, "wish": dict(wish)})
        frame = await self._within(answer)
        if frame["t"] == "refused":
            raise ServerSaidNo(422, frame["error"])
        return frame["entry"]

    def _expect(self, key: str) -> asyncio.Future[dict[str, Any]]:
        return self._answers.setdefault(key, asyncio.get_running_loop().create_future())

    async def _within(self, answer: asyncio.Future[dict[str, Any]]) -> dict[str, Any]:
        return await asyncio.wait_for(answer, ANSWER_SECONDS)

    async def _say(self, frame: Mapping[str, Any]) -> None:
        assert self._connection is not None
        await self._connection.send(msgspec.json.encode(frame).decode())

    async def _read(self) -> None:
        assert self._connection is not None
        async for message in self._connection:
            self._hear(msgspec.json.decode(message))

    def _hear(self, frame: dict[str, Any]) -> None:
        kind = frame["t"]
        if kind == "event":
            queue = self._news.get(frame["topic"])
            if queue is not None:
                queue.put_nowait(frame)
            return
        key = {"ready": "ready", "subbed": f"sub:{frame.get('topic')}"}.get(kind, str(frame.get("ref")))
        answer = self._answers.pop(key, None) or self._answers.pop(f"sub:{key}", None)
        if answer is not None and not answer.done():
            answer.set_result(frame)
