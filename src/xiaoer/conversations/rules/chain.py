"""The chain of hashes: every entry closes over its own words and over all entries before it.

    inner = sha256(salt ‖ canonical)          hash = sha256(previous hash ‖ inner)

`canonical` is a JSON array in UTF-8, without spaces, keys of objects in the order of their code points,
nothing escaped but the quotation mark, the backslash and control characters. docs/hash-chain.md shows a
worked example; it is checked against this file.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, cast
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.conversations.model.entry import Body, Entry

GENESIS: Final = bytes(32)
"""What stands before the first entry."""

SALT_BYTES: Final = 16
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class Link(Struct, frozen=True):
    """One entry as a verifier reads it. After an erasure `words` and `salt` are None and `inner` remains."""

    version: int
    words: Entry | None
    salt: bytes | None
    inner: bytes
    hash: bytes


def canonical(
    *,
    conversation: UUID,
    version: int,
    id: UUID,
    role: str,
    person: UUID | None,
    kind: str,
    text: str,
    body: Body,
    at: datetime,
) -> bytes:
    """The one spelling of an entry that is hashed. Raises TypeError for a body with other than plain JSON."""
    return _encode(
        [
            conversation,
            version,
            id,
            role,
            person,
            kind,
            text,
            body,
            instant(at),
        ]
    )


def canonical_of(entry: Entry) -> bytes:
    """The canonical spelling of an entry."""
    return canonical(
        conversation=entry.conversation_id,
        version=entry.version,
        id=entry.id,
        role=entry.role,
        person=entry.person_id,
        kind=entry.kind,
        text=entry.text,
        body=entry.body,
        at=entry.at,
    )


def instant(at: datetime) -> str:
    """A moment as it is hashed: UTC, always six digits of microseconds, `Z`."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def close(salt: bytes, canonical: bytes) -> bytes:
    """The inner hash of an entry."""
    return sha256(salt + canonical).digest()


def join(previous: bytes, inner: bytes) -> bytes:
    """The hash of an entry: its inner hash joined to the hash before it."""
    return sha256(previous + inner).digest()


def first_fault(links: Iterable[Link], *, after_version: int = 0, previous: bytes = GENESIS) -> str | None:
    """What is wrong with a run of entries, None when the chain holds.

    The run starts after `after_version`, whose hash is `previous`.
    """
    version = after_version
    for link in links:
        version += 1
        if link.version != version:
            return f"version {version} is missing: {link.version} follows {version - 1}"
        if link.words is not None and link.salt is not None:
            if link.words.version != version:
                return f"entry {version} names itself {link.words.version}"
            if close(link.salt, canonical_of(link.words)) != link.inner:
                return f"entry {version}: its words are not the words that were sealed"
        if join(previous, link.inner) != link.hash:
            return f"entry {version}: its hash does not follow from the one before"
        previous = link.hash
    return None


def is_plain(value: object) -> bool:
    """Whether a value has one spelling only in JSON: no floating point numbers, no keys but text."""
    if value is None or isinstance(value, (str, bool, int)):
        return True
    if isinstance(value, (list, tuple)):
        return all(is_plain(item) for item in cast("list[object]", value))
    if isinstance(value, (dict, Mapping)):  # a dict is known at once, an abstract class asks around
        held = cast("Mapping[object, object]", value)
        return all(isinstance(key, str) and is_plain(item) for key, item in held.items())
    return False
