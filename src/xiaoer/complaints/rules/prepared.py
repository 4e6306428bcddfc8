"""The link a caller gets from the hotline: which call it opens, signed so that nobody opens another's."""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.kernel.refusal import Refused

SIGNATURE_BYTES: Final = 16
UNKNOWN: Final = Refused("not_found", "complaints.unknown_link")


def token_of(key: bytes, tenant: UUID, call: UUID) -> str:
    """What the link ends with: the call and its signature."""
    return base64.urlsafe_b64encode(call.bytes + _signature(key, tenant, call)).decode().rstrip("=")


def call_of(key: bytes, tenant: UUID, token: str) -> UUID | Refused:
    """The call a token opens in this marketplace, or that it opens nothing."""
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (ValueError, binascii.Error):
        return UNKNOWN
    if len(data) != 16 + SIGNATURE_BYTES:
        return UNKNOWN
    call = UUID(bytes=data[:16])
    return call if hmac.compare_digest(_signature(key, tenant, call), data[16:]) else UNKNOWN


def still_opens(expires_at: datetime, used: UUID | None, now: datetime) -> Refused | None:
    """Why a known link opens nothing any more; None when it does."""
    if used is not None:
        return Refused("not_now", "complaints.link_used")
    return Refused("not_now", "complaints.link_over") if now >= expires_at else None


def _signature(key: bytes, tenant: UUID, call: UUID) -> bytes:
    return hmac.new(key, tenant.bytes + call.bytes, hashlib.sha256).digest()[:SIGNATURE_BYTES]
