"""What a connection is told by others: its topics and frames, who counts it, and the socket it may use."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import msgspec

from xiaoer.kernel.actor import Actor
from xiaoer.plumbing.http import Services

HELLO_SECONDS: Final = 10.0
LINE: Final = "xiaoer.line"
"""The extension of a scope under which a server offers its socket itself: see `Line`."""


class Topic(msgspec.Struct, frozen=True):
    """What a topic tells somebody who may listen: where it stands, when it counts."""

    version: int | None = None


MayListen = Callable[[Services, Actor, str], Awaitable[Topic | None]]
"""May this actor listen to `prefix:rest`? None when not."""

OnFrame = Callable[[Any, Any], object]
"""What happens with a frame of a connection; never waits: it answers later with `connection.push`."""


class Presence(Protocol):
    """Whoever wants to know which staff are connected."""

    async def connected(self, actor: Actor) -> None:
        """One more socket of somebody."""
        ...

    def disconnected(self, actor: Actor) -> None:
        """One socket less."""
        ...


class Line(Protocol):
    """The socket itself: texts without a task for each. A server that has none is used as ASGI says."""

    @property
    def has_room(self) -> bool:
        """Whether what is written now leaves soon."""
        ...

    def begin(self, heard: Callable[[str], object], drained: Callable[[], object]) -> None:
        """From now on `heard` gets every whole text; `drained` is called when there is room again."""
        ...

    def write_text(self, text: str) -> None:
        """Send a text, if there is still somebody."""
        ...


@dataclass(frozen=True)
class Rules:
    """What `main` has said about sockets: topics, frames, and who wants to know of comings and goings."""

    topics: Mapping[str, MayListen]
    frames: Mapping[type[Any], OnFrame]
    read: Callable[[str], Any]
    presence: Callable[[Services], Presence] | None = None
    leave: Callable[[Any], object] | None = None
    hello_seconds: float = HELLO_SECONDS
