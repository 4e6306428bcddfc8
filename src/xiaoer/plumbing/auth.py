"""Who is calling: the actor, where his credentials stand, and what a browser may send in his name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import Struct

from xiaoer.kernel.actor import Actor, Reach
from xiaoer.kernel.refusal import Refused

SESSION_COOKIE: Final = "xiaoer_session"
PAGES_HEADER: Final = "x-xiaoer"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate(Protocol):
    """What the border asks of identity; `main` hands it in, because plumbing stands below identity."""

    def remembered(self, credential: str) -> Actor | None:
        """The actor of a credential seen a moment ago, without asking the database."""
        ...

    async def actor_of(self, credential: str) -> Actor | None:
        """The actor of a session or token, None when it is unknown, expired or revoked."""
        ...

    def check(self, actor: Actor, deed: str, path: str, shop: UUID | None) -> Reach | Refused:
        """The actor's reach for a deed through the door at `path`, or the refusal that says why not."""
        ...

    def reach(self, actor: Actor, deed: str, shop: UUID | None = None) -> Reach:
        """How far the actor's right to a deed goes, `shop` being where he wants to do it."""
        ...

    async def shop_exists(self, tenant: UUID, shop: UUID) -> bool:
        """Whether the marketplace has this shop."""
        ...

    async def origin_allowed(self, origin: str) -> bool:
        """Whether some shop has named this web origin as one of its own."""
        ...

    async def frame_origins(self, shop: UUID) -> tuple[str, ...]:
        """The web origins whose pages may show this shop's widget."""
        ...


class Standing(Protocol):
    """What the border asks of measures; `main` hands it in, because plumbing stands below them."""

    def concerns(self, deed: str) -> bool:
        """Whether any measure could stop a deed; most are never asked about."""
        ...

    async def stopped(self, actor: Actor, deed: str, shop: UUID | None, now: datetime) -> Refused | None:
        """The refusal of a deed at its door by a measure in force, or None."""
        ...


class Credential(Struct, frozen=True):
    """What a request brought to say who it is from."""

    secret: str
    from_cookie: bool


def credential_of(headers: Mapping[str, str]) -> Credential | None:
    """The bearer token of a request, or else its session cookie. A bearer token outranks a cookie."""
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret.strip():
        return Credential(secret.strip(), from_cookie=False)
    cookie = cookies_of(headers).get(SESSION_COOKIE)
    return Credential(cookie, from_cookie=True) if cookie else None


def cookies_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The cookies of a request; of two with one name the first."""
    cookies: dict[str, str] = {}
    for part in headers.get("cookie", "").split(";"):
        name, separator, value = part.strip().partition("=")
        if separator:
            cookies.setdefault(name, value.strip('"'))
    return cookies


async def caller_of(gate: Gate, headers: Mapping[str, str]) -> Actor | None:
    """Who sent these headers; None when they name nobody that is signed in."""
    credential = credential_of(headers)
    return await gate.actor_of(credential.secret) if credential else None


def cross_site(method: str, headers: Mapping[str, str], public_url: str) -> Refused | None:
    """Refuse an unsafe request with a cookie that a foreign page may have sent (CSRF).

    A page of ours says `X-Xiaoer: 1`, which no foreign page can without our leave; what the browser itself
    says about the origin must not contradict it. Bearer tokens are not sent by browsers on their own.
    """
    if method in _SAFE:
        return None
    if headers.get(PAGES_HEADER) != "1":
        return Refused("not_allowed", "plumbing.header_missing", facts={"header": "X-Xiaoer"})
    if not origin_is_ours(headers, public_url):
        return Refused("not_allowed", "plumbing.cross_site")
    return None


def origin_is_ours(headers: Mapping[str, str], public_url: str) -> bool:
    """Whether the browser's own words about where a request comes from, if it said any, name this server.

    Its name is the one it was called by, or the one in its settings when a proxy stands before it.
    """
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == headers.get("host") or origin == public_url
