"""An answer leaves in one piece, and nothing that was to be said is kept back."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from tests.cli.line import Line
from tests.cli.test_sockets import GREETING
from xiaoer.cli.answers import Answers
from xiaoer.cli.sockets import DirectSocket

Send = Callable[[dict[str, Any]], Awaitable[None]]
ASKED = b"GET /here HTTP/1.1\r\nhost: here\r\n\r\n"


class Paper(Line):
    """Where answers are written to; remembers in how many pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.speaks: asyncio.BaseProtocol | None = None

    def write(self, data: Any) -> None:
        assert not self.closed, "nobody is there any more"
        self.pieces.append(bytes(data))

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.speaks = protocol


class Visitor:
    """Somebody who asks a program that answers with what the test says."""

    def __init__(self, answer: Callable[[Send], Awaitable[None]]) -> None:
        self._answer = answer
        self.line = Paper()
        config = uvicorn.Config(self._serve, interface="asgi3", ws=DirectSocket, log_config=None)
        config.load()
        self.http = Answers(config, ServerState(), {})
        self.http.connection_made(self.line)

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self._answer(send)
        else:
            await receive()
            await send({"type": "websocket.accept"})

    async def asks(self, said: bytes = ASKED) -> Sequence[bytes]:
        self.http.data_received(said)
        for _ in range(20):
            await asyncio.sleep(0)
        return self.line.pieces


def head(**headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": 200, "headers": named}


def body(said: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": said, "more_body": more}


async def short(send: Send) -> None:
    await send(head(content_length="4"))
    await send(body(b"here"))


async def test_head_and_body_are_one_piece():
    (piece,) = await Visitor(short).asks()
    assert piece.startswith(b"HTTP/1.1 200 OK\r\n")
    assert piece.endswith(b"\r\n\r\nhere")


async def test_two_answers_on_one_line_are_two_pieces():
    visitor = Visitor(short)
    await visitor.asks()
    first, second = await visitor.asks()
    assert first == second


async def test_questions_sent_at_once_are_answered_in_their_order():
    visitor = Visitor(short)
    pieces = await visitor.asks(ASKED * 3)
    assert b"".join(pieces).count(b"\r\n\r\nhere") == len(pieces) == 3


async def test_an_answer_that_comes_bit_by_bit_is_not_kept_back():
    gate = asyncio.Event()

    async def slow(send: Send) -> None:
        await send(head())
        await gate.wait()
        await send(body(b"one", more=True))
        await send(body(b"two"))

    visitor = Visitor(slow)
    assert [piece[-4:] for piece in await visitor.asks()] == [b"\r\n\r\n"]
    gate.set()
    assert (await visitor.asks(b""))[1:] == [b"3\r\none\r\n", b"3\r\ntwo\r\n0\r\n\r\n"]


@pytest.mark.parametrize("said", [b"HEAD /here HTTP/1.1\r\nhost: here\r\n\r\n", ASKED], ids=["head", "get"])
async def test_an_answer_without_a_body_leaves_too(said: bytes):
    async def nothing(send: Send) -> None:
        await send(head(content_length="0"))
        await send(body(b""))

    (piece,) = await Visitor(nothing).asks(said)
    assert piece.endswith(b"\r\n\r\n")


async def test_what_was_begun_is_said_before_the_line_is_closed():
    async def breaks(send: Send) -> None:
        await send(head(content_length="9"))

    visitor = Visitor(breaks)
    (piece,) = await visitor.asks()
    assert piece.startswith(b"HTTP/1.1 200 OK\r\n")
    assert visitor.line.closed


async def test_the_last_answer_of_a_line_comes_whole():
    visitor = Visitor(short)
    (piece,) = await visitor.asks(b"GET /here HTTP/1.0\r\nhost: here\r\n\r\n")
    assert piece.endswith(b"\r\n\r\nhere")
    assert visitor.line.closed


async def test_what_is_not_http_is_refused_in_one_piece():
    visitor = Visitor(short)
    (piece,) = await visitor.asks(b"\x16\x03\x01 what is this\r\n\r\n")
    assert piece.startswith(b"HTTP/1.1 400 ")
    assert b'"code":"plumbing.malformed_request"' in piece
    assert visitor.line.closed


async def test_a_socket_writes_by_itself():
    visitor = Visitor(short)
    (piece,) = await visitor.asks(GREETING)
    assert piece.startswith(b"HTTP/1.1 101 ")
    assert isinstance(visitor.line.speaks, DirectSocket)
    assert visitor.line.speaks.transport is visitor.line
