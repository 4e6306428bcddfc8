"""The frames every socket knows: greeting, listening, breathing, and how several travel as one."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec

from xiaoer.plumbing.http import ErrorFacts

JOINED_CHARACTERS: Final = 60_000


class Hello(msgspec.Struct, frozen=True, tag_field="t", tag="hello"):
    """The first frame: a token, unless the cookie of the handshake says who it is.

    `many` says that the client takes several frames at once, as a JSON array.
    """

    token: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    many: bool = False


class Sub(msgspec.Struct, frozen=True, tag_field="t", tag="sub"):
    """Listen to a topic; `since` is the version the client has, for its own use."""

    topic: Annotated[str, msgspec.Meta(max_length=120)]
    since: int | None = None


class Unsub(msgspec.Struct, frozen=True, tag_field="t", tag="unsub"):
    """Listen no more."""

    topic: Annotated[str, msgspec.Meta(max_length=120)]


class Ping(msgspec.Struct, frozen=True, tag_field="t", tag="ping"):
    """A breath."""


class Loose(msgspec.Struct, frozen=True):
    """As much as can be read of a malformed frame."""

    t: str = ""
    ref: str | None = None


class Me(msgspec.Struct, frozen=True):
    """Who the server takes the client for."""

    id: UUID
    role: str
    name: str
    language: str
    visitor: bool


class Ready(msgspec.Struct, frozen=True, tag_field="t", tag="ready"):
    """The greeting's answer."""

    me: Me
    now: datetime


class Subbed(msgspec.Struct, frozen=True, tag_field="t", tag="subbed"):
    """The client listens; `version` is where a counted topic stands."""

    topic: str
    version: int | None


class Pong(msgspec.Struct, frozen=True, tag_field="t", tag="pong"):
    """The answer to a breath."""

    now: datetime


class RefusedFrame(msgspec.Struct, frozen=True, tag_field="t", tag="refused"):
    """Something that was asked under `ref` (a topic for `sub`) was refused."""

    ref: str | None
    error: ErrorFacts


def joined(frames: list[str]) -> list[str]:
    """Frames that wait together as few arrays, each of a bounded size; one alone stays as it is."""
    if len(frames) == 1:
        return frames
    groups: list[str] = []
    group: list[str] = []
    size = 0
    for frame in frames:
        if group and size + len(frame) > JOINED_CHARACTERS:
            groups.append(_array(group))
            group, size = [], 0
        group.append(frame)
        size += len(frame)
    groups.append(_array(group))
    return groups


def _array(group: list[str]) -> str:
    return group[0] if len(group) == 1 else f"[{','.join(group)}]"
