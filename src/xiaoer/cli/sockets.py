"""WebSockets on uvicorn's connections: greeting, pings and closing are its own, whole texts go on at once."""

from collections.abc import Callable
from typing import Final, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.speedups import apply_mask

from xiaoer.plumbing.socket_rules import LINE

SOCKET_CLOSE_SECONDS: Final = 5
NO_TEXT: Final = 1007
_FINAL: Final = 128
_WHOLE_TEXT: Final = 129
_MASKED: Final = 128
_CONTROL: Final = 8
_UNMASKING: Final = bytes(4)


class DirectSocket(WebSocketsSansIOProtocol):
    """Hands whole texts to its connection and writes the connection's texts, without a task in between.

    Everything else (fragments, pings, closing, whatever breaks the protocol) goes the way it has with
    uvicorn, frame by frame, so that its own reader always stands between two frames. The line of whoever
    never reads is given back.
    """

    _heard: Callable[[str], object] | None = None
    _drained: Callable[[], object] | None = None
    _rest = b""
    _in_pieces = False
    _left_alone = False

    def handle_connect(self, event: Request) -> None:
        """Greet; the connection finds this socket in its scope."""
        super().handle_connect(event)
        if not self.close_sent:
            extensions = cast("dict[str, object]", self.scope.get("extensions"))
            extensions[LINE] = self

    async def run_asgi(self) -> None:
        """Serve the connection; afterwards it is closed, or cut when it does not close."""
        await super().run_asgi()
        self.loop.call_later(SOCKET_CLOSE_SECONDS, self.transport.abort)

    # ── what a connection uses ───────────────────────────────────────────

    def begin(self, heard: Callable[[str], object], drained: Callable[[], object]) -> None:
        """From now on `heard` gets every whole text; `drained` is called when there is room again."""
        self._heard, self._drained = heard, drained

    @property
    def has_room(self) -> bool:
        """Whether what is written now leaves soon."""
        return self.writable.is_set()

    def write_text(self, text: str) -> None:
        """Send a text, if there is still somebody."""
        if self.disconnected or self.close_sent or self.transport.is_closing():
            return
        data = text.encode()
        size = len(data)
        if size < 126:
            head = bytes((_WHOLE_TEXT, size))
        elif size < 65_536:
            head = bytes((_WHOLE_TEXT, 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((_WHOLE_TEXT, 127)) + size.to_bytes(8, "big")
        self.transport.write(head + data)

    # ── what the loop calls ──────────────────────────────────────────────

    def resume_writing(self) -> None:
        """There is room again."""
        super().resume_writing()
        if self._drained is not None:
            self._drained()

    def data_received(self, data: bytes) -> None:
        """Cut what has come into frames."""
        if not self.handshake_initiated or self._left_alone:
            super().data_received(data)
            return
        if self._rest:
            data = self._rest + data
        at = 0
        while (end := _end_of_frame(data, at)) is not None:
            if end - at > self.config.ws_max_size:
                self._left_alone, self._rest = True, b""
                super().data_received(data[at:])
                return
            if end > len(data):
                break
            self._frame(data, at, end)
            at = end
        self._rest = data[at:]

    def _frame(self, data: bytes, at: int, end: int) -> None:
        """One whole frame: a text that is complete goes straight on, unless others wait before it."""
        first, second = data[at], data[at + 1]
        if (
            self._heard is None
            or first != _WHOLE_TEXT
            or not second & _MASKED
            or self._in_pieces
            or self.close_sent
            or not self.queue.empty()
        ):
            if first & 15 < _CONTROL:
                self._in_pieces = not first & _FINAL
            super().data_received(data[at:end])
            return
        begin = at + (6 if second < 254 else 8 if second == 254 else 14)
        mask, said = data[begin - 4 : begin], data[begin:end]
        try:
            text = (said if mask == _UNMASKING else apply_mask(said, mask)).decode()
        except UnicodeDecodeError:
            self._no_text()
        else:
            self._heard(text)

    def send_receive_event_to_app(self) -> None:
        """Hand a message on, if it is one; what is no text is no fault of ours."""
        if self.curr_msg_data_type == "text":
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self._no_text()
                return
        super().send_receive_event_to_app()

    def _no_text(self) -> None:
        self.frames = []
        self.conn.send_close(NO_TEXT)
        self.handle_parser_exception()


def _end_of_frame(data: bytes, at: int) -> int | None:
    """Where the frame that begins at `at` ends; None when that cannot be seen yet."""
    begin = at + 2
    if len(data) < begin:
        return None
    size = data[at + 1] & 127
    if size >= 126:
        width = 2 if size == 126 else 8
        begin += width
        if len(data) < begin:
            return None
        size = int.from_bytes(data[begin - width : begin], "big")
    return begin + size + (4 if data[at + 1] & _MASKED else 0)
