"""Routes, calls and answers: what a domain's `http.py` says, and the one map from refusals to statuses."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, Literal, TypeVar
from uuid import UUID

import msgspec

from xiaoer.kernel.actor import Actor, Reach
from xiaoer.kernel.refusal import Kind, Refusal, Refused
from xiaoer.plumbing.auth import Gate, cookies_of, credential_of
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.limits import Budgets, Limits
from xiaoer.plumbing.settings import Settings

if TYPE_CHECKING:
    from xiaoer.plumbing.db import Database
    from xiaoer.plumbing.hub import Hub

T = TypeVar("T")
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Handler = Callable[..., Awaitable[object]]

STATUS: Final[Mapping[Kind, int]] = {
    "invalid": 400,
    "unauthenticated": 401,
    "not_allowed": 403,
    "not_found": 404,
    "not_now": 409,
    "refused": 422,
    "too_many": 429,
    "unavailable": 503,
}
"""The one map from kinds of refusal to HTTP statuses."""

STATUS_OF_CODE: Final[Mapping[str, int]] = {
    "plumbing.method_not_allowed": 405,
    "plumbing.body_slow": 408,
    "plumbing.body_too_large": 413,
    "plumbing.media_type": 415,
}
"""The few refusals of the border itself for which HTTP has a more exact word."""

BODY_MAX_BYTES: Final = 64 * 1024
TIMEOUT_SECONDS: Final = 30.0

Limit = Annotated[int, msgspec.Meta(ge=1, le=200)]
"""How many things one page of a list may hold."""


class CallerLeftError(Exception):
    """The caller closed the connection before he had said everything."""


class ErrorFacts(msgspec.Struct):
    """What went wrong: `message` is a sentence in the caller's language, `row` the rule that said no."""

    kind: str
    code: str
    message: str
    row: str | None
    facts: dict[str, Any]


class ErrorBody(msgspec.Struct):
    """The body of every answer that is not the one asked for."""

    error: ErrorFacts


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list; ask on with `starting_after=next_cursor`."""

    data: list[T]
    has_more: bool = False
    next_cursor: str | None = None


def page_of(found: Sequence[T], limit: int, cursor: Callable[[T], str]) -> Page[T]:
    """A page from one thing more than it holds: the extra one only says that there is more."""
    shown = list(found[:limit])
    more = len(found) > limit
    return Page(shown, has_more=more, next_cursor=cursor(shown[-1]) if more else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is not JSON."""

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    status: int | None = None


@dataclass(frozen=True, slots=True)
class StreamAnswer:
    """A long answer that is sent while it is made."""

    chunks: AsyncIterator[bytes]
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table.

    `deed` names the right it needs; None opens it to everybody. `status` is that of success,
    `media_type` what it answers with; `hidden` leaves it out of the API document. One that `may_wait`
    answers 202 when its handler has set `Call.is_waiting`: taken, but not done yet. An `anonymous` one
    never asks who is calling, so that it answers while nobody can be recognised.
    """

    method: Method
    path: str
    handler: Handler
    deed: str | None
    status: int = 200
    body_max_bytes: int = BODY_MAX_BYTES
    timeout_seconds: float = TIMEOUT_SECONDS
    media_type: str = "application/json"
    hidden: bool = False
    may_wait: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class SocketRoute:
    """A WebSocket: `handler(services, scope, receive, send)` speaks ASGI itself."""

    path: str
    handler: Callable[["Services", Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Services:
    """What the program is made of while it runs; `main` fills it once."""

    settings: Settings
    database: "Database"
    hub: "Hub"
    gate: Gate
    limits: Limits
    budgets: Budgets
    catalogue: Catalogue
    clock: Callable[[], datetime]
    others: dict[type[object], object] = field(default_factory=dict[type[object], object])

    @property
    def public_url(self) -> str:
        """How browsers reach the product."""
        return self.settings.public_url

    def service(self, kind: type[T]) -> T:
        """The one service of this type. Raises LookupError when `main` registered none."""
        found = self.others.get(kind)
        if not isinstance(found, kind):
            raise LookupError(f"no {kind.__name__} runs here")
        return found

    def register(self, service: object) -> None:
        """Make a service available under its own type."""
        self.others[type(service)] = service


class Call:
    """One request on its way to a handler: who asks, when, with which right."""

    __slots__ = (
        "address",
        "answer_headers",
        "caller",
        "headers",
        "is_waiting",
        "language",
        "now",
        "path",
        "reach",
        "secure",
        "services",
    )

    def __init__(
        self,
        services: Services,
        *,
        caller: Actor | None,
        reach: Reach,
        now: datetime,
        language: str,
        headers: Mapping[str, str],
        address: str,
        secure: bool,
        path: str,
    ) -> None:
        self.services = services
        self.caller = caller
        self.reach: Reach = reach
        self.now = now
        self.language = language
        self.headers = headers
        self.address = address
        self.secure = secure
        self.path = path
        self.is_waiting = False
        self.answer_headers: list[tuple[bytes, bytes]] = []

    @property
    def actor(self) -> Actor:
        """Who is calling. Raises Refusal when nobody is signed in."""
        if self.caller is None:
            raise Refusal(Refused("unauthenticated", "plumbing.sign_in_needed"))
        return self.caller

    @property
    def tenant(self) -> UUID:
        """The marketplace of the caller. Raises Refusal when nobody is signed in."""
        return self.actor.tenant

    @property
    def credential(self) -> str | None:
        """What the caller showed at the door."""
        found = credential_of(self.headers)
        return found.secret if found else None

    @property
    def cookies(self) -> Mapping[str, str]:
        return cookies_of(self.headers)

    @property
    def database(self) -> "Database":
        return self.services.database

    def service(self, kind: type[T]) -> T:
        """The one service of this type. Raises LookupError when there is none."""
        return self.services.service(kind)

    def set_header(self, name: str, value: str) -> None:
        """Add a header to the answer."""
        self.answer_headers.append(header(name, value))

    def set_cookie(self, name: str, value: str, *, max_age_seconds: int) -> None:
        """Give the browser a cookie that scripts cannot read; an age of 0 takes it away."""
        secure = "; Secure" if self.secure else ""
        self.set_header(
            "set-cookie",
            f"{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}",
        )


def header(name: str, value: str) -> tuple[bytes, bytes]:
    """A header as it is sent. Raises ValueError for a line break, which would begin another one."""
    if "\r" in value or "\n" in value:
        raise ValueError(f"the header {name} cannot hold a line break")
    return name.lower().encode("latin-1"), value.encode("latin-1")


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers of a request by lower-case name; of several with one name the first, cookies joined."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name not in headers:
            headers[name] = value
        elif name == "cookie":
            headers[name] += f"; {value}"
    return headers


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal."""
    return STATUS_OF_CODE.get(refused.code) or STATUS[refused.kind]


def error_body(refused: Refused, language: str, catalogue: Catalogue) -> ErrorBody:
    """A refusal as it travels, over HTTP and over the socket alike."""
    return ErrorBody(
        ErrorFacts(
            kind=refused.kind,
            code=refused.code,
            message=catalogue.sentence(refused, language),
            row=refused.row,
            facts=dict(refused.facts),
        )
    )
