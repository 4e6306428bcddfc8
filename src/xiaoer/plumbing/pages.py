"""The pages: what `web/` was built into, served from memory with the headers browsers should obey."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs
from uuid import UUID

from msgspec import Struct

from xiaoer.plumbing.auth import Gate
from xiaoer.plumbing.http import Scope, Send

Headers = list[tuple[bytes, bytes]]

ENTRANCE: Final = "/signin"
FRAMED: Final = "widget"
"""The page that other websites may show in a frame."""
_FOREVER: Final = b"public, max-age=31536000, immutable"
_SHORT: Final = b"public, max-age=300"
_ASK: Final = b"no-cache"
_GZIP_FROM_BYTES: Final = 1_000
_PACKED: Final = frozenset({".br", ".gz"})
_TEXT: Final = ("text/", "application/json", "image/svg+xml", "application/manifest")
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: https: http:; media-src 'self' blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors {ancestors}"
)


class Asset(Struct, frozen=True):
    """One file, ready to be sent."""

    body: bytes
    media_type: str
    cache: bytes
    etag: str
    packed: Mapping[str, bytes]
    """The body by content coding: `br` when the build made one, `gzip`."""


class Pages:
    """Answers GET requests that no route knows."""

    def __init__(self, folder: Path, gate: Gate) -> None:
        self._gate = gate
        self._assets = read_assets(folder)
        self._apps = frozenset(
            path.strip("/").partition("/")[0] for path in self._assets if path.endswith("/index.html")
        )

    @property
    def built(self) -> bool:
        """Whether there are any pages."""
        return bool(self._assets)

    async def __call__(self, scope: Scope, headers: Mapping[str, str], send: Send) -> bool:
        """Send the file or page at this path; False when there is none."""
        path: str = scope["path"]
        if path == "/" and self.built:
            await _redirect(send)
            return True
        app = path.split("/")[1]
        asset = self._assets.get(path)
        if asset is None and app in self._apps:
            asset = self._assets.get(f"/{app}/index.html")
        if asset is None:
            return False
        await self._send(scope, headers, send, asset, app)
        return True

    async def _send(
        self, scope: Scope, headers: Mapping[str, str], send: Send, asset: Asset, app: str
    ) -> None:
        body, coding = _pack(asset, headers.get("accept-encoding", ""))
        sent: Headers = [
            (b"content-type", asset.media_type.encode()),
            (b"cache-control", asset.cache),
            (b"etag", asset.etag.encode()),
            (b"vary", b"accept-encoding"),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
        ]
        if coding:
            sent.append((b"content-encoding", coding.encode()))
        if asset.media_type.startswith("text/html"):
            sent += await self._page_headers(scope, app)
        else:
            sent.append((b"cross-origin-resource-policy", b"cross-origin"))
        if headers.get("if-none-match") == asset.etag:
            await send({"type": "http.response.start", "status": 304, "headers": sent})
            await send({"type": "http.response.body", "body": b""})
            return
        sent.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": sent})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _page_headers(self, scope: Scope, app: str) -> Headers:
        ancestors = "'none'"
        if app == FRAMED:
            origins = await self._gate.frame_origins(shop) if (shop := _shop_of(scope)) else ()
            ancestors = " ".join(("'self'", *origins))
        secure: Headers = (
            [(b"strict-transport-security", b"max-age=31536000")] if scope["scheme"] == "https" else []
        )
        return [
            (b"content-security-policy", _POLICY.format(ancestors=ancestors).encode("latin-1")),
            (b"permissions-policy", b"geolocation=(), camera=(), payment=()"),
            (b"cross-origin-opener-policy", b"same-origin"),
            *secure,
        ]


@cache
def read_assets(folder: Path) -> Mapping[str, Asset]:
    """Every file below the folder by its path in addresses, read once; empty when it was never built."""
    if not folder.is_dir():
        return {}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in _PACKED]
    return {f"/{path.relative_to(folder).as_posix()}": _read(path, folder) for path in files}


async def _redirect(send: Send) -> None:
    headers = [(b"location", ENTRANCE.encode()), (b"cache-control", _ASK), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _read(path: Path, folder: Path) -> Asset:
    body = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed: dict[str, bytes] = {}
    if (brotli := path.with_name(f"{path.name}.br")).is_file():
        packed["br"] = brotli.read_bytes()
    if media_type.startswith(_TEXT) and len(body) >= _GZIP_FROM_BYTES:
        packed["gzip"] = gzip.compress(body, 6, mtime=0)
    hashed = path.relative_to(folder).parts[0] == "assets"
    cache = _FOREVER if hashed else _ASK if path.suffix == ".html" else _SHORT
    return Asset(body, media_type, cache, f'"{hashlib.sha256(body).hexdigest()[:20]}"', packed)


def _pack(asset: Asset, accepted: str) -> tuple[bytes, str]:
    offers = {part.partition(";")[0].strip() for part in accepted.lower().split(",")}
    for coding, body in asset.packed.items():
        if coding in offers:
            return body, coding
    return asset.body, ""


def _shop_of(scope: Scope) -> UUID | None:
    try:
        return UUID(parse_qs(scope["query_string"].decode("latin-1")).get("shop", [""])[0])
    except ValueError:
        return None
