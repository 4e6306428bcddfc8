"""The door of the socket: from the handshake to a connection."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Union

import msgspec

from xiaoer.plumbing import auth
from xiaoer.plumbing.connection import FOREIGN, Connection
from xiaoer.plumbing.frames import Hello, Ping, Sub, Unsub
from xiaoer.plumbing.http import Receive, Scope, Send, Services
from xiaoer.plumbing.language import negotiate
from xiaoer.plumbing.socket_rules import HELLO_SECONDS, LINE, MayListen, OnFrame, Presence, Rules


class Socket:
    """The socket route: `SocketRoute("/socket", Socket(TOPICS, FRAMES))`."""

    def __init__(
        self,
        topics: Mapping[str, MayListen],
        frames: Mapping[type[Any], OnFrame],
        *,
        presence: Callable[[Services], Presence] | None = None,
        leave: Callable[["Connection"], object] | None = None,
        hello_seconds: float = HELLO_SECONDS,
    ) -> None:
        kinds: Any = Union[(Hello, Sub, Unsub, Ping, *frames)]  # ty: ignore[invalid-type-form]
        self._rules: Final = Rules(
            topics, frames, msgspec.json.Decoder(kinds).decode, presence, leave, hello_seconds
        )

    async def __call__(self, services: Services, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection from handshake to close."""
        await receive()  # websocket.connect
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        ours = auth.origin_is_ours(headers, services.public_url)
        if not ours and not await _known_origin(services, headers):
            await send({"type": "websocket.close", "code": FOREIGN, "reason": "foreign origin"})
            return
        await send({"type": "websocket.accept"})
        credential = auth.credential_of(headers)
        if credential is not None and credential.from_cookie and not ours:
            credential = None  # a foreign page cannot use the cookie of a visitor's browser
        connection = Connection(
            self._rules,
            services,
            receive,
            send,
            credential=credential.secret if credential else None,
            language=negotiate(headers.get("accept-language", "")),
            line=scope.get("extensions", {}).get(LINE),
        )
        await connection.serve()


async def _known_origin(services: Services, headers: Mapping[str, str]) -> bool:
    origin = headers.get("origin")
    return origin is not None and await services.gate.origin_allowed(origin)
