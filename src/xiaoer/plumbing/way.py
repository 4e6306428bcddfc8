"""The way of a connection to its server, on which a commit can leave with the statement before it.

A statement ends with a word of the protocol (Sync) that asyncpg writes itself, and it asks for nothing else
until that is answered. So a commit is a trip of its own, unless its messages are put ahead of that word.
"""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

SYNC: Final = b"S\0\0\0\4"


@lru_cache(maxsize=64)
def message(command: str) -> bytes:
    """A command without values in the words of the protocol: Parse, Bind and Execute, none of them named."""
    parse = b"\0" + command.encode() + b"\0" + bytes(2)
    return b"".join(
        kind + (len(body) + 4).to_bytes(4, "big") + body
        for kind, body in ((b"P", parse), (b"B", bytes(8)), (b"E", bytes(5)))
    )


class Way:
    """asyncpg's transport; what is put `behind` leaves with what is written next, ahead of its end."""

    __slots__ = ("behind", "transport")

    def __init__(self, transport: Any) -> None:
        self.transport = transport
        self.behind = b""

    def write(self, data: Any) -> None:
        """As the transport's. Raises ConnectionError where a statement does not end where one must."""
        if self.behind:
            said = bytes(data)
            if not said.endswith(SYNC):
                raise ConnectionError("the driver ends a statement otherwise than expected")
            data, self.behind = said[: -len(SYNC)] + self.behind + SYNC, b""
        self.transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)


class WayLoop:
    """The event loop as asyncpg is given it: every connection it makes has a `Way`."""

    def __init__(self) -> None:
        self.loop: Final = asyncio.get_running_loop()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.loop, name)
        setattr(self, name, found)  # the driver asks for some of it with every statement
        return found

    async def create_connection(self, factory: Callable[[], Any], *where: Any, **how: Any) -> Any:
        """As the loop's."""
        return await self._paved(self.loop.create_connection, factory, *where, **how)

    async def create_unix_connection(self, factory: Callable[[], Any], *where: Any, **how: Any) -> Any:
        """As the loop's."""
        return await self._paved(self.loop.create_unix_connection, factory, *where, **how)

    async def start_tls(self, way: Way, *what: Any, **how: Any) -> Way | None:
        """As the loop's, for a way that goes on encrypted."""
        transport = await self.loop.start_tls(way.transport, *what, **how)
        return None if transport is None else Way(transport)

    async def _paved(
        self, create: Callable[..., Any], factory: Callable[[], Any], *where: Any, **how: Any
    ) -> tuple[Way, Any]:
        def made() -> Any:
            protocol = factory()
            begin = protocol.connection_made

            def connected(transport: Any) -> None:
                protocol.way = Way(transport)
                begin(protocol.way)

            protocol.connection_made = connected
            return protocol

        _, protocol = await create(made, *where, **how)
        return protocol.way, protocol
