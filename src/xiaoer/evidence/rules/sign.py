r"""Statements in one spelling, signed with Ed25519.

    signature = Ed25519(key, "xiaoer evidence\n" ‖ sha256(statement))

A signature travels beside its statement as JSON with the public key and the hash, so that it can be told
whether the statement or the signature was changed.
"""

from hashlib import sha256
from typing import Final, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

DOMAIN: Final = b"xiaoer evidence\n"
ALGORITHM: Final = "Ed25519"
encode: Final = msgspec.json.Encoder(order="sorted").encode
"""The one spelling of a statement: JSON in UTF-8 without spaces, keys in order."""

Checked = Literal["right", "statement", "signature"]
"""What a check found: all is right, the statement was changed, or the signature was."""


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """A signature as it travels; everything in hexadecimal, in lower case."""

    algorithm: str
    key: str
    sha256: str
    signature: str


class Signer:
    """A marketplace's key."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public: Final = self._key.public_key().public_bytes_raw()

    def sign(self, statement: bytes) -> bytes:
        """The signature of a statement, as it travels."""
        digest = sha256(statement).digest()
        signature = self._key.sign(DOMAIN + digest)
        return encode(Signature(ALGORITHM, self.public.hex(), digest.hex(), signature.hex()))


def fingerprint(public: bytes) -> str:
    """How people compare keys: the beginning of the key's hash in groups of four."""
    text = sha256(public).hexdigest()[:32]
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def pem(public: bytes) -> bytes:
    """The public key as other tools read it."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_signature(data: bytes) -> Signature | None:
    """A signature, None when it is not spelt as we spell it."""
    try:
        found = msgspec.json.decode(data, type=Signature)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return found if encode(found) == data and found.algorithm == ALGORITHM else None


def check(statement: bytes, signature: bytes) -> Checked:
    """Whether a statement was signed by the key its signature names, and if not, which was changed."""
    found = read_signature(signature)
    if found is None:
        return "signature"
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.key))
        digest = bytes.fromhex(found.sha256)
        key.verify(bytes.fromhex(found.signature), DOMAIN + digest)
    except (InvalidSignature, ValueError):
        return "signature"
    return "right" if sha256(statement).digest() == digest else "statement"


def key_of(signature: bytes) -> str:
    """The public key a signature names, in hexadecimal; empty for no signature."""
    found = read_signature(signature)
    return found.key if found else ""
