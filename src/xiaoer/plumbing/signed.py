"""Signed requests between the house and a marketplace's own systems, out and in.

Both ways the body is JSON; `X-Xiaoer-Signature: t=<Unix seconds>,v1=<hex>` signs `t.body` with HMAC-SHA256.
"""

import asyncio
import hashlib
import hmac
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

from xiaoer.plumbing import clock
from xiaoer.plumbing.outbound import pinned, public_address

HEADER: Final = "X-Xiaoer-Signature"
FRESH_SECONDS: Final = 300
ANSWER_MAX_BYTES: Final = 64 * 1024


def signature(key: bytes, body: bytes, at: datetime) -> str:
    """What proves to the other side that a request is ours and fresh."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_digest(key, str(seconds), body)}"


def is_signed(key: bytes, body: bytes, header: str, now: datetime) -> bool:
    """Whether a request is the other side's own, and fresh."""
    parts = {name: value for name, _, value in (part.partition("=") for part in header.split(","))}
    seconds, said = parts.get("t", ""), parts.get("v1", "")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 12 and said.isascii()):
        return False
    fresh = abs(now.timestamp() - int(seconds)) <= FRESH_SECONDS
    return fresh and hmac.compare_digest(said, _digest(key, seconds, body))


def _digest(key: bytes, seconds: str, body: bytes) -> str:
    return hmac.new(key, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


async def post(
    address: str,
    key: bytes,
    body: bytes,
    *,
    idempotency_key: str | None,
    local: bool,
    seconds: float,
    most_bytes: int = ANSWER_MAX_BYTES,
) -> tuple[int, bytes]:
    """Send one signed POST to a checked address; its status and the body of its answer.

    `local` allows an address on this machine. Raises Refusal for an address that may not be asked, OSError,
    httpx.HTTPError (any status but 2xx too), httpx.InvalidURL.
    """
    url, host = pinned(address, await public_address(address, local=local))
    headers = {"Host": host, "Content-Type": "application/json", HEADER: signature(key, body, clock.now())}
    if idempotency_key is not None:
        headers["Idempotency-Key"] = idempotency_key
    named = {"sni_hostname": urlsplit(address).hostname or ""}
    async with (
        asyncio.timeout(seconds),
        httpx.AsyncClient(timeout=seconds, follow_redirects=False) as client,
        client.stream("POST", url, content=body, headers=headers, extensions=named) as heard,
    ):
        heard.raise_for_status()
        return heard.status_code, await _words_of(heard, most_bytes)


async def _words_of(heard: httpx.Response, most_bytes: int) -> bytes:
    """The body of an answer, which a stranger may make as long as he likes. Raises OSError."""
    words = b""
    async for chunk in heard.aiter_bytes():
        words += chunk
        if len(words) > most_bytes:
            raise OSError("the answer is too long")
    return words
