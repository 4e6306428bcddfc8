"""The one place that speaks to asyncpg: how a connection is opened, what it is, how its values travel."""
# pyright: reportMissingTypeStubs=false
# ruff: noqa: ASYNC109 - the protocols below describe asyncpg as it is

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any, Final, Literal, Protocol, cast
from uuid import UUID

import asyncpg
import msgspec

Role = Literal["xiaoer_app", "xiaoer_system"]
APP: Final[Role] = "xiaoer_app"
SYSTEM: Final[Role] = "xiaoer_system"

_asyncpg: Final[Any] = asyncpg  # half typed; the protocols say what is used of it


class Row(Protocol):
    """One row as asyncpg gives it: a tuple whose places also have names."""

    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, key: int | str) -> Any: ...
    def keys(self) -> Iterable[str]: ...


class Attribute(Protocol):
    """A column of a prepared statement."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> Any: ...


class Prepared(Protocol):
    """A statement the server has read but not run."""

    def get_parameters(self) -> Sequence[Any]: ...
    def get_attributes(self) -> Sequence[Attribute]: ...


class Connection(Protocol):
    """What the program uses of an asyncpg connection, typed."""

    tenant: UUID | None

    async def fetch(self, query: str, *args: object, timeout: float | None = None) -> list[Row]: ...
    async def fetchrow(self, query: str, *args: object, timeout: float | None = None) -> Row | None: ...
    async def fetchval(
        self, query: str, *args: object, column: int = 0, timeout: float | None = None
    ) -> Any: ...
    async def execute(self, query: str, *args: object, timeout: float | None = None) -> str: ...
    async def executemany(
        self, command: str, args: Iterable[Sequence[object]], *, timeout: float | None = None
    ) -> None: ...
    async def prepare(self, query: str) -> Prepared: ...
    def cursor(self, query: str, *args: object, prefetch: int | None = None) -> AsyncIterator[Row]: ...
    async def add_listener(self, channel: str, callback: Any) -> None: ...
    def add_termination_listener(self, callback: Any) -> None: ...
    def is_closed(self) -> bool: ...
    def is_in_transaction(self) -> bool: ...
    async def close(self, *, timeout: float | None = None) -> None: ...
    def terminate(self) -> None: ...


class Wire(asyncpg.Connection):
    """A connection that remembers for which tenant its session is set."""

    __slots__ = ("tenant",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)  # pyright: ignore[reportUnknownMemberType]
        self.tenant: UUID | None = None


STATEMENT_SECONDS: Final = 15
LOCK_SECONDS: Final = 5
IDLE_IN_TRANSACTION_SECONDS: Final = 30


def session(role: Role | None, application: str, *, read_only: bool = False) -> dict[str, str]:
    """The settings a connection starts with."""
    settings = {
        "application_name": application,
        "timezone": "UTC",
        "jit": "off",
        "statement_timeout": f"{STATEMENT_SECONDS}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s",
        "client_connection_check_interval": "1s",  # a statement nobody waits for does not work on
    }
    if role:
        settings["role"] = role
    if read_only:
        settings["default_transaction_read_only"] = "on"
    return settings


async def prepare_session(connection: Any) -> None:
    """Teaches a new connection to carry JSON as Python values."""
    await connection.set_type_codec(
        "jsonb", encoder=_encode_jsonb, decoder=_decode_jsonb, schema="pg_catalog", format="binary"
    )
    await connection.set_type_codec(
        "json",
        encoder=msgspec.json.encode,
        decoder=msgspec.json.decode,
        schema="pg_catalog",
        format="binary",
    )


async def connect(
    url: str,
    role: Role | None = None,
    *,
    application: str = "xiaoer",
    read_only: bool = False,
    settings: dict[str, str] | None = None,
    timeout_seconds: float = 10,
) -> Connection:
    """One connection of its own; `settings` come on top of the usual ones."""
    connection: Any = await _asyncpg.connect(
        url,
        connection_class=Wire,
        server_settings=session(role, application, read_only=read_only) | (settings or {}),
        statement_cache_size=1024,
        max_cached_statement_lifetime=0,
        max_cacheable_statement_size=65_536,
        timeout=timeout_seconds,
    )
    await prepare_session(connection)
    return cast("Connection", connection)


def _encode_jsonb(value: object) -> bytes:
    return b"\x01" + msgspec.json.encode(value)  # the first byte is the version of the format


def _decode_jsonb(data: bytes) -> Any:
    return msgspec.json.decode(memoryview(data)[1:])
