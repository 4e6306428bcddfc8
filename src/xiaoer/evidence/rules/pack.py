"""What a pack holds: every part of it as bytes, closed by a signed list.

seal.json       what was signed when the stretch was sealed      seal.sig
messages.jsonl  the messages, one a line                         inners.bin   their sealed inner hashes
people.json     the names behind the ids                         proofs.json  that days' roots hold them
days/…          the signed roots of those days, and their stamps  attachments/…
evidence.pdf    the same to read                                 public-key.pem, README.txt
manifest.json   the hash of every part                           manifest.sig
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.evidence.model import FORMAT, Attachment, Day, Proof, Seal, SealedLine, SealedName
from xiaoer.evidence.rules import container, merkle, sign
from xiaoer.evidence.rules.seal import HASH_BYTES, INNERS, MESSAGES
from xiaoer.evidence.rules.sign import Signer

SEAL: Final = "seal.json"
SEAL_SIGNATURE: Final = "seal.sig"
PEOPLE: Final = "people.json"
PROOFS: Final = "proofs.json"
PAGE: Final = "evidence.pdf"
KEY: Final = "public-key.pem"
README: Final = "README.txt"
MANIFEST: Final = "manifest.json"
MANIFEST_SIGNATURE: Final = "manifest.sig"
_SUFFIX: Final[Mapping[str, str]] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "video/mp4": ".mp4",
    "text/plain": ".txt",
}
_HELP: Final = """小二证据包 / Xiaoer evidence pack

核验（无需网络、服务器或数据库）：  xiaoer evidence verify PACK.zip
Verify (no network, server or database):  xiaoer evidence verify PACK.zip

请把 public-key.pem 与平台公开的公钥核对。
Compare public-key.pem with the key the marketplace publishes.
"""


class PartHash(Struct, frozen=True, forbid_unknown_fields=True):
    """One part in the list."""

    name: str
    size_bytes: int
    sha256: str


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """The list of parts; `missing` names attachments that were erased or could not be had."""

    format: str
    number: str
    made_at: datetime
    missing: tuple[UUID, ...]
    parts: tuple[PartHash, ...]


def file_name(attachment: Attachment) -> str:
    """Where an attachment lies in the pack."""
    return f"attachments/{attachment.id}{_SUFFIX.get(attachment.media_type, '.bin')}"


def stamp_name(day: date) -> str:
    """Where the time stamp of a day lies in the pack."""
    return f"days/{day}.tsr"


def encoded_lines(lines: Sequence[SealedLine]) -> bytes:
    """The messages, one a line."""
    return b"".join(sign.encode(line) + b"\n" for line in lines)


def proofs_for(day: Day, hashes: Mapping[bytes, int]) -> list[Proof]:
    """The proof that the last of these messages is in a day's root: its hash closes over those before.

    `hashes` are hashes of messages with their versions.
    """
    leaves = [day.leaves[at : at + HASH_BYTES] for at in range(0, len(day.leaves), HASH_BYTES)]
    found = [(hashes[leaf], place) for place, leaf in enumerate(leaves) if leaf in hashes]
    if not found:
        return []
    version, place = max(found)
    tree = merkle.levels(leaves)
    return [Proof(day.day, version, place, tuple(one.hex() for one in merkle.path(tree, place)))]


def parts_of(
    seal: Seal,
    lines: Sequence[SealedLine],
    days: Sequence[Day],
    *,
    names: Sequence[SealedName],
    attachments: Mapping[str, bytes],
    page: bytes | None,
) -> dict[str, bytes]:
    """Every part but the list itself."""
    hashes = {bytes.fromhex(line.hash): line.version for line in lines}
    proofs: list[Proof] = []
    parts = {
        README: _HELP.encode(),
        SEAL: seal.statement,
        SEAL_SIGNATURE: seal.signature,
        MESSAGES: encoded_lines(lines),
        INNERS: seal.inners,
        PEOPLE: sign.encode(names),
    }
    for day in days:
        if found := proofs_for(day, hashes):
            proofs += found
            parts[f"days/{day.day}.json"] = day.statement
            parts[f"days/{day.day}.sig"] = day.signature
            if day.stamp is not None:
                parts[stamp_name(day.day)] = day.stamp
    parts[PROOFS] = sign.encode(proofs)
    if page is not None:
        parts[PAGE] = page
    return parts | dict(sorted(attachments.items()))


def closed(
    number: str, parts: Mapping[str, bytes], missing: Sequence[UUID], *, signer: Signer, now: datetime
) -> bytes:
    """The pack: its parts, the public key, the signed list."""
    whole = {**parts, KEY: sign.pem(signer.public)}
    rows = tuple(PartHash(name, len(data), sha256(data).hexdigest()) for name, data in whole.items())
    manifest = sign.encode(Manifest(FORMAT, number, now, tuple(missing), rows))
    return container.written({**whole, MANIFEST: manifest, MANIFEST_SIGNATURE: signer.sign(manifest)})
