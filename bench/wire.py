"""The cheapest client there is, so that the generator costs little: sockets and requests, by hand."""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import Final, cast

OPEN_SECONDS: Final = 30.0
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Socket(asyncio.Protocol):
    """An open WebSocket; every text frame goes to `heard`."""

    def __init__(self, heard: Callable[["Socket", bytes], None]) -> None:
        self._heard = heard
        self._buffer = b""
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._is_open = False
        self._transport: asyncio.Transport | None = None
        self.closed: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_open:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.partition(b"\r\n")[0]:
                self._opened.set_exception(ConnectionError(head.decode("latin-1")[:200]))
                return
            self._is_open, self._buffer = True, rest
            self._opened.set_result(None)
        self._read()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = self.closed or f"lost: {exc}"
        if not self._opened.done():
            self._opened.set_exception(ConnectionError(self.closed))

    def _read(self) -> None:
        data, at = self._buffer, 0
        while len(data) - at >= 2:
            kind, size, begin = data[at] & 15, data[at + 1], at + 2
            if size >= 126:
                width = 2 if size == 126 else 8
                begin += width
                if len(data) < begin:
                    break
                size = int.from_bytes(data[begin - width : begin], "big")
            if len(data) < begin + size:
                break
            at = begin + size
            if kind == _TEXT:
                self._heard(self, data[begin:at])
            elif kind == _PING:
                self._say(_PONG, data[begin:at])
            elif kind == _CLOSE:
                self.closed = f"closed by the server: {int.from_bytes(data[begin : begin + 2], 'big')}"
        self._buffer = data[at:]

    def say(self, text: bytes) -> None:
        """Send a text frame."""
        self._say(_TEXT, text)

    def _say(self, kind: int, data: bytes) -> None:
        assert self._transport is not None
        size = len(data)
        head = (
            bytes((128 | kind, 128 | size))
            if size < 126
            else bytes((128 | kind, 254)) + size.to_bytes(2, "big")
        )
        self._transport.write(head + b"\0\0\0\0" + data)  # masked with nothing: as lawful, and free

    def hang_up(self) -> None:
        """Close without ceremony."""
        if self._transport is not None:
            self._transport.close()

    @classmethod
    async def open(cls, host: str, port: int, heard: Callable[["Socket", bytes], None]) -> "Socket":
        """Connect and shake hands."""
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(lambda: cls(heard), host, port)
        assert socket._transport is not None
        key = base64.b64encode(os.urandom(16)).decode()
        socket._transport.write(
            f"GET /socket HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await asyncio.wait_for(socket._opened, OPEN_SECONDS)
        return socket


class Requests(asyncio.Protocol):
    """One connection that is kept; one request at a time."""

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._answer: Callable[[int, bytes], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None:
            self._answer(0, repr(exc).encode())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        size = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        if len(body) < size:
            return
        self._buffer = body[size:]
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(int(head[9:12]), body[:size])

    def ask(
        self, method: str, path: str, token: str, body: bytes, answer: Callable[[int, bytes], None]
    ) -> None:
        """Send a request; `answer` gets status and body."""
        assert self._transport is not None
        assert self._answer is None, "one request at a time"
        self._answer = answer
        self._transport.write(
            f"{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )

    async def get(self, path: str, token: str) -> bytes:
        """The body of a GET. Raises ConnectionError for any status but 200."""
        done: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
        self.ask("GET", path, token, b"", lambda status, body: done.set_result((status, body)))
        status, body = await done
        if status != 200:
            raise ConnectionError(f"{status} {body.decode('utf-8', 'replace')[:300]}")
        return body

    def hang_up(self) -> None:
        """Close."""
        if self._transport is not None:
            self._transport.close()

    @classmethod
    async def open(cls, host: str, port: int) -> "Requests":
        """Connect."""
        _, made = await asyncio.get_running_loop().create_connection(cls, host, port)
        return made
