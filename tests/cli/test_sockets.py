"""The socket cuts what arrives into frames: whole texts go straight on, everything else as uvicorn has it."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, cast

import pytest
import uvicorn
from uvicorn.server import ServerState

from tests.cli.line import Line
from xiaoer.cli.sockets import DirectSocket
from xiaoer.plumbing import socket_rules
from xiaoer.plumbing.socket_rules import LINE

GREETING = (
    b"GET /socket HTTP/1.1\r\nhost: here\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
    b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n"
)
MASK = b"\x01\x02\x03\x04"
LARGEST = 100_000


class Wire(Line):
    """Where the socket writes to."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""

    def write(self, data: Any) -> None:
        self.written += data


class Page:
    """One socket that has been greeted, and what its connection has heard."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.drained = 0
        self.line: socket_rules.Line | None = None
        self.wire = Wire()
        config = uvicorn.Config(
            self.serve,
            interface="asgi3",
            ws_max_size=LARGEST,
            ws_per_message_deflate=False,
            ws_ping_interval=None,
            log_config=None,
        )
        config.load()
        self.socket = DirectSocket(config, ServerState(), {})

    async def serve(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.line = cast("socket_rules.Line", scope["extensions"][LINE])
        self.line.begin(self.heard.append, self.room)
        while (message := await receive())["type"] == "websocket.receive":
            self.heard.append(message["text"])

    def room(self) -> None:
        self.drained += 1

    async def greet(self) -> None:
        self.socket.connection_made(self.wire)
        self.socket.data_received(GREETING)
        await settle()
        assert self.line is not None
        self.wire.written = b""


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
async def page() -> Page:
    made = Page()
    await made.greet()
    return made


def frame(said: bytes, first: int = 0x81, mask: bytes = MASK) -> bytes:
    """A frame as a browser sends it."""
    size = len(said)
    head = (
        bytes((first, 128 | size))
        if size < 126
        else bytes((first, 254)) + size.to_bytes(2, "big")
        if size < 65_536
        else bytes((first, 255)) + size.to_bytes(8, "big")
    )
    return head + mask + bytes(one ^ mask[place % 4] for place, one in enumerate(said))


TEXTS = ("好", "a" * 125, "b" * 126, "很" * 30_000, "", "last")


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 127, 4_096, 1_000_000])
async def test_texts_arrive_once_and_in_order_however_they_are_cut(page: Page, size: int) -> None:
    texts = TEXTS if size > 3 else [text for text in TEXTS if len(text) < 1_000]
    for piece in pieces(b"".join(frame(text.encode()) for text in texts), size):
        page.socket.data_received(piece)
    assert page.heard == list(texts)


async def test_a_text_that_is_not_masked_by_anything_is_the_same_text(page: Page) -> None:
    page.socket.data_received(frame("您好".encode(), mask=bytes(4)))
    assert page.heard == ["您好"]


async def test_a_text_in_fragments_keeps_its_place(page: Page) -> None:
    said = "您好".encode()
    page.socket.data_received(
        frame(b"one")
        + frame(said[:2], 0x01)
        + frame(b"are you there", 0x89)
        + frame(said[2:], 0x80)
        + frame(b"three")
    )
    await settle()
    assert page.heard == ["one", "您好", "three"]
    assert page.wire.written == b"\x8a\x0dare you there"
    page.socket.data_received(frame(b"four"))
    assert page.heard[3:] == ["four"]


def code_of(written: bytes) -> int:
    """The code of the closing frame at the end."""
    assert 0x88 in written
    at = written.index(0x88)
    return int.from_bytes(written[at + 2 : at + 4], "big")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([frame(b"\xff\xfe")], 1007),
        ([frame(b"\xff", 0x01), frame(b"\xfe", 0x80)], 1007),
        ([bytes((0x81, 255)) + (LARGEST + 1).to_bytes(8, "big")], 1009),
        ([b"\x81\x03abc"], 1002),
        ([frame(b"x", 0xC1)], 1002),
        ([frame(b"never begun", 0x80)], 1002),
        ([frame(b"half", 0x01), frame(b"another")], 1002),
    ],
)
async def test_what_breaks_the_protocol_closes_the_socket(
    page: Page, sent: Sequence[bytes], code: int
) -> None:
    for data in sent:
        page.socket.data_received(data)
    await settle()
    assert code_of(page.wire.written) == code
    assert page.wire.closed
    assert page.heard == []


@pytest.mark.parametrize("text", TEXTS)
async def test_what_is_written_is_a_frame(page: Page, text: str) -> None:
    assert page.line is not None
    page.line.write_text(text)
    said, data = text.encode(), page.wire.written
    assert data.endswith(said)
    head = data[: len(data) - len(said)]
    assert head[0] == 0x81
    assert (head[1] if len(head) == 2 else int.from_bytes(head[2:], "big")) == len(said)


async def test_nothing_is_written_to_somebody_who_has_gone(page: Page) -> None:
    assert page.line is not None
    page.socket.connection_lost(None)
    page.line.write_text("too late")
    assert page.wire.written == b""


async def test_room_is_told_when_a_full_line_is_read_again(page: Page) -> None:
    assert page.line is not None
    page.socket.pause_writing()
    assert not page.line.has_room
    page.socket.resume_writing()
    assert page.line.has_room
    assert page.drained == 1
