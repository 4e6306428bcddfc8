"""The border: one ASGI application that leads every request to its door and every failure to an answer."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

import msgspec
from prometheus_client import Counter, Histogram

from xiaoer.kernel.actor import Actor, Reach
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import auth, log
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.door import Door, Ready, read_all, ready
from xiaoer.plumbing.http import (
    Call,
    CallerLeftError,
    ErrorBody,
    ErrorFacts,
    Receive,
    Route,
    Scope,
    Send,
    Services,
    SocketRoute,
    StreamAnswer,
    error_body,
    header,
    headers_of,
    status_of,
)
from xiaoer.plumbing.language import negotiate
from xiaoer.plumbing.limits import Budget, too_many
from xiaoer.plumbing.metrics import FAULTS, REQUESTS, SECONDS
from xiaoer.plumbing.router import Router
from xiaoer.plumbing.upload import open_upload

Headers = list[tuple[bytes, bytes]]
Fallback = Callable[[Scope, Mapping[str, str], Send], Awaitable[bool]]
"""Answers a GET that no route knows (pages); says whether it did."""

GATE_SECONDS: Final = 5.0
_CROSS_ORIGIN_PATHS: Final = "/public/v1/"
_SAFETY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
_encoder: Final = msgspec.json.Encoder(enc_hook=str)
_log: Final = log.get("http")


class App:
    """The whole product as one ASGI application."""

    def __init__(
        self,
        services: Services,
        routes: Sequence[Route | SocketRoute],
        *,
        fallback: Fallback | None = None,
        standing: auth.Standing | None = None,
    ) -> None:
        self.services: Final = services
        self.standing: Final = standing
        self._fallback = fallback
        self._doors: Router[dict[str, Door]] = Router()
        self._counters: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._sockets = {route.path: route for route in routes if isinstance(route, SocketRoute)}
        for route in routes:
            if isinstance(route, Route):
                methods = self._doors.at(route.path, {})
                if route.method in methods:
                    raise ValueError(f"{route.method} {route.path} stands twice in the table of routes")
                methods[route.method] = Door(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await Visit(self, scope, receive, send).answer()
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await _lifespan(receive, send)

    def find(self, path: str) -> tuple[dict[str, Door], dict[str, str]] | None:
        """The doors under a path by method, and the texts of its placeholders."""
        return self._doors.find(path)

    @property
    def secure(self) -> bool:
        """Whether browsers reach the product over TLS, which a proxy may end before us."""
        return self.services.public_url.startswith("https://")

    def counted(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        found = self._counters.get((method, route, status))
        if found is None:
            found = REQUESTS.labels(method[:10], route, str(status)), SECONDS.labels(route)
            self._counters[method[:10], route, status] = found
        found[0].inc()
        found[1].observe(seconds)

    async def fall_back(self, scope: Scope, headers: Mapping[str, str], send: Send) -> bool:
        """Let the pages answer what no route knows."""
        return self._fallback is not None and await self._fallback(scope, headers, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._sockets.get(scope["path"])
        if route is None:
            await receive()
            await send({"type": "websocket.close", "code": 4004, "reason": "unknown path"})
            return
        try:
            await route.handler(self.services, scope, receive, send)
        except Exception as fault:  # noqa: BLE001 - the last line of defence; nothing above can answer
            FAULTS.labels(route.path).inc()
            _log.exception("socket_fault", route=route.path, fault=type(fault).__name__)


@asynccontextmanager
async def _soon() -> AsyncGenerator[None]:
    """A moment for the database to say who is at the door; one that hangs is no answer. Raises Refusal."""
    try:
        async with asyncio.timeout(GATE_SECONDS):
            yield
    except TimeoutError as late:
        raise Refusal(Refused("unavailable", "plumbing.timed_out")) from late


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


class Visit:
    """One request: found, recognised, let in, answered."""

    __slots__ = ("_app", "_extra", "_receive", "_scope", "_send", "_started", "headers", "language", "route")

    def __init__(self, app: App, scope: Scope, receive: Receive, send: Send) -> None:
        self._app = app
        self._scope = scope
        self._receive = receive
        self._send = send
        self._started = False
        self._extra: Headers = []
        self.headers = headers_of(scope)
        self.language = negotiate(self.headers.get("accept-language", ""))
        self.route = "unknown"

    async def answer(self) -> None:
        """Answer the request, whatever happens."""
        started = time.perf_counter()
        status = 500
        try:
            status = await self._answer()
        except Refusal as refusal:
            status = await self._refuse(refusal.refused)
        except CallerLeftError:
            status = 499  # the caller left; nobody reads an answer
        except Exception:  # noqa: BLE001 - the last line of defence: a fault is logged and answered as one
            status = await self._fault()
        finally:
            self._app.counted(self._scope["method"], self.route, status, time.perf_counter() - started)

    async def _answer(self) -> int:
        method: str = self._scope["method"]
        path: str = self._scope["path"]
        await self._allow_origin(path)
        found = self._app.find(path)
        if found is None:
            if method in {"GET", "HEAD"} and await self._app.fall_back(self._scope, self.headers, self._send):
                return 200
            raise Refusal(Refused("not_found", "plumbing.unknown_path"))
        doors, texts = found
        door = doors.get("GET" if method == "HEAD" else method)
        if door is None:
            return await self._without_door(doors, method)
        self.route = door.route.path
        return await self._through(door, texts)

    async def _without_door(self, doors: Mapping[str, Door], method: str) -> int:
        allowed = ", ".join(sorted({*doors, "OPTIONS", *(("HEAD",) if "GET" in doors else ())}))
        self._extra.append((b"allow", allowed.encode()))
        if method == "OPTIONS":
            await self._write(204, b"", [])
            return 204
        raise Refusal(Refused("invalid", "plumbing.method_not_allowed", facts={"method": method[:20]}))

    async def _through(self, door: Door, texts: Mapping[str, str]) -> int:
        services, route = self._app.services, door.route
        now = services.clock()
        credential = None if route.anonymous else auth.credential_of(self.headers)
        caller = await self._recognise(credential, now) if credential else None
        if caller is not None and caller.language:
            self.language = caller.language
        if caller is None and route.deed is not None:
            code = "plumbing.session_ended" if credential else "plumbing.sign_in_needed"
            raise Refusal(Refused("unauthenticated", code))
        if credential is not None and credential.from_cookie and caller is not None:
            _refuse_if(auth.cross_site(self._scope["method"], self.headers, self._app.services.public_url))
        key = f"person:{caller.person}" if caller else f"address:{self._address}"
        budget = services.budgets.person if caller else services.budgets.address
        self._spend(key, budget, now)
        arguments = door.read_path(texts)
        reach = await self._right(caller, route, arguments.get("shop"), now)
        arguments.update(door.read_query(self._scope["query_string"]))
        call = Call(
            services,
            caller=caller,
            reach=reach,
            now=now,
            language=self.language,
            headers=self.headers,
            address=self._address,
            secure=self._app.secure or self._scope["scheme"] == "https",
            path=self._scope["path"],
        )
        reading = True
        try:
            async with asyncio.timeout(route.timeout_seconds):
                await self._read_body(door, arguments)
                reading = False
                said = await door.answer(call, arguments)
        except TimeoutError as late:
            slow = Refused("invalid", "plumbing.body_slow")
            raise Refusal(slow if reading else Refused("unavailable", "plumbing.timed_out")) from late
        self._extra.extend(call.answer_headers)
        waiting = route.may_wait and call.is_waiting
        return await self._say(ready(said, HTTPStatus.ACCEPTED if waiting else route.status))

    async def _right(self, caller: Actor | None, route: Route, shop: UUID | None, now: datetime) -> Reach:
        if caller is None or route.deed is None:
            return "none"
        gate = self._app.services.gate
        reach = gate.check(caller, route.deed, route.path, shop)
        if isinstance(reach, Refused):
            raise Refusal(reach)
        if shop is not None:
            async with _soon():
                known = await gate.shop_exists(caller.tenant, shop)
            if not known:
                raise Refusal(Refused("not_found", "plumbing.unknown_shop"))
        if self._app.standing is not None and self._app.standing.concerns(route.deed):
            async with _soon():
                _refuse_if(await self._app.standing.stopped(caller, route.deed, shop, now))
        return reach

    async def _read_body(self, door: Door, arguments: dict[str, Any]) -> None:
        kind, limit = door.shape.body_kind, door.route.body_max_bytes
        if kind == "none":
            return
        announced = self.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            raise Refusal(Refused("invalid", "plumbing.body_too_large", facts={"limit_bytes": limit}))
        if kind != "json" and announced in {"", "0"} and "transfer-encoding" not in self.headers:
            raise Refusal(Refused("invalid", "plumbing.body_missing"))
        if kind == "upload":
            arguments["data"] = await open_upload(self._receive, self.headers, limit)
            return
        body = await read_all(self._receive, limit)
        if kind == "bytes":
            arguments["data"] = body
            return
        media_type = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise Refusal(Refused("invalid", "plumbing.media_type", facts={"expected": "application/json"}))
        arguments["data"] = door.read_body(body)

    async def _recognise(self, credential: auth.Credential, now: datetime) -> Actor | None:
        """Who brought this credential; an address that brings many unknown ones has to wait."""
        services, key = self._app.services, f"unknown:{self._address}"
        known = services.gate.remembered(credential.secret)
        if known is not None:
            return known
        if services.limits.empty(key, now):
            self._spend(key, services.budgets.unknown, now)
        async with _soon():
            actor = await services.gate.actor_of(credential.secret)
        if actor is None:
            self._spend(key, services.budgets.unknown, now)
        return actor

    def _spend(self, key: str, budget: Budget, now: datetime) -> None:
        wait_seconds = self._app.services.limits.spend(key, budget, now)
        if wait_seconds:
            raise Refusal(too_many(wait_seconds))

    @property
    def _address(self) -> str:
        client = self._scope.get("client")
        return client[0] if client else ""

    async def _allow_origin(self, path: str) -> None:
        origin = self.headers.get("origin")
        if (
            origin is None
            or not path.startswith(_CROSS_ORIGIN_PATHS)
            or auth.origin_is_ours(self.headers, self._app.services.public_url)
        ):
            return
        self._extra.append((b"vary", b"origin"))
        if not await self._app.services.gate.origin_allowed(origin):
            return
        self._extra.append((b"access-control-allow-origin", origin.encode("latin-1")))
        if "access-control-request-method" in self.headers:
            self._extra += [
                (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
                (b"access-control-allow-headers", b"authorization, content-type, accept-language"),
                (b"access-control-max-age", b"600"),
            ]
        else:
            self._extra.append((b"access-control-expose-headers", b"retry-after"))

    async def _say(self, answer: Ready | StreamAnswer) -> int:
        if isinstance(answer, StreamAnswer):
            await self._stream(answer)
            return 200
        status, body, headers = answer
        await self._write(status, body, headers)
        return status

    async def _write(self, status: int, body: bytes, headers: Headers) -> None:
        self._started = True
        length: Headers = [] if status == 204 else [(b"content-length", str(len(body)).encode())]
        await self._send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": _safe([*headers, *length, *self._extra]),
            }
        )
        await self._send(
            {"type": "http.response.body", "body": b"" if self._scope["method"] == "HEAD" else body}
        )

    async def _stream(self, answer: StreamAnswer) -> None:
        headers = [header("content-type", answer.media_type)]
        headers += [header(name, value) for name, value in answer.headers.items()]
        self._started = True
        await self._send(
            {"type": "http.response.start", "status": 200, "headers": _safe([*headers, *self._extra])}
        )
        if self._scope["method"] != "HEAD":
            async for chunk in answer.chunks:
                await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _refuse(self, refused: Refused) -> int:
        status = status_of(refused)
        headers: Headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        retry_after = refused.facts.get("retry_after_seconds")
        if isinstance(retry_after, int):
            headers.append((b"retry-after", str(retry_after).encode()))
        elif status == 503:
            headers.append((b"retry-after", b"1"))
        if status == 401:
            headers.append((b"www-authenticate", b"Bearer"))
        if self._started:
            raise ConnectionAbortedError(refused.code)
        body = _encoder.encode(error_body(refused, self.language, self._app.services.catalogue))
        await self._write(status, body, headers)
        return status

    async def _fault(self) -> int:
        fault_id = new_id()
        FAULTS.labels(self.route).inc()
        _log.exception("fault", fault_id=str(fault_id), method=self._scope["method"], route=self.route)
        if self._started:
            raise ConnectionAbortedError("fault")
        facts = {"fault_id": str(fault_id)}
        message = self._app.services.catalogue.text(self.language, "plumbing", "refused.fault", facts)
        body = ErrorBody(ErrorFacts("fault", "plumbing.fault", message, None, facts))
        await self._write(500, _encoder.encode(body), [(b"content-type", b"application/json")])
        return 500


def _safe(headers: Headers) -> Headers:
    """The headers with what keeps browsers careful; a door that says its own policy is not said over."""
    given = {name for name, _ in headers}
    return [*headers, *(one for one in _SAFETY if one[0] not in given)]


def _refuse_if(refused: Refused | None) -> None:
    if refused is not None:
        raise Refusal(refused)
