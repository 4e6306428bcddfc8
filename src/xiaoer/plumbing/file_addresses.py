"""Addresses of files that open without a cookie for a while: signed, the same for disk and S3; pure."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refused

LIFETIME: Final = timedelta(hours=2)
STEP: Final = timedelta(hours=1)
"""Within one step a file keeps its address, so that browsers can keep the file."""
SIGNATURE_BYTES: Final = 18

_INVALID: Final = Refused("not_allowed", "plumbing.address_invalid")
_EXPIRED: Final = Refused("not_allowed", "plumbing.address_expired")


class FileAddress(msgspec.Struct, frozen=True):
    """What an address opens: one file of one marketplace, in one variant, until a moment."""

    tenant: UUID
    file: UUID
    variant: str
    """`original` or `thumbnail`."""
    expires: int
    """Unix seconds."""


def make_address(key: bytes, tenant: UUID, file: UUID, now: datetime, *, variant: str = "original") -> str:
    """A path with its signature, valid for two to three hours; `key` is `settings.key("files")`."""
    step = int(STEP.total_seconds())
    expires = (int((now + LIFETIME).timestamp()) // step + 1) * step
    address = FileAddress(tenant, file, variant, expires)
    return f"/files/{file}?t={tenant}&v={variant}&e={expires}&s={_signature(key, address)}"


def read_address(key: bytes, file: UUID, query: Mapping[str, str], now: datetime) -> FileAddress | Refused:
    """What the address opens, or why it does not."""
    try:
        address = FileAddress(UUID(query["t"]), file, query["v"], int(query["e"]))
    except (KeyError, ValueError):
        return _INVALID
    given = query.get("s", "")
    if not hmac.compare_digest(_signature(key, address).encode(), given.encode()):
        return _INVALID
    return _EXPIRED if now.timestamp() >= address.expires else address


def expires_at(address: FileAddress) -> datetime:
    """Until when it may be kept."""
    return datetime.fromtimestamp(address.expires, UTC)


def _signature(key: bytes, address: FileAddress) -> str:
    said = f"{address.tenant}\n{address.file}\n{address.variant}\n{address.expires}"
    digest = hmac.digest(key, said.encode(), hashlib.sha256)[:SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).decode()
