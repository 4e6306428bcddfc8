"""Time stamps by an authority outside (RFC 3161): that the root of a day was there at a moment.

The authority signs the SHA-256 of the day's statement together with its own time. Whoever trusts its root
certificate need not trust the marketplace about when a day was closed.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography import x509
from msgspec import Struct
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

SHA256: Final = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")


class NoStamp(ValueError):
    """This is no time stamp of that statement; the text says why, in the middle of a sentence."""


class Stamp(Struct, frozen=True):
    """What a time stamp says: when, and who signed it (the subject of its certificate)."""

    at: datetime
    authority: str


def question(statement: bytes) -> TimeStampRequest:
    """What the authority is asked: only the hash of the statement and a number used once leave the house."""
    return TimestampRequestBuilder().data(statement).hash_algorithm(HashAlgorithm.SHA256).build()


def roots_of(pem: bytes) -> Sequence[x509.Certificate]:
    """The certificates of a PEM file. Raises ValueError."""
    return x509.load_pem_x509_certificates(pem)


def read(
    answer: bytes,
    statement: bytes,
    roots: Sequence[x509.Certificate] = (),
    *,
    asked: TimeStampRequest | None = None,
) -> Stamp:
    """What an authority answered for a statement.

    With `roots` its signature must lead to one of them; without, only what was stamped is compared. `asked`
    is the question this must be the answer to. Raises NoStamp.
    """
    try:
        found = decode_timestamp_response(answer)
        if PKIStatus(found.status) is not PKIStatus.GRANTED:
            raise NoStamp(f"the authority refused it: {'; '.join(found.status_string) or found.status}")
        imprint = found.tst_info.message_imprint
    except NoStamp:
        raise
    except ValueError:
        raise NoStamp("it cannot be read") from None
    if imprint.hash_algorithm != SHA256 or imprint.message != sha256(statement).digest():
        raise NoStamp("it is for another statement")
    if asked is not None and found.tst_info.nonce != asked.nonce:
        raise NoStamp("it answers another question")
    if roots:
        _signed(found, statement, roots)
    return Stamp(found.tst_info.gen_time, _authority(answer))


def _signed(found: TimeStampResponse, statement: bytes, roots: Sequence[x509.Certificate]) -> None:
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(found, statement)
    except (VerificationError, ValueError):
        raise NoStamp("it was not signed by an authority under the given root") from None


def _authority(answer: bytes) -> str:
    """The subject of the certificate it was signed with; empty where the answer carries none."""
    signed = decode_timestamp_response(answer).signed_data  # read anew: the check above uses up the signers
    signers = {(one.issuer, one.serial_number) for one in signed.signer_infos}
    for data in signed.certificates:
        one = x509.load_der_x509_certificate(data)
        if (one.issuer, one.serial_number) in signers:
            return one.subject.rfc4514_string()
    return ""
