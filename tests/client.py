"""A caller inside the process: speaks ASGI to the application, without a port."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec

from xiaoer.plumbing.app import App


class Response(msgspec.Struct):
    """What came back; of several headers with one name the last."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: dict[str, str]

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return self.json["error"]["code"]


class Client:
    """Calls one application, with a bearer token or like a page with a cookie."""

    def __init__(
        self,
        app: App,
        *,
        token: str | None = None,
        cookie: str | None = None,
        address: str = "203.0.113.7",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.app = app
        self.address = address
        self.headers: dict[str, str] = {"host": "xiaoer.test", **(headers or {})}
        if token:
            self.headers["authorization"] = f"Bearer {token}"
        if cookie:
            self.headers |= {"cookie": f"xiaoer_session={cookie}", "x-xiaoer": "1"}

    async def get(self, path: str, **query: object) -> Response:
        return await self.request("GET", path, query=query)

    async def post(self, path: str, data: object = None, **query: object) -> Response:
        return await self.request("POST", path, data=data, query=query)

    async def put(self, path: str, data: object = None, **query: object) -> Response:
        return await self.request("PUT", path, data=data, query=query)

    async def patch(self, path: str, data: object = None, **query: object) -> Response:
        return await self.request("PATCH", path, data=data, query=query)

    async def delete(self, path: str, **query: object) -> Response:
        return await self.request("DELETE", path, query=query)

    async def request(
        self,
        method: str,
        path: str,
        *,
        data: object = None,
        body: bytes | AsyncIterator[bytes] | None = None,
        query: Mapping[str, object] | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """One request; `data` becomes JSON, `body` goes out as it is."""
        sent = {**self.headers, **(headers or {})}
        if body is None:
            body = b"" if data is None else msgspec.json.encode(data)
            if data is not None:
                sent.setdefault("content-type", "application/json")
        if isinstance(body, bytes) and body:
            sent.setdefault("content-length", str(len(body)))
        if not isinstance(body, bytes):
            sent.setdefault("transfer-encoding", "chunked")
        text = query if isinstance(query, str) else urlencode(query or {}, doseq=True)
        scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": text.encode(),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()],
            "client": (self.address, 40000),
            "server": ("xiaoer.test", 80),
            "scheme": "http",
            "http_version": "1.1",
            "root_path": "",
        }
        said: list[dict[str, Any]] = []
        messages = _messages(body)

        async def receive() -> dict[str, Any]:
            return await anext(messages)

        async def send(message: Any) -> None:
            said.append(message)

        await self.app(scope, receive, send)
        return _response(said)


async def _messages(body: bytes | AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    if isinstance(body, bytes):
        yield {"type": "http.request", "body": body, "more_body": False}
    else:
        async for chunk in body:
            yield {"type": "http.request", "body": chunk, "more_body": True}
        yield {"type": "http.request", "body": b"", "more_body": False}
    while True:
        yield {"type": "http.disconnect"}


def _response(said: list[dict[str, Any]]) -> Response:
    start = said[0]
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for raw_name, raw_value in start["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = value
        if name == "set-cookie":
            cookie, _, kept = value.partition(";")[0].partition("=")
            cookies[cookie] = kept
    body = b"".join(message.get("body", b"") for message in said[1:])
    return Response(start["status"], headers, body, cookies)
