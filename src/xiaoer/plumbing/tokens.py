"""Secrets that open the door: random, told once, kept as hashes."""

import base64
import binascii
import hashlib
import secrets
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

TokenKind = Literal["session", "token"]
_PREFIXES: Final[dict[TokenKind, str]] = {"session": "xs_", "token": "xo_"}
_TENANT_LENGTH: Final = 22
_SECRET_BYTES: Final = 32
_LENGTH: Final = 3 + _TENANT_LENGTH + 43


class Fresh(Struct, frozen=True):
    """A new secret: `text` goes to its owner, `hash` into the database."""

    text: str
    hash: bytes


class Shown(Struct, frozen=True):
    """What somebody shows at the door: of which kind and marketplace it claims to be, and its hash."""

    kind: TokenKind
    tenant: UUID
    hash: bytes


def fresh(kind: TokenKind, tenant: UUID) -> Fresh:
    """A secret of 256 random bits that names its marketplace, so that the door knows where to look."""
    home = base64.urlsafe_b64encode(tenant.bytes).decode().rstrip("=")
    text = f"{_PREFIXES[kind]}{home}{secrets.token_urlsafe(_SECRET_BYTES)}"
    return Fresh(text, _hash(text))


def shown(text: str) -> Shown | None:
    """What a secret claims to be; None for a text of another form."""
    if len(text) != _LENGTH or not text.isascii():
        return None
    for kind, prefix in _PREFIXES.items():
        if text.startswith(prefix):
            try:
                tenant = UUID(bytes=base64.urlsafe_b64decode(text[3 : 3 + _TENANT_LENGTH] + "=="))
            except (ValueError, binascii.Error):
                return None
            return Shown(kind, tenant, _hash(text))
    return None


def _hash(text: str) -> bytes:
    """Random bits need no slow hash."""
    return hashlib.sha256(text.encode()).digest()
