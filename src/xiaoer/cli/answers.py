"""HTTP on uvicorn's connections: an answer leaves in one piece; what is not HTTP is refused as all else."""

import asyncio
from functools import cache
from typing import Any, Final

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from xiaoer.plumbing.http import error_body
from xiaoer.plumbing.invalid import MALFORMED_REQUEST
from xiaoer.plumbing.language import DEFAULT, Catalogue

HEAD: Final = b"HTTP/1.1 "


class Whole:
    """A transport on which the head of an answer waits for its body, at most until the loop turns.

    uvicorn writes both by themselves and uvloop sends each at once: a call of the system more for every
    answer, and whoever waits for it is woken by half of it.
    """

    __slots__ = ("_held", "_loop", "transport")

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        self.transport = transport
        self._loop = loop
        self._held = b""

    def write(self, data: bytes) -> None:
        """As the transport's, with what waits."""
        if data.startswith(HEAD):
            self.flush()
            self._held = data
            self._loop.call_soon(self.flush)
        elif self._held:
            data, self._held = self._held + data, b""
            self.transport.write(data)
        else:
            self.transport.write(data)

    def flush(self) -> None:
        """Send what waits."""
        if self._held:
            data, self._held = self._held, b""
            self.transport.write(data)

    def close(self) -> None:
        """As the transport's, after what waits."""
        self.flush()
        self.transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)


class Answers(HttpToolsProtocol):
    """Answers in one piece; refuses what is not even HTTP in the form of every other refusal."""

    def connection_made(self, transport: Any) -> None:
        """Somebody is there."""
        super().connection_made(transport)
        self.transport: Any = Whole(transport, self.loop)

    def handle_websocket_upgrade(self) -> None:
        """From now on a socket writes, frame by frame."""
        self.transport.flush()
        self.transport = self.transport.transport
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's name for what it would say
        """Refuse, and close."""
        body = malformed_body()
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


@cache
def malformed_body() -> bytes:
    """The answer to what is not HTTP; nobody knows its sender's language."""
    return msgspec.json.encode(error_body(MALFORMED_REQUEST, DEFAULT, Catalogue.shipped()))
